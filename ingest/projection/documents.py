"""Documents of full text search: an entity's own texts, and the names of what it hangs on, so that either finds it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson
from sqlalchemy import Connection, select

from ingest.journal.interning import CHUNK
from ingest.journal.tables import PROJECTED
from ingest.projection.entities import Computed
from ingest.projection.position import among, upsert
from ontology.model import Document, Entity, EntityId, Value
from ontology.schema import Schema

INHERITED: Final = ("region", "industry")
"""Facets that a thing has through what it hangs on: an outlet lies in the district of its site."""
MOST_OWNERS: Final = 12
"""Names of owners a document repeats; a decision on more parties is found by these."""
NAME_PROPERTIES: Final = frozenset({"name", "also_named", "former_name", "short_name", "english_name", "alias"})

NAMED: Final = frozenset(
    [
        "Enterprise",
        "Agency",
        "Person",
        "Site",
        "Region",
        "WaterBody",
        "Station",
        "ProtectedArea",
        "Industry",
        "Pollutant",
        "Chemical",
        "Standard",
        "Law",
    ]
)
"""Classes whose `name` is a name. That of the others is a title or a file name (`巴斯夫树脂 验收意见.pdf`): as names
they would come before the enterprise that they only mention."""

LINES: Final = frozenset({"PermitLimit"})
"""Classes that are lines of a table, read with the thing they belong to: of themselves they say nothing that anyone
looks for, and half of all hits for an enterprise's name were its limits."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What documents of other entities repeat of one: its label, the names of its owners, the facets it hands down."""

    label: str = ""
    owners: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] | None = None

    def context(self) -> str:
        """Return owners and facets as one canonical text."""
        return orjson.dumps([self.owners, self.facets or {}], option=orjson.OPT_SORT_KEYS).decode()

    @classmethod
    def read(cls, label: str, context: str) -> "Repeated":
        """Return what `context` wrote."""
        owners, facets = orjson.loads(context) if context else ((), {})
        return cls(label, tuple(owners), {name: tuple(values) for name, values in facets.items()})


NOTHING: Final = Repeated()


