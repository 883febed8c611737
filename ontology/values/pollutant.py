"""Pollutants and measured parameters by the codes of HJ 524-2009 (air) and HJ 525-2009 (water).

`pollutants.csv` holds code, name, medium, the code of the 2005 transmission protocol and synonyms. Some that permits
limit have no national code there (臭气浓度, 油烟): their name is their identifier.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.script import simplified
from ontology.values.value_type import Context, Parsed, ValueType

_CODE = re.compile(r"[aw][0-9]{5}")
_OLD_CODE = re.compile(r"[0-9]{2,3}")
_REMARK = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_NOT_COMPARED = re.compile(r"[\s_·:：*]+")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Pollutant:
    """One pollutant or parameter. `code` is empty where none is known; `medium` is `air`, `water`, `noise` or empty."""

    code: str
    name: str
    medium: str

    @property
    def identifier(self) -> str:
        """Return the code, or the name where there is no code."""
        return self.code or self.name


@dataclass(frozen=True, slots=True)
class _Tables:
    by_code: dict[str, Pollutant]
    by_old_code: dict[str, Pollutant]
    by_name: dict[str, tuple[Pollutant, ...]]


def _key(name: str) -> str:
    return _NOT_COMPARED.sub("", simplified(name)).casefold().replace("［", "[").replace("］", "]")


@cache
def _tables() -> _Tables:
    by_code: dict[str, Pollutant] = {}
    by_old_code: dict[str, Pollutant] = {}
    by_name: dict[str, list[Pollutant]] = {}
    with files("ontology.values").joinpath("pollutants.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            pollutant = Pollutant(row["code"], row["name"], row["medium"])
            if pollutant.code:
                by_code[pollutant.code] = pollutant
            if row["code_2005"]:
                by_old_code.setdefault(row["code_2005"], pollutant)
            for name in (row["name"], *filter(None, row["synonyms"].split("|"))):
                by_name.setdefault(_key(name), []).append(pollutant)
    return _Tables(by_code, by_old_code, {name: tuple(found) for name, found in by_name.items()})


def pollutant_of(identifier: str) -> Pollutant | None:
    """Return the pollutant with that code (or that name, where it has no code), None where there is none."""
    tables = _tables()
    if identifier in tables.by_code:
        return tables.by_code[identifier]
    return next((found for found in tables.by_name.get(_key(identifier), ()) if found.identifier == identifier), None)


def _by_name(name: str) -> tuple[Pollutant, ...]:
    """Return what a name stands for: as written, then without its bracketed remark, then the remark alone."""
    by_name = _tables().by_name
    if found := by_name.get(_key(name)):
        return found
    bare = _REMARK.sub("", name)
    if bare != name and bare and (found := by_name.get(_key(bare))):
        return found
    for remark in _REMARK.findall(name):
        if found := by_name.get(_key(remark[1:-1])):
            return found
    return ()


def _in_medium(candidates: tuple[Pollutant, ...], unit: str | None) -> tuple[Pollutant, tuple[str, ...]]:
    """Choose between the codes of air and water by the unit; air where the unit does not tell."""
    if len(candidates) == 1:
        return candidates[0], ()
    water = unit is not None and unit.casefold().replace(" ", "").endswith("/l")
    chosen = next((found for found in candidates if found.medium == ("water" if water else "air")), candidates[0])
    return chosen, () if unit else ("medium-guessed",)


def _parts(found: Pollutant) -> tuple[tuple[str, str], ...]:
    return (("name", found.name), ("medium", found.medium), ("listed", found.identifier))


def parse_pollutant(text: str, context: Context) -> Parsed:
    """Return the code (`w01018` for COD, CODcr, 化学需氧量), or the usual name where there is none (`no-code`).

    Parts: `name`, `medium`, `listed` (the value, only where the table has it).
    A name not in the table is returned as written, noted `unlisted`. `context.unit` tells air from water for what
    both know. Raises InvalidValue: `missing`, `form` (no name at all).
    """
    plain = require_text(text, "pollutant")
    tables = _tables()
    if _CODE.fullmatch(plain.casefold()) and plain.casefold() in tables.by_code:
        found = tables.by_code[plain.casefold()]
        return Parsed(found.code, parts=_parts(found))
    if _OLD_CODE.fullmatch(plain) and plain in tables.by_old_code:
        found = tables.by_old_code[plain]
        return Parsed(found.identifier, notes=("code-2005",), parts=_parts(found))
    candidates = _by_name(plain)
    if not candidates:
        if len(plain) > _LONGEST_NAME or not any(character.isalpha() for character in plain):
            raise InvalidValue(f"{text!r} is no pollutant's name", code="form", text=text)
        return Parsed(plain, key=_key(plain), notes=("unlisted",), parts=(("name", plain),))
    found, notes = _in_medium(candidates, context.unit)
    notes = notes if found.code else (*notes, "no-code")
    return Parsed(found.identifier, notes=notes, parts=_parts(found))


POLLUTANT = ValueType("pollutant", parse_pollutant)
