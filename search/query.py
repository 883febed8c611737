"""The query tree and its parser: our own words, compiled by each engine, never an engine's DSL.

What a person may type:

| typed | meaning |
|---|---|
| `上海 电镀` | words; all should occur, most must |
| `"超标排放"`, `“超标排放”`, `「超标排放」` | exactly these characters, next to each other |
| `-停产`, `NOT 停产` | without |
| `电镀 OR 印染`, `电镀 | 印染` | either |
| `(电镀 OR 印染) 闵行` | groups; a bracket inside a word, as in `ABB(中国)有限公司`, is part of the word |
| `class:Enterprise`, `region:"闵行区"` | the document's facet has this value |

Whatever else is typed is words: a lost bracket, quotation mark or operator is never an error.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ontology.errors import InvalidQuery


@dataclass(frozen=True, slots=True)
class All:
    """Every document: what an empty query box means."""


@dataclass(frozen=True, slots=True)
class Words:
    """Running text: all its words should occur near the top, most must (`search/plan.py` says how many)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These characters in this order, next to each other."""

    text: str


@dataclass(frozen=True, slots=True)
class Facet:
    """`name:value`: the document's facet has exactly this value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match `query`."""

    query: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match all parts."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any part."""

    parts: tuple["Query", ...]


Query = All | Words | Phrase | Facet | Not | And | Or

FACET_NAMES = frozenset({"class", "dataset", "region", "industry", "kind", "year", "synthetic", "medium", "status"})
"""Names that a colon makes a facet of; before any other, it is text (`http://…`, `备注:无`)."""

MAX_LENGTH = 2_000
"""Characters of a query. A passage pasted to find its like fits; a book does not."""

MAX_DEPTH = 16
"""Groups within groups; each costs a level of Python's and the engine's stack."""

_CLOSING = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
_OPERATOR = re.compile(
    r"(?P<or>\|\|?|OR(?=[\s()]|$))|(?P<and>&&?|AND(?=[\s()]|$))|(?P<not>NOT(?=[\s()]|$)|[-－!！](?=[^\s)]))"
)
_FACET = re.compile(r"([A-Za-z_]+):(?!//)")


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """`kind` is `words`, `phrase`, `facet`, `or`, `and`, `not`, `open` or `close`."""

    kind: str
    position: int
    text: str = ""
    name: str = ""


