"""From clauses to tantivy queries, one to one."""

import re

import tantivy
from tantivy import Occur

from search.embedded.schema import facet_term
from search.fields import MARKER
from search.plan import Between, Clause, Combined, Everything, HasFacet, Keyword, Nothing, Sequence, Term


class Compiler:
    """Compiles clauses for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def query(self, clause: Clause) -> tantivy.Query:
        """Return the tantivy query of a clause."""
        match clause:
            case Everything():
                return self._everything()
            case Nothing():
                return tantivy.Query.empty_query()
            case Term(field, token, factor):
                return _scored(tantivy.Query.term_query(self.schema, field, token), factor)
            case Sequence(tokens, factor):
                return _scored(tantivy.Query.phrase_query(self.schema, "pairs", list(tokens)), factor)
            case Keyword():
                return self._keyword(clause)
            case HasFacet(name, values):
                return self._facet(name, values)
            case Between(first, last):
                return self._between(first, last)
            case Combined():
                return self._combined(clause)

    def _everything(self) -> tantivy.Query:
        marker = tantivy.Query.term_query(self.schema, "id", MARKER, "basic")
        every = tantivy.Query.boolean_query([(Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, marker)])
        return tantivy.Query.const_score_query(every, 0.0)

    def _keyword(self, clause: Keyword) -> tantivy.Query:
        if clause.prefix:
            found = tantivy.Query.regex_query(self.schema, clause.field, re.escape(clause.key) + ".*")
        else:
            found = tantivy.Query.term_query(self.schema, clause.field, clause.key, "basic")
        return tantivy.Query.const_score_query(found, clause.score)

    def _facet(self, name: str, values: tuple[str, ...]) -> tantivy.Query:
        if not name.isidentifier():
            return tantivy.Query.empty_query()
        path = f"facets.{name}"
        terms = [tantivy.Query.term_query(self.schema, path, facet_term(value), "basic") for value in values]
        found = terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(Occur.Should, term) for term in terms])
        return tantivy.Query.const_score_query(found, 0.0)

    def _between(self, first: int | None, last: int | None) -> tantivy.Query:
        """Return what touches the window: its last day not before it, its first day not after it."""
        bounds = []
        if first is not None:
            bounds.append(self._range("last_day", first, None))
        if last is not None:
            bounds.append(self._range("first_day", None, last))
        return tantivy.Query.const_score_query(
            tantivy.Query.boolean_query([(Occur.Must, bound) for bound in bounds]), 0.0
        )

    def _range(self, field: str, low: int | None, high: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self.schema, field, tantivy.FieldType.Unsigned, low, high)

    def _combined(self, clause: Combined) -> tantivy.Query:
        parts = [(Occur.Must, self.query(part)) for part in clause.must]
        parts += [(Occur.Should, self.query(part)) for part in clause.should]
        parts += [(Occur.MustNot, self.query(part)) for part in clause.must_not]
        if clause.at_least and (clause.must or clause.at_least > 1):
            return tantivy.Query.boolean_query(parts, minimum_number_should_match=clause.at_least)
        return tantivy.Query.boolean_query(parts)


def _scored(query: tantivy.Query, factor: float) -> tantivy.Query:
    if factor == 0.0:
        return tantivy.Query.const_score_query(query, 0.0)
    return query if factor == 1.0 else tantivy.Query.boost_query(query, factor)
