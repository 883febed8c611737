"""The typed view of the ontology: `eco.ttl` read once at start-up into frozen classes, properties and relations.

Everything that other packages ask about meaning is asked here: which value type a property has, which
identifiers are strong, what a class is called in Chinese and English, which property is its label or date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from ontology.errors import NotFound

if TYPE_CHECKING:
    from rdflib.term import Node

ECO = Namespace("urn:ecograph:ns#")
"""Classes, properties and annotations."""

TYPE = Namespace("urn:ecograph:type#")
"""Value types: the datatypes that properties range over."""

SCHEMA_ORG = Namespace("https://schema.org/")

SAME_AS = "sameAs"
"""The property of a statement that two ids name the same thing (`owl:sameAs`); it is no relation of the graph."""

T = TypeVar("T")

LAST_RANK = 1_000
"""Rank of a weak key: what carries nothing stronger comes last when a canonical id is chosen."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages; where the ontology gives one only, both are that one."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ClassDef:
    """A class. `parents` are direct; `label_properties` and `date_property` are inherited where not stated.

    `label_properties` are tried in order for a thing's label. `date_property` is the one to sort and filter
    its document by, None where things of the class have no date. `alignments` are IRIs of other vocabularies.
    """

    name: str
    label: Label
    comment: Label
    parents: tuple[str, ...]
    label_properties: tuple[str, ...]
    date_property: str | None
    abstract: bool
    alignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyScheme:
    """An identifier scheme. `rank` orders schemes when a canonical id is chosen, lowest first.

    `strong`: two things with the same value are one. `scoped`: the value means something only within its
    dataset. `internal`: made of other keys, names a thing but is no fact to show.
    """

    name: str
    strong: bool
    scoped: bool
    internal: bool
    rank: int


@dataclass(frozen=True, slots=True)
class PropertyDef:
    """A datatype property. `value_type` is one of the built-in value types of docs/mappings.md.

    `domains` are the classes that have it, empty for any. `key` is set where the property is an identifier
    scheme. `searchable` values are full text; `identifier` values are found exactly; `facet` is the name of
    the search facet its values fill, None where none. `personal` values are masked before they are stored.
    """

    name: str
    label: Label
    comment: Label
    value_type: str
    domains: tuple[str, ...]
    key: KeyScheme | None
    searchable: bool
    identifier: bool
    facet: str | None
    personal: bool


@dataclass(frozen=True, slots=True)
class RelationDef:
    """An object property from `domains` to `ranges` (empty for any class).

    `label` reads from source to target, `inverse_label` back. `facet` names the search facet that the label
    of the target fills, None where none.
    """

    name: str
    label: Label
    inverse_label: Label
    comment: Label
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    facet: str | None


