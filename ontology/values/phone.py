"""Telephone numbers, masked before anything is stored; only area and last two digits are kept."""

import re

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.pseudonym import masked
from ontology.values.value_type import Context, Parsed, ValueType

_NUMBER = re.compile(r"\+?[0-9]{5,15}(?:(?:x|转|轉|ext\.?)[0-9]{1,6})?", re.IGNORECASE)
_FILLERS = str.maketrans("", "", " -()—–.*·/")


def _mask(number: str) -> str:
    """Return the mask; of a short number nothing is shown, since what is left would be most of it."""
    return number[:3] + "*" * 6 + number[-2:] if len(number) >= 8 else "*" * 6


def parse_phone(text: str, context: Context) -> Parsed:
    """Return the first three digits, asterisks and the last two (`138******34`).

    With `context.salt` the key is a keyed hash of the whole number. Raises InvalidValue: `missing`, `form`.
    """
    plain = require_text(text, "telephone number", as_key=True)
    if "*" in plain and re.fullmatch(r"[0-9*]{5,20}", plain):
        return Parsed(_mask(plain), notes=("masked-already",))
    digits = plain.translate(_FILLERS)
    if not _NUMBER.fullmatch(digits):
        raise InvalidValue("the text is no telephone number", code="form", text="")
    national = digits.removeprefix("+86").removeprefix("0086").lstrip("+")
    return masked(_mask(national), national, context)


PHONE = ValueType("phone", parse_phone, personal=True)
