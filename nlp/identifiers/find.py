"""All identifiers and quantities of a text."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from nlp.identifiers.amount import find_amounts
from nlp.identifiers.concentration import find_concentrations
from nlp.identifiers.coordinate import find_coordinates
from nlp.identifiers.credit_code import find_credit_codes
from nlp.identifiers.dates import find_dates
from nlp.identifiers.document_number import find_document_numbers
from nlp.identifiers.durations import find_durations
from nlp.identifiers.exceedance import find_exceedances
from nlp.identifiers.law_article import find_law_articles
from nlp.identifiers.laws import Laws, national_laws
from nlp.identifiers.outlet import find_outlets
from nlp.identifiers.permit import find_permit_numbers
from nlp.identifiers.plate import find_plates
from nlp.identifiers.pollutant import find_pollutants
from nlp.identifiers.source import read_source
from nlp.identifiers.standard import find_standards
from nlp.identifiers.weather import find_weather
from nlp.mention import Mention

_RANK: Final = {
    label: rank
    for rank, label in enumerate(
        (
            "permit_number",
            "uscc",
            "law_article",
            "standard",
            "document_number",
            "coordinate",
            "exceedance",
            "period",
            "date",
            "plate",
            "concentration",
            "amount",
            "outlet",
            "pollutant",
            "weather",
        )
    )
}
_HOLDS: Final = {
    "exceedance": frozenset({"concentration", "pollutant", "standard"}),
    "concentration": frozenset({"pollutant"}),
}
"""What may stand inside a mention of the label: 超过标准限值50mg/L的2.12倍 names a concentration too."""


def find_identifiers(text: str, *, written: date | None, laws: Laws | None = None) -> list[Mention]:
    """Return the identifiers and quantities of a text in order of place; none for an empty one. Never raises for a
    text.

    `written` is the day relative dates are counted from; without it they have no value. `laws` are the statutes cited
    without book title marks; the bundled national ones where absent.
    """
    if not text:
        return []
    source = read_source(text)
    found = [
        *find_permit_numbers(source),
        *find_credit_codes(source),
        *find_law_articles(source, laws=laws or national_laws()),
        *find_standards(source),
        *find_document_numbers(source),
        *find_coordinates(source),
        *find_exceedances(source),
        *find_dates(source, written=written),
        *find_durations(source, written=written),
        *find_plates(source),
        *find_concentrations(source),
        *find_amounts(source),
        *find_outlets(source),
        *find_pollutants(source),
        *find_weather(source),
    ]
    return _without_overlaps(found)


def _without_overlaps(found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that no surer kind of identifier covers; of one kind the longer one.

    Kinds are taken by rank; within the places already taken only what `_HOLDS` allows may stand.
    """
    kept: list[Mention] = []
    by_place = sorted(found, key=lambda each: (each.start, each.start - each.end, _RANK[each.label]))
    cluster: list[Mention] = []
    reach = -1
    for each in by_place:
        if each.start >= reach and cluster:
            kept += _settled(cluster)
            cluster = []
        cluster.append(each)
        reach = max(reach, each.end)
    kept += _settled(cluster)
    return sorted(kept, key=lambda each: (each.start, -each.end, each.label))


def _settled(cluster: Sequence[Mention]) -> list[Mention]:
    """Return what stays of mentions that overlap in a chain."""
    if len(cluster) < 2:
        return list(cluster)
    kept: list[Mention] = []
    for each in sorted(cluster, key=lambda each: (_RANK[each.label], each.start - each.end, each.start)):
        near = [other for other in kept[-64:] if other.start < each.end and each.start < other.end]
        if all(_allows(other, each) or _allows(each, other) for other in near):
            kept.append(each)
    return kept


def _allows(holder: Mention, inner: Mention) -> bool:
    within = holder.start <= inner.start and inner.end <= holder.end
    return within and inner.label in _HOLDS.get(holder.label, frozenset())
