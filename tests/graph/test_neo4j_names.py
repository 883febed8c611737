"""Every name can be a label, type or key of Neo4j, be read back, and sorts as it did."""

from hypothesis import given
from hypothesis import strategies as st

from graph.neo4j.names import label, original, property_key, quoted, sorts_in_utf16, token

NAMES = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("\x00\x01\x02_`\\u0\ue000\uffff\U00010000🏭")), max_size=6
)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


@given(NAMES)
def test_names_can_be_read_back(name: str) -> None:
    for written in (token(name), label(name), property_key(name)):
        assert original(written) == name
        assert written
        assert "\x00" not in written


@given(NAMES, NAMES)
def test_types_sort_as_their_names(one: str, other: str) -> None:
    assert (utf16(token(one)) < utf16(token(other))) == (one < other)


@given(NAMES, NAMES)
def test_what_is_said_to_sort_alike_does(one: str, other: str) -> None:
    if sorts_in_utf16(one):
        assert (utf16(one) < utf16(other)) == (one < other)


@given(NAMES)
def test_ours_are_not_met(name: str) -> None:
    assert not label(name).startswith("_")
    assert not property_key(name).startswith("_")
    assert property_key(name) != "id"


@given(NAMES)
def test_quotes_cannot_be_ended_from_within(name: str) -> None:
    inner = quoted(name)[1:-1]
    assert "`" not in inner.replace("``", "")
    assert inner.replace("\\u005C", "").count("\\") == 0
