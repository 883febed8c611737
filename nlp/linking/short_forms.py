"""Short forms of an organisation's name: what is left of it without region, brackets and legal form."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import rjieba

from nlp.linking.fold import fold_name
from ontology.values.region import region_prefixes, region_stems

_FORMS: Final = (
    "有限责任公司|股份有限公司|集团有限公司|集团股份有限公司|控股有限公司|有限公司|股份公司|集团公司|总公司|公司"
    "|集团|总厂|工厂|厂|普通合伙|有限合伙|合伙企业|经营部|专业合作社|合作社"
)
LEGAL_FORM: Final = re.compile(rf"(?:{_FORMS})+")
_TRAILING_FORM: Final = re.compile(rf"(?:{_FORMS})+$")
INNER: Final = re.compile(r"[(（\[【〔][^()（）\]】〕]{1,12}[)）\]】〕]")
_BRANCH: Final = re.compile(r"(?:公司|厂|集团|局).{1,12}(?:分公司|分厂|支公司|办事处|厂|基地|中心|店)$")
SHORTEST_CORE: Final = 4
"""A core with its trade (青禾印染) from four characters up may stand alone in a text; below that too much is a word."""
LONGEST_CORE: Final = 16
LONGEST_BRAND: Final = 6
LONGER: Final = re.compile(
    r"[^\s,，。、；：;:!?！？()（）的和与及在有对向由将被等]{0,10}?"
    r"(?:分公司|分厂|支公司|办事处|有限公司|有限责任公司|股份公司)"
)
"""What follows a name that is only the beginning of another: 甲公司 of 甲公司乙分公司, 甲钢 of 甲钢长材有限公司."""
_NO_BRAND: Final = re.compile(r"^(?:中国|中华|全国|国家|第[一二三四五六七八九十]+|人民|新|大|老)+$")


@dataclass(frozen=True, slots=True)
class ShortForms:
    """Derived short forms, folded; None where a name gives none that is safe.

    `core` has a brand and what it trades in (青禾示例印染), `pair` the brand and the last trade word (青禾印染),
    `brand` the brand alone (青禾), a hint only. `free`: core and pair may be believed wherever they stand; where the
    brand is a word of the language (新增金属表面处理) they need a legal form, a region or a recogniser beside them.
    `regional` is what has no brand (上海烟草): it needs a legal form behind it.
    """

    core: str | None = None
    pair: str | None = None
    brand: str | None = None
    regional: str | None = None
    free: bool = False


NOTHING: Final = ShortForms()


@cache
def trade_words() -> frozenset[str]:
    """Return the words that say what an organisation does, which by themselves name none."""
    return frozenset(files("nlp.linking").joinpath("trade_words.txt").read_text("utf-8").split())


@cache
def _lengths(words: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in words}, reverse=True))


def _word_at(text: str, place: int, words: frozenset[str]) -> int:
    """Return the length of the longest of `words` at a place, 0 where there is none."""
    for length in _lengths(words):
        if text[place : place + length] in words and place + length <= len(text):
            return length
    return 0


def _trades(text: str, start: int) -> list[tuple[int, int]]:
    """Return the places of trade words from `start` on, longest first at each place, none within another."""
    words, found, at = trade_words(), [], start
    while at < len(text) - 1:
        length = _word_at(text, at, words)
        if length:
            found.append((at, at + length))
        at += length or 1
    return found


def _only_trades(text: str) -> bool:
    return sum(end - start for start, end in _trades(text, 0)) == len(text)


@cache
def _dictionary() -> rjieba.Jieba:
    return rjieba.Jieba()


def is_word(text: str) -> bool:
    """Tell whether a text is a word of the segmenter's dictionary (350,000 words of general Chinese)."""
    return bool(_dictionary().has_word(text))


def _is_name(word: str) -> bool:
    """Tell whether the dictionary has a word as a name (nr person, nt body, nz other), which a brand often is: 三菱."""
    return all(tag in ("nr", "nrt", "nt", "nz") for _, tag in _dictionary().tag(word))


def without_region(name: str) -> str:
    """Return a folded name without the regions it begins with, itself where hardly anything would be left."""
    rest = name
    for _ in range(3):
        length = _word_at(rest, 0, region_prefixes())
        if length == 0 or len(rest) - length < 2:
            break
        rest = rest[length:]
    return rest


def without_legal_form(name: str) -> str:
    """Return a folded name without its legal form (有限公司, 厂 …), itself where nothing would be left."""
    rest = _TRAILING_FORM.sub("", name)
    return rest if len(rest) >= 2 else name


def core_of(name: str) -> str:
    """Return a name, as it is written, without region, brackets and legal form, folded."""
    return without_legal_form(without_region(fold_name(INNER.sub("", name))))


def short_forms(name: str) -> ShortForms:
    """Return the short forms of a full name as it is written.

    `NOTHING` for branches (甲公司乙分公司 would have the short form of 甲公司), for names without a legal form
    (hospitals, offices), and for names without a brand.
    """
    folded = fold_name(name)
    if _BRANCH.search(folded) or not _TRAILING_FORM.search(folded):
        return NOTHING
    core = core_of(name)
    if _only_trades(core) and len(core) >= 2:
        regional = without_legal_form(fold_name(INNER.sub("", name)))
        return ShortForms(regional=regional) if len(regional) > len(core) else NOTHING
    if core == folded or LEGAL_FORM.fullmatch(core) or not 2 <= len(core) <= LONGEST_CORE:
        return NOTHING
    return _parts(core)


def _parts(core: str) -> ShortForms:
    trades = _trades(core, 2)
    if not trades:
        # A trade this list lacks (天阳钢管): good enough beside a region or a legal form.
        long = core if _stands_alone(core) else None
        return ShortForms(core=long, brand=None if long else core) if _is_brand(core) else NOTHING
    brand = core[: trades[0][0]]
    if not _is_brand(brand):
        # 中国第一汽车: no brand to speak of, but long enough to be nothing else.
        return ShortForms(core=core) if len(core) >= SHORTEST_CORE + 2 and not _only_trades(core) else NOTHING
    # 松江污水处理厂: a place is no brand, there may be others in it.
    place = brand in region_stems()
    pair = brand + core[slice(*trades[-1])]
    return ShortForms(
        core=core if _stands_alone(core) else None,
        pair=pair if pair != core and _stands_alone(pair) else None,
        brand=None if place else brand,
        free=not place and (not is_word(brand) or _is_name(brand)),
    )


def _is_brand(text: str) -> bool:
    return 2 <= len(text) <= LONGEST_BRAND and not _NO_BRAND.match(text) and not _only_trades(text)


def _stands_alone(text: str) -> bool:
    """Tell whether a form is long enough to be meant by its characters alone, and no word of the language."""
    return len(text) >= SHORTEST_CORE and not is_word(text)


def region_length_before(text: str, end: int) -> int:
    """Return how many characters before a place are names of regions in a row (江苏省苏州市), 0 for none."""
    start = end
    for _ in range(3):
        length = next(
            (n for n in _lengths(region_prefixes()) if start >= n and text[start - n : start] in region_prefixes()), 0
        )
        if not length:
            break
        start -= length
    return end - start


def trade_length_at(text: str, place: int) -> int:
    """Return the length of the trade word that begins at a place, 0 where none does."""
    return _word_at(text, place, trade_words())
