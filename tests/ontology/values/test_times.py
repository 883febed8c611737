"""Dates, moments and periods."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InvalidValue
from ontology.values.date import DATE, DATETIME
from ontology.values.period import PERIOD
from ontology.values.value_type import Context

days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
NUMERALS = "〇一二三四五六七八九"


def in_chinese(day: date) -> str:
    def below_hundred(number: int) -> str:
        tens, ones = divmod(number, 10)
        front = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
        return front + (NUMERALS[ones] if ones else "")

    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{below_hundred(day.month)}月{below_hundred(day.day)}日"


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("2019/7/1", "2019-07-01", ()),
        ("20190701", "2019-07-01", ()),
        ("2019年7月1日", "2019-07-01", ()),
        ("2019-07-01 00:00:00", "2019-07-01", ()),
        ("2019.7", "2019-07", ()),
        ("2019", "2019", ()),
        ("43647", "2019-07-01", ("excel-serial",)),
        ("43647.75", "2019-07-01", ("excel-serial",)),
        ("1561910400", "2019-07-01", ("epoch",)),
        ("1609257600000", "2020-12-30", ("epoch",)),
        ("民國108年", "2019", ("roc-year",)),
        ("民國108年7月1日", "2019-07-01", ("roc-year",)),
        ("1080701", "2019-07-01", ("roc-year",)),
        ("二〇一九年七月一日", "2019-07-01", ()),
        ("二O一九年十二月三十一日", "2019-12-31", ()),
        ("２０１９年７月１日", "2019-07-01", ()),
        ("96年5月28日", "1996-05-28", ("two-digit-year",)),
        ("2019年上半年", "2019", ("imprecise",)),
        ("25/07/2019", "2019-07-25", ("day-first",)),
        ("7/25/2019", "2019-07-25", ("month-first",)),
        ("July 1, 2019", "2019-07-01", ()),
    ],
)
def test_spellings_of_dates(text: str, value: str, notes: tuple[str, ...]) -> None:
    parsed = DATE.parse(text)
    assert (parsed.value, parsed.notes) == (value, notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2019-02-30", "impossible"),
        ("2019年13月1日", "impossible"),
        ("1030772", "impossible"),
        ("1019-01-01", "out-of-range"),
        ("9999-12-31", "out-of-range"),
        ("1900-01-01", "missing"),
        ("07/01/2019", "ambiguous-order"),
        ("-", "missing"),
        ("9", "form"),
        ("长期", "form"),
    ],
)
def test_what_is_no_date(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        DATE.parse(text)
    assert caught.value.code == code


@given(days)
def test_every_day_is_read_in_every_spelling(day: date) -> None:
    spellings = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day} 00:00:00",
        in_chinese(day),
        f"民國{day.year - 1911}年{day.month}月{day.day}日",
    ]
    assert {DATE.parse(spelling).value for spelling in spellings} == {day.isoformat()}


@given(st.datetimes(datetime(2002, 1, 1), datetime(2099, 12, 31)))
def test_epochs_are_read_on_the_registers_clock(local: datetime) -> None:
    moment = (local - timedelta(hours=8)).replace(microsecond=0, tzinfo=UTC)
    seconds = str(int(moment.timestamp()))
    assert DATE.parse(seconds).value == local.date().isoformat()
    assert DATE.parse(seconds + "000").value == local.date().isoformat()


def test_moments_keep_their_time_and_know_their_zone() -> None:
    assert DATETIME.parse("2020-08-12 14:00").value == "2020-08-12T14:00"
    assert DATETIME.parse("2024-01-02T21:31:33.000Z").value == "2024-01-03T05:31:33"
    assert DATETIME.parse("2024-01-02T21:31:33.000Z", Context(utc_offset=0)).value == "2024-01-02T21:31:33"
    assert DATETIME.parse("2020-08-12").notes == ("no-time",)


def test_the_plausible_range_is_a_parameter() -> None:
    assert DATE.is_valid("2030-01-01")
    assert not DATE.is_valid("2030-01-01", Context(latest=2026))
    assert not DATE.is_valid("1995-01-01", Context(earliest=2000))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020-07-27至2023-07-26", "2020-07-27", "2023-07-26"),
        ("2020.07.27-2023.07.26", "2020-07-27", "2023-07-26"),
        ("20200727-20230726", "2020-07-27", "2023-07-26"),
        ("2020年7月27日起至2023年7月26日止", "2020-07-27", "2023-07-26"),
        ("2019年7月1日至12月31日", "2019-07-01", "2019-12-31"),
        ("2020-07-27至长期", "2020-07-27", None),
        ("2020-07-27 至 9999-12-31", "2020-07-27", None),
        ("自2020-07-27起", "2020-07-27", None),
        ("有效期至2021年3月", None, "2021-03"),
        ("2018-12-31", None, "2018-12-31"),
        ("长期", None, None),
        ("1609257600000", None, "2020-12-30"),
    ],
)
def test_spellings_of_periods(text: str, start: str | None, end: str | None) -> None:
    parsed = PERIOD.parse(text)
    assert (parsed.start, parsed.end) == (start, end)


@given(days, days, st.sampled_from(["至", "到", "~", " - ", "—", "/", "至 "]))
def test_periods_round_trip(one: date, other: date, separator: str) -> None:
    first, last = sorted((one, other))
    parsed = PERIOD.parse(f"{first}{separator}{last}")
    assert (parsed.start, parsed.end) == (first.isoformat(), last.isoformat())
    assert PERIOD.parse(str(parsed.value)).value == parsed.value


@pytest.mark.parametrize(
    ("text", "code"), [("2023-07-26至2020-07-27", "order"), ("三年", "form"), ("2020-02-30至2023-01-01", "impossible")]
)
def test_what_is_no_period(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        PERIOD.parse(text)
    assert caught.value.code == code
