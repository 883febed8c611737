"""Addresses as they are compared: the district, the road and the number."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graph.resolve.names.characters import fold
from graph.resolve.names.places import leading_places

_TOWN: Final = re.compile(r"^.{1,6}?(?:街道|镇|乡|开发区|园区|工业区|居委会|村委会)")
_ROAD: Final = re.compile(r"([a-z0-9\u3400-\u9fff]{1,10}?(?:公路|大道|路|街|道|巷|胡同))")
_NUMBER: Final = re.compile(r"([0-9]+)(?:号|弄|$|(?=[^0-9]))")


@dataclass(frozen=True, slots=True)
class Address:
    """`codes` are prefixes of GB/T 2260, `road` has no town before it, `number` is the first behind the road."""

    text: str
    codes: tuple[str, ...]
    road: str
    number: str


@lru_cache(16384)
def parse_address(text: str) -> Address:
    """Return the parts of an address; a part that is not there is empty."""
    plain = fold(text).replace("(", "").replace(")", "")
    _, codes, rest = leading_places(plain, keep=0)
    rest = rest.removeprefix("中国上海自由贸易试验区")
    while (town := _TOWN.match(rest)) and len(rest) > town.end():
        rest = rest[town.end() :]
    found = _ROAD.search(rest)
    if not found:
        number = _NUMBER.search(rest)
        return Address(plain, codes, rest[: number.start()] if number else rest, number[1] if number else "")
    number = _NUMBER.search(rest, found.end())
    return Address(plain, codes, found[1], number[1] if number else "")
