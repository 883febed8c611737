"""Which entities of the register a piece of text may name, each with how far the text says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

import rjieba

from nlp.linking.fold import fold_name
from nlp.linking.matcher import Matcher
from nlp.linking.names import WEIGHTS, NameKind, NameTable
from nlp.linking.short_forms import (
    INNER,
    LEGAL_FORM,
    LONGER,
    core_of,
    is_word,
    region_length_before,
    trade_length_at,
    without_legal_form,
    without_region,
)
from ontology.model import EntityId
from ontology.values.region import region_prefixes

LINKED_FROM: Final = 0.5
"""Score from which the best candidate is taken for the entity meant."""
MARGIN: Final = 0.1
"""How far the best must lie above the next: below it the text does not say which of them is meant."""
MOST: Final = 5
_FULL_FORM: Final = ("有限公司", "有限责任公司", "股份公司")
_AFTER: Final = frozenset("路街镇村巷弄桥站")
"""Behind a short form these make a place of it: 青禾印染路."""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """An entity by its number in the table, and the score, 0 to 1, that it is the one meant."""

    score: float
    number: int
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a folded text that names something of the register; candidates best first, never empty."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """A table with its automata: ready to look up mentions and to search texts."""

    table: NameTable
    _exact: Matcher = field(repr=False)
    _short: Matcher = field(repr=False)
    _named: dict[str, int] = field(repr=False)
    _numbers: dict[EntityId, int] = field(repr=False)
    _dictionary: rjieba.Jieba = field(repr=False)

    @classmethod
    def of(cls, table: NameTable) -> "Names":
        """Build the automata: 38 s and 0.6 GB for a million names; no other thread runs meanwhile."""
        patterns = table.patterns
        return cls(
            table,
            Matcher(patterns[: table.sought]),
            Matcher(patterns[table.derived :]),
            {patterns[number]: number for number in range(table.sought, table.derived)},
            {},
            rjieba.Jieba(),
        )

    def number_of(self, entity: EntityId) -> int | None:
        """Return the number of an entity, None where the register has none of this id."""
        if not self._numbers:
            self._numbers.update((EntityId(bytes(one).decode()), at) for at, one in enumerate(self.table.ids))
        return self._numbers.get(entity)

    def full_names(self, folded: str, region: str | None) -> list[Found]:
        """Return where a folded text has names that the register itself has."""
        return [
            Found(start, end, self._ranked(self.table.meanings(number), region))
            for number, start, end in self._exact.find(folded)
        ]

    def short_forms(self, folded: str, region: str | None) -> list[Found]:
        """Return where a folded text has derived short forms that can be believed, with what belongs to them."""
        found: list[Found] = []
        for number, start, end in self._short.find(folded):
            if found and start < found[-1].end:
                continue
            one = self._short_form(folded, (number, start, end), region)
            if one is None:
                hidden = self._short.find_from_each(folded, start, end)
                tried = (self._short_form(folded, other, region) for other in hidden)
                one = next((other for other in tried if other is not None), None)
            if one is not None:
                found.append(one)
        return found

    def named_by(self, mention: str, region: str | None) -> tuple[Candidate, ...]:
        """Return what a recognised mention may mean, best first; empty where the register has nothing like it."""
        folded = fold_name(mention)
        number = self._exact.whole(folded)
        number = self._named.get(folded) if number is None else number
        if number is not None:
            return self._ranked(self.table.meanings(number), region)
        inner = without_region(folded)
        core = without_legal_form(inner)
        number = self._short.whole(core)
        if number is None:
            return self._with_inner_region(mention, region)
        start = len(folded) - len(inner)
        return self._scored(
            folded, self.table.derived + number, (start, start + len(core)), (0, len(folded)), region=region
        )

    def _with_inner_region(self, mention: str, region: str | None) -> tuple[Candidate, ...]:
        """Return what a short form with its region in brackets may mean: 罗托克阀门控制技术（上海）."""
        core = core_of(mention)
        number = self._short.whole(core)
        inner = [fold_name(piece) for piece in INNER.findall(mention)]
        where = next((piece for piece in inner if piece in region_prefixes()), "")
        if number is None or not where or len(inner) > 1:
            return ()
        return self._scored(
            f"{where}{core}",
            self.table.derived + number,
            (len(where), len(where) + len(core)),
            (0, len(where) + len(core)),
            region=region,
        )

    def _short_form(self, folded: str, match: tuple[int, int, int], region: str | None) -> Found | None:
        number, start, end = match
        form = LEGAL_FORM.match(folded, end)
        to = form.end() if form else end
        from_ = start - region_length_before(folded, start)
        kinds = {kind for _, kind in self.table.meanings(self.table.derived + number)}
        extended = form is not None or (from_ < start and not self._begins_with_region(start, end, folded))
        if not extended and (not kinds & {NameKind.CORE, NameKind.PAIR} or not self._stands_apart(folded, start, end)):
            return None
        # 大众公司, 先进公司: a word and a legal form are no name without the region.
        word = folded[start:end]
        if kinds <= {NameKind.SOLE, NameKind.BRAND} and (
            form is None or (from_ == start and len(word) < 3 and is_word(word))
        ):
            return None
        if LONGER.match(folded, to) or (form is None and trade_length_at(folded, end)):
            return None
        if from_ == start and self._continues_a_name(folded, start):
            return None
        scored = self._scored(folded, self.table.derived + number, (start, end), (from_, to), region=region)
        if not scored or scored[0].score < LINKED_FROM:
            return None
        return Found(from_, to, scored)

    @staticmethod
    def _begins_with_region(start: int, end: int, folded: str) -> bool:
        return without_region(folded[start:end]) != folded[start:end]

    def _continues_a_name(self, folded: str, start: int) -> bool:
        """Tell whether a region and an unknown brand stand before: 上海申光 before 高强度螺栓有限公司."""
        for gap in range(2, 7):
            brand = folded[start - gap : start] if start >= gap else ""
            if brand and region_length_before(folded, start - gap):
                return brand.isalpha() and all(len(word) == 1 for word in self._dictionary.cut(brand, False))
        return False

    def _stands_apart(self, folded: str, start: int, end: int) -> bool:
        """Tell whether no word of the dictionary reaches over either end."""
        if folded[end : end + 1] in _AFTER and folded[end : end + 1]:
            return False
        from_ = max(0, start - 6)
        cut = self._dictionary.cut(folded[from_ : end + 6], False)
        edges = set(accumulate((len(word) for word in cut), initial=from_))
        return start in edges and end in edges

    def _scored(
        self, folded: str, pattern: int, core: tuple[int, int], whole: tuple[int, int], *, region: str | None
    ) -> tuple[Candidate, ...]:
        """Return the meanings of a short form that fit the region and legal form around it."""
        where, form = folded[whole[0] : core[0]], folded[core[1] : whole[1]]
        rows = []
        for number, kind in self.table.meanings(pattern):
            name = fold_name(self.table.labels[number])
            if where and not _lies_in(name, where):
                continue
            if form.endswith(_FULL_FORM) and kind not in (NameKind.CORE, NameKind.BOUND):
                # A name with its full legal form claims to be complete, and the register's is another.
                continue
            weight = WEIGHTS[kind] + (0.08 if where else 0.0)
            weight += 0.0 if not form else 0.1 if name.endswith(form) else 0.05
            rows.append((number, kind, min(weight, 0.95)))
        return self._shared(rows, region)

    def _ranked(self, meanings: Sequence[tuple[int, NameKind]], region: str | None) -> tuple[Candidate, ...]:
        return self._shared([(number, kind, WEIGHTS[kind]) for number, kind in meanings], region)

    def _shared(self, rows: Iterable[tuple[int, NameKind, float]], region: str | None) -> tuple[Candidate, ...]:
        """Return candidates best first; several of one kind share the score, those of the text's region more of it."""
        rows = list(rows)
        near = {number: self._nearness(number, region) for number, _, _ in rows}
        best = max((weight for _, _, weight in rows), default=0.0)
        rivals = [number for number, _, weight in rows if weight > best - MARGIN]
        nearest = max((near[number] for number in rivals), default=0)
        ahead = [number for number in rivals if near[number] == nearest]
        found = []
        for number, kind, weight in rows:
            share = 1.0
            if len(rivals) > 1 and number in rivals:
                share = (0.9 if nearest else 1.0) / len(ahead) if number in ahead else 0.5 / len(rivals)
            found.append(Candidate(round(weight * share, 4), number, kind))
        return tuple(sorted(found, key=lambda one: (-one.score, one.kind, one.number))[:MOST])

    def _nearness(self, number: int, region: str | None) -> int:
        own = self.table.regions[number]
        if region is None or not own:
            return 0
        code = f"{int(own):06d}"
        return 3 if code == region else 2 if code[:4] == region[:4] else 1 if code[:2] == region[:2] else 0


def _lies_in(name: str, where: str) -> bool:
    stem = where.rstrip("省市区县") or where
    return where in name or stem in name


def decided(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate to link to, None where none is likely enough or two are alike."""
    if not candidates or candidates[0].score < LINKED_FROM:
        return None
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < MARGIN:
        return None
    return candidates[0]
