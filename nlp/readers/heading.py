"""Lines with a label (当事人：…, 法定代表人 …) and the agency and day that frame an official document."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from nlp.identifiers.source import HAN, read_source
from nlp.mention import Mention
from nlp.readers.field import Field, Page, read_page, tidy
from ontology.errors import InvalidValue
from ontology.values.person import PERSON

_AGENCY_END: Final = (
    r"(?:生态环境局|环境保护局|环保局|环境局|生态环境厅|环境保护厅|水务局|城市管理局"
    r"|城市管理行政执法局|综合行政执法局|综合执法局|行政审批局|行政审批服务局|住房和城乡建设局|海洋局"
    r"|林业局|自然资源局|应急管理局|市场监督管理局|管理委员会|管委会|委员会|人民政府|执法总队|执法支队"
    r"|执法大队|局|厅|分局)"
)
AGENCY: Final = rf"[{HAN}]{{2,24}}?{_AGENCY_END}(?:[{HAN}]{{2,10}}分局)?(?:[{HAN}]{{0,10}}(?:总队|支队|大队))?"
_LEGAL_FORM: Final = (
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|厂|合作社|医院|学校|养殖场"
    r"|经营部|加工厂|工厂|中心|酒店|饭店|餐厅|店|站|场|所|院|社|部|行|矿|馆|坊|企业)"
)
ENTERPRISE: Final = re.compile(
    rf"[{HAN}a-z0-9()·&-]{{2,40}}?{_LEGAL_FORM}(?:\((?!个人独资|个体)[{HAN}]{{2,8}}\))?"
    rf"(?:[{HAN}]{{2,10}}分公司)?(?![{HAN}]{{0,2}}(?:公司|厂))"
)
_LABEL_ENDS: Final = re.findall(
    r"\S+",
    "当事人 被处罚 统一社会信用代码 社会信用代码 组织机构代码 营业执照 法定代表人 法人代表 负责人 经营者 "
    "投资人 地址 住址 住所 电话 联系 身份证 "
    "证件 职务 性别 邮编 邮政编码 注册号 主要负责人 经营场所 年龄 出生 职业 类型 单位名称",
)
_NEXT_LABEL: Final = re.compile(r"[ ,;、]*(?:" + "|".join(_LABEL_ENDS) + r")[^。,;:\n]{0,16}[:]")
_DATE_LINE: Final = re.compile(
    r"(?:^|\n)[ \t]*(?P<date>(?:\d{4}"
    r"|[〇○零一二三四五六七八九o]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日)[ \t。]*(?=\n|$)"
)


def labelled_values(page: Page, label: str, *, until: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the spans of what follows a label (a pattern) and its colon: to the line's end, a stop or the next
    label."""
    pattern = re.compile(
        rf"(?:^|(?<=[\n。;,:、) \t]))[ \t]*(?:\d{{1,2}}[.、])?(?:{label})[ \t]*(?:[:]|\t)[ \t]*"
        rf"(?=(?P<value>[^\n]{{1,300}}))"
    )
    for found in pattern.finditer(page.text, 0, len(page.text) if until is None else until):
        start = found.start("value")
        value = re.split(r"[。;,\t]|\((?:以下|下)?简称|\(以下称", found["value"], maxsplit=1)[0]
        if following := _NEXT_LABEL.search(value):
            value = value[: following.start()]
        value = value.rstrip(" _")
        if value.strip():
            yield start, start + len(value)


def agency_of(page: Page) -> Field | None:
    """Return the agency a document comes from: in its head, else above the day at its end, else as 我局 (…) calls
    it."""
    head = page.text[:300]
    line = re.compile(
        rf"(?:^|\n)[ \t#*]*(?P<agency>{AGENCY})(?=[ \t]*(?:\n|行政处罚|责令|关于|文件|环境影响|处罚决定|不予))"
    )
    found = line.search(head)
    if found is None and (signed := last_date_line(page)):
        tail = max(0, signed[0] - 120)
        above = list(
            re.finditer(
                rf"(?:^|\n)[ \t]*(?P<agency>{AGENCY})[ \t]*(?:\(?(?:印章|盖章|公章)\)?)?(?=\n)",
                page.text[tail : signed[0] + 1],
            )
        )
        if above:
            return page.field(tail + above[-1].start("agency"), tail + above[-1].end("agency"))
    if found is None:
        found = re.search(
            rf"我(?:局|厅|委)\((?P<agency>{AGENCY})\)|(?P<other>{AGENCY})\(以下简称[\"“]?(?:我|本)(?:局|厅)",
            page.text[:3_000],
        )
    if found is None:
        return None
    name = "agency" if found["agency"] else "other"
    return page.field(found.start(name), found.end(name))


def last_date_line(page: Page) -> tuple[int, int] | None:
    """Return the span of the last day that stands alone in its line, as under a decision; None where none does."""
    found = list(_DATE_LINE.finditer(page.text))
    return found[-1].span("date") if found else None


def signed_on(page: Page) -> Field | None:
    """Return the day a document bears at its end (ISO), else the one labelled as its day; None where it bears none."""
    if line := last_date_line(page):
        for mention in page.labelled("date", line[0], line[1]):
            if "date" in mention.values:
                return page.of_mention(mention, mention.values["date"])
    for start, end in labelled_values(page, r"(?:处罚)?(?:决定|作出决定|签发|批复|发文|成文)(?:日期|时间)"):
        for mention in page.labelled("date", start, end):
            if "date" in mention.values:
                return page.of_mention(mention, mention.values["date"])
    ends = [each for each in page.labelled("date", max(0, len(page.text) - 60)) if "date" in each.values]
    return page.of_mention(ends[-1], ends[-1].values["date"]) if ends else None


_PERSON_LABEL: Final = (
    r"法定代表人(?:\(?(?:主要)?负责人\)?|或(?:主要)?负责人|/负责人)?(?:姓名)?|法人代表|(?:主要|现场"
    r"|环保)?负责人|经营者(?:姓名)?|投资人|执行事务合伙人"
    r"|(?:委托)?代理人|联系人|经办人|执法人员|当事人(?:姓名|名称)?|被处罚人(?:姓名)?|姓名|投诉人|举报人"
    r"|反映人|来信人|信访人|诉求人|署名"
)


def open_page(text: str, mentions: Sequence[Mention]) -> Page:
    """Return a text ready to be read, with the names that labels call persons masked wherever they occur."""
    source = read_source(text)
    plain = read_page(source, mentions)
    persons: dict[str, str] = {}
    for start, end in labelled_values(plain, _PERSON_LABEL):
        value = plain.text[start:end]
        name = re.split(r"[ (/,;、]|性别|职务|男|女", value, maxsplit=1)[0]
        if not 2 <= len(name) <= 4 or ENTERPRISE.match(value) or not re.fullmatch(rf"[{HAN}·*]+", name):
            continue
        written = tidy(source.written(start, start + len(name)))
        with suppress(InvalidValue):
            persons[written] = str(PERSON.parse(written).value)
    return read_page(source, mentions, persons=list(persons.items()))


def masked_person(page: Page, label: str, *, until: int | None = None) -> Field | None:
    """Return a labelled person's name, masked in value and quote (ontology.values.person); None where none is named."""
    for start, end in labelled_values(page, label, until=until):
        name = re.split(r"[ (/,;]|性别|职务|男|女", page.text[start:end], maxsplit=1)[0]
        written = page.source.written(start, start + len(name)) if name else ""
        try:
            shown = str(PERSON.parse(written).value)
        except InvalidValue:
            continue
        return page.field(start, start + len(name), shown)
    return None
