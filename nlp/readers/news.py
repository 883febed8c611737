"""News items: who did what to whom, and what the authorities say to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.identifiers.find import find_identifiers
from nlp.identifiers.source import HAN
from nlp.mention import Mention
from nlp.readers.field import Field, Page
from nlp.readers.heading import AGENCY, ENTERPRISE, open_page

_ACTIONS: Final = (
    ("penalise", r"(?:被)?(?:处以?|罚款|处罚|罚没|开出[^,。]{0,12}罚单|吊销|没收)"),
    ("file", r"立案(?:调查|查处|侦查)?"),
    ("order", r"责令[^,。;]{0,16}(?:整改|改正|停产|关闭|停止|拆除|限期)|限期整改|停产整(?:治|顿)|关停|查封|扣押"),
    ("inspect", r"检查|督察|督查|巡查|抽查|暗访|现场核查|突击检查|监督性监测"),
    ("expose", r"通报|曝光|披露|公布|公开点名|点名|举报|投诉"),
    ("summon", r"约谈"),
    ("accuse", r"起诉|提起公诉|提起[^,。]{0,10}诉讼|批捕|刑拘|移送(?:公安|司法)|拘留"),
    ("pollute", r"偷排|直排|超标排放|违法排(?:放|污)|泄漏|泄露|倾倒|非法处置|爆炸|起火|污染(?!防治|物|源|治理)"),
    ("build", r"开工建设|投产|建成|启动建设|投运|竣工"),
    ("deny", r"否认|辟谣|澄清"),
    ("compensate", r"赔偿|修复(?:受损)?|赔付"),
)
_RESPONSE: Final = re.compile(
    r"(?:回应|表示|称|答复|回复|通报(?:称|指出|显示)?|介绍|指出|强调|发布(?:情况)?(?:说明|通报|声明)|说"
    r"|透露|告诉记者|宣布)(?:,|:|“|\"|说)?"
)
_OFFICIAL: Final = re.compile(
    rf"(?:{AGENCY}|[{HAN}]{{2,12}}(?:政府|公安局|环保部门|生态环境部门|宣传部|应急办|有关部门|管委会|法院"
    rf"|检察院|督察组|督察局|指挥部|生态环境部))(?:[{HAN}]{{0,12}}(?:负责人|工作人员|发言人|局长|主任|科长"
    rf"|副局长|执法人员|相关人士))?"
)
_TITLE_LINE: Final = re.compile(r"^[ \t#]*(?P<title>[^\n]{4,80}?)[ \t]*(?:\n|$)")
_SOURCE: Final = re.compile(r"(?:来源|稿源|信息来源|文章来源)[:][ \t]*(?P<source>[^\s|]{2,30})")
_BYLINE: Final = re.compile(
    r"(?P<agency>[\u4e00-\u9fffa-z]{2,12}(?:社|网|报|电视台|新闻|在线|客户端|日报|晚报))(?:[^\n。]{0,12})?"
    r"(?:\d{1,2}月\d{1,2}日)?(?:电|讯|消息|\(记者)"
)


@dataclass(frozen=True, slots=True)
class NewsEvent:
    """One deed: `actor` did `action` to `target`; None where the sentence names none. `day` is the ISO day named
    with it.

    `action.value` is a stable word: `penalise`, `file`, `order`, `inspect`, `expose`, `summon`, `accuse`, `pollute` …
    """

    action: Field
    actor: Field | None = None
    target: Field | None = None
    day: Field | None = None
    amount: Field | None = None


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What a news item says; None or empty where it does not. `responses` are the sentences in which officials
    speak."""

    title: Field | None = None
    source: Field | None = None
    published: Field | None = None
    events: tuple[NewsEvent, ...] = ()
    responses: tuple[Field, ...] = ()


