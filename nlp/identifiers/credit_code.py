"""Unified social credit codes (GB 32100-2015) in running text."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.errors import InvalidValue
from ontology.values.uscc import USCC

_CODE: Final = re.compile(r"(?<![a-z0-9])[0-9any](?:[ -]?[0-9a-z]){17}(?![a-z0-9])")
_NAMED: Final = re.compile(r"信用代码(?:证)?(?:号码|号)?[\"'“”()]{0,2}(?:为|是)?[:;]?[\"'“”(]?$")
_AROUND: Final = 24
"""Characters before a code in which its name is looked for."""


def find_credit_codes(source: Source) -> Iterator[Mention]:
    """Yield the credit codes of a text; `uscc` holds the code.

    A string that the text itself calls a credit code and that is none is told too, with a low score and without
    `uscc`: `fault` says what is wrong with it (`check-character`, `length` …), as scans and slips of the pen make them.
    """
    for found in _CODE.finditer(source.text):
        start, end = found.span()
        if not any(character.isdigit() for character in found[0]):
            continue
        try:
            parsed = USCC.parse(found[0].upper())
        except InvalidValue as fault:
            if _NAMED.search(source.text, max(0, start - _AROUND), start):
                yield source.mention(start, end, "uscc", {"fault": fault.code}, score=0.3)
            continue
        score = 0.9 if "misread" in parsed.notes else 1.0
        yield source.mention(start, end, "uscc", {"uscc": str(parsed.value)}, score=score)
