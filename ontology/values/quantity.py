"""Numbers with a unit, converted to the canonical unit of their dimension (ontology.values.unit)."""

import re
from decimal import Decimal

from ontology.errors import InvalidValue
from ontology.values.number import Amount, plain_text, read_amount
from ontology.values.placeholder import is_placeholder, require_text
from ontology.values.unit import Unit, read_unit
from ontology.values.value_type import Context, Parsed, ValueType

_BELOW_LIMIT = re.compile(r"([0-9]+(?:\.[0-9]+)?)L")
"""0.01L: below a detection limit of 0.01 (HJ 91.1-2019, results of water monitoring)."""
_NO_UNIT = re.compile(r".*[0-9*+=<>,;:，；。].*", re.DOTALL)
_UNIT_DIGITS = re.compile(r"(?:m[23]|100ml|-[13])", re.IGNORECASE)
_LONGEST_UNIT = 24


def _unit_of(rest: str, context: Context, text: str) -> tuple[Unit | None, tuple[str, ...]]:
    """Return the unit that follows the number, else the column's; notes what was odd."""
    if not rest:
        given = context.unit
        return (None, ("no-unit",)) if given is None or is_placeholder(given) else (read_unit(given), ())
    unit = read_unit(rest)
    if not unit.known and (len(rest) > _LONGEST_UNIT or _NO_UNIT.fullmatch(_UNIT_DIGITS.sub("", rest))):
        raise InvalidValue(f"{text!r} is more than one number with a unit", code="form", text=text)
    if context.unit is None or is_placeholder(context.unit):
        return unit, ()
    expected = read_unit(context.unit)
    return unit, () if expected.canonical == unit.canonical else ("unit-differs",)


def _converted(number: Decimal, unit: Unit | None) -> float:
    return float(number * unit.factor) + 0.0 if unit else float(number) + 0.0


def parse_quantity(text: str, context: Context) -> Parsed:
    """Return the number in the canonical unit, which is in `unit` (None where no unit is known, noted `no-unit`).

    The text's own unit goes before `context.unit`. An unlisted unit is kept as written (`unit-unknown`). Of a range
    the upper end is the value, `start` and `end` are both ends in the canonical unit. Raises InvalidValue: `missing`,
    `form`, `not-detected`, `out-of-range`, `order`.
    """
    plain = require_text(text, "quantity")
    below = _BELOW_LIMIT.fullmatch(plain)
    if below and context.unit and "/" in read_unit(context.unit).canonical:
        amount = Amount(Decimal(below[1]), comparator="<")
    else:
        amount = read_amount(plain)
    unit, notes = _unit_of(amount.rest, context, text)
    if unit and not unit.known:
        notes = (*notes, "unit-unknown")
    value = _converted(amount.value, unit)
    low = None if amount.low is None else plain_text(Decimal(repr(_converted(amount.low, unit))))
    return Parsed(
        value,
        notes=(*amount.notes(), *notes),
        key=f"{value!r} {unit.canonical}" if unit else repr(value),
        unit=unit.canonical if unit else None,
        comparator=amount.comparator,
        start=low,
        end=None if low is None else repr(value),
    )


QUANTITY = ValueType("quantity", parse_quantity)
