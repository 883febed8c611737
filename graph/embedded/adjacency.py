"""Reading what lies around entities from the SQLite file: counts, pages in order, batches for algorithms."""

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import NamedTuple

from graph.checks import DATE_END, periods
from graph.embedded.rows import Kinds, chunks
from graph.embedded.schema import DIRECTIONS, MISSING_KIND
from graph.store import EVERYTHING, Direction, RelationFilter
from graph.walk import Request, Step, Surroundings
from ontology.model import EntityId

SORTED_AT_ONCE = 256
"""Rows of one (type, direction) that are read and sorted whole rather than merged from a range per kind."""


class Group(NamedTuple):
    """The rows of one entity that share type, direction number and kind; sorts in the contract's order."""

    type: str
    direction: int
    kind: int
    rows: int


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL that starts with AND, or nothing, and its parameters."""

    sql: str
    parameters: tuple[str, ...]


def wanted_kinds(where: RelationFilter, kinds: Kinds) -> frozenset[int]:
    """Return the kind numbers that pass the class and synthetic parts of a filter."""
    return frozenset(
        number
        for number, (class_name, synthetic) in kinds.by_number.items()
        if (not where.classes or class_name in where.classes) and (where.synthetic or not synthetic)
    )


def date_condition(where: RelationFilter) -> Condition:
    """Return the condition of a filter's dates; an open or unknown end touches every window."""
    sql, parameters = "", []
    for first, last in periods(where):
        if last is not None:
            sql += " AND (valid_from IS NULL OR valid_from <= ?)"
            parameters.append(last + DATE_END)
        if first is not None:
            sql += f" AND (valid_to IS NULL OR valid_to || '{DATE_END}' >= ?)"
            parameters.append(first)
    return Condition(sql, tuple(parameters))


