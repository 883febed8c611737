"""The parser: what is typed, and that nothing typed is a surprise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InvalidQuery
from search.query import MAX_DEPTH, MAX_LENGTH, All, And, Facet, Not, Or, Phrase, Query, Words, parse


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", All()),
        ("  \n", All()),
        ("电镀", Words("电镀")),
        ("上海  电镀", Words("上海 电镀")),
        ('"超标排放"', Phrase("超标排放")),
        ("“超标排放”", Phrase("超标排放")),
        ("「超标排放」", Phrase("超标排放")),
        ("『超标排放』", Phrase("超标排放")),
        ("关于“超标排放”的通知", And((Words("关于"), Phrase("超标排放"), Words("的通知")))),
        ("电镀 -停产", And((Words("电镀"), Not(Words("停产"))))),
        ("-停产", Not(Words("停产"))),
        ("NOT 停产", Not(Words("停产"))),
        ("--停产", Words("停产")),
        ("NOT NOT 停产", Words("停产")),
        ('-"长期 停产"', Not(Phrase("长期 停产"))),
        ("-(停产 OR 注销)", Not(Or((Words("停产"), Words("注销"))))),
        ("电镀 OR 印染", Or((Words("电镀"), Words("印染")))),
        ("电镀 | 印染", Or((Words("电镀"), Words("印染")))),
        ("电镀|印染", Or((Words("电镀"), Words("印染")))),
        ("a || b", Or((Words("a"), Words("b")))),
        ("电镀 AND 印染", Words("电镀 印染")),
        ("电镀 闵行 OR 印染", Or((Words("电镀 闵行"), Words("印染")))),
        ("(电镀 OR 印染) 闵行", And((Or((Words("电镀"), Words("印染"))), Words("闵行")))),
        ("class:Enterprise", Facet("class", "Enterprise")),
        ('region:"闵行区"', Facet("region", "闵行区")),
        ("region:“闵行 区”", Facet("region", "闵行 区")),
        ("(class:Site)", Facet("class", "Site")),
        (
            "电镀 class:Site -region:闵行区",
            And((Words("电镀"), Facet("class", "Site"), Not(Facet("region", "闵行区")))),
        ),
        ("备注:无", Words("备注:无")),
        ("http://a.b/c?d=(e)", Words("http://a.b/c?d=(e)")),
        ("10:30", Words("10:30")),
        ("ABB(中国)有限公司", Words("ABB(中国)有限公司")),
        ("(ABB(中国)有限公司)", Words("ABB(中国)有限公司")),
        ("ABB（中国）有限公司", Words("ABB（中国）有限公司")),
        ("HJ 608-2017", Words("HJ 608-2017")),
        ("ORIGIN NOTE ANDY", Words("ORIGIN NOTE ANDY")),
        ('"', All()),
        ('电镀"', Words("电镀")),
        ("“电镀", Words("电镀")),
        ("(电镀", Words("电镀")),
        ("电镀)", Words("电镀)")),
        ("((电镀)", Words("电镀")),
        ("()", All()),
        ("OR", All()),
        ("OR 电镀 OR", Words("电镀")),
        ("AND 电镀 AND", Words("电镀")),
        ("电镀 NOT", Words("电镀")),
        ("电镀 -", Words("电镀 -")),
        ('""', All()),
    ],
)
def test_what_is_typed_is_read(typed: str, query: Query) -> None:
    assert parse(typed) == query


def test_a_facet_without_a_value_names_its_place() -> None:
    with pytest.raises(InvalidQuery, match="class") as caught:
        parse("电镀 class: Site")
    assert caught.value.position == 9
    assert 'class:"' in caught.value.remedy


def test_only_names_of_facets_make_facets() -> None:
    assert parse("colour:red", facet_names={"colour"}) == Facet("colour", "red")
    assert parse("class:red", facet_names={"colour"}) == Words("class:red")


def test_a_query_too_long_names_the_length() -> None:
    with pytest.raises(InvalidQuery, match=str(MAX_LENGTH + 1)) as caught:
        parse("x" * (MAX_LENGTH + 1))
    assert caught.value.position == MAX_LENGTH


def test_too_many_groups_are_refused_with_their_place() -> None:
    assert parse("(" * MAX_DEPTH + "x") == Words("x")
    with pytest.raises(InvalidQuery) as caught:
        parse("(" * (MAX_DEPTH + 1) + "x")
    assert caught.value.position == MAX_DEPTH


_OPERATORS = ['"', "“", "”", "「", "」", "(", ")", "（", "-", "|", "||", "&&", " OR ", " AND ", " NOT ", " ", "\n"]
_PIECES = st.sampled_from([*_OPERATORS, "class:", "region:x", "电镀", "印染 ", "a", "1.5", "\0", "\u200b", "http://"])


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_any_text_is_read_or_refused_with_a_remedy(typed: str) -> None:
    try:
        query = parse(typed)
    except InvalidQuery as error:
        refused = error
    else:
        assert _well_formed(query)
        return
    assert refused.remedy
    assert refused.position is not None
    assert 0 <= refused.position <= len(typed)


def _well_formed(query: Query) -> bool:
    """Return whether no part is empty and no group holds fewer than two."""
    match query:
        case All():
            return True
        case Words(text) | Phrase(text):
            return bool(text.strip())
        case Facet(name, value):
            return bool(name) and bool(value.strip())
        case Not(inner):
            return _well_formed(inner)
        case And(parts) | Or(parts):
            return len(parts) > 1 and all(_well_formed(part) for part in parts)
