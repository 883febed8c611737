"""Numbers of national discharge permits and registrations (排污许可证编号, HJ 608-2017).

The number is the code of the fixed pollution source: unified social credit code (18), sequence number of the site
(3 digits) and a letter, 22 characters. Bodies without a credit code have an
organisation code there, or a provisional code that begins with `hb` and the region.
"""

import re

from ontology.errors import InvalidValue
from ontology.values.org_code import is_org_code
from ontology.values.placeholder import require_text
from ontology.values.uscc import check_character, is_uscc
from ontology.values.value_type import Context, Parsed, ValueType

_BY_USCC = re.compile(r"([0-9ANY][0-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10})(\d{3})([A-Z])")
_PROVISIONAL = re.compile(r"HB(\d{6})([0-9A-Z]{10})(\d{3})([A-Z])")
_BY_ORGANISATION = re.compile(r"([0-9A-Z]{8}[0-9X])(\d{3})([A-Z])")
_SEPARATORS = str.maketrans("", "", " -—–_.")


def _of_organisation(text: str, code: str) -> Parsed:
    if (match := _BY_ORGANISATION.fullmatch(code)) and is_org_code(match[1]):
        return Parsed(
            code, notes=("no-uscc",), parts=(("org_code", match[1]), ("sequence", match[2]), ("mark", match[3]))
        )
    if match := _PROVISIONAL.fullmatch(code):
        written = "hb" + code[2:]
        return Parsed(
            written, notes=("no-uscc",), parts=(("region", match[1]), ("sequence", match[3]), ("mark", match[4]))
        )
    reason = "length" if len(code) not in (13, 22) else "form"
    raise InvalidValue(f"{text!r} is not a permit number of 18+3 characters and a letter", code=reason, text=text)


def parse_permit_number(text: str, _context: Context) -> Parsed:
    """Return the number in capitals (but for `hb`); parts: `uscc`, `org_code`, `sequence`, `mark`.

    Raises InvalidValue: `missing`, `check-character` (of the credit code inside), `length`, `form`.
    """
    plain = require_text(text, "permit number", as_key=True)
    code = plain.translate(_SEPARATORS).upper()
    match = _BY_USCC.fullmatch(code)
    if match is None:
        return _of_organisation(text, code)
    uscc, sequence, mark = match.groups()
    if not is_uscc(uscc):
        raise InvalidValue(
            f"credit code {uscc} in the permit number should end in {check_character(uscc[:17])}",
            code="check-character",
            text=text,
        )
    parts = [("uscc", uscc), ("sequence", sequence), ("mark", mark)]
    if is_org_code(uscc[8:17]):
        parts.append(("org_code", uscc[8:17]))
    return Parsed(code, parts=tuple(parts))


PERMIT_NUMBER = ValueType("permit_number", parse_permit_number)
