"""Looking a record up in a register: candidates, comparison, competition between candidates, verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from typing import Final

from graph.resolve.matching.compare import Named, Pair, compare, names_of
from graph.resolve.matching.evidence import has_evidence, other_site
from graph.resolve.matching.explanation import Reason, explain
from graph.resolve.matching.model import FEATURES, Model
from graph.resolve.matching.record import Party
from graph.resolve.matching.register import Register

CANDIDATES: Final = 20
"""Rows compared per name: with fewer the recall on planted variants falls (docs/matching.md)."""
MOST_NAMES: Final = 5
"""Names of a query that are looked up."""


_SURE: Final = 30.0
"""Log-odds above which nothing is surer: their powers still add up exactly enough."""
BY_INITIALS: Final = 0.9
"""Part of the threshold that initials alone reach at most: 广建 may be short for a hundred firms."""
_INITIALS: Final = FEATURES.index("brand_initials")
_CONFIRMING: Final = tuple(
    FEATURES.index(name) for name in ("uscc_same", "body_same", "source_same", "permit_same", "address_same", "near")
)


AS_PROBABLE: Final = 0.05
_UNREAD: Final = Party(id="", names=())


class Verdict(StrEnum):
    """What the comparison says. `same-other-site` is the same enterprise, but another site or branch of it."""

    SAME = "same"
    OTHER_SITE = "same-other-site"
    UNSURE = "unsure"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Match:
    """A record of the register beside the one asked about. `score` is the probability that they are one enterprise."""

    party: Party
    score: float
    verdict: Verdict
    site: str
    reasons: tuple[Reason, ...]
    features: tuple[float, ...]


def pair_verdict(score: float, site: str, *, model: Model) -> Verdict:
    """Return the verdict of a probability, with what tells the sites apart (empty where nothing does)."""
    if score >= model.threshold:
        return Verdict.OTHER_SITE if site else Verdict.SAME
    return Verdict.UNSURE if score >= model.doubtful else Verdict.DIFFERENT


@dataclass(frozen=True, slots=True)
class _Compared:
    number: int
    pair: Pair

    @property
    def by_initials(self) -> bool:
        """Tell whether nothing but the first characters of its parts speaks for the record."""
        return bool(self.pair.features[_INITIALS]) and not any(self.pair.features[at] for at in _CONFIRMING)

    @property
    def enterprise(self) -> tuple[str, ...]:
        """Return what two records of one enterprise share: they do not compete."""
        name = self.pair.other
        return (name.core, name.legal, *name.regions)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds records of a register. Pure: the same question gives the same answer."""

    register: Register
    model: Model

    def match(
        self,
        query: Party,
        *,
        limit: int = 5,
        floor: float = 0.0,
        keep: Callable[[Party], bool] | None = None,
        explained: bool = True,
    ) -> list[Match]:
        """Return up to `limit` records of at least probability `floor`, most probable first, equal ones in their order.

        `keep` says which records count at all.
        """
        ours = names_of(query)[:MOST_NAMES]
        compared = self._compared(query, ours, keep=keep)
        scores = [
            min(score, BY_INITIALS * self.model.threshold) if item.by_initials else score
            for item, score in zip(compared, _in_competition(compared), strict=True)
        ]
        order = sorted(
            range(len(compared)), key=lambda at: (-scores[at], -compared[at].pair.logit, compared[at].number)
        )
        return [
            self._match(query, compared[at], score=scores[at], explained=explained)
            for at in order[:limit]
            if scores[at] >= floor
        ]

    def _compared(
        self, query: Party, ours: Sequence[Named], *, keep: Callable[[Party], bool] | None
    ) -> list[_Compared]:
        rows: dict[int, None] = {}
        codes = query.keys
        # What is not kept must not crowd out what is: an enterprise and its site have one name.
        most = CANDIDATES if keep is None else 2 * CANDIDATES
        for name, _ in ours:
            rows.update(dict.fromkeys(self.register.candidates(name, codes, limit=most)))
        if not ours and codes:
            rows.update(dict.fromkeys(self.register.by_codes(codes, limit=most)))
        unread = keep is None and not has_evidence(query)
        best: dict[int, _Compared] = {}
        for number in rows:
            row = self.register.row(number)
            # A bare name is compared with names alone: reading 20 records would take longer than comparing them.
            party = _UNREAD if unread else self.register.party(row.party)
            if keep is not None and not keep(party):
                continue
            shared = self.register.shared(row.name)
            theirs = [(row.name, row.former)]
            pair = compare(query, party, model=self.model, ours=ours, theirs=theirs, shared=shared)
            if row.party not in best or pair.logit > best[row.party].pair.logit:
                best[row.party] = _Compared(row.party, pair)
        return list(best.values())

    def _match(self, query: Party, found: _Compared, *, score: float, explained: bool) -> Match:
        pair, party = found.pair, self.register.party(found.number)
        site = other_site(query, party, (pair.one, pair.other)) if score >= self.model.threshold else ""
        return Match(
            party=party,
            score=score,
            verdict=pair_verdict(score, site, model=self.model),
            site=site,
            reasons=explain(pair, model=self.model) if explained else (),
            features=pair.features,
        )


def best_of(matches: Sequence[Match]) -> Match | None:
    """Return the record to take of several: among those about as probable as the first, one of the very site.

    None where there is none.
    """
    near = [match for match in matches if match.score >= matches[0].score - AS_PROBABLE]
    return next((match for match in near if match.verdict is Verdict.SAME), matches[0] if matches else None)


def _in_competition(compared: Sequence[_Compared]) -> list[float]:
    """Return probabilities that add up to 1 over different enterprises and none of them: a name means one at most.

    Records of one enterprise share their chance, so that its sites do not make each other improbable.
    """
    strongest: dict[tuple[str, ...], float] = {}
    keys = [item.enterprise for item in compared]
    for key, item in zip(keys, compared, strict=True):
        strongest[key] = max(strongest.get(key, -700.0), min(item.pair.logit, _SURE))
    odds = {key: exp(logit) for key, logit in strongest.items()}
    first = max(odds, key=lambda key: odds[key], default=())
    # What is left of a large sum after its largest part is taken away is noise: that part's rivals are added up anew.
    others = sum(value for key, value in odds.items() if key != first)
    scores = []
    for key, item in zip(keys, compared, strict=True):
        rivals = others if key == first else others - odds[key] + odds[first]
        own = exp(max(-700.0, min(item.pair.logit, _SURE)))
        scores.append(own / (own + 1 + max(0.0, rivals)))
    return scores