class DocumentWriter:
    """Makes documents, and keeps what others repeat of each entity in the table `projected`."""

    def __init__(self, connection: Connection, schema: Schema, ranks: Mapping[str, int]) -> None:
        self._connection = connection
        self._schema = schema
        self._ranks = ranks

    def write(
        self, computed: Sequence[Computed], gone: Sequence[int], *, head: int
    ) -> tuple[list[Document], list[EntityId], list[int]]:
        """Return documents, the ids that have none, and the numbers of entities whose repeated part changed."""
        ends = self._repeated({target for item in computed for _, target in item.targets})
        documents, without = [], []
        now: dict[int, Repeated] = dict.fromkeys(gone, NOTHING)
        for item in computed:
            own = self._own(item, ends)
            now[item.node] = own
            if item.entity.class_name in LINES:
                continue
            document = self._document(item, ends, own)
            if document is None:
                without.append(item.entity.id)
            else:
                documents.append(document)
        return documents, without, self._store(now, head)

    def _store(self, now: Mapping[int, Repeated], head: int) -> list[int]:
        before = self._repeated(now)
        changed = [node for node, own in now.items() if before.get(node, NOTHING) != own]
        rows = [
            {"node": node, "label": now[node].label, "context": now[node].context(), "changed_at": head}
            for node in changed
        ]
        upsert(self._connection, PROJECTED, rows)
        return changed

    def _repeated(self, nodes: Iterable[int]) -> dict[int, Repeated]:
        found: dict[int, Repeated] = {}
        for chunk in _chunks(sorted(nodes)):
            query = select(PROJECTED.c.node, PROJECTED.c.label, PROJECTED.c.context)
            for node, label, context in self._connection.execute(query.where(among(PROJECTED.c.node, chunk))):
                found[node] = Repeated.read(label, context)
        return found

    def _own(self, item: Computed, ends: Mapping[int, Repeated]) -> Repeated:
        """Return what others will repeat: only what is nearer to the top hands its own owners down."""
        rank = self._ranks.get(item.entity.class_name, 0)
        owners: dict[str, None] = {}
        facets: dict[str, set[str]] = {name: set() for name in INHERITED}
        for (name, target), relation in zip(item.targets, item.relations, strict=True):
            end = ends.get(target, NOTHING)
            target_class = relation.target.rpartition("-")[0]
            if self._ranks.get(target_class, 0) >= rank:
                continue
            facet = self._facet_of(name)
            if facet in facets and end.label:
                facets[facet].add(end.label)
            if facet is None and not self._is_reference(target_class):
                owners.update(dict.fromkeys((end.label, *end.owners)))
                for inherited, values in (end.facets or {}).items():
                    facets[inherited].update(values)
        kept = sorted(owner for owner in owners if owner)[:MOST_OWNERS]
        return Repeated(
            item.entity.label, tuple(kept), {name: tuple(sorted(values)) for name, values in facets.items() if values}
        )

    def _facet_of(self, relation: str) -> str | None:
        definition = self._schema.relations.get(relation)
        return None if definition is None else definition.facet

    def _is_reference(self, class_name: str) -> bool:
        """Tell whether a class is a list that everything refers to, so that it owns nothing."""
        return class_name in {"Region", "Industry", "Pollutant", "Chemical", "Standard", "Agency", "Law", "LawArticle"}

    def _document(self, item: Computed, ends: Mapping[int, Repeated], own: Repeated) -> Document | None:
        entity = item.entity
        names, texts, identifiers = self._own_texts(entity)
        linked = {ends[target].label for _, target in item.targets if target in ends}
        around = sorted((linked | set(own.owners)) - {"", entity.label, *names})
        if not (names or texts or identifiers):
            return None
        date = self._date(entity)
        return Document(
            id=entity.id,
            class_name=entity.class_name,
            title=entity.label,
            text="\n".join([*texts, *around]),
            names=tuple(names),
            identifiers=tuple(identifiers),
            date=date,
            facets=self._facets(item, ends, own, date),
            location=_location(entity.properties.get("location", ())),
        )

    def _own_texts(self, entity: Entity) -> tuple[list[str], list[str], list[str]]:
        names: list[str] = []
        texts: list[str] = []
        identifiers: list[str] = []
        for name, values in entity.properties.items():
            definition = self._schema.properties.get(name)
            if definition is None:
                continue
            if definition.identifier:
                identifiers.extend(str(value) for value in values)
            elif name in NAME_PROPERTIES and entity.class_name in NAMED:
                names.extend(str(value) for value in values)
            elif definition.searchable or name in NAME_PROPERTIES:
                texts.extend(str(value) for value in values)
        return sorted(set(names)), list(dict.fromkeys(texts)), sorted(set(identifiers))

    def _date(self, entity: Entity) -> str | None:
        definition = self._schema.classes.get(entity.class_name)
        name = None if definition is None else definition.date_property
        values = entity.properties.get(name or "", ())
        # Of several dates the latest: a register that corrects one gives the later day.
        days = sorted(day for value in values for day in _days(str(value)))
        return days[-1] if days else None

    def _facets(
        self, item: Computed, ends: Mapping[int, Repeated], own: Repeated, date: str | None
    ) -> Mapping[str, tuple[str, ...]]:
        entity = item.entity
        found: dict[str, set[str]] = {
            "class": {entity.class_name},
            "dataset": set(entity.datasets),
            "synthetic": {"true" if entity.synthetic else "false"},
        }
        if date is not None:
            found["year"] = {date[:4]}
        for name, values in (own.facets or {}).items():
            found.setdefault(name, set()).update(values)
        for name, target in item.targets:
            facet = self._facet_of(name)
            if facet is not None and target in ends and ends[target].label:
                found.setdefault(facet, set()).add(ends[target].label)
        for name, property_values in entity.properties.items():
            definition = self._schema.properties.get(name)
            if definition is not None and definition.facet is not None:
                found.setdefault(definition.facet, set()).update(str(value) for value in property_values)
        return {name: tuple(sorted(values)) for name, values in sorted(found.items())}


def _days(text: str) -> list[str]:
    """Return the day of a date or moment, and both ends of a period."""
    return [part[:10] for part in text.split("/") if part[:4].isdigit()]


def _location(values: Sequence[Value]) -> tuple[float, float] | None:
    """Return longitude and latitude of the first location, None where there is none."""
    for value in values:
        longitude, _, latitude = str(value).partition(",")
        try:
            return float(longitude), float(latitude)
        except ValueError:
            continue
    return None


def _chunks(items: Sequence[int]) -> Iterable[Sequence[int]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