def row_condition(where: RelationFilter, kinds: Kinds, exempt: Iterable[EntityId] = ()) -> Condition:
    """Return the condition of a whole filter on rows of `graph_adjacency`."""
    sql, parameters = f" AND kind <> {MISSING_KIND}", []
    if where.direction is not Direction.BOTH:
        sql += f" AND direction = {DIRECTIONS.index(where.direction)}"
    if where.types:
        sql += f" AND type IN ({', '.join('?' * len(where.types))})"
        parameters.extend(sorted(where.types))
    if where.classes or not where.synthetic:
        numbers = ", ".join(map(str, sorted(wanted_kinds(where, kinds))))
        ends = sorted(exempt)
        sql += f" AND (kind IN ({numbers}) OR other IN ({', '.join('?' * len(ends))}))"
        parameters.extend(ends)
    dates = date_condition(where)
    return Condition(sql + dates.sql, (*parameters, *dates.parameters))


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Reads `graph_adjacency` within one read transaction."""

    connection: sqlite3.Connection
    kinds: Kinds

    def hub_groups(self, ids: Iterable[EntityId]) -> dict[EntityId, list[Group]]:
        """Return the kept counts of those of `ids` that have many relations."""
        found: dict[EntityId, list[Group]] = {}
        for marks, piece in chunks(ids):
            for node, *group in self.connection.execute(
                f"SELECT node, type, direction, kind, rows FROM graph_hub WHERE node IN ({marks}) AND kind > 0",  # noqa: S608
                piece,
            ):
                found.setdefault(node, []).append(Group(*group))
        return found

    def counted_groups(self, ids: Iterable[EntityId], where: RelationFilter) -> dict[EntityId, list[Group]]:
        """Return counts from the rows themselves."""
        condition = row_condition(where, self.kinds)
        found: dict[EntityId, list[Group]] = {}
        for marks, piece in chunks(ids):
            for node, *group in self.connection.execute(
                f"""SELECT node, type, direction, kind, count(*) FROM graph_adjacency
                    WHERE node IN ({marks}){condition.sql} GROUP BY node, direction, type, kind""",  # noqa: S608
                (*piece, *condition.parameters),
            ):
                found.setdefault(node, []).append(Group(*group))
        return found

    def groups(self, ids: Sequence[EntityId]) -> dict[EntityId, list[Group]]:
        """Return the counts of all visible relations by (type, direction, kind), for each of `ids` that has any."""
        found = self.hub_groups(ids)
        found.update(self.counted_groups([entity for entity in ids if entity not in found], EVERYTHING))
        return found

    def passing(
        self, groups: Mapping[EntityId, Sequence[Group]], where: RelationFilter
    ) -> Mapping[EntityId, Sequence[Group]]:
        """Return the groups that pass a filter, sorted; with dates they are counted anew from the rows."""
        if periods(where):
            return {node: sorted(found) for node, found in self.counted_groups(groups, where).items()}
        kinds = wanted_kinds(where, self.kinds)
        direction = None if where.direction is Direction.BOTH else DIRECTIONS.index(where.direction)
        return {
            node: sorted(
                group
                for group in found
                if group.kind in kinds
                and (direction is None or group.direction == direction)
                and (not where.types or group.type in where.types)
            )
            for node, found in groups.items()
        }

    def degrees(self, ids: Sequence[EntityId]) -> dict[EntityId, int]:
        """Return how many relations each of `ids` has, 0 included."""
        found = dict.fromkeys(ids, 0)
        for node, groups in self.hub_groups(ids).items():
            found[node] = sum(group.rows for group in groups)
        for marks, piece in chunks([node for node, degree in found.items() if not degree]):
            found.update(
                self.connection.execute(
                    f"SELECT node, count(*) FROM graph_adjacency WHERE node IN ({marks}) AND kind > 0 GROUP BY node",  # noqa: S608
                    piece,
                )
            )
        return found

    def page(
        self,
        node: EntityId,
        groups: Sequence[Group],
        where: RelationFilter,
        *,
        limit: int,
        after: tuple[str, int, str] | None = None,
    ) -> list[Step]:
        """Return the first `limit` steps after a position, by (type, direction, neighbour id)."""
        dates = date_condition(where)
        steps: list[Step] = []
        for (type_name, direction), members in groupby(groups, key=lambda group: (group.type, group.direction)):
            if len(steps) >= limit:
                break
            if after is not None and (type_name, direction) < after[:2]:
                continue
            bound = after[2] if after is not None and (type_name, direction) == after[:2] else None
            run = self._run(node, list(members), dates, bound, limit - len(steps))
            steps.extend(Step(type_name, DIRECTIONS[direction], EntityId(other)) for other in run)
        return steps

    def _run(
        self, node: EntityId, groups: Sequence[Group], dates: Condition, bound: str | None, limit: int
    ) -> Iterable[str]:
        """Return neighbour ids of one type and direction in order."""
        beyond = "" if bound is None else " AND other > ?"
        parameters = (*(() if bound is None else (bound,)), *dates.parameters)
        first = groups[0]

        def read(numbers: str) -> Iterator[str]:
            rows = self.connection.execute(
                f"""SELECT other FROM graph_adjacency WHERE node = ? AND direction = ? AND type = ?
                    AND kind IN ({numbers}){beyond}{dates.sql} ORDER BY other LIMIT {limit:d}""",  # noqa: S608
                (node, first.direction, first.type, *parameters),
            )
            return (other for (other,) in rows)

        if sum(group.rows for group in groups) <= SORTED_AT_ONCE:
            return list(read(", ".join(str(group.kind) for group in groups)))
        return list(islice(heapq.merge(*[read(str(group.kind)) for group in groups]), limit))

    def batch(
        self, ids: Iterable[EntityId], where: RelationFilter, exempt: Iterable[EntityId] = ()
    ) -> dict[EntityId, list[Step]]:
        """Return all passing steps of `ids`, in no order; for entities known to have few."""
        condition = row_condition(where, self.kinds, exempt)
        found: dict[EntityId, list[Step]] = {}
        # Path search reads some ten thousand rows here; calling `Step` itself takes a third of its time.
        make = tuple.__new__
        for marks, piece in chunks(ids):
            rows = self.connection.execute(
                f"SELECT node, type, direction, other FROM graph_adjacency WHERE node IN ({marks}){condition.sql}",  # noqa: S608
                (*piece, *condition.parameters),
            )
            for node, type_name, direction, other in rows:
                step = make(Step, (type_name, DIRECTIONS[direction], other))
                if node in found:
                    found[node].append(step)
                else:
                    found[node] = [step]
        return found

    def surroundings(self, request: Request) -> dict[EntityId, Surroundings]:
        """Answer an algorithm's request for ids that exist."""
        if request.totals:
            return self._with_totals(request)
        if not request.limit:
            return {node: Surroundings(degree, ()) for node, degree in self.degrees(request.ids).items()}
        if request.where == EVERYTHING:
            return self._unfiltered(request)
        return self._gathered(request, self.degrees(request.ids))

    def _with_totals(self, request: Request) -> dict[EntityId, Surroundings]:
        groups = self.groups(request.ids)
        passing = self.passing(groups, request.where)
        totals = {node: sum(group.rows for group in found) for node, found in passing.items()}
        few = self.batch([node for node, total in totals.items() if 0 < total <= request.limit], request.where)
        answer = {}
        for node in request.ids:
            degree = sum(group.rows for group in groups.get(node, ()))
            steps = sorted(few[node]) if node in few else []
            if totals.get(node, 0) > request.limit:
                steps = self.page(node, passing[node], request.where, limit=request.limit)
            answer[node] = Surroundings(degree, steps, totals.get(node, 0))
        return answer

    def _unfiltered(self, request: Request) -> dict[EntityId, Surroundings]:
        """Read entities with few relations at once: their degree is the number of their rows."""
        hubs = {node: sum(group.rows for group in groups) for node, groups in self.hub_groups(request.ids).items()}
        rest = [node for node in request.ids if node not in hubs]
        steps = self.batch(rest, request.where)
        answer = {node: Surroundings(len(steps.get(node, ())), steps.get(node, ())) for node in rest}
        answer.update(self._gathered(request, hubs))
        return {
            node: around
            if len(around.steps) <= request.limit
            else Surroundings(around.degree, sorted(around.steps)[: request.limit])
            for node, around in answer.items()
        }

    def _gathered(self, request: Request, degrees: Mapping[EntityId, int]) -> dict[EntityId, Surroundings]:
        answer = {node: Surroundings(degree, ()) for node, degree in degrees.items()}
        few = [node for node, degree in degrees.items() if degree <= request.limit]
        for node, steps in self.batch(few, request.where, request.exempt).items():
            answer[node] = Surroundings(degrees[node], steps)
        for node, degree in degrees.items():
            if degree > request.limit:
                answer[node] = Surroundings(degree, self._first(node, request))
        return answer

    def _first(self, node: EntityId, request: Request) -> list[Step]:
        """Return the first steps of a hub that is the end of a path, exempt ids included."""
        if not request.exempt or (not request.where.classes and request.where.synthetic):
            passing = self.passing({node: self.groups([node])[node]}, request.where)
            return self.page(node, passing.get(node, ()), request.where, limit=request.limit)
        condition = row_condition(request.where, self.kinds, request.exempt)
        rows = self.connection.execute(
            f"""SELECT type, direction, other FROM graph_adjacency WHERE node = ?{condition.sql}
                ORDER BY type, direction, other LIMIT {request.limit:d}""",  # noqa: S608
            (node, *condition.parameters),
        )
        return [Step(type_name, DIRECTIONS[direction], other) for type_name, direction, other in rows]
