"""What people write when something harms the environment: by kind, the words that say so, and what must stand near.

A kind is medium and form: `noise/construction`. The media are those of the laws (噪声污染防治法, 大气污染防治法,
水污染防治法, 固体废物污染环境防治法, 土壤污染防治法, 放射性污染防治法), the four forms of noise those of 噪声污染防治法
(2021). Words come from the tuning half of annotated complaints and from the taxonomy of complaints.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NEAR: Final = 45
"""Characters within which the two parts of a rule must stand: a sentence or two."""

_LOUD: Final = (
    r"噪[音声杂]|燥音|嗓声|嘈杂|轰鸣|喧哗|刺耳|分贝|尖锐|鸣笛|鸣叫|吵(?!架|闹着)|(?<!油烟)(?<!气味)(?<!臭味)扰民|通宵|(?:昼|日)夜施工"
    r"|声音?.{0,6}大|动静.{0,6}大|隔音|(?:施工|作业|营业|唱歌?|跳|弹琴).{0,8}(?:凌晨|半夜|深夜|\d+点)"
    r"|(?:凌晨|半夜|深夜|夜间|晚上|夜晚).{0,14}(?:施工|作业|营业|唱歌|弹琴|跳舞|打麻将|开工)|24小时.{0,4}(?:施工|营业|作业)"
    r"|睡(?:不[着好了]|觉|眠)|(?:无法|不能|影响|打扰).{0,10}(?:休息|入睡|睡眠)"
)
_BUILDING: Final = r"施工|工地|打桩|挖掘机|挖机|浇[筑灌]|泵车|打混凝土|钻地|电钻|修路|在建|开工|装修"
_DRIVING: Final = (
    r"高速(?!发展)|高铁|铁路|火车|渣土车|拖土车|大货车|货车|车流|行车|飙车|摩托车|轻轨|机场|飞机|航班|交通噪"
    r"|隔音[板屏墙]|鸣笛"
)
_LIVING: Final = (
    r"KTV|ktv|歌厅|歌城|娱乐城|酒吧|麻将|棋牌|广场舞|跳舞|步舞|健身舞|音响|音箱|喇叭|广播|唱歌|夜宵|宵夜|烧烤"
    r"|餐[馆厅饮]|饭店|店[铺内家]?|门面|商铺|空调|水泵|电梯|弹琴|培训机构|幼儿园|学校|中学|小学|烟花|爆竹|鞭炮"
    r"|葬礼|灵堂|垃圾站|酒店|民宿|会所|叫卖|油烟机|邻居|楼上|物业|小贩|狗[叫吠]|音乐"
)
_MAKING: Final = (
    r"搅拌[站厂]|工厂|厂房|[^商广]厂(?!家|宿舍|家属)|加工[店厂点]|切割|机械厂|砂石|洗砂|制砂|破碎|砖厂|矿山|采石|水厂"
    r"|供水公司|变压器|印刷|车间|锅炉|基站|冲床"
)
_HARM: Final = r"辐射|健康|安全|危害|威胁|反对|距离|居民|学校|小区|住[户房宅]|米|拆除|抗议|担心"


@dataclass(frozen=True, slots=True)
class Rule:
    """`says` finds the words; where `near` is given, it must be found within `NEAR` characters of them."""

    says: re.Pattern[str]
    near: re.Pattern[str] | None = None
    surely: bool = True
    """False where the words alone may be about something else: they count only beside a text that is about harm."""


def _rule(says: str, near: str = "", *, surely: bool = True) -> Rule:
    return Rule(re.compile(says), re.compile(near) if near else None, surely)


RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "noise/construction": (_rule(_BUILDING, _LOUD),),
    "noise/traffic": (_rule(_DRIVING, _LOUD),),
    "noise/social": (_rule(_LIVING, _LOUD),),
    "noise/industry": (_rule(_MAKING, r"噪[音声杂]|燥音|轰鸣|刺耳|嗡嗡?|分贝|昼夜|日夜|吵|扰民|声音?.{0,6}大"),),
    "noise": (_rule(r"噪[音声]|燥音|嗓声"),),
    "air/cooking-fumes": (
        _rule(r"油烟(?!机|管道存)|厨房烟|烧烤.{0,6}[烟熏]|餐饮.{0,8}废气"),
        _rule(r"排?烟[管道]|直排|烟[味囱]", r"餐|饭店|油|烧烤|夜宵|炒|厨"),
    ),
    "air/odour": (
        _rule(r"恶臭|[发奇酸腥腐焦]臭|臭[味气不烘熏]|(?:又|很|太|真的太|好|特别)臭|臭(?:死|得)|异味|刺鼻|难闻|熏[得死人天]|油漆味|作呕"),
        _rule(r"气味|怪味|味道?", r"工厂|[^商广]厂|垃圾|养[殖猪鸡]|喷漆|污|化工|呛|头[痛晕]|呕"),
    ),
    "air/dust": (_rule(r"粉尘|扬尘|飞尘|尘土|尘埃|灰尘|满天灰|灰雾|滚泥巴|煤灰"),),
    "air/smoke": (_rule(r"焚烧(?!厂|发电|站|炉|项目|设施)|烧(?:垃圾|塑料|柴|稻|秸秆)|黑烟|浓烟|烟雾缭绕"),),
    "air/exhaust": (_rule(r"废气|毒气|尾气|有[毒害]气体|高硫|二氧化硫|氮氧化物|VOCs?|甲醛(?!检测)"),),
    "air/haze": (_rule(r"雾霾|PM2\.?5|空气质量|大气污染"),),
    "water/sewage": (
        _rule(r"废水|偷排(?!废气|烟|臭气|毒气)|直排.{0,6}(?:河|江|湖|沟|塘)|粪[水便].{0,8}排|排污(?!许可|权|泵)|污水.{0,8}(?:排|流|横|溢|臭|未经|直)|臭水"),
    ),
    "water/water-body": (
        _rule(r"黑臭水体|(?:河|湖|塘|水库|渠|溪|江|港|水)(?:道|水|面|流)?.{0,8}(?:被?污染|发黑|发臭|恶臭|黑臭|变[黑臭])"),
        _rule(r"水源.{0,8}(?:污染|破坏|保护区)|地下水.{0,6}污染|污染.{0,6}(?:水源|水库|河[流道]|水域)"),
    ),
    "waste/garbage": (
        _rule(r"垃圾.{0,2}(?:站|中转|焚烧|填埋|堆|场|箱|成[堆山]|遍地|就地|无人|臭|转运|未清|清运|乱[倒扔])|(?:倾倒|乱倒|丢弃).{0,10}垃圾|垃圾分类"),
    ),
    "waste/rubble": (_rule(r"建筑垃圾|装修垃圾|渣土.{0,8}(?:倾倒|填埋|堆|乱倒|倒在)"
            r"|(?:倾倒|偷倒|堆放).{0,6}(?:渣土|余泥|淤泥)"),),
    "waste/hazardous": (_rule(r"危险废物|危废|医疗(?:废物|垃圾|废水)|废机油|废矿物油|砷碱渣|[废矿]渣|尾矿"
            r"|化工废料|废旧?轮胎炼油"),),
    "soil": (_rule(r"土壤.{0,4}污染|污染.{0,4}(?:农?田|土地|耕地)|(?:农?田|耕地|土地).{0,6}(?:被污染|受污染)"
            r"|重金属.{0,6}超标"),),
    "radiation/power-line": (
        _rule(r"高压(?:线|电|输|走廊)|特高压|变电站|变压器|输电|\d{2,4}\s?(?:kv|KV|kV|千伏)", _HARM),
        _rule(r"电磁(?:辐射|场|污染)"),
    ),
    "radiation/base-station": (_rule(r"基站|信号塔|发射塔", r"辐射|健康|反对|拆除|危害|居民区|投诉"),),
    "light": (_rule(r"光污染|灯光?.{0,12}(?:太[强亮]|刺眼|强烈|晃眼)|玻璃幕墙.{0,8}反光|招牌灯"),),
    "ecology": (
        _rule(r"电鱼|毁林|砍伐|滥伐|采石场|采砂|挖沙|挖山|炸山|捕鸟|捕猎|野生动物|河道.{0,6}(?:填|侵占)|破坏.{0,6}(?:生态|湿地|植被|山体)"),
        _rule(r"生态(?:环境)?.{0,6}(?:破坏|被毁|恶化)|湿地.{0,8}(?:破坏|填埋|侵占)|水土流失"),
    ),
    "approval": (_rule(r"环评|环境(?:影响)?评[价估]|未批先建|未验先投|排污许可|环保(?:手续|审批|验收|许可|批文)"),),
    "administration": (_rule(r"环保(?:局|部门|关停|执法|督察|督查|检查|政策)|生态环境局", surely=False),),
}  # fmt: skip
"""Kinds and the rules of which one suffices."""

NOTHING_DONE_BY: Final = re.compile(r"(?:无|没有?|不会?产生|并非|降低|减少|控制|消除|杜绝)[^，。；]{0,4}$")
"""Before the words: what is denied does not count (无噪音, 没有异味)."""
