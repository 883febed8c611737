"""Unified social credit codes (统一社会信用代码, GB 32100-2015): the 18-character code of every legal body."""

import re
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.org_code import is_org_code
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V, Z."""

DEPARTMENTS: Final = {
    "1": "机构编制",
    "2": "外交",
    "3": "司法行政",
    "4": "文化",
    "5": "民政",
    "6": "旅游",
    "7": "宗教",
    "8": "工会",
    "9": "工商",
    "A": "中央军委改革和编制办公室",
    "N": "农业",
    "Y": "其他",
}
"""Registering departments by the first character."""

CATEGORIES: Final = {
    "11": "机关",
    "12": "事业单位",
    "13": "编办直接管理机构编制的群众团体",
    "21": "外国常驻新闻机构",
    "31": "律师执业机构",
    "32": "公证处",
    "33": "基层法律服务所",
    "34": "司法鉴定机构",
    "35": "仲裁委员会",
    "41": "外国在华文化中心",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "61": "外国旅游部门常驻代表机构",
    "62": "港澳台地区旅游部门常驻内地代表机构",
    "71": "宗教活动场所",
    "72": "宗教院校",
    "81": "基层工会",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
    "A1": "军队事业单位",
    "N1": "组级集体经济组织",
    "N2": "村级集体经济组织",
    "N3": "乡镇级集体经济组织",
    "Y1": "其他",
}
"""Categories by the first two characters; a second character `9` is `其他` everywhere."""

_VALUES: Final = {character: index for index, character in enumerate(ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, position, 31) for position in range(17))
_FORM = re.compile(r"[0-9ANY][0-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_SEPARATORS = str.maketrans("", "", " -—–_.'`’‘\"“”*")
_MISREAD = str.maketrans("OISZАВСЕНКМРТХУО", "0152ABCEHKMPTXY0")
"""Letters that GB 32100 leaves out since they are read for digits, and Cyrillic letters that look like Latin ones."""


def check_character(body: str) -> str:
    """Return the eighteenth character for seventeen of ALPHABET (GB 32100-2015: weights 3^i, modulo 31)."""
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    """Tell whether `code` is a well-formed code in capitals with the right check character."""
    return bool(_FORM.fullmatch(code)) and check_character(code[:17]) == code[17] and _known_category(code)


def _known_category(code: str) -> bool:
    return code[0] in DEPARTMENTS and (code[1] == "9" or code[:2] in CATEGORIES)


def _parts(code: str) -> tuple[tuple[str, str], ...]:
    found = [
        ("department", DEPARTMENTS[code[0]]),
        ("category", CATEGORIES.get(code[:2], "其他")),
        ("region", code[2:8]),
    ]
    # Some registrars filled the nine characters with numbers of their own: those are no organisation codes.
    if is_org_code(code[8:17]):
        found.append(("org_code", code[8:17]))
    return tuple(found)


def _fault(text: str, code: str) -> InvalidValue:
    """Say what is wrong with `code`, the cleaned form of `text`."""
    if _EXPONENT.fullmatch(text.strip()) or (code.isdigit() and len(code) == 18 and code.endswith("000")):
        return InvalidValue(
            f"{text!r} is a credit code that a spreadsheet turned into a number; its last digits are lost",
            code="spreadsheet-number",
            text=text,
            remedy="Export the column as text from the source and ingest the file again.",
        )
    if len(code) == 15 and code.isdigit():
        return InvalidValue(f"{code} is a business registration number", code="registration-number", text=text)
    if len(code) != 18:
        return InvalidValue(f"{text!r} has {len(code)} characters, a credit code 18", code="length", text=text)
    if not _FORM.fullmatch(code):
        return InvalidValue(f"{text!r} has characters no credit code has there", code="form", text=text)
    if not _known_category(code):
        return InvalidValue(f"{code} starts with an unknown registering department", code="department", text=text)
    expected = check_character(code[:17])
    return InvalidValue(f"credit code {code} should end in {expected}", code="check-character", text=text)


def parse_uscc(text: str, _context: Context) -> Parsed:
    """Return the code in capitals; parts: `department`, `category`, `region`, `org_code` (where there is one).

    Spaces and hyphens are left out; O, I, S, Z and Cyrillic look-alikes are read as the digits or letters they resemble
    where the check character then agrees (noted `misread`). Raises InvalidValue: `missing`, `spreadsheet-number`
    (9.164E+17), `registration-number` (15 digits), `length`, `form`, `department`, `check-character`.
    """
    # A fast way for what nearly every row has.
    if len(text) == 18 and is_uscc(text):
        return Parsed(text, parts=_parts(text))
    plain = require_text(text, "unified social credit code", as_key=True)
    code = plain.translate(_SEPARATORS).upper()
    if is_uscc(code):
        return Parsed(code, parts=_parts(code))
    guess = code.translate(_MISREAD)
    if guess != code and is_uscc(guess):
        return Parsed(guess, notes=("misread",), parts=_parts(guess))
    raise _fault(plain, code)


USCC = ValueType("uscc", parse_uscc)
