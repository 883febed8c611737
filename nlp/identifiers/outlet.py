"""Outlets by code or by name with a number: DA001, DW002, 1#排放口, 3号排气筒, 废水总排口."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.identifiers.numerals import number_of
from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.model import Value

_PLACE: Final = r"(?:排放口|排污口|排水口|排气筒|排气口|排口|排放点|烟囱|总排)"
_KIND: Final = (
    r"(?:废水|废气|污水|雨水|清下水|生活污水|生产废水|工业废水|有机废气|工艺废气|锅炉废气|锅炉|车间"
    r"|厂区|企业|公司|主要|一般)"
)
_CODE: Final = r"(?:d[aw]|ys|fq|ws|yw)-? ?\d{2,6}(?:-\d{1,3})?"
_FOUND: Final = re.compile(
    rf"(?=[废污雨清生工有锅车厂企公主一总外排烟dyfw第#\d二三四五六七八九十a-z])(?:(?P<before>{_KIND}?(?:总"
    rf"|外)?{_PLACE}(?:编号)?[(:]?)?(?<![a-z0-9-])(?P<code>{_CODE})(?![a-z0-9])(?P<close>\))?"
    rf"(?P<after>{_KIND}{{0,2}}(?:总)?{_PLACE})?"
    rf"|(?<![a-z0-9#.])(?P<number>[a-z]?\d{{1,3}}(?:-\d{{1,2}})?(?:#|号)|#\d{{1,3}}|[a-z]\d{{1,3}}"
    rf"|第?[一二三四五六七八九十]{{1,3}}号)(?:{_KIND}{{0,2}}(?:总|外)?{_PLACE})(?:口)?"
    rf"|(?P<name>{_KIND}{{0,2}}总{_PLACE}口?|(?:雨水|废水|污水|废气|清下水|生活污水)(?:外)?{_PLACE}口?))"
)
_MEDIA: Final = {"da": "air", "fq": "air", "dw": "water", "ws": "water", "ys": "water", "yw": "water"}


def find_outlets(source: Source) -> Iterator[Mention]:
    """Yield outlets: `code` (`DA001`, HJ 608-2017), or `number` (1 of 1#排放口); `medium` (`air`, `water`) where it
    is told."""
    for found in _FOUND.finditer(source.text):
        start, end = found.span()
        values: dict[str, Value] = {}
        score = 1.0
        if code := found["code"]:
            values["code"] = code.upper().replace(" ", "")
            values["medium"] = _MEDIA[code[:2]]
            if found["close"] and not (found["before"] or "").endswith("("):
                end = found.end("code")
            if not found["before"] and not found["after"] and code[:2] in ("ys", "fq", "ws", "yw"):
                score = 0.7
        elif found["number"]:
            digits = re.sub(r"[#号第]", "", found["number"])
            number = number_of(digits) if not digits[:1].isascii() else None
            values["number"] = str(number or digits.upper())
            values |= _medium(found[0])
        else:
            values |= _medium(found[0])
            score = 0.8
        yield source.mention(start, end, "outlet", values, score=score)


def _medium(name: str) -> dict[str, Value]:
    if any(word in name for word in ("废气", "排气", "烟囱", "锅炉")):
        return {"medium": "air"}
    return {"medium": "water"} if any(word in name for word in ("水", "排污口")) else {}
