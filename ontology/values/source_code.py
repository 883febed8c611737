"""Codes of fixed pollution sources (污染源编码), the site identifier of registers before the national permit.

HJ 608-2011 makes it of the organisation code (nine characters) and a number of three digits. Older provincial
registers count by region instead: the region's six digits and a number of four to eight.
"""

import re

from ontology.errors import InvalidValue
from ontology.values.org_code import is_org_code
from ontology.values.placeholder import require_text
from ontology.values.uscc import is_uscc
from ontology.values.value_type import Context, Parsed, ValueType

_BY_ORGANISATION = re.compile(r"([0-9A-Z]{8}[0-9X])(\d{3})")
_BY_REGION = re.compile(r"((?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4})(\d{4,8})")
_BY_USCC = re.compile(r"([0-9A-Z]{18})(\d{3})[A-Z]?")
_SEPARATORS = str.maketrans("", "", " -—–_.")


def parse_source_code(text: str, _context: Context) -> Parsed:
    """Return the code in capitals without separators; parts: `org_code` or `region`, `number` or `uscc`.

    An organisation part whose check character is wrong is kept (registers invent such numbers
    for bodies without a code) and noted `unchecked`. Raises InvalidValue: `missing`, `spreadsheet-number`, `form`.
    """
    plain = require_text(text, "pollution source code", as_key=True).upper()
    code = plain.translate(_SEPARATORS)
    if match := _BY_ORGANISATION.fullmatch(code):
        org_code, number = match.groups()
        if is_org_code(org_code):
            return Parsed(code, parts=(("org_code", org_code), ("number", number)))
        region = _BY_REGION.fullmatch(code)
        parts = (("region", region[1]), ("number", region[2])) if region else (("number", number),)
        return Parsed(code, notes=() if region else ("unchecked",), parts=parts)
    if (match := _BY_USCC.fullmatch(code)) and is_uscc(match[1]):
        return Parsed(code, parts=(("uscc", match[1]), ("org_code", match[1][8:17]), ("number", match[2])))
    if match := _BY_REGION.fullmatch(code):
        return Parsed(code, parts=(("region", match[1]), ("number", match[2])))
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", plain):
        raise InvalidValue(
            f"{plain} is a source code that a spreadsheet turned into a number", code="spreadsheet-number", text=text
        )
    raise InvalidValue(f"{text!r} is not a pollution source code", code="form", text=text)


SOURCE_CODE = ValueType("source_code", parse_source_code)
