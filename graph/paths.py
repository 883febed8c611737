"""The cheapest simple paths between two entities, the same for every engine.

Cost. A path of n relations costs n, plus for each entity between its ends `hub_penalty * log10(its relations)`:
going through an entity with 10 relations costs half a hop more at the default 0.5, with 1000 one and a half. So
a path by way of a district or an industry, which joins everything with everything, comes after a longer one that
says something. The logarithm keeps a hub passable where nothing better exists; `hub_limit` is the hard line.
Costs are whole millionths inside, so that equal costs are equal and engines order alike.

Paths are told apart by their entities; of several relations between the same two the first by (type, source) is
given. The filter's class and synthetic parts hold for interior entities only: the ends were chosen by the caller.

Search. First both ends grow towards each other (Dijkstra, a batch of entities a step, the cheaper side first) until
no path not yet met can be cheaper than those met. What orders a side is the cost of *leaving* an entity, its own
weight included, so a hub's many relations are read only when a way through it can still win; an entity's degree is
looked up when it comes to the front. That leaves exact costs to the far end for all that was expanded there and
lower bounds for the rest, and with these an A* over partial paths hands out the complete ones by cost. Reading ends
at `WORK_LIMIT`: then what is known is searched and the answer says `truncated`.
"""

import heapq
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.store import EVERYTHING, RelationFilter
from graph.walk import RelationKey, Request, Step, Walk, reversed_filter
from ontology.model import EntityId

UNIT = 1_000_000
WORK_LIMIT = 60_000
"""Steps read plus partial paths tried: about 0.2 s of Python. Benchmarks reach it for 1 in 100 random pairs."""
END_STEPS = 10_000
"""Steps read of one entity: an end may be a hub of any size, and gets no more than this."""
BATCH = 64
LISTED_HUBS = 100


_Partial = tuple[int, tuple[EntityId, ...], int]
"""A partial path of the second phase: the least a completion can cost, its entities, its cost so far."""


@dataclass(frozen=True, slots=True)
class PathOutline:
    """One path before the engine fetches its entities and relations; `relations[i]` joins `ids[i]` and `ids[i+1]`."""

    ids: Sequence[EntityId]
    relations: Sequence[RelationKey]
    cost: float


@dataclass(frozen=True, slots=True)
class PathsOutline:
    """The paths found, cheapest first, and what was left out."""

    paths: Sequence[PathOutline] = ()
    truncated: bool = False
    hubs_avoided: Sequence[EntityId] = ()


def entity_weight(degree: int, hub_penalty: float) -> int:
    """Return what passing an entity costs in millionths; one interior to a path has at least two relations."""
    return round(UNIT * hub_penalty * math.log10(max(degree, 2)))


