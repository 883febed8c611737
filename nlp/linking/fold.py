"""Texts and names in the form in which they are compared, with the way back to the original places."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.segment import fold, fold_with_places

_IGNORED = " \t\u3000\r\xa0()[]{}<>〈〉《》〔〕【】〖〗“”‘’\"'·-_—"
"""What two spellings of one name may differ by: 上海（中国）公司, 上海 中国公司. Commas and stops stay."""
_DROP = np.zeros(0x3100, dtype=np.bool_)
_DROP[[ord(character) for character in _IGNORED]] = True
_LINE = ord("\n")
_DELETE = dict.fromkeys(map(ord, f"{_IGNORED}\n"))


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text; `places[i]` is the original place of its character `i`, and `ends[i]` the place after it."""

    text: str
    places: NDArray[np.int64]
    ends: NDArray[np.int64]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that the non-empty folded span comes from."""
        return int(self.places[start]), int(self.ends[end - 1])


def fold_name(name: str) -> str:
    """Return a name as it is compared: simplified, small letters, without spaces, brackets, quotes. May be empty."""
    return fold(name).translate(_DELETE)


def fold_text(text: str) -> FoldedText:
    """Return a text as it is compared; a single line end goes (a name may wrap), two in a row stay."""
    folded = fold_with_places(text)
    codes = np.frombuffer(folded.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    small = codes < _DROP.size
    drop = np.zeros(codes.size, dtype=np.bool_)
    drop[small] = _DROP[codes[small]]
    line = codes == _LINE
    if line.any():
        doubled = line.copy()
        doubled[:-1] &= line[1:]
        doubled[1:] |= line[1:] & line[:-1]
        drop |= line & ~doubled
    kept = np.flatnonzero(~drop)
    plain = folded.text
    if kept.size < codes.size:
        plain = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    if folded.starts is None or folded.ends is None:
        return FoldedText(plain, kept, kept + 1)
    starts = np.asarray(folded.starts, dtype=np.int64)
    ends = np.asarray(folded.ends, dtype=np.int64)
    return FoldedText(plain, starts[kept], ends[kept])
