"""Characters of names: one form to compare, their sound, and the glyphs that are taken for one another."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import opencc

_OPEN: Final = "(（[［{｛〔【〖〈《「『<﹝﹛"
_CLOSE: Final = ")）]］}｝〕】〗〉》」』>﹞﹜"
_LIST: Final = "、,，;；/／|"
_SPACE = re.compile(r"\s+")
_INNER_SPACE = re.compile(r"(?<=[^a-z0-9]) | (?=[^a-z0-9])")
_HAN = re.compile(r"[\u3400-\u9fff]")
# NFKC and OpenCC work on single characters here, so that a name folds the same whatever stands beside a character.
_CHINESE: Final = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


def has_han(text: str) -> bool:
    """Tell whether a folded text holds a Chinese character."""
    return _HAN.search(text) is not None


@cache
def _folding() -> dict[int, str | None]:
    """Return what every character of the basic plane becomes; those that stay are left out."""
    converter = opencc.OpenCC("t2s")
    table: dict[int, str | None] = {}
    for code in range(0x21, 0x10000):
        character = chr(code)
        if 0xD800 <= code < 0xF900 or unicodedata.category(character) == "Cn":
            continue
        plain = unicodedata.normalize("NFKC", character)
        if any(code in part for part in _CHINESE):
            plain = str(converter.convert(plain))
        folded = "".join(_kept(one) for one in plain.casefold())
        if folded != character:
            table[code] = folded or None
    table.update(dict.fromkeys(map(ord, _OPEN), "("))
    table.update(dict.fromkeys(map(ord, _CLOSE), ")"))
    table.update(dict.fromkeys(map(ord, _LIST), "、"))
    # The same word in two spellings that OpenCC keeps apart, because each is right somewhere.
    table.update({ord(one): other for one, other in zip("臺台証着", "台台证着", strict=True)})
    return table


def _kept(character: str) -> str:
    """Return a character that names are compared by, a space for one that only parts words, nothing for the rest."""
    category = unicodedata.category(character)
    if category[0] in "LN":
        return character
    if category[0] == "Z" or character in "-_.·・•‧∙⋅—–&+":
        return " "
    return ""


@lru_cache(16384)
def fold(text: str) -> str:
    """Return a name as its parts are compared: simplified, half width, small letters, `(`, `)` and `、` the only marks.

    Spaces stay only between Latin words. Folding twice is folding once.
    """
    plain = text.translate(_folding())
    if not has_han(plain):
        return _SPACE.sub(" ", plain.replace("、", " ")).strip()
    return _INNER_SPACE.sub("", _SPACE.sub(" ", plain).strip())


@cache
def _readings() -> dict[str, str]:
    from pypinyin.constants import PINYIN_DICT

    marks = str.maketrans("", "", "\u0300\u0301\u0304\u030c")
    readings: dict[str, str] = {}
    for code, said in PINYIN_DICT.items():
        first = unicodedata.normalize("NFD", str(said).split(",")[0]).translate(marks)
        readings[chr(code)] = unicodedata.normalize("NFC", first).replace("ü", "v")
    return readings


def syllables(text: str) -> tuple[str, ...]:
    """Return the Mandarin reading of each character without tones; a character without one stands for itself."""
    readings = _readings()
    return tuple(readings.get(character, character) for character in text)


def sound(text: str) -> str:
    """Return the readings run together: 永联 and 永连 are both `yonglian`."""
    return "".join(syllables(text))


@cache
def _glyph_table() -> dict[int, str]:
    parents: dict[str, str] = {}

    def root(character: str) -> str:
        while parents.setdefault(character, character) != character:
            character = parents[character]
        return character

    for group in look_alike_groups():
        for other in group[1:]:
            one, two = sorted((root(group[0]), root(other)))
            parents[two] = one
    return {ord(character): root(character) for character in sorted(parents)}


def look_alike_groups() -> Iterator[str]:
    """Yield groups of characters that are taken for one another; a character may be in several."""
    text = files("graph.resolve.names").joinpath("look_alikes.txt").read_text(encoding="utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))


def glyphs(text: str) -> str:
    """Return a text in which each character stands for all that look like it: 钢 and 纲 are one."""
    return text.translate(_glyph_table())