@dataclass(slots=True)
class _Side:
    """One end growing towards the other.

    `cost[v]` is the cheapest way from the end to v without v's own weight; `queue` is by cost with it, or with the
    least it can be while v's degree is not known.
    """

    end: EntityId
    where: RelationFilter
    links: dict[EntityId, dict[EntityId, Step]]
    degree: int
    cost: dict[EntityId, int] = field(default_factory=dict)
    parent: dict[EntityId, EntityId] = field(default_factory=dict)
    done: set[EntityId] = field(default_factory=set)
    queue: list[tuple[int, EntityId]] = field(default_factory=list)
    steps_read: int = 0

    def way_to(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return the cheapest way known from the end to an entity."""
        way = [entity]
        while way[-1] != self.end:
            way.append(self.parent[way[-1]])
        return tuple(reversed(way))


@dataclass(slots=True)
class _Search:
    max_hops: int
    count: int
    hub_penalty: float
    hub_limit: int
    ends: frozenset[EntityId]
    near: _Side
    far: _Side
    floor: int
    """The least an interior entity can weigh."""
    dearest: int
    """The most a path can cost that keeps to `max_hops` and `hub_limit`."""
    weight: dict[EntityId, int] = field(default_factory=dict)
    hubs: set[EntityId] = field(default_factory=set)
    work: int = 0
    truncated: bool = False
    met: dict[tuple[EntityId, ...], int] = field(default_factory=dict)
    """Paths put together where the sides met, from the near end, with their costs: real, not yet the cheapest."""
    touching: bool = False
    """Whether the sides met at all, be it in ways that are too long or no simple paths."""
    wanted: int = 0
    horizon: int | None = None
    rest: dict[EntityId, int] = field(default_factory=dict)

    def weight_of(self, entity: EntityId) -> int:
        """Return what passing an entity costs, or the least it can while its degree is not known."""
        return self.weight.get(entity, self.floor)

    def weigh(self, ids: Iterable[EntityId]) -> Walk[None]:
        """Look up the degrees of those of `ids` that are not known, and note the hubs among them."""
        unknown = tuple(entity for entity in ids if entity not in self.weight)
        if unknown:
            self.work += len(unknown)
            answer = yield Request(unknown, EVERYTHING, 0)
            for entity in unknown:
                degree = answer[entity].degree
                self.weight[entity] = entity_weight(degree, self.hub_penalty)
                if degree > self.hub_limit:
                    self.hubs.add(entity)

    def fetch(self, side: _Side, ids: Iterable[EntityId]) -> Walk[None]:
        """Read the relations of those of `ids` that are not known; the ids are weighed and no hubs."""
        unknown = tuple(entity for entity in ids if entity not in side.links)
        if not unknown:
            return
        answer = yield Request(unknown, side.where, END_STEPS, exempt=self.ends)
        for entity in unknown:
            steps = answer[entity].steps
            self.work += len(steps) + 1
            side.steps_read += len(steps) + 1
            self.truncated = self.truncated or len(steps) >= END_STEPS
            links = side.links[entity] = {}
            for step in steps:
                known = links.setdefault(step.other, step)
                if known is not step and step.key(entity) < known.key(entity):
                    links[step.other] = step
            links.pop(entity, None)

    def nearest(self, side: _Side) -> int | None:
        """Return the cost of leaving the nearest entity not expanded (a lower bound), None if there is none."""
        queue = side.queue
        while queue:
            key, entity = queue[0]
            current = side.cost[entity] + self.weight_of(entity)
            if entity in side.done or entity in self.hubs or key > current:
                heapq.heappop(queue)
            elif key < current:
                heapq.heapreplace(queue, (current, entity))
            else:
                return key
        return None

    def take(self, side: _Side, ceiling: int) -> list[EntityId]:
        """Take the next entities off the queue: none of them can be reached more cheaply through another of them."""
        batch: list[EntityId] = []
        first = key = self.nearest(side)
        while first is not None and key is not None and len(batch) < BATCH:
            if batch and (key >= first + UNIT or key > ceiling):
                break
            batch.append(heapq.heappop(side.queue)[1])
            key = self.nearest(side)
        return batch

    def meet(self) -> Walk[None]:
        """Grow both sides until no cheaper meeting can come, or the work is spent."""
        while True:
            near, far = self.nearest(self.near), self.nearest(self.far)
            bound = self.bound()
            if near is None or far is None or near + far + UNIT > bound:
                return
            if self.work > WORK_LIMIT:
                self.truncated = True
                return
            side, other, rest = (
                (self.near, self.far, far) if self.near_is_next(near, far) else (self.far, self.near, near)
            )
            batch = self.take(side, bound - rest - UNIT)
            unknown = [entity for entity in batch if entity not in self.weight]
            if unknown:
                yield from self.weigh(unknown)
                for entity in batch:
                    heapq.heappush(side.queue, (side.cost[entity] + self.weight[entity], entity))
                continue
            yield from self.fetch(side, batch)
            yield from self.relax(side, other, batch)

    def near_is_next(self, near: int, far: int) -> bool:
        """Return which side to grow: the one less far out, but an end that is a hub only after as much on the other."""
        if not self.far.done and self.near.steps_read < self.far.degree:
            return True
        if not self.near.done and self.far.steps_read < self.near.degree:
            return False
        return near <= far

    def bound(self) -> int:
        """Return the cost above which no path is wanted: that of the last of `count` met, if there are so many."""
        if len(self.met) < self.count:
            return self.dearest
        return heapq.nsmallest(self.count, self.met.values())[-1]

    def relax(self, side: _Side, other: _Side, batch: Sequence[EntityId]) -> Walk[None]:
        """Walk on from entities just read, and note where the other side is met."""
        meetings: dict[EntityId, None] = {}
        for entity in batch:
            side.done.add(entity)
            onward = side.cost[entity] + self.weight[entity] + UNIT
            for neighbour in side.links[entity]:
                if neighbour == other.end:
                    self.note(side, (*side.way_to(entity), other.end), onward)
                elif onward < side.cost.get(neighbour, self.dearest) and neighbour not in self.hubs:
                    side.cost[neighbour] = onward
                    side.parent[neighbour] = entity
                    heapq.heappush(side.queue, (onward + self.weight_of(neighbour), neighbour))
                    if neighbour in other.cost:
                        meetings[neighbour] = None
        bound = self.bound()
        ways = {entity: side.cost[entity] + other.cost[entity] for entity in meetings}
        ways = {entity: cost for entity, cost in ways.items() if cost + self.weight_of(entity) <= bound}
        yield from self.weigh(ways)
        for entity, cost in ways.items():
            if entity not in self.hubs:
                way = (*side.way_to(entity), *other.way_to(entity)[-2::-1])
                self.note(side, way, cost + self.weight[entity])

    def note(self, side: _Side, way: tuple[EntityId, ...], cost: int) -> None:
        """Keep a path that was met from `side`, if it is a simple one and not too long."""
        self.touching = True
        if len(way) <= self.max_hops + 1 and len(set(way)) == len(way):
            self.met[way if side is self.near else way[::-1]] = cost

    def settle(self) -> None:
        """Work out lower bounds of the cost from interior entities to the far end.

        Exact where the far side has been; at the rim of the near side what a way through the far side's nearest
        unexpanded must cost; within the near side, all of whose relations are known, what follows by walking back.
        """
        self.wanted = self.bound()
        nearest = self.nearest(self.far)
        self.horizon = None if nearest is None else nearest + UNIT
        behind: dict[EntityId, list[EntityId]] = {}
        queue: list[tuple[int, EntityId]] = []
        for entity in self.near.done - self.far.done:
            onward = self.near.cost[entity] + self.weight[entity] + UNIT
            for neighbour in self.near.links[entity]:
                if neighbour in behind:
                    behind[neighbour].append(entity)
                    continue
                is_inside = neighbour in self.near.done and neighbour not in self.far.done
                rest = 0 if is_inside else self.rest_from(neighbour)
                if neighbour in self.hubs or rest is None or onward + self.weight_of(neighbour) + rest > self.wanted:
                    continue
                behind[neighbour] = [entity]
                if not is_inside:
                    heapq.heappush(queue, (rest + self.weight_of(neighbour), neighbour))
        while queue:
            rest, entity = heapq.heappop(queue)
            for before in behind.pop(entity, ()):
                if before not in self.rest:
                    self.rest[before] = rest + UNIT
                    heapq.heappush(queue, (rest + UNIT + self.weight[before], before))

    def rest_from(self, entity: EntityId) -> int | None:
        """Return a lower bound of the cost from an entity to the far end, None if there is no way."""
        if entity == self.far.end:
            return 0
        known = self.far.cost.get(entity)
        if entity in self.far.done:
            return known
        if entity in self.near.done:
            return self.rest.get(entity)
        if known is None or self.horizon is None:
            return self.horizon if known is None else known
        return min(known, self.horizon)

    def enumerate(self) -> Walk[list[PathOutline]]:
        """Hand out complete paths in the order of (cost, entities seen from the near end)."""
        self.settle()
        found: list[PathOutline] = []
        queue: list[_Partial] = [(0, (self.near.end,), 0)]
        while queue and len(found) < self.count:
            estimate, ids, cost = heapq.heappop(queue)
            tail = ids[-1]
            if tail == self.far.end:
                found.append(self.outline(ids, cost))
            elif tail in self.near.links:
                self.extend(queue, (estimate, ids, cost))
            elif self.work > WORK_LIMIT:
                self.truncated = True
            elif tail in self.weight:
                yield from self.fetch(self.near, self.ahead(queue, tail, known=True))
                self.extend(queue, (estimate, ids, cost))
            else:
                yield from self.weigh(self.ahead(queue, tail, known=False))
                better = self.estimate(tail, cost)
                if better is not None and tail not in self.hubs:
                    heapq.heappush(queue, (max(better, estimate), ids, cost))
        return found

    def ahead(self, queue: Sequence[_Partial], tail: EntityId, *, known: bool) -> dict[EntityId, None]:
        """Return a tail and others near the front of the queue that are as well (or badly) known."""
        tails = dict.fromkeys([tail])
        for _, ids, _ in queue[: BATCH // 8]:
            if ids[-1] not in self.near.links and (ids[-1] in self.weight) == known and ids[-1] not in self.hubs:
                tails[ids[-1]] = None
        tails.pop(self.far.end, None)
        return tails

    def estimate(self, entity: EntityId, cost: int) -> int | None:
        """Return a lower bound for complete paths through `entity`, reached at `cost`; None if there are none."""
        rest = self.rest_from(entity)
        return None if rest is None else cost + self.weight_of(entity) + rest

    def extend(self, queue: list[_Partial], partial: _Partial) -> None:
        """Put every continuation of a partial path into the queue."""
        least, ids, cost = partial
        tail = ids[-1]
        onward = cost + self.weight[tail] + UNIT
        links = self.near.links[tail]
        if len(ids) == self.max_hops:
            links = {self.far.end: links[self.far.end]} if self.far.end in links else {}
        elif self.work > 2 * WORK_LIMIT:
            self.truncated = True
            return
        self.work += len(links)
        for neighbour in links:
            if neighbour not in ids and neighbour not in self.hubs:
                estimate = self.estimate(neighbour, onward)
                if estimate is not None and estimate <= self.wanted:
                    heapq.heappush(queue, (max(estimate, least), (*ids, neighbour), onward))

    def outline(self, ids: tuple[EntityId, ...], cost: int) -> PathOutline:
        """Return a complete path with its relations."""
        relations = tuple(self.near.links[a][b].key(a) for a, b in itertools.pairwise(ids))
        return PathOutline(ids=ids, relations=relations, cost=cost / UNIT)


def cheapest_paths(
    source: EntityId,
    target: EntityId,
    *,
    max_hops: int,
    count: int,
    where: RelationFilter,
    hub_penalty: float,
    hub_limit: int,
) -> Walk[PathsOutline]:
    """Find up to `count` cheapest simple paths; an end that does not exist gives none, equal ends the empty path."""
    degrees = yield Request(ids=(source, target), where=where, limit=0)
    if source not in degrees or target not in degrees:
        return PathsOutline()
    if source == target:
        return PathsOutline(paths=(PathOutline(ids=(source,), relations=(), cost=0.0),))
    backward = reversed_filter(where)
    links: dict[EntityId, dict[EntityId, Step]] = {}
    first = _Side(source, where, links, degrees[source].degree)
    second = _Side(target, backward, links if backward == where else {}, degrees[target].degree)
    turned = second.degree < first.degree
    near, far = (second, first) if turned else (first, second)
    for side in (near, far):
        side.cost[side.end] = 0
        side.queue.append((0, side.end))
    search = _Search(
        max_hops=max_hops,
        count=count,
        hub_penalty=hub_penalty,
        hub_limit=hub_limit,
        ends=frozenset((source, target)),
        near=near,
        far=far,
        floor=entity_weight(2, hub_penalty),
        dearest=max_hops * UNIT + (max_hops - 1) * entity_weight(hub_limit, hub_penalty),
        weight={source: 0, target: 0},
    )
    yield from search.meet()
    found = (yield from search.enumerate()) if search.touching else []
    if turned:
        found = [PathOutline(path.ids[::-1], path.relations[::-1], path.cost) for path in found]
    return PathsOutline(paths=found, truncated=search.truncated, hubs_avoided=tuple(sorted(search.hubs)[:LISTED_HUBS]))
