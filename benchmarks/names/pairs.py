"""Labelled pairs for training and measuring: a variant or another's name on the left, a real record on the right."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.names.others import Others
from benchmarks.names.real import Real
from benchmarks.names.variants import TRADES, Variant, variants
from graph.resolve.matching.record import Party
from graph.resolve.matching.register import Register
from graph.resolve.names.parser import parse_organisation

SPLITS: Final = (("train", 50), ("tune", 20), ("test", 30))
"""Percent of the real names. Weights are fitted on `train`, the rest is chosen on `tune`; `test` is only measured."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with the truth, how the left one was made, and the part of the names it belongs to."""

    query: Party
    candidate: Party
    same: bool
    kind: str
    split: str


def split_of(name: str) -> str:
    """Return the part a real name belongs to, by a hash of it: the same in every run and for every seed."""
    percent = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100
    for split, share in SPLITS:
        if percent < share:
            return split
        percent -= share
    return SPLITS[-1][0]


def invented(brands: Sequence[str], rng: random.Random, *, count: int) -> list[str]:
    """Return full names of invented firms: short forms as brands; place, trade and legal form at random."""
    from benchmarks.names.variants import CITIES, DISTRICTS
    from graph.resolve.names.vocabulary import trade_words

    words = sorted(trade_words())
    forms = ["有限公司"] * 14 + ["股份有限公司"] * 2 + ["有限责任公司", "厂", "集团有限公司", "专业合作社"]
    places = [*CITIES, *["上海"] * 12, *(f"上海{district}" for district in DISTRICTS), ""]
    found = []
    for _ in range(count):
        brand, place, form = rng.choice(brands), rng.choice(places), rng.choice(forms)
        trade = rng.choice(TRADES if rng.random() < 0.4 else words) + (rng.choice(["科技", "制造", ""]))
        found.append(
            f"{brand}{trade}（{place}）{form}" if place and rng.random() < 0.15 else f"{place}{brand}{trade}{form}"
        )
    return found


def labelled_pairs(real: Sequence[Real], *, seed: int, evidence: bool, per_name: int = 4) -> list[Labelled]:
    """Return variants and others, each with the real name it is made of; with `evidence` also what registers say."""
    others = Others([item.name for item in real])
    found = []
    for item in real:
        rng = random.Random(f"{seed}/{item.name}")
        made = [*variants(item.name, rng, count=per_name), *others.of(item.name, rng, count=per_name)]
        for variant in made:
            query = Party(id="", names=(variant.name,))
            if evidence:
                query = _with_evidence(query, item.party, variant, rng)
            candidate = item.party if evidence else Party(id=item.name, names=(item.name,))
            found.append(Labelled(query, candidate, variant.same, variant.kind, split_of(item.name)))
    return found


def same_body(one: str, other: str) -> bool:
    """Tell whether two real names are plainly of one body, written with and without a site or in two scripts."""
    a, b = parse_organisation(one), parse_organisation(other)
    if a.text == b.text:
        return True
    if not a.core or (a.core, a.numbers) != (b.core, b.numbers) or (a.form and b.form and a.form != b.form):
        return False
    return a.codes == b.codes or any(x.startswith(y) or y.startswith(x) for x in a.codes for y in b.codes)


def near_pairs(
    labelled: Iterable[Labelled], register: Register, rng: random.Random, *, share: float = 1.0
) -> list[Labelled]:
    """Return for a share of the queries what the register offers beside the truth: what search really compares."""
    found = []
    for pair in labelled:
        if rng.random() > share:
            continue
        name = parse_organisation(pair.query.names[0])
        for row in register.candidates(name, limit=8):
            party = register.party(register.row(row).party)
            # The name of a neighbour is in the register under itself: there it is no other's.
            if not same_body(party.id, pair.candidate.id) and not same_body(party.id, pair.query.names[0]):
                found.append(replace(pair, candidate=party, same=False, kind="found"))
    return found


def _with_evidence(query: Party, real: Party, variant: Variant, rng: random.Random) -> Party:
    """Return the query with some of what a register would say of it: the truth of a variant, other facts of another."""
    if rng.random() < 0.25:
        return query
    facts: dict[str, object] = {}
    _hashed(facts, real, variant, rng)
    if variant.same:
        for name in ("usccs", "source_codes", "addresses", "industries", "location"):
            if getattr(real, name) and rng.random() < 0.5:
                facts[name] = getattr(real, name)
        if variant.kind in ("site", "branch"):
            facts.pop("addresses", None)
            facts.pop("location", None)
            facts.pop("source_codes", None)
            if variant.kind == "branch":
                facts.pop("usccs", None)
        elif "location" in facts and real.location:
            facts["location"] = (real.location[0] + rng.gauss(0, 0.0015), real.location[1] + rng.gauss(0, 0.0015))
    else:
        # A sister may share the address; its code is its own.
        if rng.random() < 0.6:
            facts["usccs"] = (_other_code(rng),)
        if real.addresses and rng.random() < 0.5:
            name = rng.choice("永新宏沪安") + rng.choice("安兴发康")
            road = f"上海市嘉定区{name}路{rng.randrange(1, 3000)}号"
            facts["addresses"] = real.addresses if variant.kind == "sister" and rng.random() < 0.3 else (road,)
        if real.location and rng.random() < 0.5:
            facts["location"] = (real.location[0] + rng.gauss(0, 0.15), real.location[1] + rng.gauss(0, 0.15))
        if real.industries and rng.random() < 0.5:
            facts["industries"] = real.industries if rng.random() < 0.5 else ("批发业",)
    return replace(query, **facts)  # type: ignore[arg-type]


def _hashed(facts: dict[str, object], real: Party, variant: Variant, rng: random.Random) -> None:
    """Add telephone and person: those of a variant are mostly its own, sisters often share them, others never."""
    shares = 0.8 if variant.same else 0.3 if variant.kind.startswith("sister") else 0.01
    for name in ("telephones", "people"):
        if rng.random() < 0.4:
            facts[name] = getattr(real, name) if rng.random() < shares else (f"{rng.getrandbits(64):016x}",)
    if variant.same and real.permits and variant.kind not in ("site", "branch") and rng.random() < 0.3:
        facts["permits"] = real.permits


def _other_code(rng: random.Random) -> str:
    from ontology.values.uscc import check_character

    body = "91310" + "".join(rng.choice("0123456789") for _ in range(3)) + _org(rng)
    return body + check_character(body)


def _org(rng: random.Random) -> str:
    from ontology.values.org_code import check_character

    body = "".join(rng.choice("0123456789") for _ in range(8))
    return body + check_character(body)
