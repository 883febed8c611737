"""Numbers of identity cards (GB 11643-1999), checked and masked before anything is stored."""

import re
from datetime import date
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.pseudonym import masked
from ontology.values.value_type import Context, Parsed, ValueType

_FORM = re.compile(r"([1-9][0-9]{5})([12][0-9]{3})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(body: str) -> str:
    """Return the eighteenth character for seventeen digits (ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def parse_id_number(text: str, context: Context) -> Parsed:
    """Return the province and asterisks (`31****************`): region and birthday would name a person.

    With `context.salt` the key is a keyed hash of the number.
    Raises InvalidValue: `missing`, `form`, `check-character`.
    """
    plain = require_text(text, "identity number", as_key=True).replace(" ", "").upper()
    if "*" in plain and re.fullmatch(r"[0-9X*]{6,18}", plain):
        return Parsed(plain[:2] + "*" * 16, notes=("masked-already",))
    match = _FORM.fullmatch(plain)
    if match is None:
        raise InvalidValue("the text is no identity number", code="form", text="")
    try:
        date(int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        raise InvalidValue("the identity number holds no birthday", code="form", text="") from None
    if check_character(plain[:17]) != plain[17]:
        raise InvalidValue("the identity number's check character is wrong", code="check-character", text="")
    return masked(plain[:2] + "*" * 16, plain, context)


ID_NUMBER = ValueType("id_number", parse_id_number, personal=True)
