"""Running text: kept as written, but for invisible characters and white space at the ends."""

from ontology.errors import InvalidValue
from ontology.values.placeholder import is_placeholder, without_invisible
from ontology.values.value_type import Context, Parsed, ValueType


def parse_text(text: str, _context: Context) -> Parsed:
    """Return the text without invisible characters; raises InvalidValue `missing` where it says nothing."""
    if is_placeholder(text):
        raise InvalidValue("no text is given", code="missing", text=text)
    return Parsed(without_invisible(text).strip())


TEXT = ValueType("text", parse_text, cached=False, max_length=10_000_000)
