"""From clauses to Elasticsearch's query language, one to one."""

from search.fields import RESERVED
from search.plan import Between, Clause, Combined, Everything, HasFacet, Keyword, Nothing, Sequence, Term

Dsl = dict[str, object]


def query(clause: Clause) -> Dsl:
    """Return the query of a clause."""
    match clause:
        case Everything():
            return _silent({"bool": {"must_not": [{"ids": {"values": sorted(RESERVED)}}]}})
        case Nothing():
            return {"match_none": {}}
        case Term(field, token, factor):
            if factor == 0.0:
                return _silent({"term": {field: token}})
            return {"term": {field: {"value": token, "boost": factor}}}
        case Sequence(tokens, factor):
            phrase = " ".join(tokens)
            if factor == 0.0:
                return _silent({"match_phrase": {"pairs": phrase}})
            return {"match_phrase": {"pairs": {"query": phrase, "boost": factor}}}
        case Keyword(field, key, score, prefix):
            found: Dsl = {"prefix" if prefix else "term": {field: key}}
            return {"constant_score": {"filter": found, "boost": score}}
        case HasFacet(name, values):
            return _silent({"terms": {f"facets.{name}": list(values)}}) if name.isidentifier() else {"match_none": {}}
        case Between(first, last):
            return _silent({"bool": {"filter": _bounds(first, last)}})
        case Combined():
            return _combined(clause)


def _bounds(first: int | None, last: int | None) -> list[Dsl]:
    """Return what touches the window: its last day not before it, its first day not after it."""
    bounds: list[Dsl] = []
    if first is not None:
        bounds.append({"range": {"last_day": {"gte": first}}})
    if last is not None:
        bounds.append({"range": {"first_day": {"lte": last}}})
    return bounds


def _combined(clause: Combined) -> Dsl:
    parts: Dsl = {
        "must": [query(part) for part in clause.must],
        "should": [query(part) for part in clause.should],
        "must_not": [query(part) for part in clause.must_not],
    }
    if clause.should:
        parts["minimum_should_match"] = clause.at_least
    return {"bool": {name: value for name, value in parts.items() if value or name == "minimum_should_match"}}


def _silent(found: Dsl) -> Dsl:
    return {"constant_score": {"filter": found, "boost": 0.0}}
