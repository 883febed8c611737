"""The cheapest simple paths between two entities, the same for every engine.

Cost. A path of n relations costs n, plus for each entity between its ends `hub_penalty * log10(its relations)`:
going through an entity with 10 relations costs half a hop more at the default 0.5, with 1000 one and a half. So
a path by way of a district or an industry, which joins everything with everything, comes after a longer one that
says something. The logarithm keeps a hub passable where nothing better exists; `hub_limit` is the hard line.
Costs are whole millionths inside, so that equal costs are equal and engines order alike.

Paths are told apart by their entities; of several relations between the same two the first by (type, source) is
given. The filter's class and synthetic parts hold for interior entities only: the ends were chosen by the caller.

Search. First both ends grow towards each other by cost (Dijkstra with node weights, a batch of entities a step,
the cheaper side first) until the paths met are cheaper than any not yet met. That leaves exact costs to the far
end for all that was expanded there and a lower bound for the rest, and with these an A* over partial paths hands
out the complete ones in the order of their cost. Reading ends at `WORK_LIMIT` steps: then what is known is
searched and the answer says `truncated`.
"""

import heapq
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.store import RelationFilter
from graph.walk import RelationKey, Request, Surroundings, Walk, reversed_filter
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
    """One end growing towards the other. `cost[v]` is the cheapest way from the end to v without v's own weight."""

    end: EntityId
    where: RelationFilter
    links: dict[EntityId, dict[EntityId, RelationKey]]
    degree: int
    cost: dict[EntityId, int] = field(default_factory=dict)
    done: set[EntityId] = field(default_factory=set)
    queue: list[tuple[int, EntityId]] = field(default_factory=list)

    def offer(self, entity: EntityId, cost: int) -> bool:
        """Note a way to an entity; False when one as cheap is known."""
        known = self.cost.get(entity)
        if known is not None and known <= cost:
            return False
        self.cost[entity] = cost
        heapq.heappush(self.queue, (cost, entity))
        return True

    def nearest(self) -> int | None:
        """Return the cost of the nearest entity not expanded, None if there is none."""
        while self.queue:
            cost, entity = self.queue[0]
            if entity not in self.done and self.cost[entity] == cost:
                return cost
            heapq.heappop(self.queue)
        return None

    def effort(self) -> int:
        """Return a guess of the steps the next batch will read."""
        return self.degree if not self.done else 8 * min(len(self.queue), BATCH)

    def take(self, ceiling: int) -> list[EntityId]:
        """Take the next entities to expand: none of them can be reached more cheaply through another of them."""
        first = self.nearest()
        batch: list[EntityId] = []
        while first is not None and len(batch) < BATCH:
            cost = self.nearest()
            if cost is None or cost >= first + UNIT or (batch and cost >= ceiling):
                break
            entity = heapq.heappop(self.queue)[1]
            self.done.add(entity)
            batch.append(entity)
        return batch


