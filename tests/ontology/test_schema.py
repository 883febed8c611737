"""The typed view of the ontology: what is stated in Turtle arrives, and the ontology is sound."""

import pytest

from ontology.errors import NotFound
from ontology.schema import LAST_RANK, SAME_AS, Schema, load_schema, parse_schema
from ontology.values.registry import VALUE_TYPES

SMALL = """
@prefix eco: <urn:ecograph:ns#> .
@prefix t: <urn:ecograph:type#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
eco:Thing a owl:Class ; rdfs:label "物"@zh, "Thing"@en ; eco:abstract true ;
    eco:labelProperties ( eco:name eco:code ) ; eco:dateProperty eco:day .
eco:Part a owl:Class ; rdfs:subClassOf eco:Thing, schema:Thing ; rdfs:label "部分"@zh .
eco:Bolt a owl:Class ; rdfs:subClassOf eco:Part ; eco:labelProperties ( eco:code ) .
eco:name a owl:DatatypeProperty ; rdfs:range t:name ; eco:weakKey true ; eco:searchable true .
eco:code a owl:DatatypeProperty, owl:InverseFunctionalProperty ; rdfs:domain eco:Part ;
    rdfs:range t:text ; eco:rank 5 ; eco:scopedByDataset true .
eco:mixed a owl:DatatypeProperty, owl:InverseFunctionalProperty ; rdfs:range t:text ; eco:internal true .
eco:day a owl:DatatypeProperty ; rdfs:range t:date ; eco:facet "year" .
eco:partOf a owl:ObjectProperty ; rdfs:label "属于"@zh, "part of"@en ; eco:inverseLabel "含有"@zh, "has part"@en ;
    rdfs:domain eco:Part ; schema:rangeIncludes eco:Part, eco:Thing .
"""


@pytest.fixture(scope="module")
def small() -> Schema:
    return parse_schema(SMALL)


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_a_class_inherits_label_and_date(small: Schema) -> None:
    assert small.label_properties("Part") == ("name", "code")
    assert small.label_property("Bolt") == "code"
    assert small.date_property("Bolt") == "day"


def test_classes_know_what_is_above_and_below(small: Schema) -> None:
    assert small.superclasses("Bolt") == ("Bolt", "Part", "Thing")
    assert small.subclasses("Thing") == ("Bolt", "Part", "Thing")
    assert small.is_a("Bolt", "Thing")
    assert not small.is_a("Thing", "Bolt")
    assert small.class_def("Part").alignments == ("https://schema.org/Thing",)
    assert small.class_def("Part").parents == ("Thing",)


def test_a_label_in_one_language_serves_for_both(small: Schema) -> None:
    label = small.class_def("Part").label
    assert (label.zh, label.en) == ("部分", "部分")


def test_key_schemes_are_told_apart(small: Schema) -> None:
    name, code, mixed = (small.key_scheme(scheme) for scheme in ("name", "code", "mixed"))
    assert (name.strong, name.rank) == (False, LAST_RANK)
    assert (code.strong, code.scoped, code.rank) == (True, True, 5)
    assert mixed.internal
    assert small.property_def("code").identifier
    assert not small.property_def("mixed").identifier


def test_domains_hold_for_subclasses(small: Schema) -> None:
    assert small.has_property("Bolt", "code")
    assert not small.has_property("Thing", "code")
    assert [p.name for p in small.properties_of("Thing")] == ["day", "mixed", "name"]
    assert small.relation_allows("partOf", source="Bolt", target="Thing")
    assert not small.relation_allows("partOf", source="Thing", target="Part")
    assert [r.name for r in small.relations_from("Bolt")] == ["partOf"]
    assert [r.name for r in small.relations_to("Thing")] == ["partOf"]


@pytest.mark.parametrize("lookup", ["class_def", "property_def", "relation_def", "key_scheme"])
def test_an_unknown_name_is_refused_with_the_nearest(small: Schema, lookup: str) -> None:
    known = {"class_def": "Bolt", "property_def": "name", "relation_def": "partOf", "key_scheme": "name"}[lookup]
    with pytest.raises(NotFound) as caught:
        getattr(small, lookup)(known + "x")
    assert known in caught.value.remedy


def test_the_ontology_is_read_once() -> None:
    assert load_schema() is load_schema()


def test_every_term_has_both_labels(schema: Schema) -> None:
    terms = [*schema.classes.values(), *schema.properties.values(), *schema.relations.values()]
    assert len(terms) > 200
    for term in terms:
        assert term.label.zh, term.name
        assert term.label.en, term.name
        assert term.label.zh != term.label.en, term.name
    for relation in schema.relations.values():
        assert relation.inverse_label.zh != relation.label.zh, relation.name
        assert relation.inverse_label.en, relation.name


def test_every_name_a_term_refers_to_exists(schema: Schema) -> None:
    for found in schema.classes.values():
        assert set(found.parents) <= set(schema.classes), found.name
        assert set(found.label_properties) <= set(schema.properties), found.name
        assert all(schema.has_property(found.name, name) for name in found.label_properties), found.name
        assert found.date_property is None or schema.has_property(found.name, found.date_property), found.name
    for prop in schema.properties.values():
        assert prop.value_type in VALUE_TYPES, prop.name
        assert set(prop.domains) <= set(schema.classes), prop.name
    for relation in schema.relations.values():
        assert {*relation.domains, *relation.ranges} <= set(schema.classes), relation.name


def test_personal_value_types_are_declared_personal(schema: Schema) -> None:
    for prop in schema.properties.values():
        assert prop.personal == VALUE_TYPES[prop.value_type].personal, prop.name


def test_names_of_properties_and_relations_do_not_clash(schema: Schema) -> None:
    assert not set(schema.properties) & set(schema.relations)
    assert SAME_AS not in schema.relations


def test_ranks_put_national_keys_before_a_publishers_own_and_names_last(schema: Schema) -> None:
    ranks = {name: key.rank for name, key in schema.key_schemes.items()}
    assert ranks["uscc"] < ranks["org_code"] < ranks["record_number"] < ranks["name"]
    assert ranks["source_code"] < ranks["disclosure_id"] < ranks["name"]
    assert schema.key_scheme("disclosure_id").scoped
    assert not schema.key_scheme("uscc").scoped
    assert max(ranks.values()) == ranks["name"]


def test_chains_of_dependence_lead_from_limit_to_enterprise(schema: Schema) -> None:
    chain = [("limitAt", "PermitLimit", "Outlet"), ("outletOf", "Outlet", "Site"), ("operatedBy", "Site", "Enterprise")]
    for relation, source, target in chain:
        assert schema.relation_allows(relation, source=source, target=target)
        assert not schema.relation_allows(relation, source=target, target=source)


def test_no_unit_is_made_canonical_apart_from_its_number(schema: Schema) -> None:
    # The value type `unit` turns kg into t: beside a number that stays as it was, that is an error of a factor 1,000.
    assert [prop.name for prop in schema.properties.values() if prop.value_type == "unit"] == []
