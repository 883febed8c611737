"""Numbers of persons inside running text, masked: identity cards and mobile telephones."""

import re
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.id_number import ID_NUMBER
from ontology.values.phone import PHONE
from ontology.values.value_type import ValueType

HIDDEN: Final = "***"
"""Stands for a personal text of which not even the form is known."""

_ID_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
_MOBILE: Final = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")
_PARTLY: Final = re.compile(r"(?<![0-9A-Za-z])([1-9]\d)\d{4}(?:19|20)\d{6}[*Xx×]{3,4}[\dXx*]?")
"""A card's number of which only the last characters are hidden still tells region and birthday."""
SUSPECT: Final = re.compile(r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[1-9]\d{5}(?:19|20)\d{6}")
"""One cheap look at a text tells that it holds neither."""


def mask_text(text: str) -> str:
    """Return a text with identity card and mobile telephone numbers in it masked; the same text where it has none."""
    if not SUSPECT.search(text):
        return text
    whole = _PARTLY.sub(lambda found: found[1] + "*" * 16, _ID_NUMBER.sub(_masked_id, text))
    return _MOBILE.sub(_masked_mobile, whole)


def _masked_id(match: re.Match[str]) -> str:
    # A number with a false check character is a code of another kind, such as a USCC of digits only.
    return _shown(ID_NUMBER, match[0]) or match[0]


def _masked_mobile(match: re.Match[str]) -> str:
    return _shown(PHONE, match[0]) or HIDDEN


def _shown(kind: ValueType, text: str) -> str | None:
    try:
        return str(kind.parse(text).value)
    except InvalidValue:
        return None