@dataclass(slots=True)
class _Search:
    max_hops: int
    count: int
    hub_penalty: float
    hub_limit: int
    ends: frozenset[EntityId]
    near: _Side
    far: _Side
    weight: dict[EntityId, int] = field(default_factory=dict)
    hubs: set[EntityId] = field(default_factory=set)
    work: int = 0
    truncated: bool = False
    met: dict[EntityId, int] = field(default_factory=dict)
    horizon: int | None = None
    rest: dict[EntityId, int] = field(default_factory=dict)

    @property
    def floor(self) -> int:
        """The least an interior entity can weigh."""
        return entity_weight(2, self.hub_penalty)

    def weight_of(self, entity: EntityId) -> int:
        """Return what passing an entity costs, or the least it can while its relations are not known."""
        return 0 if entity in self.ends else self.weight.get(entity, self.floor)

    @property
    def dearest(self) -> int:
        """The most a path can cost that keeps to `max_hops` and `hub_limit`."""
        return self.max_hops * UNIT + (self.max_hops - 1) * entity_weight(self.hub_limit, self.hub_penalty)

    def fetch(self, side: _Side, ids: Iterable[EntityId]) -> Walk[None]:
        """Read the surroundings of those of `ids` that are not known yet."""
        unknown = [entity for entity in ids if entity not in side.links]
        ends = tuple(entity for entity in unknown if entity in self.ends)
        others = tuple(entity for entity in unknown if entity not in self.ends)
        for group, hub_limit in ((ends, None), (others, self.hub_limit)):
            if group:
                answer = yield Request(group, side.where, END_STEPS, hub_limit=hub_limit, exempt=self.ends)
                for entity in group:
                    self.learn(side, entity, answer.get(entity))

    def learn(self, side: _Side, entity: EntityId, around: Surroundings | None) -> None:
        """Keep what was read of one entity: its weight and one relation to each neighbour."""
        links: dict[EntityId, RelationKey] = {}
        side.links[entity] = links
        if around is None:
            return
        is_end = entity in self.ends
        self.weight[entity] = 0 if is_end else entity_weight(around.degree, self.hub_penalty)
        if not is_end and around.degree > self.hub_limit:
            self.hubs.add(entity)
            return
        self.work += len(around.steps) + 1
        self.truncated = self.truncated or len(around.steps) >= END_STEPS
        for step in around.steps:
            key = step.key(entity)
            if step.other != entity and (step.other not in links or key < links[step.other]):
                links[step.other] = key

    def meet(self) -> Walk[None]:
        """Grow both sides until no cheaper meeting can come, or the work is spent."""
        while True:
            near, far = self.near.nearest(), self.far.nearest()
            if near is None or far is None or near + far + self.floor > self.bound():
                return
            if self.work > WORK_LIMIT:
                self.truncated = True
                return
            side, other, rest = self.near, self.far, far
            if self.far.effort() < self.near.effort():
                side, other, rest = self.far, self.near, near
            batch = side.take(self.bound() - rest)
            yield from self.fetch(side, batch)
            for entity in batch:
                self.relax(side, other, entity)

    def bound(self) -> int:
        """Return the cost above which nothing is wanted: that of the last of `count` meetings, if there are so many."""
        if len(self.met) < self.count:
            return self.dearest
        return min(self.dearest, heapq.nsmallest(self.count, self.met.values())[-1])

    def relax(self, side: _Side, other: _Side, entity: EntityId) -> None:
        """Walk on from an expanded entity and note where the other side is met."""
        onward = side.cost[entity] + self.weight.get(entity, 0) + UNIT
        if onward > self.dearest:
            return
        for neighbour in side.links[entity]:
            if neighbour == other.end:
                self.met[neighbour] = min(onward, self.met.get(neighbour, onward))
            elif side.offer(neighbour, onward) and neighbour in other.cost:
                total = onward + self.weight_of(neighbour) + other.cost[neighbour]
                self.met[neighbour] = min(total, self.met.get(neighbour, total))

    def settle(self) -> None:
        """Work out lower bounds of the cost from interior entities to the far end.

        Exact where the far side has been; at the rim of the near side at least the far side's nearest unexpanded;
        within the near side, all whose relations are known, what follows from these by walking back.
        """
        nearest = self.far.nearest()
        self.horizon = None if nearest is None else max(nearest, UNIT)
        behind: dict[EntityId, list[EntityId]] = {}
        queue: list[tuple[int, EntityId]] = []
        for entity in self.near.done - self.far.done:
            for neighbour in self.near.links[entity]:
                if neighbour not in behind:
                    behind[neighbour] = []
                    rest = self.rest_from(neighbour)
                    if rest is not None:
                        heapq.heappush(queue, (rest + self.weight_of(neighbour), neighbour))
                behind[neighbour].append(entity)
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
        if entity in self.far.done:
            return self.far.cost[entity]
        return self.rest.get(entity) if entity in self.near.done else self.horizon

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
            elif tail not in self.near.links:
                yield from self.fetch_ahead(queue, tail)
                better = self.estimate(tail, cost)
                if better is not None and tail not in self.hubs:
                    heapq.heappush(queue, (max(better, estimate), ids, cost))
            else:
                self.extend(queue, (estimate, ids, cost))
        return found

    def fetch_ahead(self, queue: Sequence[_Partial], tail: EntityId) -> Walk[None]:
        """Read a tail's surroundings together with those that will most likely be wanted next."""
        if self.work > WORK_LIMIT:
            self.truncated = True
            self.near.links[tail] = {}
            return
        tails = dict.fromkeys([tail])
        for _, ids, _ in queue[: BATCH // 4]:
            if ids[-1] not in self.near.links and ids[-1] != self.far.end:
                tails[ids[-1]] = None
        yield from self.fetch(self.near, tails)

    def estimate(self, entity: EntityId, cost: int) -> int | None:
        """Return a lower bound for complete paths through `entity`, reached at `cost`; None if there are none."""
        rest = self.rest_from(entity)
        return None if rest is None else cost + self.weight_of(entity) + rest

    def extend(self, queue: list[_Partial], partial: _Partial) -> None:
        """Put every continuation of a partial path into the queue."""
        least, ids, cost = partial
        tail = ids[-1]
        onward = cost + self.weight.get(tail, 0) + UNIT
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
                if estimate is not None and estimate <= self.dearest:
                    heapq.heappush(queue, (max(estimate, least), (*ids, neighbour), onward))

    def outline(self, ids: tuple[EntityId, ...], cost: int) -> PathOutline:
        """Return a complete path with its relations."""
        relations = tuple(self.near.links[a][b] for a, b in itertools.pairwise(ids))
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
    search, turned = _prepared(source, target, where, degrees)
    search.max_hops, search.count = max_hops, count
    search.hub_penalty, search.hub_limit = hub_penalty, hub_limit
    yield from search.meet()
    found = (yield from search.enumerate()) if search.met else []
    if turned:
        found = [PathOutline(path.ids[::-1], path.relations[::-1], path.cost) for path in found]
    return PathsOutline(paths=found, truncated=search.truncated, hubs_avoided=tuple(sorted(search.hubs)[:LISTED_HUBS]))


def _prepared(
    source: EntityId, target: EntityId, where: RelationFilter, degrees: Mapping[EntityId, Surroundings]
) -> tuple[_Search, bool]:
    """Return a search whose near end is the one with fewer relations, and whether that is the target."""
    backward = reversed_filter(where)
    forward_links: dict[EntityId, dict[EntityId, RelationKey]] = {}
    backward_links = forward_links if backward == where else {}
    first = _Side(source, where, forward_links, degrees[source].degree)
    second = _Side(target, backward, backward_links, degrees[target].degree)
    turned = second.degree < first.degree
    near, far = (second, first) if turned else (first, second)
    for side in (near, far):
        side.offer(side.end, 0)
    ends = frozenset((source, target))
    return _Search(0, 0, 0.0, 0, ends, near, far), turned
