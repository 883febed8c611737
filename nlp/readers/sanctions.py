"""What a decision orders: kinds of penalty, the fine, until when, and how it can be contested."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nlp.identifiers.source import HAN
from nlp.mention import Mention
from nlp.readers.field import Field, Page

if TYPE_CHECKING:
    from ontology.model import Value

_ORDER: Final = re.compile(
    r"(?:决定|作出)(?:对|给予|责令|处以?|如下|以下|的)[^。\n]{0,80}|(?:决定|作出|处以|给予)[^。;\n]{0,60}"
    r"(?:处罚|决定)[^。\n]{0,20}[:\n]?|[一二三四五]、(?:行政)?(?:处罚)?(?:决定|种类|内容)[^\n]{0,20}\n"
    r"|(?:现|,|。|\n)责令(?:你|当事人)[^。\n]{0,80}|我(?:局|厅)(?:对你|责令|决定)[^。\n]{0,60}"
)
_ORDER_END: Final = re.compile(
    r"限(?:你|于|当事人|自)|(?:当事人|你(?:单位|公司|厂|店)?)?(?:应当|须|应)?(?:于|自)?(?:接到|收到)本"
    r"(?:处罚)?决定书?之日|逾期|如(?:果)?(?:你|不服|对)|若(?:你|不服|对)|[三四五六]、(?:行政处罚的?履行"
    r"|处罚决定的履行|申请|救济|履行|权利)|根据《中华人民共和国行政(?:复议|诉讼)法"
)
_QUOTED: Final = re.compile(r"[“\"][^”\"]{0,1500}[”\"]")
_KINDS: Final = (
    ("警告", r"(?:给予|予以|处以)?警告(?!标志|牌)"),
    ("通报批评", r"通报批评"),
    ("罚款", r"罚款|罚金"),
    ("没收违法所得", r"没收违法所得"),
    ("没收非法财物", r"没收(?!违法所得)[^,。;]{0,16}(?:财物|设备|工具|产品|机动车|设施)"),
    ("暂扣许可证件", r"暂扣[^,。;]{0,12}(?:许可证|执照|证件)"),
    ("吊销许可证件", r"吊销[^,。;]{0,14}(?:许可证|执照|证件|资质)"),
    ("降低资质等级", r"降低资质等级"),
    ("限制生产", r"限制生产|限产|限制开展生产"),
    ("责令停产整治", r"(?:责令)?停产整治|停业整治"),
    ("责令停产停业", r"责令[^,。;]{0,8}停产停业|责令停业|责令停止生产(?:或者使用)?"),
    ("责令关闭", r"责令[^,。;]{0,8}关闭|予以关闭"),
    ("责令停止建设", r"责令[^,。;]{0,10}停止建设"),
    ("责令恢复原状", r"恢复原状"),
    ("责令改正", r"责令[^,。;]{0,20}(?:改正|限期整改|限期治理|停止违法行为|停止排污|拆除)"),
    ("行政拘留", r"行政拘留"),
)
"""Kinds after article 9 of 行政处罚法 and article 8 of 生态环境行政处罚办法, and the orders that go with them."""
_TOTAL: Final = re.compile(r"(?:合计|共计|总计|合并|两项|三项|累计)[^。;\n]{0,24}$")
_PAY: Final = re.compile(r"缴|交纳|交至|汇至|履行|支付|付至")
_AWAY: Final = re.compile(r"加处|滞纳|每日按|3%|百分之三|拍卖")
_REVIEW: Final = re.compile(r"(?:依法)?向(?P<body>[^,。;\n]{2,60}?)(?:申请|提出|提起)(?:行政)?复议")
_SUIT: Final = re.compile(rf"(?:依法)?(?:直接)?向(?P<body>[{HAN}、]{{2,40}}?法院)(?:提起|起诉|提出)")


def order_span(page: Page) -> tuple[int, int] | None:
    """Return the span of the folded text that orders the penalty; None where no such passage is found."""
    starts = [found.start() for found in _ORDER.finditer(page.text) if _orders(page, found)]
    if not starts:
        return None
    start = starts[-1]
    for each in reversed(starts):
        # Several orders in a row (1. …; 2. …) are one passage; a decision to file the case, long before, is not.
        if start - each > 600:
            break
        start = each
    closing = _ORDER_END.search(page.text, starts[-1])
    return start, closing.start() if closing else min(len(page.text), starts[-1] + 800)


def _orders(page: Page, found: re.Match[str]) -> bool:
    if any(first < found.start() < last for first, last in _quoted(page)):
        return False
    first, last = page.sentence(found.start())
    # The sentence of a list ends with a colon and a line break: what is ordered stands in the lines below.
    passage = page.text[first : min(len(page.text), last + 200)]
    if re.search(r"立案|听证|告知|申辩|复议|诉讼|不予", page.text[first : found.end()]):
        return False
    return any(re.search(pattern, passage) for _, pattern in _KINDS)


def _quoted(page: Page) -> list[tuple[int, int]]:
    return [found.span() for found in _QUOTED.finditer(page.text)]


def kinds_of(page: Page) -> tuple[Field, ...]:
    """Return the kinds of penalty and order, by their usual names, each once and in the order of the text."""
    span = order_span(page)
    if span is None:
        return ()
    quoted = _quoted(page)
    found: list[Field] = []
    for name, pattern in _KINDS:
        for match in re.compile(pattern).finditer(page.text, *span):
            if not any(first < match.start() < last for first, last in quoted):
                found.append(page.field(*match.span(), value=name))
                break
    return tuple(sorted(found, key=lambda field: field.start))


def fine_of(page: Page) -> Field | None:
    """Return the fine in yuan: the one called the total, else the sum of the different ones ordered; None where none
    is.

    The same amount in numerals and digits (贰拾万元整（¥200,000.00）) counts once; `parts` tells how many were added
    up.
    """
    span = order_span(page)
    amounts = [] if span is None else _ordered(page, span)
    if not amounts:
        return None
    for mention in amounts:
        place = page.place(mention.start)
        if _TOTAL.search(page.text, max(0, place - 40), place):
            return page.of_mention(mention, mention.values["value"])
    single = [each for at, each in enumerate(amounts) if at == 0 or not _repeats(page, amounts[at - 1], each)]
    total = sum(float(each.values["value"]) for each in single)
    return page.of_mention(single[0], total, parts=float(len(single)))


def _ordered(page: Page, span: tuple[int, int]) -> list[Mention]:
    """Return the amounts that a passage orders as fines: no ranges, no bounds, nothing quoted, no daily surcharge."""
    quoted = _quoted(page)
    found = []
    for mention in page.labelled("amount", *span):
        place = page.place(mention.start)
        first, _ = page.sentence(place)
        before = page.text[max(first, place - 60) : place]
        after = page.text[place : place + len(mention.text) + 12]
        if "low" in mention.values or "comparator" in mention.values or any(a < place < b for a, b in quoted):
            continue
        if re.search(r"违法所得[^罚]{0,16}$|货值|投资|费用[^罚]*$", before) or _AWAY.search(after):
            continue
        if re.search(r"罚", before) or "罚款" in after or re.search(r"\([^)]{0,8}$", before):
            found.append(mention)
    return found


def _repeats(page: Page, one: Mention, other: Mention) -> bool:
    between = page.source.original[one.end : other.start]
    return one.values["value"] == other.values["value"] and len(between) <= 12


def deadline_of(page: Page) -> Field | None:
    """Return until when the fine is to be paid: a length of time after receipt (`P15D`) or a day; None where not
    said."""
    for mention in page.mentions:
        if mention.label not in ("period", "date"):
            continue
        place = page.place(mention.start)
        first, last = page.sentence(place)
        sentence = page.text[first:last]
        value = mention.values.get("duration") or mention.values.get("date")
        if (
            value is None
            or not _PAY.search(page.text, place, last)
            or re.search(r"复议|诉讼|申辩|听证", sentence[: place - first])
        ):
            continue
        if mention.label == "date" and not re.match(r"前|之前|以前", page.text[page.place(mention.end - 1) + 1 :][:2]):
            continue
        return page.of_mention(mention, value)
    return None


def remedies_of(page: Page) -> tuple[Field, ...]:
    """Return how a decision can be contested: 行政复议 or 行政诉讼, with `body` and `within` (ISO length) where
    named."""
    found: list[Field] = []
    for name, pattern in (("行政复议", _REVIEW), ("行政诉讼", _SUIT)):
        match = pattern.search(page.text)
        if match is None:
            continue
        detail: dict[str, Value] = {"body": page.field(*match.span("body")).value}
        if within := _within(page, match):
            detail["within"] = within
        field = page.field(*match.span(), value=name)
        found.append(replace(field, detail=tuple(detail.items())))
    return tuple(found)


def _within(page: Page, match: re.Match[str]) -> str | None:
    """Return the length of time nearest to a remedy in its sentence."""
    first, last = page.sentence(match.start())
    best: tuple[int, str] | None = None
    for mention in page.labelled("period", first, last):
        duration = mention.values.get("duration")
        place = page.place(mention.start)
        distance = match.start() - place if place < match.start() else place - match.end() + 40
        if duration and (best is None or distance < best[0]):
            best = (distance, str(duration))
    return best[1] if best else None
