"""Orders to correct a violation (责令改正违法行为决定书): what is wrong, which law it breaks, what is to be done by
when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.identifiers.find import find_identifiers
from nlp.mention import Mention
from nlp.readers.citations import cited_laws
from nlp.readers.field import Field, Page
from nlp.readers.heading import agency_of, masked_person, open_page, signed_on
from nlp.readers.penalty import (
    PARTY,
    REPRESENTATIVE,
    address_of,
    credit_code,
    facts_of,
    found_on,
    number_of_document,
    party_of,
)
from nlp.readers.sanctions import remedies_of

_ORDER: Final = re.compile(
    r"(?:(?:现|决定)?责令(?:你(?:单位|公司|厂|店|户)?|当事人)?|(?:要求|应当)你(?:单位|公司|厂))"
    r"(?P<what>[^。\n]{4,300}?)(?=。|\n|;|$)"
)
_LISTED: Final = re.compile(
    r"\n[ \t]*(?:\(?[一二三四五六七八九十\d]{1,2}[)、.])[ \t]*(?P<what>[^\n]{4,300}?)(?=[;。]?\n|[;。]?$)"
)
_NOT_ORDERS: Final = re.compile(
    r"^(?:改正(?:违法行为)?(?:决定书|通知书)|改正或者|限制生产、停产整治)|由(?:县级|.{2,20}主管部门)"
)
_BY: Final = re.compile(r"前|之前|以前|内|日内")


@dataclass(frozen=True, slots=True)
class RectificationOrder:
    """What an order says; None or empty where it does not. `deadline` is a day or a length of time (`P30D`, `立即`)."""

    document_number: Field | None = None
    agency: Field | None = None
    party: Field | None = None
    uscc: Field | None = None
    representative: Field | None = None
    address: Field | None = None
    facts: Field | None = None
    found: Field | None = None
    law_broken: tuple[Field, ...] = ()
    law_applied: tuple[Field, ...] = ()
    orders: tuple[Field, ...] = ()
    deadline: Field | None = None
    decided: Field | None = None
    remedies: tuple[Field, ...] = ()


def read_rectification_order(
    text: str, *, written: date | None = None, mentions: Sequence[Mention] | None = None
) -> RectificationOrder:
    """Return what an order to correct a violation says; a text of another kind gives few fields or none."""
    page = open_page(text, find_identifiers(text, written=written) if mentions is None else mentions)
    facts = facts_of(page)
    span = None if facts is None else (page.place(facts.start), page.place(facts.end - 1) + 1)
    broken, applied = cited_laws(page)
    orders = _orders(page)
    return RectificationOrder(
        document_number=number_of_document(page),
        agency=agency_of(page),
        party=party_of(page, PARTY),
        uscc=credit_code(page),
        representative=masked_person(page, REPRESENTATIVE),
        address=address_of(page),
        facts=facts,
        found=found_on(page, span),
        law_broken=broken,
        law_applied=applied,
        orders=orders,
        deadline=_deadline(page, orders),
        decided=signed_on(page),
        remedies=remedies_of(page),
    )


def _orders(page: Page) -> tuple[Field, ...]:
    found: list[Field] = []
    for match in _ORDER.finditer(page.text):
        what = match["what"].strip(" ,:")
        quoted = page.text.count("“", 0, match.start()) > page.text.count("”", 0, match.start())
        if quoted or _NOT_ORDERS.search(what) or (match.start() < 60 and "决定书" in what):
            continue
        begins = match.start("what") + match["what"].index(what) if what else 0
        if page.text[match.end("what") - 1 : match.end("what")] == ":" or re.search(r"(?:如下|以下)[^。]{0,12}$", what):
            after = page.text[match.end() : match.end() + 1_500]
            items = [item.span("what") for item in _LISTED.finditer(after)]
            found.extend(page.field(match.end() + start, match.end() + end) for start, end in items)
        elif what:
            found.append(page.field(begins, begins + len(what)))
    return tuple(found)


def _deadline(page: Page, orders: Sequence[Field]) -> Field | None:
    """Return until when: a day or length of time in the sentences of the orders, else 立即 where they say so."""
    for order in orders:
        first, last = page.sentence(page.place(order.start))
        for mention in page.mentions:
            place = page.place(mention.start)
            if mention.label not in ("date", "period") or not first <= place < last:
                continue
            value = mention.values.get("duration") or mention.values.get("date")
            after = page.text[page.place(mention.end - 1) + 1 :][:2]
            if value and (mention.label == "period" or _BY.match(after)):
                return page.of_mention(mention, value)
    for order in orders:
        place = page.place(order.start)
        if found := re.compile("立即").search(page.text, max(0, place - 12), place + 40):
            return page.field(*found.span())
    return None
