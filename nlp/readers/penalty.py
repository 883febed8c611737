"""Penalty decisions (行政处罚决定书): who did what, how it was proved, which law it broke, and what follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.identifiers.find import find_identifiers
from nlp.mention import Mention
from nlp.readers.citations import cited_laws
from nlp.readers.field import Field, Page
from nlp.readers.heading import ENTERPRISE, agency_of, labelled_values, masked_person, open_page, signed_on
from nlp.readers.sanctions import deadline_of, fine_of, kinds_of, remedies_of
from ontology.errors import InvalidValue
from ontology.values.person import PERSON

PARTY: Final = (
    r"当事人(?:名称|姓名)?(?:或者?姓名|\(姓名或名称\)|\(单位\))?|(?:被|受)处罚(?:单位|人|当事人|对象)"
    r"(?:名称|姓名)?(?:\((?:单位|个人|姓名或名称)\))?|行政相对人(?:名称)?"
    r"|违法(?:单位|当事人|企业)(?:名称)?|单位名称|企业名称|名称(?:或姓名)?|姓名或名称"
)
REPRESENTATIVE: Final = (
    r"法定代表人(?:\(?(?:主要)?负责人\)?|或(?:主要)?负责人|/负责人)?(?:姓名)?|法人代表|"
    r"(?:主要)?负责人|经营者(?:姓名)?|投资人|执行事务合伙人"
)
_ADDRESS: Final = r"(?:单位|注册|企业|生产|经营|公司|详细)?(?:地址|住址|住所地?|经营场所|地点)(?:\(住所\))?"
_FACTS: Final = re.compile(
    r"(?:环境)?违法(?:的)?(?:事实|行为)(?:和|及)?(?:相关)?(?:证据)?[:\n]|经(?:依法)?(?:调查|查|核实"
    r"|现场检查)(?:实|明)?[,:]|(?:现(?:已)?|现场)?查明[,:]"
    r"|(?:我|本)(?:局|厅|委|队|机关)(?:[^。\n]{0,40})?(?:于|在)[^。\n]{0,60}(?:检查|调查|监测|核查|巡查"
    r"|抽查|立案)|(?:\d{4}年\d{1,2}月\d{1,2}日)[^。\n]{0,40}(?:执法人员|检查|监测)"
)
_FACTS_END: Final = re.compile(
    r"(?:以上|上述|前述|该)(?:违法)?(?:事实|行为)|有(?:以)?下列证据|证据(?:如下|材料)|你(?:单位|公司|厂"
    r"|店)?的?(?:上述|以上|前述)?行为(?:已)?违反|(?:上述|以上|该)行为(?:已)?(?:违反|涉嫌|构成)"
    r"|(?:\n|。)[ \t]*[二三][、.](?:行政)?处罚|依据《|[一二三四五]、(?:处罚|行政处罚|法律)"
)
_EVIDENCE: Final = re.compile(
    r"(?:以上|上述)(?:违法)?(?:事实|行为),?(?:有|由)(?P<list>[^。]{4,900}?)(?:等)?(?:证据)?(?:为证|佐证"
    r"|予以证实|证实|证明|在案)"
    r"|(?:有)?(?:下列|以下|如下)证据(?:材料)?(?:为证|证明|证实|予以证实|予以证明)?[:](?P<lines>[^。]{4,1200})"
    r"|(?:证据(?:材料)?(?:如下|包括|有))[:](?P<plain>[^。]{4,1200})"
)
_PLACE: Final = re.compile(
    r"(?:(?<!单)位于|坐落于|座落于)(?P<place>[^,。;\n]{4,50}?)(?=的|,|。|;|进行|厂区|\(|建设|从事|内)"
)
_PLACE_AT: Final = re.compile(
    r"在(?P<place>[^,。;\n在]{2,40}?(?:路|街|道|镇|村|乡|园区|工业区|开发区|大道|巷)[^,。;\n]{0,12}?(?:号"
    r"|组|弄|社区)?)(?=的|,|从事|建设|设置|倾倒|堆放|内|进行)"
)


@dataclass(frozen=True, slots=True)
class PenaltyDecision:
    """What a penalty decision says; None or empty where it does not, or not in a form that is read.

    `fine` is in yuan. `found` is the first day named among the facts, `decided` that of the decision. Names of natural
    persons are masked. `place` is where it happened, else the party's address.
    """

    document_number: Field | None = None
    agency: Field | None = None
    party: Field | None = None
    uscc: Field | None = None
    representative: Field | None = None
    address: Field | None = None
    facts: Field | None = None
    place: Field | None = None
    found: Field | None = None
    evidence: tuple[Field, ...] = ()
    law_broken: tuple[Field, ...] = ()
    law_applied: tuple[Field, ...] = ()
    kinds: tuple[Field, ...] = ()
    fine: Field | None = None
    deadline: Field | None = None
    decided: Field | None = None
    remedies: tuple[Field, ...] = ()


def read_penalty_decision(
    text: str, *, written: date | None = None, mentions: Sequence[Mention] | None = None
) -> PenaltyDecision:
    """Return what a penalty decision says, field by field; a text of another kind gives few fields or none.

    `mentions` are the identifiers of the text where they were found before. Offsets count in the original text.
    """
    page = open_page(text, find_identifiers(text, written=written) if mentions is None else mentions)
    facts = facts_of(page)
    span = None if facts is None else (page.place(facts.start), page.place(facts.end - 1) + 1)
    broken, applied = cited_laws(page)
    address = address_of(page)
    return PenaltyDecision(
        document_number=number_of_document(page),
        agency=agency_of(page),
        party=party_of(page, PARTY),
        uscc=credit_code(page),
        representative=masked_person(page, REPRESENTATIVE),
        address=address,
        facts=facts,
        place=_place(page, span) or address,
        found=found_on(page, span),
        evidence=_evidence(page),
        law_broken=broken,
        law_applied=applied,
        kinds=kinds_of(page),
        fine=fine_of(page),
        deadline=deadline_of(page),
        decided=signed_on(page),
        remedies=remedies_of(page),
    )


def number_of_document(page: Page) -> Field | None:
    """Return the document's own number: the first that stands alone in a line of its head, else the first there."""
    numbers = list(page.labelled("document_number", 0, 600))
    for mention in numbers:
        start, end = page.place(mention.start), page.place(mention.end - 1) + 1
        line_start = page.text.rfind("\n", 0, start) + 1
        line_end = page.text.find("\n", end)
        rest = page.text[line_start:start] + page.text[end : line_end if line_end >= 0 else len(page.text)]
        if len(rest.strip(" ():：#*\t")) <= 12 and "根据" not in rest:
            return page.of_mention(mention, mention.values["document_number"])
    return page.of_mention(numbers[0], numbers[0].values["document_number"]) if numbers else None


