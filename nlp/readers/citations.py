"""Which laws a decision says were broken, and which it was decided by."""

import re
from typing import Final

from nlp.mention import Mention
from nlp.readers.field import Field, Page

_CUE: Final = re.compile(
    r"(?P<broken>违反(?:了)?|触犯|不符合|有悖于)|(?P<applied>依据|根据|依照|按照|适用|参照|参考|结合)|"
    r"(?P<described>构成|属于)"
)
_REMEDY: Final = re.compile(
    r"行政复议|行政诉讼|提起诉讼|申请听证|陈述、?申辩|逾期(?:不|未)|每日按|加处罚款|强制执行|分期"
)
_PROCEDURE: Final = re.compile(r"行政(?:复议|诉讼|强制)法|立法法|裁量")
_QUOTED: Final = re.compile(r"[“\"][^”\"]{0,2000}[”\"]")
REACH: Final = 260
"""Characters before a citation in which the word that governs it is looked for."""


def cited_laws(page: Page, *, start: int = 0, end: int | None = None) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return the articles broken and the articles applied, each once, in the order of the text.

    The word before a citation decides (违反 … 依据 …). Laws that tell of remedies, instalments and discretion are
    neither.
    A field's value is law and article (`中华人民共和国水污染防治法 第八十三条`); `law`, `article`, `paragraph`,
    `item` are its details.
    """
    quoted = [found.span() for found in _QUOTED.finditer(page.text)]
    broken: dict[object, Field] = {}
    applied: dict[object, Field] = {}
    for mention in page.labelled("law_article", start, end):
        place = page.place(mention.start)
        law = mention.values.get("law")
        if not law or any(first < place < last for first, last in quoted) or "reference" in mention.values:
            continue
        role = _role(page, place, str(law))
        if role is None:
            continue
        target = broken if role == "broken" else applied
        target.setdefault(tuple(sorted(mention.values.items())), _field(page, mention))
    return tuple(broken.values()), tuple(applied.values())


def _role(page: Page, place: int, law: str) -> str | None:
    if _PROCEDURE.search(law):
        return None
    first, last = page.sentence(place)
    window = page.text[max(first, place - REACH) : place]
    cues = list(_CUE.finditer(window))
    if not cues:
        return None
    cue = cues[-1]
    role = "broken" if cue["broken"] else "applied" if cue["applied"] else None
    if role is None and cue["described"]:
        return None
    rest = page.text[place:last]
    # 根据《行政处罚法》第七十二条 … 加处罚款 tells what follows if the fine is not paid.
    if _REMEDY.search(page.text[first:place] + rest[:120]) and "处罚法" in law:
        return None
    return role


def _field(page: Page, mention: Mention) -> Field:
    values = mention.values
    article = values.get("article")
    shown = f"{values['law']} {article}" if article else str(values["law"])
    return page.of_mention(mention, shown, **dict(values))
