"""Export as RDF and its validation: the same to the byte, the same in every form, faults found."""

import io
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from ontology.model import Entity, EntityId, RecordId, Relation, Statement, entity_id
from ontology.rdf import (
    ENTITY,
    PROV,
    RECORD,
    RdfFormat,
    entity_triples,
    export_triples,
    literal,
    relation_triples,
    statement_triples,
    to_graph,
    write_rdf,
)
from ontology.schema import ECO, load_schema
from ontology.shapes import validate

SCHEMA = load_schema()
ENTERPRISE = entity_id("Enterprise", "uscc", "91310000607431616R")
SITE = entity_id("Site", "source_code", "607431616001")
OUTLET = entity_id("Outlet", "site_outlet", "607431616001|WS001")
POLLUTANT = entity_id("Pollutant", "pollutant_code", "w01018")
LIMIT = entity_id("PermitLimit", "record_number", "1")

ENTITIES = (
    Entity(
        ENTERPRISE,
        "Enterprise",
        "某某化工有限公司",
        {"name": ("某某化工有限公司",), "uscc": ("91310000607431616R",), "founded": ("1997-12",), "listed": (True,)},
        ("a", "b"),
    ),
    Entity(SITE, "Site", '厂"区\\\n', {"name": ('厂"区\\\n',), "location": ("121.376186,31.007997",)}, ("a",)),
    Entity(OUTLET, "Outlet", "总排口", {"name": ("总排口",), "medium": ("废水",)}, ("a",)),
    Entity(POLLUTANT, "Pollutant", "化学需氧量", {"name": ("化学需氧量",)}, ("a",)),
    Entity(LIMIT, "PermitLimit", "化学需氧量", {"maximum": (50.0,), "minimum": (0.5,)}, ("a",), synthetic=True),
)
RELATIONS = (
    Relation(SITE, "operatedBy", ENTERPRISE, "2019", None, (RecordId("r1"), RecordId("r2")), 2),
    Relation(OUTLET, "outletOf", SITE),
    Relation(LIMIT, "limitAt", OUTLET),
    Relation(LIMIT, "ofPollutant", POLLUTANT),
)


def written(form: RdfFormat) -> bytes:
    stream = io.BytesIO()
    write_rdf(export_triples(ENTITIES, RELATIONS, schema=SCHEMA), stream, form=form)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "value_type", "text", "datatype"),
    [
        ("2019", "date", "2019", XSD.gYear),
        ("2019-07", "date", "2019-07", XSD.gYearMonth),
        ("2019-07-01", "date", "2019-07-01", XSD.date),
        ("2020-08-12T14:00", "datetime", "2020-08-12T14:00:00", XSD.dateTime),
        ("121.5,31.25", "coordinate", "POINT(121.5 31.25)", URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")),
        (True, "boolean", "true", XSD.boolean),
        (2020.0, "integer", "2020", XSD.integer),
        (0.05, "number", "0.05", XSD.double),
        ("http://a.example/x?y=1", "url", "http://a.example/x?y=1", XSD.anyURI),
        ("http://a.example/x y", "url", "http://a.example/x y", None),
        ("GB 8978", "text", "GB 8978", None),
    ],
)
def test_values_become_typed_literals(
    value: str | float | bool, value_type: str, text: str, datatype: URIRef | None
) -> None:
    made = literal(value, value_type)
    assert (str(made), made.datatype) == (text, datatype)


def test_an_entity_says_its_class_label_and_properties() -> None:
    triples = set(entity_triples(ENTITIES[0], schema=SCHEMA))
    subject = ENTITY[ENTERPRISE]
    assert (subject, RDF.type, ECO.Enterprise) in triples
    assert (subject, RDFS.label, Literal("某某化工有限公司")) in triples
    assert (subject, ECO.founded, Literal("1997-12", datatype=XSD.gYearMonth)) in triples
    assert (subject, ECO.synthetic, Literal(True)) not in triples
    assert (ENTITY[LIMIT], ECO.synthetic, Literal(True)) in entity_triples(ENTITIES[4], schema=SCHEMA)


