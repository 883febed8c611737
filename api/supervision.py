"""The registers as supervision reads them: once for each state of the graph, kept in memory."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date

from api.presentation import class_label, relation_label
from api.schemas.common import LabelShape
from api.schemas.supervision import ContradictionShape, EvidenceEntityShape, EvidenceRelationShape, SubjectShape
from graph.store import GraphStore, GraphWriter
from ingest.export import harmless
from insight.supervision.contradictions import contradictions
from insight.supervision.finding import Finding
from insight.supervision.kinds import KINDS
from insight.supervision.register import Register, read_register
from ontology.schema import Schema

COLUMNS = (
    "id",
    "severity",
    "kind",
    "title",
    "rule",
    "region",
    "subject",
    "subject_id",
    "values",
    "evidence",
    "records",
)


class Supervision:
    """Gives the contradictions of the graph as it is now. One for a process; requests share one reading."""

    def __init__(self, graph: GraphStore, writer: GraphWriter) -> None:
        self._graph = graph
        self._writer = writer
        self._lock = asyncio.Lock()
        self._position = -1
        self._register = Register()
        self._found: dict[date, list[Finding]] = {}

    async def current(self, as_of: date) -> list[Finding]:
        """Return all contradictions as of a day. Raises `EngineError` where the graph cannot be read."""
        async with self._lock:
            position = await self._writer.checkpoint()
            if position != self._position:
                self._register = await read_register(self._graph)
                self._found, self._position = {}, position
            if as_of not in self._found:
                # One day is asked for again and again; others are not worth memory.
                self._found = {as_of: await asyncio.to_thread(contradictions, self._register, as_of=as_of)}
            return self._found[as_of]


def totals(findings: Sequence[Finding]) -> Mapping[str, int]:
    """Return how many findings there are of each kind, zeros too, in the order of kinds."""
    counts = dict.fromkeys(KINDS, 0)
    for item in findings:
        counts[item.kind] += 1
    return counts


def records_of(item: Finding) -> list[str]:
    """Return the records behind the relations of a finding, each once."""
    return list(dict.fromkeys(record for relation in item.relations for record in relation.records))


def table_row(item: Finding) -> list[str]:
    """Return a finding as a row of `COLUMNS` that a spreadsheet program never computes."""
    kind = KINDS[item.kind]
    values = "; ".join(f"{name}={value}" for name, value in item.values.items() if value != "")
    evidence = " > ".join(entity.label for entity in item.entities)
    cells = (
        item.id,
        item.severity,
        kind.id,
        kind.zh,
        kind.rule,
        item.region or "",
        item.subject.label,
        item.subject.id,
    )
    return [harmless(cell) for cell in (*cells, values, evidence, " ".join(records_of(item)))]


def title_of(kind: str) -> LabelShape:
    """Return the title of a kind."""
    return LabelShape(zh=KINDS[kind].zh, en=KINDS[kind].en)


def shape_of(item: Finding, schema: Schema) -> ContradictionShape:
    """Return a finding as the API and `--format json` show it."""
    return ContradictionShape(
        id=item.id,
        kind=item.kind,
        title=title_of(item.kind),
        rule=KINDS[item.kind].rule,
        severity=item.severity,
        region=item.region,
        subject=SubjectShape(id=item.subject.id, label=item.subject.label, synthetic=item.subject.synthetic),
        entities=tuple(
            EvidenceEntityShape(
                id=e.id, class_name=e.class_name, class_label=class_label(schema, e.class_name), label=e.label
            )
            for e in item.entities
        ),
        relations=tuple(
            EvidenceRelationShape(source=r.source, type=r.type, label=relation_label(schema, r.type), target=r.target)
            for r in item.relations
        ),
        records=tuple(records_of(item)),
        values=dict(item.values),
    )
