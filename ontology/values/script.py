"""Traditional and simplified characters: names are compared in simplified ones."""

import re
from functools import cache, lru_cache

import opencc

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def has_han(text: str) -> bool:
    """Tell whether `text` holds a Chinese character."""
    return _HAN.search(text) is not None


@lru_cache(8192)
def simplified(text: str) -> str:
    """Return `text` with traditional characters in their simplified form (OpenCC t2s); others stay."""
    if text.isascii():
        return text
    return str(_converter().convert(text))
