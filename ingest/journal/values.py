"""How a statement's value is kept as text beside its kind, so that it is read back exactly as it was said."""

from typing import Final

from ontology.model import Value

SAME_AS: Final = "sameAs"
"""Reserved property: both ids name one thing, by a strong key (`owl:sameAs`; `ontology.schema.SAME_AS`)."""
NAMED_AS: Final = "namedAs"
"""Reserved property: the thing carries the name that the other id is made of."""
EXISTS: Final = "exists"
"""Reserved property: a record speaks of a thing and says nothing of it."""
REFERENCE: Final = "@"
"""Begins a part of a composite key that is another entity's id."""
PART_MARK: Final = "\x1f"
"""Stands between the parts of a composite key."""

TARGET: Final = 0
TEXT: Final = 1
NUMBER: Final = 2
BOOLEAN: Final = 3


def value_to_text(value: Value) -> tuple[int, str]:
    """Return the kind and the text of a literal; `repr` gives a float the shortest text that reads back equal."""
    if isinstance(value, str):
        return TEXT, value
    if isinstance(value, bool):
        return BOOLEAN, "true" if value else "false"
    return NUMBER, repr(float(value))


def value_from_text(kind: int, text: str) -> Value:
    """Return the literal of a kind and its text."""
    if kind == TEXT:
        return text
    if kind == NUMBER:
        return float(text)
    return text == "true"
