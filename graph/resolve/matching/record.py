"""What is known of an organisation when it is compared: its names, and whatever else tells it from others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ontology.model import Value
from ontology.values.org_code import is_org_code
from ontology.values.uscc import is_uscc

NAMES: Final = ("name", "also_named", "short_name", "english_name", "alias", "standard_name")
FORMER: Final = ("former_name",)


@dataclass(frozen=True, slots=True)
class Party:
    """One record of an organisation or site. Everything but `id` and `names` may be empty.

    `location` is (longitude, latitude) in WGS-84 degrees. `telephones` and `people` are keyed hashes, never plain.
    """

    id: str
    names: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    class_name: str = "Enterprise"
    label: str = ""
    usccs: tuple[str, ...] = ()
    org_codes: tuple[str, ...] = ()
    source_codes: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    industries: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def bodies(self) -> frozenset[str]:
        """Return the organisation codes of the body: those given, and those inside credit codes, sites and permits.

        GB 32100-2015: characters 9 to 17 of a credit code; HJ 608: the head of a source code or permit number.
        """
        codes = [*self.org_codes, *(code[8:17] for code in self.usccs if is_uscc(code))]
        codes.extend(_head(code) for code in (*self.source_codes, *self.permits))
        return frozenset(code for code in codes if is_org_code(code))

    @property
    def keys(self) -> frozenset[str]:
        """Return every code that finds the record by itself."""
        return (
            frozenset((*self.usccs, *self.org_codes, *self.source_codes, *self.permits, *self.telephones, *self.people))
            | self.bodies
        )


def _head(code: str) -> str:
    """Return the organisation code that a source code or permit number begins with, as far as its length says so."""
    return code[8:17] if len(code) in (21, 22) else code[:9] if len(code) in (12, 13) else ""


def party_of(
    identifier: str,
    properties: Mapping[str, Iterable[Value]],
    *,
    class_name: str = "Enterprise",
    label: str = "",
    industries: Iterable[str] = (),
) -> Party:
    """Return the record that an entity's properties make; properties it does not compare are passed over.

    Telephones and people are among those: what entities show of them is a mask, and 王** is no person.
    """

    def texts(*names: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(value) for name in names for value in properties.get(name, ()) if str(value)))

    return Party(
        id=identifier,
        names=texts(*NAMES) or ((label,) if label else ()),
        former_names=texts(*FORMER),
        class_name=class_name,
        label=label,
        usccs=texts("uscc"),
        org_codes=texts("org_code"),
        source_codes=texts("source_code"),
        permits=texts("permit_number"),
        addresses=texts("address"),
        location=_location(texts("location")),
        industries=tuple(industries),
    )


def _location(texts: tuple[str, ...]) -> tuple[float, float] | None:
    for text in texts:
        longitude, _, latitude = text.partition(",")
        try:
            return float(longitude), float(latitude)
        except ValueError:
            continue
    return None
