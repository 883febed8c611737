"""Organisation codes of GB 11714-1997: eight characters and a check character, once given to every legal body.

Since 2015 the code lives on as characters 9 to 17 of the unified social credit code.
"""

import re
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(r"([0-9A-Z]{8})[-–—−‐_ .]?([0-9X])")
_BRANCH = re.compile(r"[(（\[][^()（）\[\]]{0,6}[)）\]]?$")
_CODE_IN_USCC = slice(8, 17)


def check_character(body: str) -> str:
    """Return the ninth character for eight characters of 0-9 and A-Z (GB 11714-1997: weighted sum modulo 11)."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_org_code(code: str) -> bool:
    """Tell whether `code` is nine characters with the right check character."""
    return bool(_FORM.fullmatch(code)) and len(code) == 9 and check_character(code[:8]) == code[8]


def parse_org_code(text: str, _context: Context) -> Parsed:
    """Return the code as nine characters without hyphen (`710936524`); a trailing `(00)` is left out.

    A whole unified social credit code gives the organisation code inside it, noted `from-uscc`.
    Raises InvalidValue: `missing`, `form`, `check-character`.
    """
    plain = require_text(text, "organisation code", as_key=True).upper()
    shortened = _BRANCH.sub("", plain).strip()
    notes = ("branch-mark-dropped",) if shortened != plain else ()
    compact = shortened.replace(" ", "")
    if len(compact) == 18 and is_org_code(compact[_CODE_IN_USCC]):
        return Parsed(compact[_CODE_IN_USCC], notes=(*notes, "from-uscc"))
    match = _FORM.fullmatch(compact)
    if match is None:
        raise InvalidValue(f"{text!r} is not an organisation code of 8+1 characters", code="form", text=text)
    body, check = match.groups()
    expected = check_character(body)
    if check != expected:
        raise InvalidValue(
            f"organisation code {body}-{check} should end in {expected}", code="check-character", text=text
        )
    return Parsed(body + check, notes=notes)


ORG_CODE = ValueType("org_code", parse_org_code)