@dataclass(frozen=True, slots=True)
class Schema:
    """The ontology. Lookups by an unknown name raise `NotFound` with the nearest known names."""

    classes: Mapping[str, ClassDef]
    properties: Mapping[str, PropertyDef]
    relations: Mapping[str, RelationDef]
    key_schemes: Mapping[str, KeyScheme]
    _ancestors: Mapping[str, tuple[str, ...]] = field(repr=False)
    _descendants: Mapping[str, tuple[str, ...]] = field(repr=False)

    def class_def(self, name: str) -> ClassDef:
        """Return the class of this name."""
        return _lookup(self.classes, name, what="class")

    def property_def(self, name: str) -> PropertyDef:
        """Return the datatype property of this name."""
        return _lookup(self.properties, name, what="property")

    def relation_def(self, name: str) -> RelationDef:
        """Return the relation of this name."""
        return _lookup(self.relations, name, what="relation")

    def key_scheme(self, name: str) -> KeyScheme:
        """Return the identifier scheme of this name; a property that identifies nothing raises `NotFound`."""
        return _lookup(self.key_schemes, name, what="key scheme")

    def superclasses(self, name: str) -> tuple[str, ...]:
        """Return the class itself and all above it, nearest first."""
        return _lookup(self._ancestors, name, what="class")

    def subclasses(self, name: str) -> tuple[str, ...]:
        """Return the class itself and all below it, by name."""
        return _lookup(self._descendants, name, what="class")

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether every thing of class `name` is one of class `ancestor`."""
        return ancestor in self.superclasses(name)

    def label_properties(self, class_name: str) -> tuple[str, ...]:
        """Return the properties to try, in order, for the label of a thing of the class; never empty."""
        return self.class_def(class_name).label_properties

    def label_property(self, class_name: str) -> str:
        """Return the property that is the label of a thing of the class."""
        return self.label_properties(class_name)[0]

    def date_property(self, class_name: str) -> str | None:
        """Return the property that dates a document of the class, None where there is none."""
        return self.class_def(class_name).date_property

    def properties_of(self, class_name: str) -> tuple[PropertyDef, ...]:
        """Return the properties that things of the class may have, by name."""
        return tuple(p for p in self.properties.values() if self.has_property(class_name, p.name))

    def has_property(self, class_name: str, property_name: str) -> bool:
        """Tell whether the property's domain admits the class."""
        return self._admits(self.property_def(property_name).domains, class_name)

    def relations_from(self, class_name: str) -> tuple[RelationDef, ...]:
        """Return the relations that may start at a thing of the class, by name."""
        return tuple(r for r in self.relations.values() if self._admits(r.domains, class_name))

    def relations_to(self, class_name: str) -> tuple[RelationDef, ...]:
        """Return the relations that may end at a thing of the class, by name."""
        return tuple(r for r in self.relations.values() if self._admits(r.ranges, class_name))

    def relation_allows(self, relation: str, *, source: str, target: str) -> bool:
        """Tell whether the relation may link a thing of class `source` to one of class `target`."""
        found = self.relation_def(relation)
        return self._admits(found.domains, source) and self._admits(found.ranges, target)

    def _admits(self, allowed: tuple[str, ...], class_name: str) -> bool:
        above = self.superclasses(class_name)
        return not allowed or any(name in above for name in allowed)


@cache
def load_schema() -> Schema:
    """Read the ontology that comes with the package; the first call reads, later ones return the same object."""
    return parse_schema(files("ontology").joinpath("eco.ttl").read_text(encoding="utf-8"))


def parse_schema(turtle: str) -> Schema:
    """Read an ontology from Turtle text."""
    graph = Graph(bind_namespaces="none").parse(data=turtle, format="turtle")
    parents = {_local(c): _locals(graph.objects(c, RDFS.subClassOf)) for c in _named(graph, OWL.Class)}
    ancestors = {name: _closure(name, parents) for name in sorted(parents)}
    below = {name: tuple(sorted(n for n, up in ancestors.items() if name in up)) for name in ancestors}
    properties = {_local(p): _property(graph, p) for p in _named(graph, OWL.DatatypeProperty)}
    return Schema(
        classes=MappingProxyType({_local(c): _class(graph, c, ancestors) for c in _named(graph, OWL.Class)}),
        properties=MappingProxyType(properties),
        key_schemes=MappingProxyType({p.name: p.key for p in properties.values() if p.key is not None}),
        relations=MappingProxyType({_local(r): _relation(graph, r) for r in _named(graph, OWL.ObjectProperty)}),
        _ancestors=MappingProxyType(ancestors),
        _descendants=MappingProxyType(below),
    )


def _lookup(table: Mapping[str, T], name: str, *, what: str) -> T:
    found = table.get(name)
    if found is None:
        near = get_close_matches(name, table, n=3)
        remedy = f"Nearest: {', '.join(near)}." if near else ""
        raise NotFound(f"the ontology has no {what} {name!r}", remedy=remedy)
    return found


