"""Pollutants and other substances by any of their names, with national code and CAS number: COD, 化学需氧量, NH3-N,
VOCs."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import ahocorasick_rs

from nlp.identifiers.source import Source
from nlp.mention import Mention
from nlp.segment import fold
from ontology.errors import InvalidValue
from ontology.model import Value
from ontology.values.pollutant import POLLUTANT
from ontology.values.value_type import Context

_NO_SUBSTANCES: Final = frozenset(
    re.findall(
        r"\S+",
        "废气 温度 湿度 气压 风速 风向 流量 瞬时流量 废水流量 污水 水温 烟气流速 烟气温度 烟气压力 烟气湿度 "
        "氧气含量 电导率 硬度 油类 "
        "等效连续a声级 leq实测值 氯 磷 铝 锡 铜 锌 硒 砷 汞 镉 铅 钡 硼 钴 钼 铊 溶解氧 夜间噪声 昼间噪声 酚类 do",
    )
)
"""Parameters that say nothing of pollution by themselves, and elements, which `_ELEMENT` reads."""
_MORE: Final = {
    "噪音": "噪声",
    "扬尘": "扬尘",
    "餐饮油烟": "油烟",
    "cod": "化学需氧量",
    "臭气": "臭气浓度",
    "voc": "挥发性有机物",
    "vocs": "挥发性有机物",
    "voc's": "挥发性有机物",
    "pm2.5": "细颗粒物",
    "pm10": "可吸入颗粒物",
    "烟粉尘": "颗粒物",
    "二恶英": "二噁英类",
    "苯并芘": "苯并[a]芘",
    "codcr": "化学需氧量",
    "nh3-n": "氨氮",
    "铬雾": "铬酸雾",
    "重金属": "重金属",
    "总烃": "总烃",
    "林格曼黑度": "林格曼黑度",
    "六价铬": "六价铬",
    "三价铬": "三价铬",
    "氮氧化合物": "氮氧化物",
}
"""Names in use that the national tables do not list."""
_ELEMENT: Final = re.compile(
    r"(?:(?<=[、,及和与含:为])|(?<=重金属))(?P<listed>[砷镉铅汞镍铜锌钡钴钼铊锡硒铬锰银铍钒铝磷苯])"
    r"(?=[、,和及等。;)]|浓度|超标|含量|离子|排放)"
    r"|(?P<measured>[砷镉铅汞镍铜锌钡钴钼铊锡硒铬锰银铍钒磷苯])(?=浓度|超标|含量|离子|的?排放浓度|污染)"
)
_WRONG_AFTER: Final = {
    "苯": "胺酚并乙甲丙丁环基酯醚醌板二甲",
    "氨": "基酯纶氮气酸糖水甲",
    "甲醇": "汽钠",
    "丙酮": "酸",
    "氯气": "球",
    "臭氧": "层",
    "苯胺": "黑",
}
_WRONG_BEFORE: Final = {"苯": "甲乙丙氯硝溴聚丁二", "氨": "聚合三液", "烟尘": "", "甲醛": "聚", "乙烯": "聚"}
_CAS: Final = re.compile(r"(?<![\d-])(?P<cas>\d{2,7}-\d{2}-\d)(?![\d-])")
_CAS_NAMED: Final = re.compile(r"cas(?:登记|编)?(?:号|no\.?|:|#)?[:为]? ?$")
_UNIT: Final = re.compile(r"[^。;\n]{0,24}?\d ?(?P<unit>(?:mg|μg|ug|ng|g|毫克|微克) ?/ ?(?:l|n?m3|升|立方米))")
_LATIN: Final = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class _Names:
    """The names to look for, folded; what each is called in the tables; CAS numbers by name, names by CAS number."""

    matcher: ahocorasick_rs.AhoCorasick
    words: tuple[str, ...]
    meant: dict[str, str]
    cas: dict[str, str]
    by_cas: dict[str, str]


def find_pollutants(source: Source) -> Iterator[Mention]:
    """Yield substances: `name`, national `code`, `medium` (air, water, noise) and `cas` where they are known.

    What air and water both know takes the code of the medium whose unit follows the name (mg/L is water). A CAS number
    with a right check digit is a mention of its own.
    """
    text = source.text
    names = _names()
    for index, start, end in names.matcher.find_matches_as_indexes(text):
        word = names.words[index]
        if _stands_alone(source, word, start, end):
            yield source.mention(start, end, "pollutant", _values(text, names, word, end))
    for found in _ELEMENT.finditer(text):
        start, end = found.span()
        yield source.mention(start, end, "pollutant", _values(text, names, found[0], end), score=0.9)
    for found in _CAS.finditer(text):
        cas = found["cas"]
        if is_cas(cas) and (cas in names.by_cas or _CAS_NAMED.search(text, max(0, found.start() - 12), found.start())):
            values: dict[str, Value] = {"cas": cas}
            if cas in names.by_cas:
                values = _values(text, names, names.by_cas[cas], found.end()) | values
            yield source.mention(*found.span("cas"), "pollutant", values)


def is_cas(number: str) -> bool:
    """Tell whether a CAS registry number has the right check digit: digits weighted from the right, modulo 10."""
    digits = number.replace("-", "")
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)) % 10 == int(digits[-1])


def _stands_alone(source: Source, word: str, start: int, end: int) -> bool:
    text = source.text
    before, after = text[start - 1 : start], text[end : end + 1]
    if _LATIN.match(word[0]) and _LATIN.fullmatch(before or "-") and before != "":
        return False
    if _LATIN.match(word[-1]) and after and _LATIN.fullmatch(after):
        return False
    if (
        word.isascii()
        and word.isalpha()
        and len(word) <= 3
        and not source.written(start, end)[:1].isupper()
        and word != "ph"
    ):
        # tp and co are words of other kinds; COD and TP are written in capitals.
        return False
    if word.isascii() and (before == "-" or (after == "-" and text[end + 1 : end + 2].isalnum())):
        return False
    wrong_before, wrong_after = _WRONG_BEFORE.get(word, ""), _WRONG_AFTER.get(word, "")
    return not (before and before in wrong_before) and not (after and after in wrong_after)


def _values(text: str, names: _Names, word: str, end: int) -> dict[str, Value]:
    meant = names.meant.get(word, word)
    unit = _UNIT.match(text, end)
    try:
        parsed = POLLUTANT.parse(meant, Context(unit=unit["unit"].replace("升", "L") if unit else None))
    except InvalidValue:
        return {"name": meant}
    name = parsed.part("name") or meant
    values: dict[str, Value] = {"name": name}
    if "unlisted" not in parsed.notes and "no-code" not in parsed.notes:
        values["code"] = str(parsed.value)
    if medium := parsed.part("medium"):
        values["medium"] = medium
    if cas := names.cas.get(fold(name)) or names.cas.get(word):
        values["cas"] = cas
    return values


@cache
def _names() -> _Names:
    meant: dict[str, str] = {}
    cas: dict[str, str] = {}
    by_cas: dict[str, str] = {}
    for row in _rows("ontology.values", "pollutants.csv"):
        for name in (row["name"], *filter(None, row["synonyms"].split("|"))):
            meant.setdefault(fold(name), name)
    for row in _rows("nlp.identifiers", "substances.csv"):
        by_cas[row["cas"]] = fold(row["name"])
        for name in (row["name"], *filter(None, row["synonyms"].split("|"))):
            meant.setdefault(fold(name), row["name"])
            cas[fold(name)] = row["cas"]
    meant |= _MORE
    words = tuple(
        sorted(word for word in meant if (word not in _NO_SUBSTANCES and len(word) > 1) or word in ("苯", "氨"))
    )
    matcher = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return _Names(matcher, words, meant, cas, by_cas)


def _rows(package: str, file: str) -> list[dict[str, str]]:
    with files(package).joinpath(file).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
