"""Chinese segmentation for search: words, characters and character pairs, with places in the original text.

One folding rules index, query and highlighting alike: compatibility forms (NFKC), lower case, Latin accents off,
Traditional to Simplified, invisible characters away. It works character by character (a table, not OpenCC's phrase
rules): a phrase rule would fold a character differently in a query than in a longer text, and the two would miss.
What is lost, the few characters that need context (乾隆), is lost on both sides alike and found all the same.

Two views of a text:

* *words*: jieba in search mode (a long word and the words in it); numbers and codes whole and in their parts;
* *units*: single Chinese characters, runs of Latin letters, numbers. Two adjacent units make a *pair*. A phrase is
  found by its pairs, whatever words a segmenter sees in it: words alone found 0 of 环境局 and 污染防治法.

Letters and digits are apart as units (`GB 31570`, `GB31570`, `GB-31570` are one phrase) and together as words
(`pm2.5`). Brackets, quotation marks, hyphens and spaces do not part neighbours (`ABB（中国）有限公司`); stops, commas
and line ends do.
"""

import operator
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

import opencc
import rjieba

MAX_TOKEN = 64
"""Longest run of letters or digits kept as one token; longer ones are cut, so that no engine drops them."""

SHORT_RUN = 24
"""Longest run of Chinese whose words are remembered: beyond that length hardly any occurs twice."""

BREAK = "¦"
"""Stands in the pairs of a text where neighbours are parted. Folding removes it from texts, so no query has it."""

_HAN = (
    "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u3040-\u30ff\uac00-\ud7af"  # kana and Hangul, which are written without spaces or nearly so
)
_LETTERS = rf"(?:(?![{_HAN}])[^\W\d_])"
_UNIT = re.compile(rf"[{_HAN}]|{_LETTERS}{{1,{MAX_TOKEN}}}|\d{{1,{MAX_TOKEN}}}(?:\.\d{{1,{MAX_TOKEN}}})*")
_WORD = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<code>(?:{_LETTERS}|\d)+(?:[.\-/_+](?:{_LETTERS}|\d)+)*)",
)
_NUMERAL = "零〇一二三四五六七八九十百千万亿两"
_MEASURE = "元|吨|倍|分贝|毫克|千克|公斤|立方米|平方米|公里|米|小时|日|天|年|月|条|款|项"
_AMOUNT = re.compile(
    rf"第[{_NUMERAL}\d]+[条款项章节]|[{_NUMERAL}]{{2,}}(?:{_MEASURE})?"
    rf"|(?<![a-z\d.\-/])\d+(?:\.\d+)?(?:[百千万亿]+(?:{_MEASURE})?|{_MEASURE})"
)
"""Amounts and places in a statute, which a person means as a whole: 二十万元, 20万元, 第三十三条."""
_PART = re.compile(rf"{_LETTERS}+|\d+(?:\.\d+)*")
_ALNUM = re.compile(r"[^\W_]+")
PARTICLES = frozenset(
    "的了着过得地和与及或在是有对为被把将向从到由以等也都就而且但并其之所这那个我你您他她它吗呢吧啊请谁能会要"
)
"""Single characters that are words by themselves and no part of a name; nobody searches for one alone."""
_PARTING = re.compile(r"[。！？!?；;，,、：:…¦|\t]|\.(?!\d)|\n\s*\n|\n")
_ACCENTED_BELOW = 0x0250
"""Accents are taken off Latin letters only; below kana marks (が) or Hangul they make another letter."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text as it is searched, and where it stands: characters `start` to `end` of the *original*."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and its places: `text[i]` comes from the original's characters `starts[i]` to `ends[i]`.

    Both are None where every place is its own, the usual case.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that the non-empty folded span comes from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


class _FoldTable(dict[int, str]):
    """Folds one character, asked by code point, and remembers it; `str.translate` reads it at C speed."""

    def __init__(self) -> None:
        super().__init__()
        self._simplify = opencc.OpenCC("t2s").convert
        self.moving: set[str] = set()
        """Characters met so far that fold to none or several, so that places after them move."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self._fold(character)
        if len(folded) != 1:
            self.moving.add(character)
        self[code] = folded
        return folded

    def _fold(self, character: str) -> str:
        """Return what a character folds to, folded again where it changed, so that folding twice is folding once."""
        if character == BREAK or unicodedata.category(character) in ("Cf", "Cs", "Cn", "Co", "Mn", "Me"):
            return ""
        form: Literal["NFKD", "NFKC"] = "NFKD" if ord(character) < _ACCENTED_BELOW else "NFKC"
        plain = "".join(self._simplify(each) for each in unicodedata.normalize(form, character)).lower()
        return plain if plain == character else "".join(self[ord(each)] for each in plain)


@cache
def _table() -> _FoldTable:
    return _FoldTable()


@cache
def _jieba() -> rjieba.Jieba:
    """Return the segmenter; its own instance, for words taught to the default one must not change an index."""
    return rjieba.Jieba()


def fold(text: str) -> str:
    """Return the text as it is compared: the same for `ＰＭ２.５` and `pm2.5`, 環境 and 环境. May be empty."""
    return text.translate(_table())


def fold_with_places(text: str) -> Folded:
    """Return the folded text and, for each of its characters, where it comes from."""
    table = _table()
    folded = text.translate(table)
    if table.moving.isdisjoint(text):
        return Folded(folded)
    starts = tuple(place for place, character in enumerate(text) for _ in table[ord(character)])
    return Folded(folded, starts, tuple(place + 1 for place in starts))


