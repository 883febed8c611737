"""Numbers of discharge permits and registrations (HJ 608-2017) in running text, and local ones that a text names so."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.identifiers.source import Source
from nlp.mention import Mention
from ontology.errors import InvalidValue
from ontology.values.permit_number import PERMIT_NUMBER

_NATIONAL: Final = re.compile(
    r"(?<![a-z0-9])(?:[0-9any](?:[ -]?[0-9a-z]){17}(?:[ -]?\d){3} ?[a-z]|hb\d{6}[0-9a-z]{10}\d{3}[a-z]"
    r"|[0-9a-z]{8}[0-9x]\d{3}[a-z])(?![a-z0-9])"
)
_NAMED: Final = re.compile(
    r"(?:许可证|登记回执|登记表)(?:正本|副本)?\(?(?:登记)?(?:编号|证号|证书编号|号码|号)\)?(?:为|是)?[:]?[\"“]?"
    r"(?P<number>[a-z0-9][a-z0-9/-]{5,29})(?![a-z0-9])"
)


def find_permit_numbers(source: Source) -> Iterator[Mention]:
    """Yield the permit numbers of a text; `permit_number` holds the number, `uscc` the credit code inside it.

    What a text calls the number of a permit and is not one of HJ 608-2017 is a local number (`local_permit_number`).
    """
    seen: set[int] = set()
    for found in _NATIONAL.finditer(source.text):
        try:
            parsed = PERMIT_NUMBER.parse(found[0])
        except InvalidValue:
            continue
        seen.add(found.start())
        values = {"permit_number": str(parsed.value)}
        if uscc := parsed.part("uscc"):
            values["uscc"] = uscc
        yield source.mention(*found.span(), "permit_number", values)
    for found in _NAMED.finditer(source.text):
        start, end = found.span("number")
        if start not in seen and any(character.isdigit() for character in found["number"]):
            values = {"local_permit_number": source.written(start, end).upper()}
            yield source.mention(start, end, "permit_number", values, score=0.7)
