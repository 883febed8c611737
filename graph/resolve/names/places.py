"""Places that names begin with or have in brackets, and the codes of the regions they may be."""

from functools import cache
from typing import Final

from graph.resolve.names.word_lists import words_in
from ontology.values.region import region_names, region_prefixes

_SUFFIXES: Final = ("特别行政区", "自治区", "自治州", "自治县", "地区", "新区", "省", "市", "区", "县", "盟", "旗")
_TAIWAN: Final = words_in(
    "台湾 台北 新北 桃园 台中 台南 高雄 基隆 新竹 嘉义 苗栗 彰化 南投 云林 屏东 宜兰 花莲 台东 澎湖 金门 连江",
    "马祖",
)
_WIDE: Final = ("中国", "中华", "全国", "大中华区", "亚洲", "亚太", "亚太区", "国际", "香港", "澳门")
"""Places in brackets that say nothing of which enterprise of a group is meant within China."""
_ZONES: Final = (
    "自由贸易试验区",
    "自贸试验区",
    "自贸区",
    "经济技术开发区",
    "高新技术产业开发区",
    "经济开发区",
    "高新区",
    "开发区",
)
_NOT_BY_STEM: Final = frozenset(
    words_in(
        "东方 长安 新华 和平 鼓楼 永安 金山 宝山 新民 光明 东风 吉安 海门 三河 永康 安国 东台 大安 福清 福安 长乐",
        "龙海 龙口 东阳 新乐 华阴 兴平 新兴 凌海 调兵山 开原 北镇 盖州 灯塔 高平 永济 汇川 恩平 化州 信宜 新密",
    )
)
"""Short names of counties that are more often a brand."""
_LONGEST: Final = 10


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Return the code prefixes of every place name, full and short; () for places outside GB/T 2260."""
    found: dict[str, set[str]] = {name: set() for name in (*_TAIWAN, *_WIDE)}
    for name, regions in region_names().items():
        for region in regions:
            found.setdefault(name, set()).add(region.prefix)
            stem = short_name(name)
            # A county-level city goes by its short name (昆山, 江阴); a district's is only read behind its city.
            if stem != name and (region.level < 3 or (name.endswith("市") and stem not in _NOT_BY_STEM)):
                found.setdefault(stem, set()).add(region.prefix)
    for name in region_prefixes():
        found.setdefault(name, set())
    for name in _TAIWAN:
        found[name] = {"71" + f"{_TAIWAN.index(name):02d}"} if name != "台湾" else {"71"}
        found.update({f"{name}{suffix}": found[name] for suffix in ("市", "县", "省")})
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


@cache
def _districts() -> dict[tuple[str, str], str]:
    """Return the code prefix of a district by its short name and the code prefix of its province or city."""
    found: dict[tuple[str, str], str] = {}
    for name, regions in region_names().items():
        stem = short_name(name)
        for region in regions:
            if region.level == 3 and stem != name and len(stem) > 1:
                found.setdefault((stem, region.prefix[:2]), region.prefix)
                found.setdefault((stem, region.prefix[:4]), region.prefix)
    return found


@cache
def _known() -> frozenset[str]:
    """Return everything that may be a place, so that most pieces of a name are told at once to be none."""
    return frozenset(_by_name()) | {stem for stem, _ in _districts()}


def short_name(name: str) -> str:
    """Return the name of a place without its kind: 上海市 is 上海; of two characters nothing is taken."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name


def codes_of(name: str, within: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    """Return the code prefixes of a place, () where it has none, None where `name` is no place known.

    `within` are prefixes of the place named before: only there a district goes by its short name.
    """
    found = _by_name().get(name)
    if found is None:
        inside = tuple(sorted({code for outer in within if (code := _districts().get((name, outer)))}))
        return inside or None
    narrowed = tuple(code for code in found if any(code.startswith(outer) for outer in within))
    return narrowed if narrowed else found


def is_wide(name: str) -> bool:
    """Tell whether a place is so wide that it tells no enterprise of a group from another."""
    return name in _WIDE


def leading_places(text: str, *, keep: int = 2) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return (short names of the places a name begins with, their code prefixes, the rest).

    At least `keep` characters are left: 上海 alone is no place before a name but the name itself.
    """
    names: list[str] = []
    codes: tuple[str, ...] = ()
    rest = text
    while step := _step(rest, codes, names=names, keep=keep):
        length, inside = step
        names.append(short_name(rest[:length]))
        codes = inside or codes
        rest = rest[length:]
        for zone in _ZONES:
            if rest.startswith(zone) and len(rest) - len(zone) >= keep:
                rest = rest[len(zone) :]
    return tuple(names), codes, rest


def _step(rest: str, codes: tuple[str, ...], *, names: list[str], keep: int) -> tuple[int, tuple[str, ...]] | None:
    if len(names) == 3:
        return None
    known = _known()
    for length in range(min(_LONGEST, len(rest) - keep), 1, -1):
        piece = rest[:length]
        if piece not in known:
            continue
        found = codes_of(piece, codes)
        if found is None or piece in _WIDE:
            continue
        # Behind one place only places inside it are read: 上海南京西路… is no firm of Nanjing.
        if codes and found and not any(code.startswith(outer) for code in found for outer in codes):
            continue
        return length, found
    return None
