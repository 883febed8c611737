"""Cutting a long text where its sentences end."""

import re
from collections.abc import Iterator
from typing import Final

_END: Final = re.compile(r"[。！？!?；;\n]")


def pieces(text: str, size: int) -> Iterator[tuple[int, str]]:
    """Yield pieces of a text with the place each begins at: up to `size` characters, after a sentence if one ends."""
    start = 0
    while len(text) - start > size:
        ends = [found.end() for found in _END.finditer(text, start + size // 2, start + size)]
        end = ends[-1] if ends else start + size
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:]