def _class(graph: Graph, node: URIRef, ancestors: Mapping[str, tuple[str, ...]]) -> ClassDef:
    chain = ancestors[_local(node)]
    labels = next(filter(None, (_list(graph, ECO[name], ECO.labelProperties) for name in chain)), ("name",))
    dates = (_local_or_none(graph.value(ECO[name], ECO.dateProperty)) for name in chain)
    return ClassDef(
        name=_local(node),
        label=_label(graph, node, RDFS.label),
        comment=_label(graph, node, RDFS.comment),
        parents=_locals(graph.objects(node, RDFS.subClassOf)),
        label_properties=labels,
        date_property=next(filter(None, dates), None),
        abstract=_flag(graph, node, ECO.abstract),
        alignments=tuple(sorted(str(o) for o in graph.objects(node, RDFS.subClassOf) if not str(o).startswith(ECO))),
    )


def _property(graph: Graph, node: URIRef) -> PropertyDef:
    key = _key(graph, node)
    return PropertyDef(
        name=_local(node),
        label=_label(graph, node, RDFS.label),
        comment=_label(graph, node, RDFS.comment),
        value_type=str(graph.value(node, RDFS.range)).removeprefix(str(TYPE)),
        domains=_ends(graph, node, RDFS.domain, SCHEMA_ORG.domainIncludes),
        key=key,
        searchable=_flag(graph, node, ECO.searchable),
        identifier=_flag(graph, node, ECO.identifier) or (key is not None and key.strong and not key.internal),
        facet=_text_or_none(graph.value(node, ECO.facet)),
        personal=_flag(graph, node, ECO.personal),
    )


def _key(graph: Graph, node: URIRef) -> KeyScheme | None:
    strong = (node, RDF.type, OWL.InverseFunctionalProperty) in graph
    if not strong and not _flag(graph, node, ECO.weakKey):
        return None
    rank = graph.value(node, ECO.rank)
    return KeyScheme(
        name=_local(node),
        strong=strong,
        scoped=_flag(graph, node, ECO.scopedByDataset),
        internal=_flag(graph, node, ECO.internal),
        rank=int(str(rank)) if rank is not None else LAST_RANK,
    )


def _relation(graph: Graph, node: URIRef) -> RelationDef:
    return RelationDef(
        name=_local(node),
        label=_label(graph, node, RDFS.label),
        inverse_label=_label(graph, node, ECO.inverseLabel),
        comment=_label(graph, node, RDFS.comment),
        domains=_ends(graph, node, RDFS.domain, SCHEMA_ORG.domainIncludes),
        ranges=_ends(graph, node, RDFS.range, SCHEMA_ORG.rangeIncludes),
        facet=_text_or_none(graph.value(node, ECO.facet)),
    )


def _named(graph: Graph, kind: URIRef) -> list[URIRef]:
    found = (node for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef))
    return sorted(node for node in found if node.startswith(ECO))


def _closure(name: str, parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    order = [name]
    for current in order:
        order.extend(parent for parent in parents[current] if parent not in order)
    return tuple(order)


def _ends(graph: Graph, node: URIRef, single: URIRef, several: URIRef) -> tuple[str, ...]:
    return tuple(sorted({*_locals(graph.objects(node, single)), *_locals(graph.objects(node, several))}))


def _locals(nodes: "Iterable[Node]") -> tuple[str, ...]:
    return tuple(sorted(_local(node) for node in nodes if str(node).startswith(ECO)))


def _local(node: "Node") -> str:
    return str(node).removeprefix(str(ECO))


def _local_or_none(node: "Node | None") -> str | None:
    return None if node is None else _local(node)


def _text_or_none(node: "Node | None") -> str | None:
    return None if node is None else str(node)


def _list(graph: Graph, node: URIRef, predicate: URIRef) -> tuple[str, ...]:
    head = graph.value(node, predicate)
    return () if head is None else tuple(_local(item) for item in Collection(graph, head))


def _flag(graph: Graph, node: URIRef, predicate: URIRef) -> bool:
    return graph.value(node, predicate) == Literal(True)


def _label(graph: Graph, node: URIRef, predicate: URIRef) -> Label:
    texts = {o.language: str(o) for o in graph.objects(node, predicate) if isinstance(o, Literal)}
    anything = next((texts[key] for key in sorted(texts, key=str)), "")
    return Label(zh=texts.get("zh", anything), en=texts.get("en", anything))
