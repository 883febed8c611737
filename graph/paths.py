"""The cheapest simple paths between two entities, the same for every engine.

Cost. A path of n relations costs n, plus for each entity between its ends `hub_penalty * log10(its relations)`:
going through an entity with 10 relations costs half a hop more at the default 0.5, with 1000 one and a half. So
a path by way of a district or an industry, which joins everything with everything, comes after a longer one that
says something. The logarithm keeps a hub passable where nothing better exists; `hub_limit` is the hard line.

Paths are told apart by their entities; of several relations between the same two the first by (type, source) is
given. The filter's class and synthetic parts hold for interior entities only: the ends were chosen by the caller.

Search. First both ends grow towards each other until no path not yet met can be cheaper than those met
(`graph/meeting.py`). That leaves exact costs to the far end for what was reached from there and lower bounds for the
rest, and with these an A* over partial paths hands out the complete ones by cost. Reading ends at `WORK_LIMIT`: then
what is known is searched and the answer says `truncated`.
"""

import heapq
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.meeting import BATCH, END_STEPS, WORK_LIMIT, Meeting, Side
from graph.store import RelationFilter
from graph.walk import RelationKey, Request, Step, Walk, reversed_filter
from graph.weights import UNIT, entity_weight
from ontology.model import EntityId

LISTED_HUBS = 100

_Partial = tuple[int, tuple[EntityId, ...], int]
"""A partial path: the least a completion can cost, its entities, its cost so far without the last one's weight."""


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