def parse(text: str, *, facet_names: Collection[str] = FACET_NAMES) -> Query:
    """Return the query a person means by `text`; `All` for a text without anything in it.

    Raises `InvalidQuery` where forgiving would mislead: a facet without a value, a text of more than `MAX_LENGTH`
    characters, more than `MAX_DEPTH` groups in one another.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidQuery(
            f"the query has {len(text)} characters, at most {MAX_LENGTH} are searched",
            position=MAX_LENGTH,
            remedy="Search for a passage of the text, or for its main words.",
        )
    return _Parser(_Lexer(text, facet_names).lexemes()).query()


class _Lexer:
    """Cuts a query into lexemes."""

    def __init__(self, text: str, facet_names: Collection[str]) -> None:
        self._text = text
        self._facet_names = facet_names
        self._at = 0
        self._groups = 0
        self._found: list[_Lexeme] = []

    def lexemes(self) -> list[_Lexeme]:
        while self._at < len(self._text):
            character = self._text[self._at]
            if character.isspace():
                self._at += 1
            elif character in "()":
                self._bracket(character)
            elif not (self._quoted() or self._operator() or self._facet()):
                self._add("words", self._at, self._word())
        return self._found

    def _add(self, kind: str, position: int, text: str = "", name: str = "") -> None:
        self._found.append(_Lexeme(kind, position, text, name))

    def _bracket(self, character: str) -> None:
        if character == "(":
            self._groups += 1
            self._add("open", self._at)
        elif self._groups:
            self._groups -= 1
            self._add("close", self._at)
        self._at += 1

    def _quoted(self) -> bool:
        """Take a phrase if one starts here; an opening mark without its closing one is passed over."""
        start = self._at
        closing = _CLOSING.get(self._text[start])
        if closing is None:
            return False
        end = self._text.find(closing, start + 1)
        if end < 0:
            self._at += 1
        else:
            self._at = end + 1
            self._add("phrase", start, self._text[start + 1 : end])
        return True

    def _operator(self) -> bool:
        match = _OPERATOR.match(self._text, self._at)
        if match is None or match.lastgroup is None:
            return False
        self._add(match.lastgroup, self._at)
        self._at = match.end()
        return True

    def _facet(self) -> bool:
        match = _FACET.match(self._text, self._at)
        if match is None or match.group(1) not in self._facet_names:
            return False
        start, self._at = self._at, match.end()
        value = ""
        if self._at < len(self._text):
            closing = _CLOSING.get(self._text[self._at])
            end = self._text.find(closing, self._at + 1) if closing else -1
            if end >= 0:
                value, self._at = self._text[self._at + 1 : end], end + 1
            else:
                value = self._word()
        if not value.strip():
            raise InvalidQuery(
                f"the facet {match.group(1)} has no value",
                position=match.end(),
                remedy=f'Write {match.group(1)}:VALUE without a space, or {match.group(1)}:"A VALUE WITH SPACES".',
            )
        self._add("facet", start, value.strip(), match.group(1))
        return True

    def _word(self) -> str:
        """Take what goes on to the next space, quoted phrase, or closing bracket that is not the word's own."""
        start, own_brackets = self._at, 0
        while self._at < len(self._text):
            character = self._text[self._at]
            quotes = self._at > start and character in _CLOSING
            ends_group = character == ")" and own_brackets == 0 and self._groups > 0
            if character.isspace() or ends_group or quotes or (character == "|" and self._at > start):
                break
            own_brackets += {"(": 1, ")": -1}.get(character, 0)
            self._at += 1
        return self._text[start : self._at]


class _Parser:
    """Reads lexemes by descent: either of alternatives, all of a row, one of a part."""

    def __init__(self, lexemes: Sequence[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0

    def query(self) -> Query:
        found = self._either()
        return All() if found is None else found

    def _peek(self) -> str:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else ""

    def _either(self) -> Query | None:
        parts: list[Query] = []
        while True:
            part = self._row()
            if part is not None:
                parts.append(part)
            if self._peek() != "or":
                break
            self._at += 1
        if len(parts) > 1:
            return Or(tuple(parts))
        return parts[0] if parts else None

    def _row(self) -> Query | None:
        parts: list[Query] = []
        while (kind := self._peek()) not in ("", "or", "close"):
            if kind == "and":
                self._at += 1
                continue
            part = self._part()
            if isinstance(part, Words) and parts and isinstance(parts[-1], Words):
                parts[-1] = Words(f"{parts[-1].text} {part.text}")
            elif part is not None:
                parts.append(part)
        if len(parts) > 1:
            return And(tuple(parts))
        return parts[0] if parts else None

    def _part(self) -> Query | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind == "not":
            return self._negated()
        if lexeme.kind == "open":
            return self._group(lexeme)
        if lexeme.kind == "facet":
            return Facet(lexeme.name, lexeme.text)
        if lexeme.kind == "phrase":
            return Phrase(lexeme.text) if lexeme.text.strip() else None
        return Words(lexeme.text)

    def _negated(self) -> Query | None:
        """Return what follows, negated as often as it is said to be; nothing where nothing follows."""
        negated = True
        while self._peek() == "not":
            self._at += 1
            negated = not negated
        if self._peek() in ("", "or", "and", "close"):
            return None
        part = self._part()
        return Not(part) if negated and part is not None else part

    def _group(self, lexeme: _Lexeme) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise InvalidQuery(
                f"more than {MAX_DEPTH} groups in one another", position=lexeme.position, remedy="Leave brackets out."
            )
        inner = self._either()
        if self._peek() == "close":
            self._at += 1
        self._depth -= 1
        return inner
