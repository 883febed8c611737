"""Export as RDF: entities, relations and statements as triples, written the same to the byte for equal input.

Terms are those of `eco.ttl`. An entity is `urn:ecograph:entity:ID`, a record `urn:ecograph:record:ID`. What a bare
triple cannot say (the record it comes from, the dates it holds) stands in an `rdf:Statement` beside the triple.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import BinaryIO, Final, assert_never

import orjson
from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Identifier

from ontology.model import Entity, Relation, Statement, Value
from ontology.schema import ECO, SAME_AS, Schema

ENTITY = Namespace("urn:ecograph:entity:")
RECORD = Namespace("urn:ecograph:record:")
FACT = Namespace("urn:ecograph:fact:")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OWL_SAME_AS: Final = URIRef("http://www.w3.org/2002/07/owl#sameAs")

PREFIXES: Final[Mapping[str, str]] = {
    "eco": str(ECO),
    "entity": str(ENTITY),
    "fact": str(FACT),
    "geo": str(GEO),
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "record": str(RECORD),
    "xsd": str(XSD),
}

Triple = tuple[URIRef, URIRef, Identifier]

_DATES: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD.date),
    (re.compile(r"\d{4}-\d\d"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_NO_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


class RdfFormat(StrEnum):
    """The forms an export is written in. N-Triples streams; the others are built in memory."""

    N_TRIPLES = "nt"
    TURTLE = "ttl"
    JSON_LD = "jsonld"


def entity_triples(entity: Entity, *, schema: Schema) -> list[Triple]:
    """Return what is known of an entity, sorted: its class, its label and its properties."""
    subject = ENTITY[entity.id]
    found: set[Triple] = {
        (subject, RDF.type, ECO[entity.class_name]),
        (subject, RDFS.label, Literal(entity.label)),
        *((subject, ECO.dataset, Literal(dataset)) for dataset in entity.datasets),
    }
    if entity.synthetic:
        found.add((subject, ECO.synthetic, Literal(True)))
    for name, values in entity.properties.items():
        found.update((subject, ECO[name], literal(value, _value_type(name, schema))) for value in values)
    return sorted(found, key=_order)


def relation_triples(relation: Relation) -> list[Triple]:
    """Return a relation, sorted: the link, and a fact with its dates and records where it has any."""
    link: Triple = (ENTITY[relation.source], ECO[relation.type], ENTITY[relation.target])
    about = [(PROV.wasDerivedFrom, RECORD[record]) for record in relation.records]
    dates = _period(relation.valid_from, relation.valid_to)
    return sorted({link, *_fact(link, [*dates, *about])}, key=_order)


def statement_triples(statement: Statement, *, record: str, schema: Schema) -> list[Triple]:
    """Return one fact of one record, sorted: its triple, and the fact with the record, its dates and its quote."""
    subject = ENTITY[statement.subject]
    if statement.target is not None:
        predicate = OWL_SAME_AS if statement.property == SAME_AS else ECO[statement.property]
        triple: Triple = (subject, predicate, ENTITY[statement.target])
    elif statement.value is not None:
        value = literal(statement.value, _value_type(statement.property, schema))
        triple = (subject, ECO[statement.property], value)
    else:
        return []
    about = [*_period(statement.valid_from, statement.valid_to), (PROV.wasDerivedFrom, RECORD[record])]
    if statement.quote is not None:
        about.append((PROV.value, Literal(statement.quote)))
    return sorted({triple, *_fact(triple, about)}, key=_order)


def export_triples(entities: Iterable[Entity], relations: Iterable[Relation], *, schema: Schema) -> Iterator[Triple]:
    """Yield the triples of an export in the order given; sort the input by id for an order of its own."""
    for entity in entities:
        yield from entity_triples(entity, schema=schema)
    for relation in relations:
        yield from relation_triples(relation)


def write_rdf(triples: Iterable[Triple], stream: BinaryIO, *, form: RdfFormat = RdfFormat.N_TRIPLES) -> int:
    """Write triples and return how many there were.

    N-Triples keeps the order and holds nothing in memory. Turtle and JSON-LD sort, and need some 1 KB a triple.
    """
    match form:
        case RdfFormat.N_TRIPLES:
            count = 0
            for subject, predicate, value in triples:
                stream.write(f"{subject.n3()} {predicate.n3()} {_n3(value)} .\n".encode())
                count += 1
            return count
        case RdfFormat.TURTLE:
            graph = to_graph(triples)
            stream.write(graph.serialize(format="turtle", encoding="utf-8"))
            return len(graph)
        case RdfFormat.JSON_LD:
            ordered = sorted(set(triples), key=_order)
            stream.write(orjson.dumps(_json_ld(ordered), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            return len(ordered)
        case _:
            assert_never(form)


def to_graph(triples: Iterable[Triple]) -> Graph:
    """Return the triples as an rdflib graph with the prefixes of an export."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add(triple)
    return graph


