"""Why two records are taken for one or not: each kind of evidence in words, Chinese and English, with its share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.resolve.matching.compare import Pair
from graph.resolve.matching.model import FEATURES, Model
from graph.resolve.names.parts import OrganisationName

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text_same", "core_same", "core_slip", "core_within", "text_like", "core_like", "latin_one"),
    "brand": (
        *("brand_same", "brand_sound", "brand_glyph", "brand_slip", "brand_within", "brand_initials", "brand_shifted"),
        "brand_inside",
        *("brand_differs", "brand_missing", "brand_none", "slip_short"),
    ),
    "trade": (
        *(
            "trade_same",
            "trade_within",
            "trade_general",
            "trade_shared",
            "trade_differs",
            "trade_missing",
            "trade_none",
        ),
        "trade_differs_region_differs",
    ),
    "region": ("region_same", "region_nested", "region_differs", "region_missing", "region_wide"),
    "form": ("form_same", "form_company", "form_changed", "form_differs", "form_missing", "group_differs"),
    "part": ("part_same", "part_one", "part_differs"),
    "number": ("number_differs", "number_missing"),
    "former": ("former",),
    "whole": ("agree_whole", "agree"),
    "common": ("bare", "brand_shared", "bare_shared", "region_missing_shared", "trade_missing_shared", "initials_bare"),
    "uscc": ("uscc_same", "uscc_differs"),
    "org_code": ("body_same", "body_differs"),
    "source_code": ("source_same",),
    "permit": ("permit_same",),
    "address": ("address_same", "address_road", "address_differs"),
    "distance": ("near", "far"),
    "industry": ("industry_same", "industry_differs"),
    "telephone": ("telephone_same",),
    "person": ("person_same",),
}
"""Features that are told together: of each group the one that holds is named, and their shares are added."""

_PLACES: Final = {name: place for place, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Reason:
    """What one kind of evidence says: `share` is added to the log-odds, `query` and `candidate` were compared."""

    group: str
    share: float
    zh: str
    en: str
    query: str
    candidate: str


def explain(pair: Pair, *, model: Model) -> tuple[Reason, ...]:
    """Return the reasons of a comparison, most telling first; what one record lacks is no reason."""
    reasons = []
    for group, names in GROUPS.items():
        present = [name for name in names if pair.features[_PLACES[name]]]
        told = [name for name in present if name in WORDS]
        if not told:
            continue
        share = sum(pair.features[_PLACES[name]] * float(model.weights[_PLACES[name]]) for name in present)
        zh, en = WORDS[told[0]]
        shown = _SHOWN.get(group)
        ours, theirs = (shown(pair.one), shown(pair.other)) if shown else ("", "")
        reasons.append(Reason(group, round(share, 2), zh, en, ours, theirs))
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.share), reason.group)))


_SHOWN: Final[Mapping[str, Callable[[OrganisationName], str]]] = {
    "text": lambda name: name.text,
    "brand": lambda name: name.brand,
    "trade": lambda name: name.trade,
    "region": lambda name: "".join(name.regions),
    "form": lambda name: name.legal,
    "part": lambda name: name.place,
    "number": lambda name: "、".join(name.numbers),
    "former": lambda name: name.text,
}

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "text_same": ("名称整体相同", "the names are the same as a whole"),
    "core_same": ("名称主体相同", "the names proper are the same"),
    "core_slip": ("名称主体仅差一处笔误", "the names proper differ by one slip"),
    "core_within": ("一名称为另一名称的略写", "one name is the other with characters left out"),
    "text_like": ("名称文字相近程度", "how alike the names are as a whole"),
    "brand_same": ("字号相同", "the same brand"),
    "brand_sound": ("字号同音", "brands that sound the same"),
    "brand_glyph": ("字号形近", "brands that look the same"),
    "brand_slip": ("字号仅差一字，似笔误", "brands that differ by a slip"),
    "brand_within": ("一字号包含另一字号", "one brand begins with the other"),
    "brand_initials": ("字号为简称", "one brand is short for the other"),
    "brand_shifted": ("字号断开处不同，文字相合", "the same brand, divided otherwise"),
    "brand_inside": ("一字号在另一字号之中", "one brand stands inside the other"),
    "brand_differs": ("字号不同", "different brands"),
    "brand_missing": ("一方无字号", "one name has no brand"),
    "brand_none": ("双方均无字号", "neither name has a brand"),
    "trade_same": ("行业相同", "the same trade"),
    "trade_within": ("一方行业包含另一方", "one trade includes the other"),
    "trade_general": ("行业用语笼统", "trades in general words"),
    "trade_differs": ("行业不同", "different trades"),
    "trade_missing": ("一方未写行业", "one name gives no trade"),
    "trade_none": ("双方均未写行业", "neither name gives a trade"),
    "region_same": ("地区相同", "the same region"),
    "region_nested": ("一方地区在另一方之内", "one region lies in the other"),
    "region_differs": ("地区不同", "different regions"),
    "region_missing": ("一方未写地区", "one name gives no region"),
    "region_wide": ("一方冠以中国等大区域", "one name has a wide place such as China"),
    "form_same": ("组织形式相同", "the same legal form"),
    "form_company": ("公司形式写法不同", "legal forms of a company, written otherwise"),
    "form_changed": ("组织形式可由改制而来", "legal forms that follow one another"),
    "form_differs": ("组织形式不同类", "legal forms of different kinds"),
    "form_missing": ("一方未写组织形式", "one name gives no legal form"),
    "part_same": ("分支或厂区相同", "the same branch or site"),
    "part_one": ("一方写明分支或厂区", "one name gives a branch or site"),
    "part_differs": ("分支或厂区不同", "different branches or sites"),
    "number_differs": ("序号不同", "different numbers"),
    "number_missing": ("一方无序号", "one name has no number"),
    "former": ("与曾用名相符", "one is a former name of the other"),
    "agree_whole": ("字号、行业、地区各部分均相符", "brand, trade and region all agree"),
    "agree": ("各部分互不矛盾", "no part contradicts another"),
    "bare": ("一方只写字号", "one name is a mere brand"),
    "brand_shared": ("多家单位用此字号", "several bodies bear this brand"),
    "uscc_same": ("统一社会信用代码相同", "the same credit code"),
    "uscc_differs": ("统一社会信用代码不同", "different credit codes"),
    "body_same": ("组织机构代码相同", "the same organisation code"),
    "body_differs": ("组织机构代码不同", "different organisation codes"),
    "source_same": ("污染源编码相同", "the same source code"),
    "permit_same": ("排污许可证编号相同", "the same permit number"),
    "address_same": ("地址的道路和门牌号相同", "the same road and number"),
    "address_road": ("地址在同一道路", "the same road"),
    "address_differs": ("地址不同", "different addresses"),
    "near": ("坐标相距不到 500 米", "less than 500 m apart"),
    "far": ("坐标相距 5 公里以上", "more than 5 km apart"),
    "industry_same": ("行业类别相同", "the same industry"),
    "industry_differs": ("行业类别不同", "different industries"),
    "telephone_same": ("电话相同（散列比对）", "the same telephone (hashed)"),
    "person_same": ("负责人相同（散列比对）", "the same person in charge (hashed)"),
}
"""What each feature says, in Chinese and English."""


def in_words(reasons: Sequence[Reason], *, language: str, most: int = 5) -> str:
    """Return the most telling reasons as one line of text."""
    separator = "；" if language == "zh" else "; "
    return separator.join(_line(reason, language=language) for reason in reasons[:most])


def _line(reason: Reason, *, language: str) -> str:
    words = reason.zh if language == "zh" else reason.en
    sign = "+" if reason.share >= 0 else "−"
    if reason.group == "text" or not (reason.query or reason.candidate):
        return f"{words} ({sign}{abs(reason.share):.1f})"
    both = reason.query if reason.query == reason.candidate else f"{reason.query or '—'} / {reason.candidate or '—'}"
    return f"{words}: {both} ({sign}{abs(reason.share):.1f})"