def test_a_relation_carries_its_dates_and_records_beside_the_link() -> None:
    graph = to_graph(relation_triples(RELATIONS[0]))
    fact = graph.value(predicate=RDF.type, object=RDF.Statement)
    assert (ENTITY[SITE], ECO.operatedBy, ENTITY[ENTERPRISE]) in graph
    assert set(graph.objects(fact, PROV.wasDerivedFrom)) == {RECORD.r1, RECORD.r2}
    assert graph.value(fact, ECO.validFrom) == Literal("2019", datatype=XSD.gYear)
    assert len(relation_triples(RELATIONS[1])) == 1


def test_a_statement_names_its_record_and_quote() -> None:
    statement = Statement(ENTERPRISE, "name", value="某某化工有限公司", quote="某某化工有限公司因")
    graph = to_graph(statement_triples(statement, record="r9", schema=SCHEMA))
    fact = graph.value(predicate=PROV.wasDerivedFrom, object=RECORD.r9)
    assert graph.value(fact, RDF.predicate) == ECO.name
    assert graph.value(fact, PROV.value) == Literal("某某化工有限公司因")


def test_one_fact_of_two_records_stays_two_facts() -> None:
    statement = Statement(ENTERPRISE, "sameAs", target=SITE)
    both = {t for record in ("r1", "r2") for t in statement_triples(statement, record=record, schema=SCHEMA)}
    graph = to_graph(both)
    assert len(set(graph.subjects(RDF.type, RDF.Statement))) == 2
    assert (ENTITY[ENTERPRISE], URIRef("http://www.w3.org/2002/07/owl#sameAs"), ENTITY[SITE]) in graph


# rdflib's own JSON-LD reader still uses the class that it deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", RdfFormat)
def test_every_form_reads_back_as_the_same_graph(form: RdfFormat) -> None:
    names = {RdfFormat.N_TRIPLES: "nt", RdfFormat.TURTLE: "turtle", RdfFormat.JSON_LD: "json-ld"}
    read = Graph().parse(data=written(form), format=names[form])
    assert isomorphic(read, to_graph(export_triples(ENTITIES, RELATIONS, schema=SCHEMA)))


@pytest.mark.parametrize("form", RdfFormat)
def test_an_export_is_the_same_to_the_byte_whatever_the_hash_seed(form: RdfFormat) -> None:
    code = (
        "import sys, runpy\n"
        f"module = runpy.run_path({__file__!r})\n"
        f"sys.stdout.buffer.write(module['written'](module['RdfFormat']({form.value!r})))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}, timeout=120
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {written(form)}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_survives_n_triples(text: str) -> None:
    entity = Entity(EntityId("Site-0"), "Site", text, {"name": (text,)})
    stream = io.BytesIO()
    write_rdf(entity_triples(entity, schema=SCHEMA), stream)
    read = Graph().parse(data=stream.getvalue(), format="nt")
    assert str(read.value(ENTITY["Site-0"], ECO.name)) == text


def test_a_sound_export_conforms() -> None:
    report = validate(to_graph(export_triples(ENTITIES, RELATIONS, schema=SCHEMA)))
    assert report.conforms
    assert report.text() == "The export fits every shape.\n"


def test_faults_are_reported_in_words() -> None:
    orphan = Entity(entity_id("Outlet", "record_number", "x"), "Outlet", "孤", {"medium": ("水",)}, ("a",))
    wrong = replace(ENTITIES[0], properties={**ENTITIES[0].properties, "uscc": ("123",)})
    report = validate(to_graph(export_triples((wrong, *ENTITIES[1:], orphan), RELATIONS, schema=SCHEMA)))
    assert not report.conforms
    assert report.counts()["Violation: a unified social credit code has 18 characters (GB 32100-2015)"] == 1
    assert "an outlet belongs to exactly one site" in report.text()
    assert any(f.severity == "Warning" and f.focus == orphan.id and f.value == "水" for f in report.findings)
    assert report.text(limit=1).endswith("more\n")


def test_a_link_of_the_wrong_class_is_found() -> None:
    report = validate(
        to_graph(export_triples(ENTITIES, (*RELATIONS, Relation(OUTLET, "outletOf", POLLUTANT)), schema=SCHEMA))
    )
    assert {f.message for f in report.findings} == {"an outlet belongs to exactly one site"}