def read_news(text: str, *, written: date | None = None, mentions: Sequence[Mention] | None = None) -> NewsItem:
    """Return what a news item says; a text of another kind gives few fields or none.

    `mentions` may hold names found before (`enterprise`, `agency`): they go before what patterns find.
    """
    page = open_page(text, find_identifiers(text, written=written) if mentions is None else mentions)
    title = _TITLE_LINE.match(page.text)
    source = _SOURCE.search(page.text) or _BYLINE.search(page.text[:400])
    days = [each for each in page.labelled("date", 0, 300) if len(str(each.values.get("date", ""))) == 10]
    return NewsItem(
        title=page.field(*title.span("title")) if title else None,
        source=page.field(*source.span(1)) if source else None,
        published=page.of_mention(days[0], days[0].values["date"]) if days else None,
        events=_events(page),
        responses=_responses(page),
    )


def _events(page: Page) -> tuple[NewsEvent, ...]:
    agencies, firms = _names(page, "agency", _OFFICIAL), _names(page, "enterprise", ENTERPRISE)
    found: list[NewsEvent] = []
    for first, last in page.sentences:
        for action, pattern in _ACTIONS:
            match = re.compile(pattern).search(page.text, first, last)
            if match is None:
                continue
            actor, target = _roles(action, match, _within(agencies, first, last), _within(firms, first, last))
            if actor is None and target is None:
                continue
            found.append(
                NewsEvent(
                    page.field(*match.span(), value=action),
                    page.field(*actor) if actor else None,
                    page.field(*target) if target else None,
                    _day(page, first, last),
                    _amount(page, first, last) if action == "penalise" else None,
                )
            )
        if len(found) > 60:
            break
    return tuple(found)


Span = tuple[int, int]


def _roles(
    action: str, match: re.Match[str], agencies: list[Span], firms: list[Span]
) -> tuple[Span | None, Span | None]:
    """Return who acts and on whom, as spans: authorities act on enterprises, but enterprises pollute, build and
    deny."""
    if action in ("pollute", "build", "deny", "compensate"):
        before = [span for span in firms if span[1] <= match.start()]
        return (before[-1] if before else firms[0] if firms else None), None
    actors = [span for span in agencies if span[1] <= match.start()] or agencies
    targets = [span for span in firms if not any(a[0] <= span[0] < a[1] for a in agencies)]
    near = min(targets, key=lambda span: abs(span[0] - match.end()), default=None)
    return (actors[-1] if actors else None), near


def _names(page: Page, label: str, pattern: re.Pattern[str]) -> list[Span]:
    given = [(page.place(each.start), page.place(each.end - 1) + 1) for each in page.labelled(label)]
    if given:
        return given
    spans = []
    for match in pattern.finditer(page.text):
        start, end = match.span()
        lead = re.match(
            rf"[{HAN}]*?(?:对|将|向|由|被|据|是|的|和|与|经|在|日|来自|位于|包括|分别|要求|责令|依法)(?=[{HAN}]{{4,}})",
            page.text[start:end],
        )
        while lead and end - start - lead.end() >= 4:
            start += lead.end()
            lead = re.match(rf"[{HAN}]*?(?:对|将|由|被|据|的|日)(?=[{HAN}]{{4,}})", page.text[start:end])
        spans.append((start, end))
    return spans


def _within(spans: list[Span], first: int, last: int) -> list[Span]:
    return [span for span in spans if first <= span[0] < last]


def _day(page: Page, first: int, last: int) -> Field | None:
    for mention in page.labelled("date", first, last):
        if day := mention.values.get("date"):
            return page.of_mention(mention, day)
    return None


def _amount(page: Page, first: int, last: int) -> Field | None:
    for mention in page.labelled("amount", first, last):
        return page.of_mention(mention, mention.values["value"])
    return None


def _responses(page: Page) -> tuple[Field, ...]:
    found = []
    for first, last in page.sentences:
        said = _RESPONSE.search(page.text, first, last)
        speaker = _OFFICIAL.search(page.text, first, last)
        if said and speaker and speaker.start() <= said.start():
            name = page.field(*speaker.span())
            found.append(page.field(first, last, speaker=name.value))
    return tuple(found[:20])
