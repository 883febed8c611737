"""Approvals of environmental impact assessments (环评批复): which project of whom, granted or not, on which
conditions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.identifiers.find import find_identifiers
from nlp.mention import Mention
from nlp.readers.field import Field, Page
from nlp.readers.heading import ENTERPRISE, agency_of, labelled_values, open_page, signed_on
from nlp.readers.penalty import credit_code, number_of_document, party_of

_TITLE: Final = re.compile(
    r"关于(?:对|同意|批准|不予批准)?[《]?(?P<project>[^\n《》]{4,100}?)[》]?环境影响(?P<document>报告书"
    r"|报告表|登记表|评价文件|后评价)(?:\([^()\n]{1,12}\))?[》]?的?(?P<act>批复|审批意见|审查意见|审批决定"
    r"|复函|告知承诺决定|不予批准)"
)
_GRANTED: Final = re.compile(
    r"(?:原则)?(?:同意|批准)(?:你(?:单位|公司)?|该|本|建设)?(?:[^。\n]{0,40})(?:报告书|报告表|项目|建设"
    r"|结论|批复)|从环境保护(?:的)?角度[^。\n]{0,30}(?:可行|同意)|作出(?:准予|同意)"
)
_REFUSED: Final = re.compile(r"不予(?:批准|审批|许可)|不同意")
_CONTENT: Final = re.compile(
    r"(?:该|本)?项目(?:位于|选址于?|拟|建设(?:地点|内容|规模)|总投资|主要(?:建设|从事)"
    r"|为)[^。\n]{4,400}。?|建设(?:内容|规模)(?:及规模)?(?:为|包括|:)[^。\n]{4,300}"
)
_PLACE: Final = re.compile(
    r"(?:(?<!单)位于|选址于?|建设地点(?:为|:|位于)?|拟建于|建于)(?P<place>[^,。;\n]{4,60}?)(?=,|。|;|\n"
    r"|建设|内|\(|地块)"
)
_INVESTMENT: Final = re.compile(r"(?:总)?投资(?:额|估算)?(?:约|为|:)?$")
_CONDITION: Final = re.compile(
    r"(?:^|\n)[ \t]*(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、])[ \t]*"
    r"(?P<text>[^\n]{8,600})"
)
_DEMANDS: Final = re.compile(r"应|须|必须|不得|严格|落实|执行|加强|采取|达到|符合|禁止|确保|做好")
_NOT_DEMANDS: Final = re.compile(r"同意(?:该|本)?项目|原则同意|同意项目|重新审核|重新报批|开工建设的,其环境影响")
_VALID: Final = re.compile(
    r"(?:自批准之日起)?(?:满|超过)(?P<years>五|5|三|3)年[^。\n]{0,40}(?:重新(?:审核|报批|报)|方?决定)"
)
_CODE: Final = re.compile(r"(?<!\d)\d{4}-\d{6}-\d{2}-\d{2}-\d{6}(?!\d)")
"""Codes of the national platform for investment projects (项目代码)."""


@dataclass(frozen=True, slots=True)
class EiaDecision:
    """What an approval says; None or empty where it does not.

    `granted` holds True or False. `investment` is in yuan. `conditions` are the demands made, `standards` those to be
    kept. `valid_for` is how long it holds while nothing is built (`P5Y`).
    """

    document_number: Field | None = None
    agency: Field | None = None
    enterprise: Field | None = None
    uscc: Field | None = None
    project: Field | None = None
    project_code: Field | None = None
    document: Field | None = None
    place: Field | None = None
    content: Field | None = None
    investment: Field | None = None
    granted: Field | None = None
    conditions: tuple[Field, ...] = ()
    standards: tuple[Field, ...] = ()
    valid_for: Field | None = None
    decided: Field | None = None


def read_eia_approval(
    text: str, *, written: date | None = None, mentions: Sequence[Mention] | None = None
) -> EiaDecision:
    """Return what an approval says; a text of another kind gives few fields or none."""
    page = open_page(text, find_identifiers(text, written=written) if mentions is None else mentions)
    title = _TITLE.search(page.text)
    code = _CODE.search(page.text)
    valid = _VALID.search(page.text)
    content = _CONTENT.search(page.text)
    place = _PLACE.search(page.text)
    return EiaDecision(
        document_number=number_of_document(page),
        agency=agency_of(page),
        enterprise=_enterprise(page, title),
        uscc=credit_code(page),
        project=_project(page, title),
        project_code=page.field(*code.span()) if code else None,
        document=page.field(*title.span("document")) if title else None,
        place=page.field(*place.span("place")) if place else None,
        content=page.field(*content.span()) if content else None,
        investment=_investment(page),
        granted=_granted(page, title),
        conditions=_conditions(page),
        standards=tuple(page.of_mention(each, *_standard(each)) for each in page.labelled("standard")),
        valid_for=page.field(*valid.span(), value="P5Y" if valid["years"] in "五5" else "P3Y") if valid else None,
        decided=signed_on(page),
    )


def _standard(mention: Mention) -> tuple[str]:
    return (str(mention.values.get("standard_number") or mention.values.get("title") or mention.text),)


def _enterprise(page: Page, title: re.Match[str] | None) -> Field | None:
    if party := party_of(page, r"建设单位(?:名称)?|申请(?:单位|人)|项目单位"):
        return party
    if title and (found := ENTERPRISE.match(title["project"])):
        start = title.start("project")
        return page.field(start, start + found.end())
    return None


def _project(page: Page, title: re.Match[str] | None) -> Field | None:
    for start, end in labelled_values(page, r"(?:建设)?项目名称"):
        return page.field(start, end)
    if title is None:
        return None
    start, end = title.span("project")
    if (found := ENTERPRISE.match(title["project"])) and end - start - found.end() > 4:
        start += found.end()
    return page.field(start, end)


def _investment(page: Page) -> Field | None:
    for mention in page.labelled("amount"):
        place = page.place(mention.start)
        before = page.text[max(0, place - 12) : place]
        if _INVESTMENT.search(before) and "环保" not in before:
            return page.of_mention(mention, mention.values["value"])
    return None


def _granted(page: Page, title: re.Match[str] | None) -> Field | None:
    if refused := _REFUSED.search(page.text):
        return page.field(*refused.span(), value=False)
    if granted := _GRANTED.search(page.text, title.end() if title else 0):
        return page.field(*granted.span(), value=True)
    return None


def _conditions(page: Page) -> tuple[Field, ...]:
    found = []
    for match in _CONDITION.finditer(page.text):
        start, end = match.span("text")
        ends_open = match["text"].rstrip().endswith((":", "工作:"))
        if not ends_open and _DEMANDS.search(match["text"]) and not _NOT_DEMANDS.search(match["text"]):
            found.append(page.field(start, end))
    return tuple(found)
