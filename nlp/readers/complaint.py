"""Complaint letters: who, about what (smell, noise, water, dust, waste …), where, when, how often, since when, what
is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.identifiers.find import find_identifiers
from nlp.identifiers.source import HAN
from nlp.mention import Mention
from nlp.readers.field import Field, Page
from nlp.readers.heading import ENTERPRISE, labelled_values, masked_person, open_page

_WHO: Final = r"投诉人|举报人|反映人|来信人|信访人|诉求人|联系人|署名|姓名"
_MEDIA: Final = (
    (
        "smell",
        r"异味|臭味|恶臭|臭气|刺鼻|难闻|怪味|气味|臭不可闻|(?<![香美])味道[^,。]{0,6}(?:大|重|浓|难|刺)|臭"
        r"(?!氧|豆腐|名)|熏天|油烟味",
    ),
    (
        "noise",
        r"噪音|噪声|扰民|轰鸣|轰隆|分贝|震耳|吵得|太吵|很吵|吵闹|吵醒|低频|嗡嗡|敲打声|打桩|机器声|喇叭声"
        r"|施工声|响声|不隔音|声音(?:很|太|特别|非常)?(?:大|响|刺耳|嘈杂|干扰)|嘈杂|吵(?!架|闹|醒)|音响|鸣笛",
    ),
    (
        "water",
        r"污水|废水|黑臭水|水质|排污口|河水|臭水|水体|粪水|油污水|污染[^,。]{0,4}(?:河|湖|水源|池塘|井水)|偷排"
        r"|鱼[^,。]{0,4}死",
    ),
    ("dust", r"扬尘|粉尘|灰尘|尘土|尘埃|漫天[^,。]{0,3}(?:灰|尘)|泥土飞扬|沙尘|水泥灰|煤灰|黄土"),
    ("smoke", r"废气|黑烟|浓烟|烟囱|冒烟|油烟(?!机)|焚烧|烧垃圾|烟雾|尾气"),
    (
        "waste",
        r"垃圾(?:堆|场|站|成|焚|填|乱|满|遍)|倾倒|固废|危废|废渣|建筑垃圾|渣土|生活垃圾|垃圾无人|医疗废物|废油|淤泥",
    ),
    ("radiation", r"辐射|基站|变电站|高压线|电磁"),
    ("light", r"光污染|灯光[^,。]{0,8}(?:刺眼|扰|照)|强光"),
    ("ecology", r"砍伐|毁林|乱采|采砂|挖山|破坏[^,。]{0,4}(?:植被|山体|湿地|绿化|生态)"),
)
_SUFFIX: Final = (
    r"(?:小区|社区|花园|公寓|家园|新村|新城|广场|村|组|镇|乡|街道|路|街|巷|大道|弄|号|栋|幢|楼"
    r"|学校|医院|工业园|产业园|园区|开发区|工地|市场|河|湖|港|桥|段|交叉口|路口|附近|旁边|对面|楼下)"
)
_WHERE: Final = re.compile(
    rf"(?:(?<!单)位于|地处|家住|住在|居住在|坐落于|在|地址[:是为]?|是)(?P<place>(?!这|那|此|我|你|他|家|一"
    rf"|其|网|法|政府|今|去|昨)[{HAN}a-z0-9()·—-]{{2,36}}?{_SUFFIX}(?:[{HAN}a-z0-9()]{{0,10}}{_SUFFIX})?)"
    rf"|(?:^|\n|[。,;])(?P<head>(?:[a-z]\d?市|[{HAN}]{{2,8}}(?:省|市|区|县))[{HAN}a-z0-9]{{0,24}}{_SUFFIX}"
    rf"(?:[{HAN}a-z0-9()]{{0,10}}{_SUFFIX})?)"
)
_OFTEN: Final = re.compile(
    r"(?:每|天)天(?:早|晚|夜|凌|上|下|都|从)?|每(?:日|晚|夜|周[一二三四五六日末天]?|月|到[^,。]{1,8}"
    r"|逢[^,。]{1,6}|隔[^,。]{1,5})|经常|常常|时常|长期|常年|频繁|不定期|不时|反复|昼夜(?:不停|不断)?"
    r"|日夜不停|整天|整夜|通宵|彻夜|24小时|二十四小时|夜夜|一到(?:晚上|夜里|下雨|夏天|早上|半夜)|隔三差五"
    r"|三天两头|多次|屡次|全天候|从早到晚"
)
_CLOCK: Final = (
    r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|半夜|午夜|早|晚)?"
    r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点(?:钟|半|多|\d{1,2}分?)?|时(?!间|候|常)|:\d{2})"
)
_HOURS: Final = re.compile(
    rf"{_CLOCK}(?:左右|多)?(?:(?:一直)?(?:到|至|-|~|—)(?:第二天|次日)?{_CLOCK})?|半夜(?:三更)?|凌晨(?!\d"
    rf"|[一二三四五六])|深更半夜|夜深人静|午休(?:时间)?|深夜|夜间(?!噪)|大晚上|晚上(?!\d|[一二三四五六七八九十])"
)
_ASKS: Final = re.compile(
    r"(?:希望|恳请|请求|恳求|要求|强烈要求|望|盼|请(?!问|假|客|来|了|过|人|到|原|吃)|请问|建议|呼吁|拜托"
    r"|烦请|敬请|盼望|求(?!证|购|职|学|医|助))"
    r"[^。!?;\n]{3,160}"
)
_HARM: Final = re.compile(
    r"(?:严重)?(?:影响|危害|损害|侵害|威胁)[^。,;!?\n]{0,30}(?:生活|休息|健康|身体|睡眠|学习|安全|环境"
    r"|居民|村民|孩子|老人)|(?:无法|不能|难以)(?:入睡|入眠|正常生活|开窗|休息|睡|忍受)|(?:不敢|没法)开窗"
    r"|睡不着|头晕|恶心|咳嗽|苦不堪言|民不聊生|呕吐|失眠|生病"
)
_TARGET: Final = re.compile(
    rf"[{HAN}a-z0-9()·]{{2,20}}?(?:公司|集团|加工厂|化工厂|搅拌站|养殖场|养猪场|工厂|厂|酒店|饭店|餐馆"
    rf"|烧烤店|烧烤摊|夜宵摊|ktv|酒吧|工地|施工队|施工单位|污水处理厂|垃圾站|填埋场|电厂|砖厂|石料厂|作坊"
    rf"|门店|超市|汽修厂|洗车店|矿|茶楼|歌厅|幼儿园)"
)
_TARGET_LEADS: Final = re.compile(
    r"^.*(?:附近|旁边|对面|楼下|隔壁|门口|一家|有个|有一个|一个|举报|投诉|反映|因为|由于|请问|关于|的|是"
    r"|在|被|有|和|与|及|对|向|到|至|让|了|督促|靠近?|禁止|造成|许多|很多|不少|但是?|叫|名为|名叫)"
)
_STREET: Final = re.compile(r"省|市|区|县|街道|镇|乡|村|小区|社区|路|号")


@dataclass(frozen=True, slots=True)
class ComplaintLetter:
    """What a complaint says; None or empty where it does not.

    `media` are of `smell`, `noise`, `water`, `dust`, `smoke`, `waste`, `radiation`, `light`, `ecology`, most often
    named first.
    `when` are days and periods (ISO), `hours` times of day as written, `lasting` how long (ISO length) or since when.
    The complainant is masked.
    """

    complainant: Field | None = None
    media: tuple[Field, ...] = ()
    targets: tuple[Field, ...] = ()
    places: tuple[Field, ...] = ()
    when: tuple[Field, ...] = ()
    hours: tuple[Field, ...] = ()
    frequency: tuple[Field, ...] = ()
    lasting: Field | None = None
    harms: tuple[Field, ...] = ()
    asks: tuple[Field, ...] = ()


def read_complaint(
    text: str, *, written: date | None = None, mentions: Sequence[Mention] | None = None
) -> ComplaintLetter:
    """Return what a complaint says; a text of another kind gives few fields or none.

    `mentions` may hold names found before (`enterprise`, `place`): they go before what patterns find.
    """
    page = open_page(text, find_identifiers(text, written=written) if mentions is None else mentions)
    return ComplaintLetter(
        complainant=masked_person(page, _WHO),
        media=_media(page),
        targets=_targets(page),
        places=_places(page),
        when=_when(page),
        hours=_each(page, _HOURS),
        frequency=_each(page, _OFTEN),
        lasting=_lasting(page),
        harms=_each(page, _HARM),
        asks=_each(page, _ASKS, limit=8),
    )


def _each(page: Page, pattern: re.Pattern[str], *, limit: int = 12) -> tuple[Field, ...]:
    """Return what a pattern finds, each wording once, in the order of the text."""
    found: dict[str, Field] = {}
    for match in pattern.finditer(page.text):
        found.setdefault(match[0], page.field(*match.span()))
        if len(found) >= limit:
            break
    return tuple(found.values())


def _media(page: Page) -> tuple[Field, ...]:
    counted: list[tuple[int, Field]] = []
    for name, pattern in _MEDIA:
        matches = list(re.finditer(pattern, page.text))
        if matches:
            counted.append((len(matches), page.field(*matches[0].span(), value=name, times=float(len(matches)))))
    return tuple(field for _, field in sorted(counted, key=lambda each: (-each[0], each[1].start)))


def _targets(page: Page) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for mention in page.labelled("enterprise"):
        found.setdefault(mention.text, page.of_mention(mention, mention.text))
    for match in () if found else _TARGET.finditer(page.text):
        start, end = match.span()
        if whole := ENTERPRISE.match(match[0]):
            end = start + whole.end()
        lead = _TARGET_LEADS.match(page.text[start:end])
        if lead and lead.end() < end - start - 1:
            start += lead.end()
        if end - start >= 3:
            field = page.field(start, end)
            found.setdefault(str(field.value), field)
        if len(found) >= 6:
            break
    return tuple(found.values())


def _places(page: Page) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for start, end in labelled_values(page, r"(?:事发|投诉|举报|详细|被投诉|现场)?(?:地址|地点|位置)"):
        field = page.field(start, end)
        found.setdefault(str(field.value), field)
    for mention in page.labelled("place"):
        found.setdefault(mention.text, page.of_mention(mention, mention.text))
    for match in _WHERE.finditer(page.text):
        name = "place" if match["place"] else "head"
        field = page.field(*match.span(name))
        if len(_STREET.findall(str(field.value))) or name == "place":
            found.setdefault(str(field.value), field)
        if len(found) >= 6:
            break
    return tuple(found.values())


def _when(page: Page) -> tuple[Field, ...]:
    found: dict[object, Field] = {}
    for mention in page.mentions:
        value = mention.values.get("date") or mention.values.get("start")
        if mention.label in ("date", "period") and value and "duration" not in mention.values:
            end = mention.values.get("end")
            shown = f"{value}/{end}" if mention.label == "period" and end else value
            found.setdefault(shown, page.of_mention(mention, shown))
    return tuple(found.values())[:12]


def _lasting(page: Page) -> Field | None:
    for mention in page.labelled("period"):
        place = page.place(mention.start)
        before, after = page.text[max(0, place - 6) : place], page.text[page.place(mention.end - 1) + 1 :][:4]
        if duration := mention.values.get("duration"):
            if (
                re.search(r"已|持续|长达|连续|近|快|经$", before + mention.text)
                or re.match(r"以来|来|了", after)
                or mention.text.endswith("来")
            ):
                return page.of_mention(mention, duration)
        elif mention.values.get("start") and re.search(r"以来|至今|起|开始", mention.text):
            return page.of_mention(mention, f"since {mention.values['start']}")
    return None
