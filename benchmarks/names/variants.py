"""Variants of one name that a register may hold, and names that look alike and are others': documented and seeded.

Variants: `as-it-is`; `width` brackets, Latin letters and stray spaces; `script` Traditional or Simplified;
`legal` another or no legal form; `short` brand, brand and trade, or region and brand; `initials` one character of
each part; `no-region`; `moved-region` into brackets behind the brand, or with its kind; `district` named as well;
`homophone`, `look-alike`, `left-out`, `doubled`, `swapped` characters; `site` and `branch` behind the name or in
brackets; `renamed` another form, a longer trade, a group; `former` a new name with the old one in brackets;
`english`; `two` of these.

Others: `other-city` the same brand and trade elsewhere; `sister` the same brand and place in another trade;
`near-brand` one character of the brand another that neither sounds nor looks like it; `other-number` the second
works for the first; `neighbour` another real firm of the same trade and place; `sister-city` another trade elsewhere.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import opencc

from graph.resolve.names.characters import look_alike_groups, sound
from graph.resolve.names.english import english_trades, foreign_brands
from graph.resolve.names.parser import parse_organisation
from graph.resolve.names.parts import OrganisationName
from graph.resolve.names.vocabulary import GENERAL_TRADES
from graph.resolve.names.word_lists import words_in

CITIES: Final = words_in(
    "北京 天津 重庆 南京 苏州 无锡 常州 南通 扬州 镇江 徐州 杭州 宁波 温州 嘉兴 绍兴 台州 合肥 芜湖 福州 厦门",
    "泉州 南昌 济南 青岛 烟台 潍坊 郑州 洛阳 武汉 长沙 广州 深圳 佛山 东莞 惠州 中山 成都 西安 沈阳 大连 长春",
    "哈尔滨 昆明 贵阳 兰州 太原 石家庄 唐山 昆山 江阴 张家港 义乌",
)
TAIWAN: Final = words_in(
    "台北 新北 桃园 台中 台南 高雄 基隆 新竹 嘉义 苗栗 彰化 南投 云林 屏东 宜兰 花莲 台东",
)
DISTRICTS: Final = ["嘉定", "松江", "青浦", "奉贤", "金山", "宝山", "闵行", "浦东"]
SITES: Final = words_in(
    "一厂 二厂 三厂 东厂区 西厂区 南厂区 北厂区 新厂 老厂 一分厂 二分厂 第一分厂 临港厂区 新港厂区 曹路厂区",
    "张江基地 城北污水处理厂 老港加油站 第二生产基地 一车间 一期 二期",
)
BRANCHES: Final = words_in(
    "分公司 嘉定分公司 苏州分公司 华东分公司 第一分公司 浦东分公司 销售分公司 新竹分公司 高雄分公司",
)
TRADES: Final = words_in(
    "电镀 化工 涂料 机械 电子 食品 印染 造纸 水泥 钢铁 塑料 制药 贸易 物流 房地产 环保 纺织 金属制品 建材 能源",
    "投资 物业管理 酒店 广告",
)
_S2T: Final = opencc.OpenCC("s2tw")
_T2S: Final = opencc.OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Variant:
    """A name derived from another: how, and whether it is still the same enterprise."""

    name: str
    kind: str
    same: bool


Maker = Callable[[random.Random, str, OrganisationName], str | None]


def simplified(name: str) -> str:
    """Return the simplified name with half-width brackets, from which parts are put together again."""
    return str(_T2S.convert(name)).replace("（", "(").replace("）", ")")


def _width(rng: random.Random, name: str, _parts: OrganisationName) -> str:
    swapped = name.translate(str.maketrans("（）()", "()（）"))
    if swapped == name or rng.random() < 0.4:
        at = rng.randrange(1, len(swapped))
        swapped = swapped[:at] + rng.choice(" \u3000") + swapped[at:]
    if rng.random() < 0.5:
        swapped = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in swapped)
    return swapped


def _script(_rng: random.Random, name: str, _parts: OrganisationName) -> str | None:
    plain = str(_T2S.convert(name))
    turned = plain if plain != name else str(_S2T.convert(name))
    return turned if turned != name else None


def _legal(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if parts.form != "company" or not parts.legal:
        return None
    others = ["有限公司", "有限责任公司", "股份有限公司", "公司", "", "股份公司", "(股)公司", "有限公"]
    plain = simplified(name)
    return (
        plain.replace(parts.legal, rng.choice([o for o in others if o != parts.legal]), 1)
        if parts.legal in plain
        else None
    )


def _short(rng: random.Random, _name: str, parts: OrganisationName) -> str | None:
    region = parts.regions[0] if parts.regions else ""
    if len(parts.brand) < 2:
        return None
    special = [word for word in parts.trades if word not in GENERAL_TRADES]
    forms = [parts.brand + parts.trade, region + parts.brand + parts.trade, region + parts.brand]
    forms += [
        parts.brand + (special or list(parts.trades) or [""])[0],
        parts.brand + "公司",
        parts.brand + parts.trade + "公司",
    ]
    forms += [parts.brand] if len(parts.brand) >= 3 or rng.random() < 0.5 else []
    return rng.choice(forms)


def _initials(rng: random.Random, _name: str, parts: OrganisationName) -> str | None:
    region = parts.regions[0] if parts.regions else ""
    if len(parts.brand) >= 2 and parts.trades:
        return parts.brand[0] + parts.trades[0][0] + rng.choice(["", "公司", "股份"])
    return region[0] + parts.trades[0][0] + "公司" if region and parts.trades and not parts.brand else None


def _no_region(_rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if not parts.regions or len(parts.core) < 3:
        return None
    kept = simplified(name)
    for region in parts.regions:
        for written in (f"({region})", f"{region}市", f"{region}县", f"{region}省", region):
            if written in kept:
                kept = kept.replace(written, "", 1)
                break
    return kept


def _moved_region(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if len(parts.regions) != 1 or not parts.brand or parts.place or parts.former:
        return None
    region = parts.regions[0]
    plain = simplified(name)
    if f"({region})" in plain:
        return region + plain.replace(f"({region})", "")
    if plain.startswith(region) and not plain.startswith(region + "市"):
        rest = plain[len(region) :]
        return rng.choice([rest.replace(parts.legal, f"({region}){parts.legal}", 1), f"{region}市{rest}"])
    return None


def _district(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if parts.regions != ("上海",) or not name.startswith("上海") or name.startswith("上海市"):
        return None
    district = rng.choice(DISTRICTS)
    return f"上海{rng.choice(['', '市'])}{district}{rng.choice(['', '区'])}{name[2:]}"


@cache
def _sounding() -> dict[str, list[str]]:
    common = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    in_use = [c for c in common if _is_common(c)]
    found: dict[str, list[str]] = {}
    for character in in_use:
        found.setdefault(sound(character), []).append(character)
    return found


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2 and character.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def _places(parts: OrganisationName) -> list[int]:
    """Return where characters of brand and trade stand in the core."""
    return [at for at in range(len(parts.core)) if "\u4e00" <= parts.core[at] <= "\u9fff"]


def with_core(name: str, parts: OrganisationName, core: str) -> str | None:
    """Return a name with another core, None where the name proper does not stand in one piece or stays the same."""
    plain = simplified(name)
    return plain.replace(parts.core, core, 1) if parts.core and parts.core in plain and core != parts.core else None


def _homophone(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    places = _places(parts)
    rng.shuffle(places)
    for at in places:
        same = [c for c in _sounding().get(sound(parts.core[at]), []) if c != parts.core[at]]
        if same:
            return with_core(name, parts, parts.core[:at] + rng.choice(same) + parts.core[at + 1 :])
    return None


@cache
def _alike() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in look_alike_groups():
        for character in group:
            found.setdefault(character, []).extend(c for c in group if c != character)
    return found


def _look_alike(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    places = [at for at in _places(parts) if _alike().get(parts.core[at])]
    if not places:
        return None
    at = rng.choice(places)
    return with_core(name, parts, parts.core[:at] + rng.choice(_alike()[parts.core[at]]) + parts.core[at + 1 :])


def _left_out(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if len(parts.core) < 4:
        return None
    at = rng.choice(range(len(parts.core)))
    return with_core(name, parts, parts.core[:at] + parts.core[at + 1 :])


def _doubled(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if len(parts.core) < 2:
        return None
    at = rng.choice(range(len(parts.core)))
    return with_core(name, parts, parts.core[: at + 1] + parts.core[at:])


def _swapped(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if len(parts.core) < 3:
        return None
    at = rng.randrange(len(parts.core) - 1)
    return with_core(name, parts, parts.core[:at] + parts.core[at + 1] + parts.core[at] + parts.core[at + 2 :])


def _site(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if parts.form != "company" or parts.place:
        return None
    site = rng.choice(SITES)
    return f"{name}（{site}）" if rng.random() < 0.5 else name + site


def _branch(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    return name + rng.choice(BRANCHES) if parts.form == "company" and not parts.place else None


def _renamed(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    plain = simplified(name)
    if parts.form == "works":
        return plain[: -len(parts.legal)] + rng.choice(["有限公司", "制造有限公司", "有限责任公司", "总厂"])
    if parts.form != "company" or parts.place or len(parts.brand) < 2 or parts.legal not in plain:
        return None
    ways = [plain.replace(parts.legal, added + "有限公司", 1) for added in ("科技", "实业", "新材料", "集团", "(集团)")]
    if parts.trades and len(parts.trades) > 1:
        ways.append(plain.replace(parts.trades[-1] + parts.legal, parts.legal, 1))
    return rng.choice(ways)


def _former(rng: random.Random, name: str, parts: OrganisationName) -> str | None:
    if parts.form not in ("company", "works") or parts.place or not parts.brand:
        return None
    brand = "".join(rng.choice("宏达永兴华盛金泰新源恒瑞嘉利") for _ in range(2))
    now = f"{''.join(parts.regions[:1])}{brand}{parts.trade}有限公司"
    return f"{now}（{rng.choice(['原', '原名', '曾用名：', '原名称：'])}{name}）"


@cache
def _into_english() -> tuple[dict[str, str], dict[str, str]]:
    return {zh: en for en, zh in reversed(english_trades().items())}, {
        zh: en for en, zh in reversed(foreign_brands().items())
    }


def _english(rng: random.Random, _name: str, parts: OrganisationName) -> str | None:
    trades, brands = _into_english()
    words = [trades[word] for word in parts.trades if word in trades]
    if parts.form != "company" or not parts.brand or not words or parts.place:
        return None
    brand = brands.get(parts.brand, sound(parts.brand)).title()
    region = sound(parts.regions[0]).title() if parts.regions else ""
    head = f"{region} {brand}" if rng.random() < 0.6 else f"{brand} ({region})" if region else brand
    return f"{head} {' '.join(words).title()} {rng.choice(['Co., Ltd.', 'Co.,Ltd', 'Company Limited', 'Ltd'])}".strip()


def _as_it_is(_rng: random.Random, name: str, _parts: OrganisationName) -> str:
    return name


VARIANTS: Final[dict[str, Maker]] = {
    "as-it-is": _as_it_is,
    "width": _width,
    "script": _script,
    "legal": _legal,
    "short": _short,
    "initials": _initials,
    "no-region": _no_region,
    "moved-region": _moved_region,
    "district": _district,
    "homophone": _homophone,
    "look-alike": _look_alike,
    "left-out": _left_out,
    "doubled": _doubled,
    "swapped": _swapped,
    "site": _site,
    "branch": _branch,
    "renamed": _renamed,
    "former": _former,
    "english": _english,
}
_SECOND: Final = ("width", "script", "no-region", "moved-region", "legal")


def variants(name: str, rng: random.Random, *, count: int) -> list[Variant]:
    """Return up to `count` variants of a name, of different kinds where it admits them."""
    parts = parse_organisation(name)
    kinds = list(VARIANTS)
    rng.shuffle(kinds)
    found = []
    for kind in kinds:
        made = VARIANTS[kind](rng, name, parts)
        if not made or (made == name and kind != "as-it-is") or len(made) < 2:
            continue
        label = kind
        if rng.random() < 0.25 and kind not in ("as-it-is", "short", "initials", "english", "former"):
            twice = VARIANTS[rng.choice(_SECOND)](rng, made, parse_organisation(made))
            if twice and twice != name:
                made, label = twice, "two"
        found.append(Variant(made, label, True))
        if len(found) == count:
            break
    return found
