"""Names of organisations, sites and projects: one form to show, one to compare."""

import re

from ontology.errors import InvalidValue
from ontology.values.coordinate import is_coordinate
from ontology.values.placeholder import require_text
from ontology.values.script import has_han, simplified
from ontology.values.uscc import is_uscc
from ontology.values.value_type import Context, Parsed, ValueType

_HAN_SPACE = re.compile(
    r"(?<=[\u3400-\u9fff（）《》“”、，。；：·(),;:]) | (?=[\u3400-\u9fff（）《》“”、，。；：·(),;:])"
)
_OPEN = str.maketrans("[{〔【〈<﹝﹛", "((((((((")
_CLOSE = str.maketrans("]}〕】〉>﹞﹜", "))))))))")
_DOTS = str.maketrans({"•": "·", "・": "·", "‧": "·", "∙": "·", "⋅": "·", "●": "·"})
_NOT_COMPARED = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,%/: -]*")
_FULL_BRACKETS = str.maketrans("()", "（）")


def display_form(text: str) -> str:
    """Return a cleaned text as it is shown: Chinese names without inner spaces and with full-width brackets."""
    plain = text.translate(_DOTS)
    if not has_han(plain):
        return plain
    return _HAN_SPACE.sub("", plain).translate(_FULL_BRACKETS)


def comparison_key(text: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Simplified characters, small letters, and no spaces or punctuation at all where the name is Chinese; single spaces
    between the words of other names. Brackets go too: 上海（中国）公司 and 上海中国公司 are one name for this purpose.
    """
    plain = simplified(text).casefold()
    if has_han(plain):
        return _NOT_COMPARED.sub("", plain)
    return _NOT_COMPARED.sub(" ", plain).strip()


def parse_name(text: str, _context: Context) -> Parsed:
    """Return the name to show, with the comparison form in `key`.

    Raises InvalidValue: `missing`, `coordinate`, `number`, `code` (a credit code in the name's place), `too-short`.
    """
    plain = require_text(text, "name", as_key=True)
    if is_coordinate(plain):
        raise InvalidValue(f"{text!r} is a coordinate, not a name", code="coordinate", text=text)
    if _NUMBER.fullmatch(plain):
        raise InvalidValue(f"{text!r} is a number, not a name", code="number", text=text)
    if is_uscc(plain.upper()):
        raise InvalidValue(f"{text!r} is a credit code, not a name", code="code", text=text)
    shown = display_form(plain.translate(_OPEN).translate(_CLOSE) if has_han(plain) else plain)
    key = comparison_key(shown)
    if len(key) < 2:
        raise InvalidValue(f"{text!r} is too short for a name", code="too-short", text=text)
    return Parsed(shown, key=key)


NAME = ValueType("name", parse_name)
