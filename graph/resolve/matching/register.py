"""The names and facts of a register in a form that a million of them fit into memory and are read back at once."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.resolve.matching.blocking import KeyIndex, bucket_hash, build_keys, keys_of, query_keys
from graph.resolve.matching.compare import names_of
from graph.resolve.matching.record import Party
from graph.resolve.names.parser import parse_organisation
from graph.resolve.names.parts import OrganisationName

CODE: Final = "X"
"""Head of the keys that are codes, not parts of a name."""
NAMELESS: Final = parse_organisation("")
BEARER: Final = "Q"
"""Head of the keys that count enterprises by their brand: once each, however many records and sites it has."""
_COMMON: Final = 400.0
"""Bearers of a brand from which it counts as wholly common."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts one behind the other: text `i` is `data[first[i]:first[i + 1]]`."""

    data: bytes
    first: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.first) - 1

    def __getitem__(self, at: int) -> bytes:
        """Return one text."""
        return self.data[self.first[at] : self.first[at + 1]]


class Packer:
    """Takes texts one after the other: a million small objects would be several times as large as what they hold."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("q", [0])

    def add(self, text: bytes) -> None:
        """Take in one text."""
        self._data += text
        self._ends.append(len(self._data))

    def packed(self) -> Packed:
        """Return all that was taken in."""
        return Packed(bytes(self._data), np.array(self._ends, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Row:
    """One name of one record: its parts, the number of the record, and whether it is a former name."""

    number: int
    name: OrganisationName
    party: int
    former: bool


@dataclass(frozen=True, slots=True)
class Register:
    """All names of all records, ready to look up. Made by `build_register`."""

    keys: KeyIndex
    names: Packed
    parties: Packed
    party_of_row: NDArray[np.int32]
    former: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self.names)

    def row(self, number: int) -> Row:
        """Return one name."""
        name = _unpack_name(self.names[number])
        return Row(number, name, int(self.party_of_row[number]), bool(self.former[number]))

    def party(self, number: int) -> Party:
        """Return one record."""
        return _unpack_party(self.parties[number])

    def all_parties(self) -> Iterator[Party]:
        """Yield every record in order."""
        return (self.party(number) for number in range(len(self.parties)))

    def candidates(self, name: OrganisationName, codes: Iterable[str] = (), *, limit: int = 20) -> Sequence[int]:
        """Return the rows worth comparing with a name and codes, most promising first."""
        keys = [*query_keys(name), *((CODE + code, 6.0) for code in sorted(codes))]
        for other in (*name.former, *name.others):
            keys.extend(query_keys(parse_organisation(other)))
        found: list[int] = self.keys.candidates(keys, limit=limit).tolist()
        return found

    def by_codes(self, codes: Iterable[str], *, limit: int = 20) -> Sequence[int]:
        """Return the rows of records that have one of the codes, by row."""
        found: list[int] = self.keys.candidates([(CODE + code, 1.0) for code in sorted(codes)], limit=limit).tolist()
        return found

    def shared(self, name: OrganisationName) -> float:
        """Return how common a brand is in the register: 0 for one bearer, 1 for hundreds."""
        bearers = self.keys.count(BEARER + (name.brand or name.trade))
        return min(1.0, log(max(bearers, 1)) / log(_COMMON))


def build_register(parties: Iterable[Party]) -> Register:
    """Return the register of all records, in their order; a record without a name is found by its codes only."""
    collected = _Collected()
    keys = build_keys(collected.rows(parties))
    return Register(
        keys=keys,
        names=collected.names.packed(),
        parties=collected.parties.packed(),
        party_of_row=np.array(collected.owners, dtype=np.int32),
        former=np.frombuffer(bytes(collected.former), dtype=np.bool_),
    )


class _Collected:
    """Rows while they come in."""

    def __init__(self) -> None:
        self.names = Packer()
        self.parties = Packer()
        self.owners = array("i")
        self.former = bytearray()
        self._bodies: set[int] = set()

    def rows(self, parties: Iterable[Party]) -> Iterator[list[str]]:
        """Yield the keys of each row, and keep the row."""
        for number, party in enumerate(parties):
            self.parties.add(_pack_party(party))
            codes = [CODE + code for code in party.keys]
            for name, former in names_of(party) or [(NAMELESS, False)]:
                self.names.add(_pack_name(name))
                self.owners.append(number)
                self.former.append(former)
                yield [*(key for key, _ in keys_of(name)), *codes, *self._counted(name)]

    def _counted(self, name: OrganisationName) -> list[str]:
        body = bucket_hash("".join((*name.regions, name.core)))
        if body in self._bodies:
            return []
        self._bodies.add(body)
        return [BEARER + (name.brand or name.trade)]


_NAME_FIELDS: Final = ("text", "core", "brand", "legal", "form", "branch", "site", "remark")
_NAME_LISTS: Final = ("regions", "codes", "trades", "former", "others", "numbers", "site_numbers")


def _pack_name(name: OrganisationName) -> bytes:
    fields = [getattr(name, part) for part in _NAME_FIELDS]
    lists = ["\x1f".join(getattr(name, part)) for part in _NAME_LISTS]
    return "\x1e".join([*fields, *lists, "g" if name.group else "", "l" if name.latin else ""]).encode()


@lru_cache(32768)
def _unpack_name(data: bytes) -> OrganisationName:
    parts = data.decode().split("\x1e")
    lists = [tuple(part.split("\x1f")) if part else () for part in parts[8:15]]
    return OrganisationName(
        text=parts[0],
        core=parts[1],
        brand=parts[2],
        legal=parts[3],
        form=parts[4],
        branch=parts[5],
        site=parts[6],
        remark=parts[7],
        regions=lists[0],
        codes=lists[1],
        trades=lists[2],
        former=lists[3],
        others=lists[4],
        numbers=lists[5],
        site_numbers=lists[6],
        group=bool(parts[15]),
        latin=bool(parts[16]),
    )


_PARTY_FIELDS: Final = Party.__slots__
_NAMELESS: Final = Party(id="", names=(), class_name="")
_PARTY_DEFAULTS: Final = tuple(getattr(_NAMELESS, name) for name in _PARTY_FIELDS)


def _pack_party(party: Party) -> bytes:
    # Only what is there, by its place: most records have no more than a name, a code and a class.
    return orjson.dumps({str(at): value for at, name in enumerate(_PARTY_FIELDS) if (value := getattr(party, name))})


@lru_cache(32768)
def _unpack_party(data: bytes) -> Party:
    values = orjson.loads(data)
    kept: list[Any] = list(_PARTY_DEFAULTS)
    for place, value in values.items():
        kept[int(place)] = tuple(value) if isinstance(value, list) else value
    return Party(*kept)
