"""What is known of each character of a text before any training: its kind, its word, its neighbours."""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt
import rjieba

Numbers = npt.NDArray[np.int64]

_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿")
_OPENING = frozenset("《“‘（(「『【<[")
_CLOSING = frozenset("》”’）)」』】>]")


@cache
def folded(character: str) -> int:
    """Return the code of a character with its width, case and number put aside."""
    plain = unicodedata.normalize("NFKC", character)[:1] or character
    if plain.isdigit():
        return ord("0")
    return ord(plain.lower()[:1] or plain)


@cache
def kind(character: str) -> int:
    """Return the kind of a character.

    1 Han, 2 Latin capital, 3 Latin small, 4 digit, 5 Chinese numeral, 6 opening mark, 7 closing mark, 8 other mark, 9
    mark within names, 10 blank.
    """
    if character in _NUMERALS:
        return 5
    if character.isdigit():
        return 4
    if character in _OPENING:
        return 6
    if character in _CLOSING:
        return 7
    if "一" <= character <= "鿿":
        return 1
    if character.isalpha():
        return 2 if character.isupper() else 3
    return 9 if character in "·•-" else 10 if character.isspace() else 8


@cache
def speech_number(tag: str) -> int:
    """Return a number for a part of speech as jieba writes it, the same in every process."""
    return int.from_bytes(tag.encode()[:7], "big")


def words(text: str) -> list[tuple[str, int]]:
    """Return the words of a text with the numbers of their parts of speech; joined they give the text."""
    return [(word, speech_number(tag)) for word, tag in rjieba.tag(text)]


def places(length: int) -> list[int]:
    """Return where each character of a word stands: 1 begins it, 2 is inside, 3 ends it, 4 is all of it."""
    return [4] if length == 1 else [1, *[2] * (length - 2), 3]


def pair_hashes(codes: Numbers, *, salt: int, first: int) -> npt.NDArray[np.uint64]:
    """Return for each character a hash of the codes at `first` and after it; beyond the text's edge they are 0."""
    padded = np.zeros(len(codes) + 2, np.uint64)
    padded[1:-1] = codes
    total = np.full(len(codes), salt, np.uint64)
    for offset in (first, first + 1):
        total = _mixed(total * np.uint64(0x9E3779B97F4A7C15) + padded[1 + offset : 1 + offset + len(codes)])
    return total


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return well-spread hashes (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
