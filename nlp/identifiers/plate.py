"""Number plates of motor vehicles (GA 36-2018): 沪A·12345, 沪AD12345 (new energy), 粤B12345挂, partly masked ones."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.identifiers.source import Source
from nlp.mention import Mention

_PLATE: Final = re.compile(
    r"(?P<province>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])(?P<office>[a-hj-np-y]) ?[·•.\-]? ?"
    r"(?P<number>(?=[a-z0-9*]{0,5}\d)[a-hj-np-z0-9*]{5,6}|[a-hj-np-z0-9]{4,5}(?=[挂学警港澳]))(?P<mark>[挂学警港澳])?(?![a-z0-9])"
)


def find_plates(source: Source) -> Iterator[Mention]:
    """Yield number plates: `plate` in capitals without a dot; letters I and O occur in none."""
    for found in _PLATE.finditer(source.text):
        number = found["number"].upper()
        plate = f"{found['province']}{found['office'].upper()}{number}{found['mark'] or ''}"
        yield source.mention(*found.span(), "plate", {"plate": plate}, score=0.8 if "*" in number else 1.0)
