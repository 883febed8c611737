"""Dates as search filters and sorts by them: ISO texts of the precision known, each a period of days."""

import re

from ontology.errors import InvalidQuery

_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T.*)?)?)?")


def period(date: str | None) -> tuple[int, int] | None:
    """Return the first and last day a date may mean, as numbers YYYYMMDD; None for None or a text that is no ISO date.

    The last day of a month is always 31: the numbers are only compared.
    """
    match = _ISO.fullmatch(date) if date else None
    if match is None:
        return None
    year, month, day = match.groups()
    return int(year + (month or "01") + (day or "01")), int(year + (month or "12") + (day or "31"))


def window(date_from: str | None, date_to: str | None) -> tuple[int | None, int | None] | None:
    """Return the first and last day of a filter, None for an open end; None altogether if both are open.

    Raises `InvalidQuery` for a text that is no ISO date, or an end before its start.
    """
    if date_from is None and date_to is None:
        return None
    first = _bound(date_from)
    last = _bound(date_to)
    if first is not None and last is not None and last[1] < first[0]:
        raise InvalidQuery(f"{date_to} is before {date_from}", remedy="Exchange the two dates.")
    return (first[0] if first else None), (last[1] if last else None)


def _bound(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = period(text)
    if found is None:
        raise InvalidQuery(
            f"{text!r} is no date to filter by", remedy="Write a year, a month or a day: 2024, 2024-02, 2024-02-29."
        )
    return found