@dataclass(slots=True)
class _Enumeration:
    """The second phase: partial paths from the near end, the most promising first."""

    meeting: Meeting
    wanted: int = 0
    """The cost above which no path is wanted."""
    horizon: dict[bool, int | None] = field(default_factory=dict)
    """The least it costs to reach the far end from an entity it has not reached: if within its reach, if beyond."""
    rest: dict[EntityId, dict[int, int | None]] = field(default_factory=dict)
    """Lower bounds of the cost to the far end with so many hops left, for entities expanded on the near side."""

    def settle(self) -> None:
        """Work out lower bounds for what the near side expanded, all of whose relations are known, from the middle."""
        meeting, near, far = self.meeting, self.meeting.near, self.meeting.far
        self.wanted = meeting.bound()
        for is_within, least in ((True, meeting.nearest(far)), (False, meeting.least_left(far))):
            self.horizon[is_within] = None if least is None else least + UNIT
        for hops in range(near.reach - 1, -1, -1):
            left = meeting.max_hops - hops
            for entity in near.done[hops]:
                onward = meeting.weight[entity] + UNIT
                room = self.wanted - near.level[hops][entity] - onward
                least = None
                for neighbour in near.links[entity]:
                    rest = self.rest_from(neighbour, left - 1)
                    if rest is not None and neighbour not in meeting.hubs:
                        rest += 0 if neighbour == far.end else meeting.weight_of(neighbour)
                        if rest <= room and (least is None or rest < least):
                            least = rest
                self.rest.setdefault(entity, {})[left] = None if least is None else least + UNIT

    def rest_from(self, entity: EntityId, left: int) -> int | None:
        """Return a lower bound of the cost from an entity to the far end in `left` relations, None for no way."""
        far = self.meeting.far
        if entity == far.end:
            return 0
        if not left:
            return None
        is_within = left <= far.reach
        if not is_within and (known := self.rest.get(entity)):
            # With more relations left a bound is lower and still holds.
            usable = [more for more in known if more >= left]
            if usable:
                return known[min(usable)]
        least = self.horizon[is_within]
        if entity in far.seen:
            for level in far.level[: left + 1]:
                cost = level.get(entity)
                if cost is not None and (least is None or cost < least):
                    least = cost
        return least

    def run(self) -> Walk[list[PathOutline]]:
        """Hand out complete paths in the order of (cost, entities seen from the near end)."""
        self.settle()
        meeting = self.meeting
        near, end = meeting.near, meeting.far.end
        found: list[PathOutline] = []
        queue: list[_Partial] = [(0, (near.end,), 0)]
        while queue and len(found) < meeting.count:
            estimate, ids, cost = heapq.heappop(queue)
            tail = ids[-1]
            if tail == end:
                found.append(self.outline(ids, cost))
            elif tail in near.links:
                self.extend(queue, (estimate, ids, cost))
            elif meeting.work > WORK_LIMIT:
                meeting.truncated = True
            elif tail in meeting.weight:
                yield from meeting.fetch(near, self.ahead(queue, tail, known=True))
                self.extend(queue, (estimate, ids, cost))
            else:
                yield from meeting.weigh(self.ahead(queue, tail, known=False))
                better = self.estimate(ids, cost)
                if better is not None and tail not in meeting.hubs:
                    heapq.heappush(queue, (max(better, estimate), ids, cost))
        return found

    def ahead(self, queue: Sequence[_Partial], tail: EntityId, *, known: bool) -> dict[EntityId, None]:
        """Return a tail and others near the front of the queue that are as well (or badly) known."""
        meeting = self.meeting
        tails = dict.fromkeys([tail])
        for _, ids, _ in queue[: BATCH // 8]:
            one = ids[-1]
            if one not in meeting.near.links and (one in meeting.weight) == known and one not in meeting.hubs:
                tails[one] = None
        tails.pop(meeting.far.end, None)
        return tails

    def estimate(self, ids: tuple[EntityId, ...], cost: int) -> int | None:
        """Return a lower bound for complete paths that begin with `ids`, at `cost`; None if there are none wanted."""
        tail = ids[-1]
        rest = self.rest_from(tail, self.meeting.max_hops + 1 - len(ids))
        if rest is None:
            return None
        total = cost + rest + (0 if tail == self.meeting.far.end else self.meeting.weight_of(tail))
        return total if total <= self.wanted else None

    def extend(self, queue: list[_Partial], partial: _Partial) -> None:
        """Put every continuation of a partial path into the queue."""
        least, ids, cost = partial
        meeting = self.meeting
        if meeting.work > 2 * WORK_LIMIT:
            meeting.truncated = True
            return
        onward = cost + meeting.weight[ids[-1]] + UNIT
        links = meeting.near.links[ids[-1]]
        meeting.work += len(links)
        for neighbour in links:
            if neighbour not in ids and neighbour not in meeting.hubs:
                longer = (*ids, neighbour)
                estimate = self.estimate(longer, onward)
                if estimate is not None:
                    heapq.heappush(queue, (max(estimate, least), longer, onward))

    def outline(self, ids: tuple[EntityId, ...], cost: int) -> PathOutline:
        """Return a complete path with its relations."""
        links = self.meeting.near.links
        relations = tuple(links[a][b].key(a) for a, b in itertools.pairwise(ids))
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
    turned = degrees[target].degree < degrees[source].degree
    reach = _reach(max_hops, sorted(around.degree for around in degrees.values()))
    reach = reach[::-1] if turned else reach
    first = Side(source, where, links, degrees[source].degree, reach[0])
    second = Side(target, backward, links if backward == where else {}, degrees[target].degree, reach[1])
    near, far = (second, first) if turned else (first, second)
    meeting = Meeting(
        max_hops=max_hops,
        count=count,
        hub_penalty=hub_penalty,
        hub_limit=hub_limit,
        near=near,
        far=far,
        floor=entity_weight(2, hub_penalty),
        dearest=max_hops * UNIT + (max_hops - 1) * entity_weight(hub_limit, hub_penalty),
        weight={source: 0, target: 0},
    )
    yield from meeting.grow()
    found = (yield from _Enumeration(meeting).run()) if meeting.touching else []
    if turned:
        found = [PathOutline(path.ids[::-1], path.relations[::-1], path.cost) for path in found]
    hubs = tuple(sorted(meeting.hubs)[:LISTED_HUBS])
    return PathsOutline(paths=found, truncated=meeting.truncated, hubs_avoided=hubs)


def _reach(max_hops: int, degrees: Sequence[int]) -> tuple[int, int]:
    """Return how many hops the sides go, the end with fewer relations first: one half each.

    An end with more relations than are read of one entity is only waited for, unless the other is such an end too.
    """
    fewer, more = degrees
    if more > END_STEPS >= fewer:
        return max_hops, 0
    return (max_hops + 1) // 2, max_hops // 2
