"""Linking the mentions of a text to entities of the register, with a score and an outcome that is always said."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from nlp.linking.agencies import ENVIRONMENT, AgencyName, agency_names, code_of
from nlp.linking.candidates import Candidate, Found, Names, decided
from nlp.linking.coreference import references
from nlp.linking.fold import FoldedText, fold_name, fold_text
from nlp.linking.names import NameKind
from nlp.linking.places import PlaceName, chosen, place_names, region_of_text, region_read
from nlp.linking.short_forms import LEGAL_FORM, LONGER
from nlp.mention import Mention
from ontology.model import EntityId, Value, entity_id
from ontology.values.region import region_name

NAMED_LABELS: Final = frozenset({"enterprise", "agency", "facility", "project", "product", "place"})
"""Labels of names; where one of these stands already, a short form or a region found in it adds nothing."""
KNOWN_LABELS: Final = frozenset({"law_article", "standard", "pollutant"})
"""Labels of identifiers whose name may stand in the register as it is written."""
REGISTERED: Final = 0.99
"""How sure a stretch of text that is a full name of the register is a name at all."""
CLASS_LABELS: Final = {"Enterprise": "enterprise", "Site": "facility", "Agency": "agency"}
_NOISE: Final = frozenset(
    ["对", "由", "将", "与", "和", "及", "向", "在", "是", "即", "原", "被", "到", "从", "请查", "查"]
)
KIND_WORDS: Final[Mapping[NameKind, str]] = {
    NameKind.FULL: "full-name",
    NameKind.ALSO: "other-name",
    NameKind.FORMER: "former-name",
    NameKind.SHORT: "short-name",
    NameKind.CORE: "short-form",
    NameKind.PAIR: "short-form",
    NameKind.BOUND: "short-form",
    NameKind.BOUND_PAIR: "short-form",
    NameKind.SOLE: "brand",
    NameKind.BRAND: "brand",
}


@dataclass(frozen=True)
class Linker:
    """Links mentions by the names of a register; made once, used for any number of texts, from several threads.

    What is said of each name, in `Mention.values`: `linked` (true exactly where `entity_id` is set), `outcome`
    (`linked`, `ambiguous`, `not-in-register`), and where known `link` (which kind of name), `link_score`,
    `registered_name`, `candidates` (ids, best first, one blank between) and `region` (six digits of GB/T 2260).
    """

    names: Names

    def link(
        self, text: str, mentions: Sequence[Mention] = (), *, region: str | None = None, add: bool = True
    ) -> list[Mention]:
        """Return the mentions, linked, with those that the register and grammar add, in order of place.

        `region` is where the text comes from, six digits; None takes the region most of its names lie in. Without `add`
        the mentions keep their places and none is added.
        """
        folded = fold_text(text)
        if not folded.text:
            return list(mentions)
        places = place_names(folded.text)
        exact = self.names.full_names(folded.text, region)
        where = region or region_of_text(places, self._codes(exact))
        if where != region:
            exact = self.names.full_names(folded.text, where)
        reading = _Reading(self, text, folded, where)
        if not add:
            return reading.by_credit_code([reading.linked(mention) for mention in mentions])
        kept = reading.with_full_names(mentions, exact)
        kept = [reading.linked(mention) for mention in kept]
        kept = reading.with_short_forms(kept)
        kept = reading.with_agencies(kept)
        kept = reading.with_places(kept, places)
        kept = reading.by_credit_code(kept)
        return reading.with_references(kept)

    def _codes(self, exact: Sequence[Found]) -> list[str]:
        known = (self.names.table.known(one.candidates[0].number) for one in exact if len(one.candidates) == 1)
        return [entity.region for entity in known if entity.region]

    @cached_property
    def regions(self) -> dict[str, EntityId]:
        """The regions of the register by code."""
        found: dict[str, EntityId] = {}
        for known in self.names.table.of_class("Region"):
            read = (known.region,) if known.region else ()
            code = read[0] if read else None
            if code is None and (parsed := region_read(known.label, None)):
                code = parsed[0].code
            if code is not None:
                found.setdefault(code, known.entity_id)
        return found

    @cached_property
    def agencies(self) -> dict[tuple[str, str, str], int]:
        """The bodies of the register by kind, region and unit, as numbers of the table."""
        found: dict[tuple[str, str, str], int] = {}
        # Of a body before and after a reform both may be registered: what it is called now comes first.
        for known in sorted(
            self.names.table.of_class("Agency"),
            key=lambda one: (ENVIRONMENT not in one.label, one.label, one.entity_id),
        ):
            label = fold_name(known.label)
            number = self.names.number_of(known.entity_id)
            for name in agency_names(label):
                code = code_of(name.where, name.level, known.region)
                if code is not None and name.start == 0 and number is not None:
                    found.setdefault((name.kind, code, name.unit), number)
        return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text while it is linked."""

    linker: Linker
    text: str
    folded: FoldedText
    region: str | None

    def with_full_names(self, mentions: Sequence[Mention], exact: Sequence[Found]) -> list[Mention]:
        """Return the mentions with full names of the register in place of what only touches or lies in them."""
        kept: dict[int, Mention] = dict(enumerate(mentions))
        # Which mentions cover a character: looking through all of them for each name would cost the square.
        covering: defaultdict[int, list[int]] = defaultdict(list)
        for number, mention in kept.items():
            if mention.label in NAMED_LABELS:
                for place in range(mention.start, mention.end):
                    covering[place].append(number)
        for found in exact:
            start, end = self.folded.span(found.start, found.end)
            longer = LONGER.match(self.text, end)
            if longer and ("分" in longer.group() or not LEGAL_FORM.search(self.text, max(start, end - 6), end)):
                end = longer.end()
            rivals = {n for place in range(start, end) for n in covering.get(place, ()) if n in kept}
            if any(not self._yields(kept[rival], start, end) for rival in rivals):
                continue
            known = self.linker.names.table.known(found.candidates[0].number)
            label = CLASS_LABELS.get(known.class_name, "place")
            gone = [kept.pop(rival) for rival in sorted(rivals)]
            same = next((m for m in gone if (m.start, m.end) == (start, end)), None)
            # A name that the register has is one, however unsure the recogniser was of it.
            kept[len(mentions) + found.start] = (
                replace(same, score=max(same.score, REGISTERED))
                if same
                else Mention(start, end, label, self.text[start:end], "register", REGISTERED)
            )
        return sorted(kept.values(), key=_place)

    def _yields(self, mention: Mention, start: int, end: int) -> bool:
        """Tell whether a recognised mention gives way to a name of the register at `start` to `end`."""
        if start <= mention.start and mention.end <= end:
            return True
        # 对上海某某有限公司: a word before the name taken in with it.
        return mention.end == end and self.text[mention.start : start] in _NOISE

    @staticmethod
    def absorbs(kept: list[Mention], start: int, end: int) -> bool:
        """Take away what lies within two places where all that touches them is an unlinked part: 青禾 of 青禾印染."""
        touching = [m for m in kept if m.start < end and start < m.end and m.label in NAMED_LABELS]
        if any(m.start < start or end < m.end or m.entity_id or (m.start, m.end) == (start, end) for m in touching):
            return False
        for mention in touching:
            kept.remove(mention)
        return True

    def free_of(self, mentions: Sequence[Mention]) -> Callable[[int, int], bool]:
        """Return what tells whether no name stands anywhere between two places."""
        taken = bytearray(len(self.text))
        for mention in mentions:
            if mention.label in NAMED_LABELS:
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        return lambda start, end: 1 not in taken[start:end]

    def linked(self, mention: Mention) -> Mention:
        """Return a mention with the outcome of looking it up, itself where its label is not one that is looked up."""
        names = self.linker.names
        if mention.label == "place":
            return self._linked_place(mention)
        if mention.label == "agency" and (agency := self._agency(mention)):
            return agency
        if mention.label in KNOWN_LABELS:
            tried = (names.named_by(name, self.region) for name in _names_of(mention))
            candidates = next((found for found in tried if found), ())
            return self.decided(mention, candidates) if candidates else mention
        if mention.label not in NAMED_LABELS and mention.label != "place":
            return mention
        return self.decided(mention, names.named_by(mention.text, self.region))

    def decided(self, mention: Mention, candidates: Sequence[Candidate]) -> Mention:
        """Return the mention linked to the candidate that is likely enough, or with the outcome that there is none."""
        table = self.linker.names.table
        chosen_one = decided(candidates)
        values: dict[str, Value] = {**mention.values, "linked": chosen_one is not None}
        values["outcome"] = "linked" if chosen_one else "ambiguous" if candidates else "not-in-register"
        if candidates:
            best = chosen_one or candidates[0]
            values["link"], values["link_score"] = KIND_WORDS[best.kind], best.score
        if len(candidates) > 1:
            values["candidates"] = " ".join(table.known(one.number).entity_id for one in candidates)
        if chosen_one is None:
            return replace(mention, values=values, entity_id=None)
        known = table.known(chosen_one.number)
        values["registered_name"] = known.label
        if known.region:
            values["region"] = known.region
        return replace(mention, values=values, entity_id=known.entity_id)

    def with_short_forms(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Add the short forms that stand where nothing is named yet."""
        kept, free = list(mentions), self.free_of(mentions)
        for found in self.linker.names.short_forms(self.folded.text, self.region):
            start, end = self.folded.span(found.start, found.end)
            if free(start, end) or self.absorbs(kept, start, end):
                known = self.linker.names.table.known(found.candidates[0].number)
                label = CLASS_LABELS.get(known.class_name, "enterprise")
                score = round(found.candidates[0].score, 2)
                added = Mention(start, end, label, self.text[start:end], "register-short-form", score)
                kept.append(self.decided(added, found.candidates))
        return sorted(kept, key=_place)

    def with_agencies(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Add the public bodies that stand where nothing is named yet."""
        kept, free = list(mentions), self.free_of(mentions)
        for name in agency_names(self.folded.text):
            start, end = self.folded.span(name.start, name.end)
            if free(start, end) or self.absorbs(kept, start, end):
                added = Mention(start, end, "agency", self.text[start:end], "agency-name", 0.9)
                kept.append(self._resolved(added, name))
        return sorted(kept, key=_place)

    def _agency(self, mention: Mention) -> Mention | None:
        folded = fold_name(mention.text)
        candidates = self.linker.names.named_by(mention.text, self.region)
        if candidates:
            return self.decided(mention, candidates)
        whole = [name for name in agency_names(folded) if name.end == len(folded)]
        return self._resolved(mention, whole[-1]) if whole else None

    def _resolved(self, mention: Mention, name: AgencyName) -> Mention:
        code = code_of(name.where, name.level, self.region)
        number = self.linker.agencies.get((name.kind, code, name.unit)) if code else None
        said = {"region": code, "region_name": region_name(code) or ""} if code else {}
        with_region = replace(mention, values={**mention.values, **said})
        if number is None:
            return self.decided(with_region, ())
        score = 0.95 if name.where else 0.8
        return self.decided(with_region, (Candidate(score, number, NameKind.ALSO),))

    def with_places(self, mentions: Sequence[Mention], places: Sequence[PlaceName]) -> list[Mention]:
        """Add the full names of regions that stand where nothing is named yet and that mean one region."""
        kept, free = list(mentions), self.free_of(mentions)
        for place in places:
            start, end = self.folded.span(place.start, place.end)
            region = chosen(place.regions, self.region)
            if region is not None and free(start, end):
                added = Mention(start, end, "place", self.text[start:end], "gazetteer", 0.9)
                kept.append(self._in_region(added, region.code, exact=True))
        return sorted(kept, key=_place)

    def _linked_place(self, mention: Mention) -> Mention:
        candidates = self.linker.names.named_by(mention.text, self.region)
        if decided(candidates):
            return self.decided(mention, candidates)
        read = region_read(mention.text, self.region)
        return self._in_region(mention, read[0].code, exact=read[1]) if read else self.decided(mention, ())

    def _in_region(self, mention: Mention, code: str, *, exact: bool) -> Mention:
        """Return a place with its region; a street is no region, so it is not linked, but says which it lies in."""
        entity = self.linker.regions.get(code) if exact else None
        outcome: dict[str, Value] = {"linked": entity is not None}
        outcome["outcome"] = "linked" if entity else "not-in-register"
        if entity is not None:
            outcome["link"], outcome["link_score"] = KIND_WORDS[NameKind.FULL], 0.95
        name = region_name(code) or ""
        return replace(
            mention, values={**mention.values, **outcome, "region": code, "region_name": name}, entity_id=entity
        )

    def by_credit_code(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Link credit codes, and the enterprise right before one to its owner: a code says more than a name."""
        kept = list(mentions)
        for at, mention in enumerate(kept):
            code = str(mention.values.get("uscc") or "") if mention.label == "uscc" else ""
            number = self.linker.names.number_of(entity_id("Enterprise", "uscc", code)) if code else None
            if number is None:
                continue
            owner = (Candidate(0.99, number, NameKind.FULL),)
            kept[at] = self.decided(mention, owner)
            before = next((i for i in range(at - 1, max(-1, at - 6), -1) if kept[i].label == "enterprise"), None)
            if before is not None and kept[before].entity_id is None and mention.start - kept[before].end <= 20:
                kept[before] = self.decided(kept[before], owner)
        return kept

    def with_references(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Add the words that stand for an enterprise named before (该公司), linked as it is."""
        enterprises = [mention for mention in mentions if mention.label == "enterprise"]
        kept, free = list(mentions), self.free_of(mentions)
        for found in references(self.text, enterprises):
            if not free(found.start, found.end):
                continue
            values = {**found.named.values, "refers_to": found.named.text}
            score = round(found.named.score * 0.85, 4)
            added = Mention(
                found.start, found.end, "enterprise", self.text[found.start : found.end], "coreference", score
            )
            kept.append(replace(added, values=values, entity_id=found.named.entity_id))
        return sorted(kept, key=_place)


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.label


def _names_of(mention: Mention) -> list[str]:
    """Return what an identifier may be called in the register: law and article, a standard, a pollutant."""
    values = mention.values
    if mention.label == "law_article":
        return [f"{values.get('law', '')}{values.get('article', '')}"]
    return [str(values[name]) for name in ("standard_number", "title", "name") if values.get(name)] or [mention.text]
