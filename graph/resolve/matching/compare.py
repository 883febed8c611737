"""Two records, compared: the features of the best pair of their names, and of everything else they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.resolve.matching.evidence import compare_evidence
from graph.resolve.matching.model import Model
from graph.resolve.matching.name_features import compare_names
from graph.resolve.matching.record import Party
from graph.resolve.names.parser import parse_organisation
from graph.resolve.names.parts import OrganisationName

Named = tuple[OrganisationName, bool]
"""A name read into its parts, and whether it is a former one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Features of two records, and the two names that they are of."""

    features: tuple[float, ...]
    logit: float
    one: OrganisationName
    other: OrganisationName


def names_of(party: Party) -> list[Named]:
    """Return every name of a record once, read into its parts, with those in brackets."""
    found: dict[str, Named] = {}
    for text in party.names:
        parsed = parse_organisation(text)
        found.setdefault(parsed.text, (parsed, False))
        for other in parsed.others:
            found.setdefault(other, (parse_organisation(other), False))
        for former in parsed.former:
            found.setdefault(former, (parse_organisation(former), True))
    for text in party.former_names:
        parsed = parse_organisation(text)
        found.setdefault(parsed.text, (parsed, True))
    return list(found.values())


def compare(
    one: Party,
    other: Party,
    *,
    model: Model,
    ours: Sequence[Named],
    theirs: Sequence[Named],
    shared: float = 0.3,
) -> Pair:
    """Return the comparison of two records by the pair of their names that speaks most for their being one."""
    evidence = compare_evidence(one, other)
    best: Pair | None = None
    for name, was in ours:
        for their, once in theirs:
            features = (*compare_names(name, their, shared=shared, former=was or once), *evidence)
            logit = model.logit(features)
            if best is None or logit > best.logit:
                best = Pair(features, logit, name, their)
    if best is None:
        nameless = parse_organisation("")
        features = (*compare_names(nameless, nameless, shared=1.0), *evidence)
        return Pair(features, model.logit(features), nameless, nameless)
    return best
