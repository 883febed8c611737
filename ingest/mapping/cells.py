"""Reading one value from the cells of a row: join, split, pattern, values, type."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.mapping.model import Test, ValueSpec
from ontology.errors import InvalidValue
from ontology.model import Value
from ontology.values.placeholder import is_placeholder
from ontology.values.registry import value_type
from ontology.values.value_type import Context, Parsed, ValueType

REMEMBERED: Final = 4_000
"""Outcomes remembered per value of a mapping: registers repeat districts, pollutants and standards endlessly."""

Row = Sequence[str]
Place = Callable[[str], int | None]
"""The position of a column in the table at hand, None where the table does not have it."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """A text that is no value of its type: the stable code and the reason in words."""

    code: str
    reason: str


Outcome = Parsed | Invalid
Reader = Callable[[Row], Sequence[Outcome]]
"""Reads the values of a row; no outcome at all where the cells say nothing."""

NOTHING: Final[tuple[Outcome, ...]] = ()


def bind_value(spec: ValueSpec, type_name: str, place: Place, context: Context, *, as_key: bool = False) -> Reader:
    """Return the reader of a value for a table; a column that the table lacks reads as an empty text.

    With `as_key` a text such as `0` stands for nothing, because it identifies nothing.
    """
    if spec.constant is not None:
        constant = _constant(spec.constant, type_name, context)
        fixed: tuple[Outcome, ...] = NOTHING if constant is None else (constant,)
        return lambda _row: fixed
    default = None if spec.default is None else _constant(spec.default, type_name, context)
    interpret = _interpreter(spec, value_type(type_name), context, as_key=as_key)
    unit_at = None if spec.unit_column is None else place(spec.unit_column)
    text_of = _text_reader(spec, place)
    if unit_at is not None:
        return _with_unit_column(spec, type_name, context, text_of, unit_at)
    remembered: dict[str, Sequence[Outcome]] = {}

    def read(row: Row) -> Sequence[Outcome]:
        text = text_of(row)
        found = remembered.get(text)
        if found is None:
            found = interpret(text)
            if not found and default is not None:
                found = (default,)
            if len(text) < 200:
                if len(remembered) >= REMEMBERED:
                    remembered.clear()
                remembered[text] = found
        return found

    return read


def _with_unit_column(
    spec: ValueSpec, type_name: str, context: Context, text_of: Callable[[Row], str], unit_at: int
) -> Reader:
    by_unit: dict[str, Callable[[str], Sequence[Outcome]]] = {}

    def read(row: Row) -> Sequence[Outcome]:
        unit = row[unit_at]
        interpret = by_unit.get(unit)
        if interpret is None:
            own = Context(within=context.within, unit=unit or spec.unit, datum=context.datum, salt=context.salt)
            interpret = by_unit[unit] = _interpreter(spec, value_type(type_name), own, as_key=False)
        return interpret(text_of(row))

    return read


def _text_reader(spec: ValueSpec, place: Place) -> Callable[[Row], str]:
    places = [place(column) for column in spec.columns]
    if len(places) == 1:
        (at,) = places
        return (lambda _row: "") if at is None else (lambda row: row[at])
    # A pair of coordinates has its own separator; other columns are joined as the mapping says.
    join = "," if spec.type == "coordinate" and spec.join == " " else spec.join

    def joined(row: Row) -> str:
        texts = ["" if at is None else row[at].strip() for at in places]
        return join.join(texts) if any(texts) else ""

    return joined


def _interpreter(
    spec: ValueSpec, kind: ValueType, context: Context, *, as_key: bool
) -> Callable[[str], Sequence[Outcome]]:
    values = {key.strip(): value for key, value in spec.values.items()}

    def one(text: str) -> Outcome | None:
        text = text.strip()
        if spec.pattern is not None:
            match = spec.pattern.search(text)
            if match is None or match[1] is None:
                return None
            text = match[1].strip()
        if values:
            listed = values.get(text)
            if listed is not None:
                return _constant(listed, kind.name, context)
            if spec.strict:
                return (
                    None
                    if is_placeholder(text)
                    else Invalid("unlisted", f"{text[:60]!r} is not in the table of values")
                )
        if not text or (as_key and is_placeholder(text, as_key=True)):
            return None
        return parse_text(kind, text, context)

    def interpret(text: str) -> Sequence[Outcome]:
        pieces = [text] if spec.split is None else spec.split.split(text)
        if spec.item is not None:
            pieces = pieces[spec.item - 1 : spec.item]
        found = (_part(one(piece), spec.part) for piece in pieces if piece is not None)
        return tuple(outcome for outcome in found if outcome is not None)

    return interpret


def _part(outcome: Outcome | None, name: str | None) -> Outcome | None:
    """Return the named part of a value that was read; None where the value has none of that name."""
    if name is None or not isinstance(outcome, Parsed):
        return outcome
    found = outcome.part(name)
    return None if found is None else Parsed(found)


def parse_text(kind: ValueType, text: str, context: Context) -> Outcome | None:
    """Return what a text means as a value of a type; None where it stands for nothing."""
    try:
        return kind.parse(text, context)
    except InvalidValue as fault:
        return None if fault.code == "missing" else Invalid(fault.code, fault.message)


def _constant(value: Value, type_name: str, context: Context) -> Outcome | None:
    """Return a value written in the mapping itself: truth values and numbers stand, a text is read as its type."""
    if isinstance(value, bool | float):
        return Parsed(value)
    return parse_text(value_type(type_name), value, context)


def bind_test(test: Test, place: Place) -> Callable[[Row], bool]:
    """Return the test of one cell; a column that the table lacks reads as an empty text."""
    at = place(test.column)

    def holds(row: Row) -> bool:
        text = "" if at is None else row[at].strip()
        return (
            (test.present is None or test.present != is_placeholder(text))
            and (test.among is None or text in test.among)
            and (test.not_among is None or text not in test.not_among)
            and (test.matches is None or test.matches.search(text) is not None)
        )

    return holds


def all_of(tests: Sequence[Callable[[Row], bool]]) -> Callable[[Row], bool]:
    """Return the test that holds where all of `tests` do."""
    return lambda row: all(test(row) for test in tests)
