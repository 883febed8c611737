"""Hazardous waste sent to receivers without a licence, with an expired one, or with one for other waste."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from insight.supervision.finding import Finding, finding
from insight.supervision.register import Register, text
from ontology.model import Entity, Relation

_FORM: Final = re.compile(r"[\s市（）()]|股份|有限|责任|公司|集团|环境|环保|科技|发展|工程|资源|服务|处置|处理")
_SIMILAR: Final = 0.74
_CODE: Final = re.compile(r"(?<!\d)\d{3}-\d{3}-(\d{2})(?!\d)|HW\s*(\d{2})(?!\d)", re.IGNORECASE)

Licences = Sequence[tuple[Entity, Relation]]


def waste_receivers(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield transfers to receivers whose licence is missing, over, or for other waste, one finding for each pair.

    A receiver is only called unlicensed where the register of licences covers its place (the first two characters
    of some holder's name); `low` where a holder has nearly its name: then one of them is written wrongly.
    """
    holders = _holders(register)
    places = {name[:2] for name in holders}
    pairs: dict[tuple[str, str], list[tuple[Entity, Relation, Relation]]] = {}
    for transfer in register.of_class("WasteTransfer"):
        for sent in register.out(transfer.id, "wasteFrom"):
            for taken in register.out(transfer.id, "wasteTo"):
                pairs.setdefault((sent.target, taken.target), []).append((transfer, sent, taken))
    for key in sorted(pairs):
        transfers = pairs[key]
        receiver = register.entities[transfers[0][2].target]
        licences = register.held(receiver.id, "WasteLicence")
        if licences:
            yield from _dates(register, transfers, licences, as_of)
            yield from _categories(register, transfers, licences)
        elif receiver.label[:2] in places:
            yield _unlicensed(register, transfers, holders)


def _unlicensed(
    register: Register, transfers: Sequence[tuple[Entity, Relation, Relation]], holders: Mapping[str, Entity]
) -> Finding:
    receiver = register.entities[transfers[0][2].target]
    core = _FORM.sub("", receiver.label)
    scored = sorted((-SequenceMatcher(None, core, _FORM.sub("", name)).ratio(), name) for name in holders)
    similar = scored[0][1] if scored and -scored[0][0] >= _SIMILAR else ""
    evidence = [holders[similar]] if similar else []
    values: dict[str, str | float] = {"similar": similar}
    return _waste("waste-unlicensed", "low" if similar else "medium", register, transfers, evidence, (), values)


def _dates(
    register: Register, transfers: Sequence[tuple[Entity, Relation, Relation]], licences: Licences, as_of: date
) -> Iterator[Finding]:
    """Compare with the year of the transfer where it is known, otherwise with `as_of`."""
    ends = [text(licence, "valid_until") for licence, _ in licences]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return
    last = max(known)
    years = [year for transfer, _, _ in transfers if (year := text(transfer, "year")) is not None]
    day = max(years)[:4] if years else as_of.isoformat()
    if last[: len(day)] >= day[: len(last)]:
        return
    newest = max((text(found, "decided") or "" for found in register.of_class("WasteLicence")), default="")
    stale = not years and newest < last
    values: dict[str, str | float] = {"valid_until": last, "as_of": day, "register_until": newest}
    severity = "high" if years else "low" if stale else "medium"
    entities, relations = [licence for licence, _ in licences], [relation for _, relation in licences]
    yield _waste("waste-licence-expired", severity, register, transfers, entities, relations, values)


def _categories(
    register: Register, transfers: Sequence[tuple[Entity, Relation, Relation]], licences: Licences
) -> Iterator[Finding]:
    """Compare waste categories (HW01 to HW50) where every licence of the receiver names its own."""
    scopes = [_codes(text(licence, "scope") or "") for licence, _ in licences]
    if not all(scopes):
        return
    allowed = set().union(*scopes)
    outside = [item for item in transfers if (codes := _sent(item[0])) and not codes <= allowed]
    if not outside:
        return
    sent = sorted({f"HW{code}" for item in outside for code in _sent(item[0]) - allowed})
    values: dict[str, str | float] = {"sent": "、".join(sent), "licensed": "、".join(f"HW{c}" for c in sorted(allowed))}
    entities, relations = [licence for licence, _ in licences], [relation for _, relation in licences]
    yield _waste("waste-category", "high", register, outside, entities, relations, values)


def _waste(
    kind: str,
    severity: str,
    register: Register,
    transfers: Sequence[tuple[Entity, Relation, Relation]],
    entities: Sequence[Entity],
    relations: Sequence[Relation],
    values: Mapping[str, str | float],
) -> Finding:
    producer = register.entities[transfers[0][1].target]
    receiver = register.entities[transfers[0][2].target]
    amounts = [
        float(v) for transfer, _, _ in transfers for v in transfer.properties.get("amount", ()) if isinstance(v, float)
    ]
    return finding(
        kind,
        severity,
        producer,
        region=register.region(producer.id),
        entities=[*(transfer for transfer, _, _ in transfers), receiver, *entities],
        relations=[*(r for _, sent, taken in transfers for r in (sent, taken)), *relations],
        values={
            "receiver": receiver.label,
            "transfers": float(len(transfers)),
            "amount": round(sum(amounts), 6),
            **values,
        },
        key=(receiver.id,),
    )


def _sent(transfer: Entity) -> set[str]:
    return _codes(f"{text(transfer, 'waste_code') or ''} {text(transfer, 'waste_name') or ''}")


def _codes(written: str) -> set[str]:
    return {first or second for first, second in _CODE.findall(written)}


def _holders(register: Register) -> dict[str, Entity]:
    """Return the holders of waste licences by name."""
    found: dict[str, Entity] = {}
    for licence in register.of_class("WasteLicence"):
        for relation in register.out(licence.id, "grantedTo"):
            holder = register.entities[relation.target]
            found.setdefault(holder.label, holder)
    return found
