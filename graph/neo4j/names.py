"""Names of the ontology as labels, relationship types and property keys of Neo4j: the one escaper.

Neo4j takes any name but an empty one and one with a null character. Names are kept readable; the few it refuses, and
those that would clash with our own, are written with U+0001 in front of a digit, so that every name can be read back
and names sort as their originals do. Neo4j sorts by UTF-16, where characters beyond U+FFFF come before U+E000: these
are written as U+FFFF and two others.
"""

import re

ENTITY = "_Entity"
"""Label of every entity, besides that of its class."""
PENDING = "_Pending"
"""Label of a relation whose end does not exist (yet): a node of its own, so that the graph shows only what is there."""
PROJECTION = "_Projection"
"""Label of the one node with checkpoint, digest and version."""

_EMPTY = "\x011"
_NULL = "\x012"
_MARK = "\x013"
_OURS = "\x014"
_HIGH = re.compile("[\uffff-\U0010ffff]")
_HIGH_WRITTEN = re.compile("\uffff(\x01|[\u1000-\u23ff][\u1000-\u13ff])")
RESERVED_KEYS = frozenset({"id"})


def token(name: str) -> str:
    """Return a name as Neo4j can hold it; the order of names is kept."""
    if not name:
        return _EMPTY
    if name.isascii():
        return name.replace("\x01", _MARK).replace("\x00", _NULL)
    return _HIGH.sub(_write_high, name.replace("\x01", _MARK).replace("\x00", _NULL))


def _write_high(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\uffff\x01" if code == 0xFFFF else "\uffff" + chr(0x1000 + (code >> 10)) + chr(0x1000 + (code & 0x3FF))


def _read_high(found: re.Match[str]) -> str:
    pair = found[1]
    return "\uffff" if pair == "\x01" else chr((ord(pair[0]) - 0x1000 << 10) + ord(pair[1]) - 0x1000)


def sorts_in_utf16(text: str) -> bool:
    """Return whether a server that compares a text by UTF-16 compares it as we do, by code points."""
    return text.isascii() or all(character < "\ue000" for character in text)


def label(class_name: str) -> str:
    """Return the label of a class; never one of ours, which begin with an underscore."""
    return _OURS + token(class_name) if class_name.startswith("_") else token(class_name)


def property_key(name: str) -> str:
    """Return the key of a property; never one of ours."""
    return _OURS + token(name) if name.startswith("_") or name in RESERVED_KEYS else token(name)


def original(name: str) -> str:
    """Return the name that a label, type or key stands for."""
    if name == _EMPTY:
        return ""
    name = name.removeprefix(_OURS)
    if not name.isascii():
        name = _HIGH_WRITTEN.sub(_read_high, name)
    return name.replace(_NULL, "\x00").replace(_MARK, "\x01")


def quoted(name: str) -> str:
    """Return a label, type or key for the text of a query; nothing in it can end the quotes.

    Cypher reads `\\uXXXX` before all else, so a backslash, too, is written that way.
    """
    return "`" + name.replace("\\", "\\u005C").replace("`", "``") + "`"