def party_of(page: Page, label: str) -> Field | None:
    """Return the party: labelled, else the enterprise addressed at the head (某某公司：). A natural person is
    masked."""
    for start, end in labelled_values(page, label, until=3_000):
        value = page.text[start:end]
        found = ENTERPRISE.match(value)
        if found and (found.end() == len(value) or value[found.end()] in " (,;:、"):
            return page.field(start, start + found.end())
        if len(value) <= 4 or "某" in value:
            return _person(page, start, end)
        return page.field(start, end)
    addressed = re.search(
        rf"(?:^|\n)[ \t]*(?P<name>{ENTERPRISE.pattern})[ \t]*(?:\([^()\n]{{1,40}}\))?[ \t]*:?[ \t]*(?=\n)",
        page.text[:1_500],
    )
    if addressed and not re.search(r"(?:局|厅|政府|决定书)$", addressed["name"]):
        return page.field(*addressed.span("name"))
    return None


def _person(page: Page, start: int, end: int) -> Field | None:
    written = page.source.written(start, end)
    try:
        shown = str(PERSON.parse(written).value)
    except InvalidValue:
        return None
    return page.field(start, end, shown, natural_person=True)


def credit_code(page: Page) -> Field | None:
    """Return the first valid credit code, else one of those parts of a permit number that hold it; None where none
    is."""
    for mention in page.labelled("uscc"):
        if "uscc" in mention.values:
            return page.of_mention(mention, mention.values["uscc"])
    return None


def address_of(page: Page) -> Field | None:
    """Return the party's labelled address; None where none is."""
    for start, end in labelled_values(page, _ADDRESS, until=3_000):
        return page.field(start, end)
    return None


def facts_of(page: Page) -> Field | None:
    """Return the passage that tells the facts: from the inspection to the evidence or the law that was broken."""
    opening = _FACTS.search(page.text, min(len(page.text), 20))
    if opening is None:
        return None
    start = opening.end() if opening[0][-1] in ":\n" else page.sentence(opening.start())[0]
    closing = _FACTS_END.search(page.text, opening.end())
    end = closing.start() if closing else page.sentence(start)[1]
    end = min(end, start + 4_000)
    passage = page.text[start:end]
    # The head of the next part (二、) or an opening word is not of it.
    passage = re.sub(r"(?:[\n。;][ \t]*[一二三四五][、.]?[^\n。]{0,20})$", "。", passage) if closing else passage
    start += len(passage) - len(passage.lstrip(" \t\n,:"))
    end = start + len(passage.strip(" \t\n,:"))
    return page.field(start, min(end, len(page.text))) if end - start >= 8 else None


def _place(page: Page, span: tuple[int, int] | None) -> Field | None:
    start, end = span or (0, len(page.text))
    for pattern in (_PLACE, _PLACE_AT):
        if found := pattern.search(page.text, start, end):
            return page.field(*found.span("place"))
    return None


def found_on(page: Page, span: tuple[int, int] | None) -> Field | None:
    """Return the first day or month named within the facts (ISO); None where none is."""
    if span is None:
        return None
    for mention in page.mentions:
        day = mention.values.get("date") or mention.values.get("start")
        if day and mention.label in ("date", "period") and span[0] <= page.place(mention.start) < span[1]:
            return page.of_mention(mention, day)
    return None


def _evidence(page: Page) -> tuple[Field, ...]:
    found = _EVIDENCE.search(page.text)
    if found is None:
        return ()
    name = next(name for name in ("list", "lines", "plain") if found[name])
    start = found.start(name)
    text = found[name]
    parts = list(re.finditer(r"《[^》]*》(?:[^、,;\n《]{0,20})|[^、;\n,]+", text))
    items = []
    for part in parts:
        piece = re.sub(
            r"^:?(?:\(?[0-9一二三四五六七八九十]{1,2}[).、:]|[\d]{1,2}[.)])?(?:和|及|以及)?", "", part[0].strip()
        )
        piece = re.sub(r"(?:等)?(?:证据)?$", "", piece).strip()
        if len(piece) < 2 or re.fullmatch(r"[\d份张页共]+", piece):
            continue
        at = text.index(piece, part.start())
        items.append(page.field(start + at, start + at + len(piece)))
    return tuple(items[:40])