def comparison_key(text: str) -> str:
    """Return letters, digits and characters only, folded: names and codes are equal when these are."""
    return "".join(_ALNUM.findall(fold(text)))


def _words_of(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of an already folded text with its place in it."""
    tokenize = _jieba().tokenize
    for match in _WORD.finditer(folded):
        start, end = match.span()
        if match.lastgroup == "han":
            yield from ((word, start + at, start + to) for word, at, to in tokenize(match.group(), "search"))
        else:
            yield from _code_words(match.group(), start, end)


def _code_words(code: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield a code whole and, if it is composed, its parts: `gb31570-2015`, `gb`, `31570`, `2015`."""
    if end - start <= MAX_TOKEN:
        yield code, start, end
    for part in _PART.finditer(code):
        for at in range(part.start(), part.end(), MAX_TOKEN):
            to = min(at + MAX_TOKEN, part.end())
            if to - at < end - start:
                yield code[at:to], start + at, start + to


def words(text: str) -> list[Token]:
    """Return the words of a text, long ones with the words in them; an empty list where nothing is searchable."""
    folded = fold_with_places(text)
    return [Token(word, *folded.span(start, end)) for word, start, end in _words_of(folded.text)]


def word_texts(text: str) -> list[str]:
    """Return what `words` returns without the places, faster."""
    return _word_texts(fold(text))


@lru_cache(16_384)
def _cut_short(run: str) -> tuple[str, ...]:
    """Return the words of a short run of Chinese: registers repeat names, districts and standards endlessly."""
    return tuple(_jieba().cut_for_search(run))


def _word_texts(folded: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(folded):
        if match.lastgroup == "han":
            run = match.group()
            found += _cut_short(run) if len(run) <= SHORT_RUN else _jieba().cut_for_search(run)
        else:
            found += [word for word, _, _ in _code_words(match.group(), 0, match.end() - match.start())]
    return found


def plain_words(text: str) -> list[Token]:
    """Return the words of a text one after the other, none within another: what a person would count.

    Amounts are one word, and so are single characters next to each other: a name that the dictionary lacks.
    """
    folded = fold_with_places(text)
    found: list[tuple[int, int]] = []
    at = 0
    for amount in _AMOUNT.finditer(folded.text):
        found += _plain_pieces(folded.text, at, amount.start())
        found.append(amount.span())
        at = amount.end()
    found += _plain_pieces(folded.text, at, len(folded.text))
    return [Token(folded.text[start:end], *folded.span(start, end)) for start, end in found]


def is_amount(word: str) -> bool:
    """Return whether a plain word is an amount or a place in a statute, whose parts mean something else."""
    return _AMOUNT.fullmatch(word) is not None


def _plain_pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the words between two places, single Chinese characters in a row as one."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(folded, start, end):
        if match.lastgroup != "han":
            found.append(match.span())
            continue
        single_before = False
        for _, at, to in _jieba().tokenize(match.group(), "default"):
            single = to - at == 1 and match.group()[at] not in PARTICLES
            if single and single_before:
                found[-1] = (found[-1][0], match.start() + to)
            else:
                found.append((match.start() + at, match.start() + to))
            single_before = single
    return found


def units(text: str) -> list[Token]:
    """Return the units of a text: characters, runs of letters, numbers."""
    folded = fold_with_places(text)
    return [Token(match.group(), *folded.span(*match.span())) for match in _UNIT.finditer(folded.text)]


def pair(first: str, second: str) -> str:
    """Return the token of two adjacent units; the dot keeps `ab`+`c` from `a`+`bc`."""
    return first + second if len(first) == 1 and len(second) == 1 else f"{first}·{second}"


def unit_texts(text: str) -> list[str]:
    """Return the texts of `units`, faster."""
    return _UNIT.findall(fold(text))


def pair_texts(text: str) -> list[str]:
    """Return the pairs of neighbours in order, with `BREAK` where a mark parts them; empty for a single unit."""
    return _pairs_of(phrases(text))


def phrases(text: str) -> list[list[str]]:
    """Return the units of each stretch of text without a parting mark: what a phrase search must find."""
    return _stretches(fold(text))


def _stretches(folded: str) -> list[list[str]]:
    return [found for part in _PARTING.split(folded) if (found := _UNIT.findall(part))]


def _pairs_of(stretches: Sequence[Sequence[str]]) -> list[str]:
    found: list[str] = []
    for stretch in stretches:
        if found:
            found.append(BREAK)
        if len(stretch) == sum(map(len, stretch)):  # single characters only: the usual case, at C speed
            found += map(operator.add, stretch, stretch[1:])
        else:
            found += [pair(first, second) for first, second in pairwise(stretch)]
    return found


@dataclass(frozen=True, slots=True)
class Segmented:
    """What a text is indexed by: `words`, `units` and `pairs` as the functions of these names give them."""

    words: list[str]
    units: list[str]
    pairs: list[str]


def segmented(text: str) -> Segmented:
    """Return words, units and pairs of a text, folded once."""
    folded = fold(text)
    stretches = _stretches(folded)
    return Segmented(_word_texts(folded), [unit for stretch in stretches for unit in stretch], _pairs_of(stretches))


def grams(text: str, *, longest: int = 2) -> list[Token]:
    """Return the n-grams of 1 to `longest` units with their places, by start and then by length."""
    found = units(text)
    grown: list[Token] = []
    for at, token in enumerate(found):
        grown.append(token)
        gram = last = token.text
        for neighbour in found[at + 1 : at + longest]:
            gram += pair(last, neighbour.text)[len(last) :]
            last = neighbour.text
            grown.append(Token(gram, token.start, neighbour.end))
    return grown
