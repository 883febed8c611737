"""What reading a text gives: mentions with offsets, each saying how it was found and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ontology.model import EntityId, Value

LEARNED_LABELS = ("enterprise", "agency", "person", "place", "facility", "project", "product")
"""Kinds of names, which a trained recogniser finds."""

RULE_LABELS = (
    "uscc", "permit_number", "document_number", "law_article", "amount", "date", "period", "standard", "pollutant",
    "concentration", "exceedance", "outlet", "coordinate", "plate", "weather",
)  # fmt: skip
"""Kinds of identifiers and quantities, which have a form that can be checked."""

LABELS = LEARNED_LABELS + RULE_LABELS


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names or measures something.

    `start` and `end` count characters (code points) of the original text, end exclusive; `text` is exactly that
    stretch. `method` names the component or rule that found it; `score` is its confidence, 0 to 1. `values` holds
    what it means in normal form, by name (`{"value": 200000.0, "unit": "元"}`, `{"uscc": "9131…"}`). `entity_id` is
    the entity of the graph it was linked to; None where it was not looked up or is not in the register.
    """

    start: int
    end: int
    label: str
    text: str
    method: str
    score: float
    values: Mapping[str, Value] = field(default_factory=dict)
    entity_id: EntityId | None = None
