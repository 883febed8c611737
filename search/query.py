"""The query tree and its parser: our own words, compiled by each engine, never an engine's DSL."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every document: what an empty query box means."""


@dataclass(frozen=True, slots=True)
class Words:
    """Running text: all its words should occur near the top, most must (see each engine's compile)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These characters in this order, next to each other."""

    text: str


@dataclass(frozen=True, slots=True)
class Facet:
    """`name:value`: the document's facet has exactly this value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match `query`."""

    query: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match all parts."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any part."""

    parts: tuple["Query", ...]


Query = All | Words | Phrase | Facet | Not | And | Or
