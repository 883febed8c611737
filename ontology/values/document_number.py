"""Reference numbers of official documents (发文字号, GB/T 9704-2012): 沪环保许评〔2014〕556号."""

import re

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

_OPEN = str.maketrans("[{【〔<﹝﹛《〈(", "〔" * 10)
_CLOSE = str.maketrans("]}】〕>﹞﹜》〉)", "〕" * 10)
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[5-9][0-9])"
_SERIAL = r"(?P<letters>[A-Z]{0,3})〔?(?P<serial>[0-9]{1,6})〕?(?P<tail>[-－][0-9]{1,5})?(?:号文?)?"
_BRACKETED = re.compile(rf"(?P<issuer>.*?)〔{_YEAR}〕字?第?[-－]?{_SERIAL}")
_INSIDE = re.compile(rf"(?P<issuer>.*?)〔{_YEAR}[-－](?P<letters>[A-Z]{{0,3}})(?P<serial>[0-9]{{1,6}})(?P<tail>)〕号?")
_BARE_YEAR = re.compile(
    rf"(?P<issuer>[^0-9〔][^0-9]*?(?:114)?[^0-9]*?)(?P<year>(?:19|20)[0-9]{{2}})(?:[-－]|字?第?|年[-－第]){_SERIAL}"
)
_INNER = re.compile(r"〔([^〔〕]*[^〔〕0-9][^〔〕]*)〕")
_SEVERAL = re.compile(r"号\s*[,，、;；和及]\s*\S")
_INCOMPLETE = re.compile(r".*(?:〔[0-9]{4}〕字?第?号?|〔[0-9]{4}〕)")


def _trimmed(text: str) -> str:
    """Return `text` without closing punctuation and without brackets that enclose all of it or are left open."""
    before = ""
    while text != before:
        before = text
        text = text.rstrip("。.,;")
        if text.count("〕") > text.count("〔") and text.endswith("〕"):
            text = text[:-1]
        elif text.count("〔") > text.count("〕") and text.startswith("〔"):
            text = text[1:]
        elif re.fullmatch(r"〔[^〔〕]*〔[^〔〕]*〕[^〔〕]*〕", text):
            text = text[1:-1]
    return text


def parse_document_number(text: str, _context: Context) -> Parsed:
    """Return the number as `issuer〔year〕serial号`; parts `issuer`, `year`, `serial`.

    All brackets become 〔〕 around the year and （） inside the issuer's code; 第 and leading zeros of the serial go,
    a missing 号 is added. Numbers without a year in them stay as written, noted `free-form`.
    Raises InvalidValue: `missing`, `several` (split the cell first), `incomplete` (no serial), `form`.
    """
    plain = require_text(text, "document number", as_key=True).replace(" ", "")
    if _SEVERAL.search(plain):
        raise InvalidValue(f"{text!r} holds several document numbers", code="several", text=text)
    bracketed = _trimmed(plain.translate(_OPEN).translate(_CLOSE))
    if not any(character.isdigit() for character in bracketed):
        raise InvalidValue(f"{text!r} is not a document number", code="form", text=text)
    match = _BRACKETED.fullmatch(bracketed) or _INSIDE.fullmatch(bracketed) or _BARE_YEAR.fullmatch(bracketed)
    if match is None:
        # 0号 stands for no number at all: one party's decisions would all be one.
        if _INCOMPLETE.fullmatch(bracketed) or not any(character in "123456789" for character in bracketed):
            raise InvalidValue(f"{text!r} lacks its serial number", code="incomplete", text=text)
        if len(bracketed) > 60:
            raise InvalidValue(f"{text!r} is too long for a document number", code="form", text=text)
        written = _INNER.sub(r"（\1）", bracketed)
        return Parsed(require_text(written, "document number", as_key=True), notes=("free-form",))
    issuer = _INNER.sub(r"（\1）", match["issuer"]).removesuffix("字第")
    serial = match["letters"] + match["serial"].lstrip("0") + (match["tail"] or "").replace("－", "-")
    if not serial.strip("-"):
        raise InvalidValue(f"{text!r} lacks its serial number", code="incomplete", text=text)
    year = match["year"] if len(match["year"]) == 4 else "19" + match["year"]
    parts = [("year", year), ("serial", serial)]
    if issuer:
        parts.insert(0, ("issuer", issuer))
    notes = () if issuer else ("no-issuer",)
    return Parsed(f"{issuer}〔{year}〕{serial}号", notes=notes, parts=tuple(parts))


DOCUMENT_NUMBER = ValueType("document_number", parse_document_number)