def literal(value: Value, value_type: str) -> Literal:
    """Return a stored value as an RDF literal with the XSD type its value type stands for; texts have none."""
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean)
    if isinstance(value, int | float):
        whole = value_type == "integer" and float(value).is_integer()
        return Literal(str(int(value)), datatype=XSD.integer) if whole else Literal(repr(value), datatype=XSD.double)
    if value_type == "date":
        datatype = next((kind for form, kind in _DATES if form.fullmatch(value)), None)
        return Literal(value, datatype=datatype)
    if value_type == "datetime" and (moment := _MOMENT.fullmatch(value)):
        return Literal(f"{moment[1]}{moment[2] or ':00'}{moment[3] or ''}", datatype=XSD.dateTime)
    if value_type == "coordinate" and value.count(",") == 1:
        longitude, latitude = value.split(",")
        return Literal(f"POINT({longitude} {latitude})", datatype=GEO.wktLiteral)
    if value_type == "url" and not _NO_IRI.search(value):
        return Literal(value, datatype=XSD.anyURI)
    return Literal(value)


def _value_type(name: str, schema: Schema) -> str:
    found = schema.properties.get(name)
    return "text" if found is None else found.value_type


def _period(start: str | None, end: str | None) -> list[tuple[URIRef, Identifier]]:
    dates = ((ECO.validFrom, start), (ECO.validTo, end))
    return [(predicate, literal(day, "date")) for predicate, day in dates if day is not None]


def _fact(triple: Triple, about: Iterable[tuple[URIRef, Identifier]]) -> list[Triple]:
    """Return the `rdf:Statement` that says something about a triple; nothing where there is nothing to say."""
    extra = list(about)
    if not extra:
        return []
    subject, predicate, value = triple
    key = "\x1f".join((*(term.n3() for term in triple), *(term.n3() for pair in extra for term in pair)))
    fact = FACT[hashlib.sha256(key.encode()).hexdigest()[:20]]
    return [
        (fact, RDF.type, RDF.Statement),
        (fact, RDF.subject, subject),
        (fact, RDF.predicate, predicate),
        (fact, RDF.object, value),
        *((fact, name, term) for name, term in extra),
    ]


def _order(triple: Triple) -> tuple[str, str, str]:
    subject, predicate, value = triple
    return subject, predicate, value.n3()


def _n3(term: Identifier) -> str:
    """Return a term as N-Triples has it: a literal in one pair of quotes, its line ends escaped."""
    if not isinstance(term, Literal):
        return term.n3()
    text = str(term).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"' if term.datatype is None else f'"{text}"^^{term.datatype.n3()}'


def _json_ld(triples: Iterable[Triple]) -> dict[str, object]:
    nodes: dict[str, dict[str, list[object]]] = {}
    for subject, predicate, value in triples:
        node = nodes.setdefault(_compact(subject), {})
        name = "@type" if predicate == RDF.type else _compact(predicate)
        node.setdefault(name, []).append(_json_value(value, is_type=name == "@type"))
    return {"@context": dict(PREFIXES), "@graph": [{"@id": name, **node} for name, node in nodes.items()]}


def _json_value(value: Identifier, *, is_type: bool) -> object:
    if not isinstance(value, Literal):
        return _compact(value) if is_type else {"@id": _compact(value)}
    if value.datatype is None:
        return {"@value": str(value)}
    return {"@value": str(value), "@type": _compact(value.datatype)}


def _compact(term: Identifier) -> str:
    text = str(term)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text[len(namespace) :]}"
    return text
