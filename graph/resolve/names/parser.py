"""From a name to its parts: 上海汽车集团股份有限公司乘用车分公司（临港整车厂） is compared part by part."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from graph.resolve.names.characters import fold, has_han
from graph.resolve.names.english import foreign_brands, parse_english
from graph.resolve.names.parts import OrganisationName
from graph.resolve.names.places import codes_of, is_wide, leading_places, short_name
from graph.resolve.names.vocabulary import (
    BRANCH_SUFFIX,
    PART_SUFFIX,
    SITE_SUFFIX,
    legal_forms,
    longest_trade,
    numbers_of,
    trade_words,
)

_ABBREVIATED: Final = (
    ("(股)有限公司", "股份有限公司"),
    ("(股份)有限公司", "股份有限公司"),
    ("股(份)有限公司", "股份有限公司"),
    ("(股)公司", "股份有限公司"),
    ("(股份)公司", "股份有限公司"),
    ("(有)公司", "有限公司"),
    ("(有限)公司", "有限公司"),
    ("(集团)", "集团"),
    ("(控股)", "控股"),
)
_SHARES_AT_END: Final = re.compile(r"\(股\)$")
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_FORMER: Final = re.compile(r"^(?:原名称?|曾用名|旧称|旧名|前身|前称|更名前|原)(?:为|是|叫)?")
_OTHER: Final = re.compile(r"^(?:简称|又名|又称|也称|现名|现称|现为|现更名为|更名为|对外名称|对外|现)")
_SLIPPED: Final = re.compile(
    r"(?:股[份分])?[有友右]限(?:责任)?.{0,2}$|股份有公司$|有公司$|限公司$|公[词同可]$|[工宫]司$"
)
"""有限公司 with a character wrong or missing, at the end only: registers typed by hand have it."""
_PREPARING: Final = re.compile(r"(?:筹备处|筹建处|筹备组)$")
_INNER_FORM: Final = re.compile(r"医院|大学|学院|研究院|研究所|科学院|合作社|总厂|厂|中心|公司|站")
_TAIL: Final = re.compile(r"等(?:[0-9一二三四五六七八九十]+[人家间]?公?司?)?$")
_WITHIN: Final = 2


@dataclass(slots=True)
class _Reading:
    """What has been read so far; `rest` is what has not."""

    rest: str
    places: list[str] = field(default_factory=list)
    codes: tuple[str, ...] = ()
    legal: str = ""
    form: str = ""
    group: bool = False
    branch: str = ""
    site: str = ""
    remark: str = ""
    former: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def parse_organisation(name: str) -> OrganisationName:
    """Return the parts of a name in Chinese or Latin letters; a part that is not there is empty.

    Any text is read: of one that names no organisation the whole is the brand. The empty text gives empty parts.
    """
    text = fold(name)
    if not has_han(text):
        return parse_english(text)
    reading = _Reading(_written_out(text))
    _take_brackets(reading)
    _take_legal_form(reading)
    core = _take_leading_places(reading)
    brand, trades = _brand_and_trades(core, placed=bool(reading.places))
    place = reading.branch + reading.site
    return OrganisationName(
        text=text,
        core=core,
        regions=tuple(dict.fromkeys(reading.places)),
        codes=reading.codes,
        brand=brand,
        trades=trades,
        legal=reading.legal,
        form=reading.form,
        group=reading.group,
        branch=reading.branch,
        site=reading.site,
        remark=reading.remark,
        former=tuple(reading.former),
        others=tuple(reading.others),
        numbers=numbers_of(core),
        site_numbers=numbers_of(place),
    )


def _take_leading_places(reading: _Reading) -> str:
    """Read the places at the head; returns the rest. A place in brackets makes the head a brand: 阿克苏…（上海）."""
    places, codes, rest = leading_places(reading.rest)
    elsewhere = bool(codes and reading.codes) and not any(
        one.startswith(other) or other.startswith(one) for one in codes for other in reading.codes
    )
    if not places or elsewhere or reading.rest.startswith(_brands_like_places()):
        return reading.rest
    reading.places = [*places, *reading.places]
    reading.codes = codes or reading.codes
    return rest


@cache
def _brands_like_places() -> tuple[str, ...]:
    return tuple(brand for brand in foreign_brands().values() if leading_places(brand, keep=0)[0])


def _written_out(text: str) -> str:
    if "(" not in text:
        return text
    for short, whole in _ABBREVIATED:
        text = text.replace(short, whole)
    return _SHARES_AT_END.sub("股份有限公司", text)


def _take_brackets(reading: _Reading) -> None:
    """Read what stands in brackets, innermost first, and take it out of the rest."""
    while "(" in reading.rest and (found := _BRACKET.search(reading.rest)):
        before, after = reading.rest[: found.start()], reading.rest[found.end() :]
        reading.rest = before + after
        if content := found[1]:
            kept = _read_bracket(reading, content, last=not _BRACKET.sub("", after))
            if kept and before and after:
                reading.rest = before + content + after
    reading.rest = reading.rest.replace("(", "").replace(")", "")


def _read_bracket(reading: _Reading, content: str, *, last: bool) -> bool:
    """Sort the content of one bracket; True where it belongs to the name itself, as in 上海（永联）公司."""
    if mark := _FORMER.match(content):
        former = content[mark.end() :].lstrip(":")
        if len(former) >= _WITHIN:
            reading.former.append(former)
            return False
    if (mark := _OTHER.match(content)) and len(content) - mark.end() >= _WITHIN:
        reading.others.append(content[mark.end() :])
        return False
    codes = codes_of(content)
    if codes is not None or is_wide(content):
        reading.places.append(short_name(content))
        reading.codes = reading.codes or (codes or ())
        return False
    if len(content) >= 6 and _company_form().search(content) and not BRANCH_SUFFIX.search(content):
        reading.others.append(content)
        return False
    if not last and not content.endswith(("厂区", "分公司", "基地")):
        return True
    if BRANCH_SUFFIX.search(content):
        reading.branch = content
    elif SITE_SUFFIX.search(content) or numbers_of(content):
        reading.site = content
    else:
        reading.remark = content
    return False


@cache
def _company_form() -> re.Pattern[str]:
    """Return the pattern of forms that end the name proper wherever they stand: what follows is a part of the body."""
    forms = [
        text
        for text in legal_forms()
        if text.endswith(("公司", "会社", "合作社", "合作联社", "联合社", "合伙", "合伙企业"))
    ]
    longest_first = sorted(set(forms) - {"公司"}, key=len, reverse=True)
    return re.compile("|".join(longest_first) + "|(?<![分子支])公司")


@cache
def _other_forms() -> tuple[str, ...]:
    company = _company_form()
    return tuple(sorted((text for text in legal_forms() if not company.fullmatch(text)), key=len, reverse=True))


def _take_legal_form(reading: _Reading) -> None:
    """Read legal form, branch and site behind it, and whether the body is a group."""
    rest = _TAIL.sub("", _PREPARING.sub("", reading.rest))
    found = _company_form().search(rest, _WITHIN)
    if found:
        reading.legal, behind, rest = found[0], rest[found.end() :], rest[: found.start()]
        reading.form = legal_forms()[reading.legal].kind
        _read_behind(reading, behind)
    elif slipped := _SLIPPED.search(rest, _WITHIN):
        reading.legal, reading.form, rest = slipped[0], "company", rest[: slipped.start()]
    else:
        rest = _take_part(reading, rest)
        rest = _take_other_form(reading, rest)
    if "集团" in reading.legal:
        reading.group = True
    if rest.endswith("集团") and len(rest) > 3:
        reading.group, rest = True, rest[:-2]
    reading.rest = rest


def _read_behind(reading: _Reading, behind: str) -> None:
    """Sort what stands behind the legal form: the branch, the site, or both."""
    behind = behind.strip("、")
    if not behind:
        return
    for mark in ("分公司", "事业部"):
        head, found, tail = behind.partition(mark)
        if found:
            reading.branch = head + found
            reading.site = tail + reading.site
            return
    if BRANCH_SUFFIX.search(behind):
        reading.branch = behind
    else:
        reading.site = behind + reading.site


def _take_part(reading: _Reading, rest: str) -> str:
    """Split a branch or site off a name without a legal form; returns the name proper."""
    if not (end := PART_SUFFIX.search(rest)):
        return rest
    for inner in reversed(list(_INNER_FORM.finditer(rest, _WITHIN, end.start()))):
        if inner.end() < len(rest) - 1:
            part, rest = rest[inner.end() :], rest[: inner.end()]
            break
    else:
        cut = end.start() if len(end[0]) == 2 and end[0][0] in "东南西北新老旧一二三四五六七八九十" else end.start() - 2
        if cut < _WITHIN:
            return rest
        part, rest = rest[cut:], rest[:cut]
    if BRANCH_SUFFIX.search(part):
        reading.branch = part
    else:
        reading.site = part + reading.site
    return rest


def _take_other_form(reading: _Reading, rest: str) -> str:
    for text in _other_forms():
        at = len(rest) - len(text)
        # 永联化工厂 is the works 永联化工, no factory 永联化.
        broken = len(text) > 1 and rest[at - 1 : at + 1] in trade_words()
        if rest.endswith(text) and at >= _WITHIN and not broken:
            reading.legal, reading.form = text, legal_forms()[text].kind
            return rest[: -len(text)]
    return rest


def _brand_and_trades(core: str, *, placed: bool) -> tuple[str, tuple[str, ...]]:
    """Split brand and words of the trade; where all are words of trades the first is the brand unless a place is."""
    words, longest = trade_words(), longest_trade()
    if core.endswith("厂") and len(core) > _WITHIN:
        # 上海电机厂有限公司 was 上海电机厂: the works in a company's name are no part of brand or trade.
        core = core.removesuffix("厂").removesuffix("总")
    end = len(core)
    trades: list[str] = []
    while end > 0:
        fitting = [n for n in range(min(longest, end), 1, -1) if core[end - n : end] in words]
        # 华新材料 is 华新 and 材料, not 华 and 新材料: a brand of one character is the last resort.
        length = next((n for n in fitting if end - n != 1), fitting[0] if fitting else 0)
        if not length:
            break
        trades.insert(0, core[end - length : end])
        end -= length
    brand = core[:end]
    if not brand and trades and (len(trades) > 1 or not placed):
        return trades[0], tuple(trades[1:])
    if len(brand) > 4:
        cut = _first_trade(brand)
        if cut:
            return brand[:cut], (*_words_of(brand[cut:]), *trades)
    return brand, tuple(trades)


def _first_trade(brand: str) -> int:
    """Return where words of trades begin in a long brand, 0 where they do not: 永联汽车内饰件."""
    words, longest = trade_words(), longest_trade()
    for start in range(2, len(brand) - 1):
        for length in range(min(longest, len(brand) - start), 1, -1):
            if brand[start : start + length] in words:
                return start
    return 0


def _words_of(text: str) -> tuple[str, ...]:
    """Return the words of trades in a text, and what stands between them."""
    words, longest = trade_words(), longest_trade()
    found: list[str] = []
    unknown, at = "", 0
    while at < len(text):
        length = next((n for n in range(min(longest, len(text) - at), 1, -1) if text[at : at + n] in words), 0)
        if length:
            found.extend([unknown, text[at : at + length]] if unknown else [text[at : at + length]])
            unknown, at = "", at + length
        else:
            unknown, at = unknown + text[at], at + 1
    return (*found, unknown) if unknown else tuple(found)
