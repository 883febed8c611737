"""Words of names as tables: legal forms, trades, branches and sites, and the numbers that tell sites apart."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from graph.resolve.names.characters import fold
from graph.resolve.names.word_lists import words_in

_FOLDER: Final = files("graph.resolve.names")


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form as names end with it. `kind` groups forms that one body may bear one after the other."""

    text: str
    kind: str
    english: str


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the tables beside this module."""
    with _FOLDER.joinpath(name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def legal_forms() -> dict[str, LegalForm]:
    """Return the legal forms by their text."""
    return {row["text"]: LegalForm(row["text"], row["form"], row["en"]) for row in rows_of("legal_forms.csv")}


@cache
def trade_words() -> frozenset[str]:
    """Return the words of trades, folded."""
    lines = _FOLDER.joinpath("trade_words.txt").read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(fold(word) for word in words)


@cache
def longest_trade() -> int:
    """Return the length of the longest word of a trade."""
    return max(map(len, trade_words()))


GENERAL_TRADES: Final = frozenset(
    words_in(
        "科技 技术 实业 工业 企业 事业 兴业 产业 发展 开发 控股 投资 集团 管理 经营 服务 国际 工程 制造 生产 加工",
        "销售 贸易 商贸 制品 产品 材料 设备 系统 建设 运营 综合 联合",
    )
)
"""Words that firms of every trade bear: two firms that share only these share no trade, and one may lose them."""

BRANCH_SUFFIX: Final = re.compile(
    r"(?:分公司|子公司|分行|支行|分店|支公司|事业部|事业群|办事处|代表处|联络处|营业部|项目部|分院|分校|分部|分社|分局|分所|分中心|总部)$"
)
SITE_SUFFIX: Final = re.compile(
    r"(?:厂区|园区|场区|院区|校区|矿区|库区|作业区|生产区|基地|基地场|车间|分厂|工厂|加工点|加油站|油库|油站|仓库|码头|分场|"
    r"[东南西北新老旧总一二三四五六七八九十0-9]厂|[一二三四五六七八九十0-9]场|[一二三四五六七八九十0-9]期|厂|场|站|库|矿|井|泵站|"
    r"水厂|电厂|中心|项目|生产线|号楼|号院|店|厂房|路|镇|街道|部|所|公寓|大楼|楼)$"
)
"""What stands behind a legal form, or in brackets, when a place of the organisation is meant."""
PART_SUFFIX: Final = re.compile(
    r"(?:分公司|分院|分校|分部|分厂|院区|校区|厂区|场区|园区|矿区|车间|事业部|办事处|"
    r"[东南西北新老旧一二三四五六七八九十0-9]厂|[一二三四五六七八九十0-9]期)$"
)
"""Of these a name without a legal form is split as well: 宝钢曹路厂区."""

_DIGITS: Final = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5} | {
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_NUMBER: Final = re.compile(
    r"[0-9]+|(?<=第)[一二三四五六七八九十百]+|[一二三四五六七八九十]+(?=分?[厂场期站院校所矿井部库队]|号|车间|分公司|污水|水厂|电厂|工厂|中学|小学)"
)


def numbers_of(text: str) -> tuple[str, ...]:
    """Return the numbers a name tells things apart by, in digits: 第二污水厂, 2厂 and 二厂 all give `2`."""
    return tuple(_in_digits(found) for found in _NUMBER.findall(text))


def _in_digits(text: str) -> str:
    if text.isdigit():
        return text.lstrip("0") or "0"
    total, digit = 0, 0
    for character in text:
        if character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)
