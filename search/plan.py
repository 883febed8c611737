"""What a query asks of an index, in clauses that every engine has: terms, phrases, prefixes and their combination.

Engines translate clauses one to one, so two engines find the same documents in the same order. All scores are BM25
with k1 = 1.2 and b = 0.75 as Lucene and tantivy define it, summed over clauses times `factor`.

*What matches.* Of the words of a query (function words aside) one or two must all occur, of more three in four
(rounded down, at least two), each as a phrase of its characters, so that 环境局 is found however its text was cut
into words. A name or identifier typed in full, or an identifier typed from its start, matches as well.

*What ranks.* Words and pairs of characters of all text, pairs of names, whole names and identifiers, and the
query as one phrase. The weights and what they were measured on stand in `search/fusion.py`.
"""

from dataclasses import dataclass

from nlp.segment import BREAK, PARTICLES, comparison_key, pair_texts, phrases, plain_words, unit_texts, word_texts
from search import fusion
from search.dates import window
from search.fields import keyword, name_tokens
from search.index import SearchFilter
from search.query import All, And, Facet, Not, Or, Phrase, Query, Words


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents, score 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with the token in the field, scored by BM25 times `factor`; 0 only filters."""

    field: str
    token: str
    factor: float = 0.0


@dataclass(frozen=True, slots=True)
class Sequence:
    """Documents with these two or more pairs in a row, scored by BM25 of the phrase times `factor`; 0 only filters."""

    tokens: tuple[str, ...]
    factor: float = 0.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """Documents with a whole key in `exact` or `identifiers`, or (`prefix`) one that starts so; each scores `score`."""

    field: str
    key: str
    score: float
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class HasFacet:
    """Documents whose facet has one of the values, score 0."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Documents whose date may lie between the days, both included (`search/dates.py`); score 0."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Combined:
    """All of `must`, none of `must_not`, at least `at_least` of `should`; the score is the sum of what matches."""

    must: tuple["Clause", ...] = ()
    should: tuple["Clause", ...] = ()
    must_not: tuple["Clause", ...] = ()
    at_least: int = 0


Clause = Everything | Nothing | Term | Sequence | Keyword | HasFacet | Between | Combined

MAX_WORDS = 48
"""Words of a query that are searched. A longer passage is known by its first 48; engines refuse some 1,000 clauses."""

MAX_PHRASE = 64
"""Units of a query that also count as one phrase; a longer passage hardly stands anywhere as it is."""

MIN_PREFIX = 4
"""Characters from which on an identifier is found by its start: shorter ones are the start of a thousand codes."""

_LONGER = "对于 关于 我们 你们 他们 请问 怎么 怎样 如何 什么 哪些 哪个 哪里 是否 可以"
_ENGLISH = "the a an of to in on for and or is are was were by with at from"
FUNCTION_WORDS = PARTICLES.union(_LONGER.split(), _ENGLISH.split())
"""Words that need not occur: nobody means them alone. They still rank."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: `clause` finds and ranks, `matching` only finds the same; `ranks` is False if all score 0."""

    clause: Clause
    matching: Clause
    ranks: bool


def plan(query: Query, where: SearchFilter) -> Plan:
    """Return the clauses of a query under a filter. Raises `InvalidQuery` for a filter that makes no sense."""
    limits = _filter(where)
    ranked, matching = _clause(query), _matching(query)
    ranks = _ranks(query)
    if not limits:
        return Plan(ranked if ranks else matching, matching, ranks)
    return Plan(Combined(must=(ranked if ranks else matching, *limits)), Combined(must=(matching, *limits)), ranks)


def _filter(where: SearchFilter) -> tuple[Clause, ...]:
    limits: list[Clause] = [
        HasFacet(name, tuple(dict.fromkeys(keyword(value) for value in where.facets[name])))
        for name in sorted(where.facets)
        if where.facets[name]
    ]
    days = window(where.date_from, where.date_to)
    if days is not None:
        limits.append(Between(*days))
    return tuple(limits)


def _ranks(query: Query) -> bool:
    match query:
        case Words() | Phrase():
            return True
        case And(parts) | Or(parts):
            return any(_ranks(part) for part in parts)
        case _:
            return False


def _clause(query: Query) -> Clause:
    """Return the clause that finds and ranks."""
    match query:
        case Words(text):
            return _ranked(_words_match(text), _words_rank(text))
        case Phrase(text):
            return _ranked(_phrase_match(text), _phrase_rank(text))
        case And(parts):
            return _all_of(parts, ranked=True)
        case Or(parts):
            return Combined(should=tuple(_clause(part) for part in parts), at_least=1)
        case _:
            return _matching(query)


def _matching(query: Query) -> Clause:
    """Return the clause that only finds."""
    match query:
        case All():
            return Everything()
        case Words(text):
            return _words_match(text)
        case Phrase(text):
            return _phrase_match(text)
        case Facet(name, value):
            return HasFacet(name, (keyword(value),))
        case Not(inner):
            return Combined(must=(Everything(),), must_not=(_matching(inner),))
        case And(parts):
            return _all_of(parts, ranked=False)
        case Or(parts):
            return Combined(should=tuple(_matching(part) for part in parts), at_least=1)


def _all_of(parts: tuple[Query, ...], *, ranked: bool) -> Clause:
    wanted = tuple(part for part in parts if not isinstance(part, Not))
    return Combined(
        must=tuple(_clause(part) if ranked else _matching(part) for part in wanted) or (Everything(),),
        must_not=tuple(_matching(part.query) for part in parts if isinstance(part, Not)),
    )


def _ranked(match: Clause, rank: tuple[Clause, ...]) -> Clause:
    return match if isinstance(match, Nothing) else Combined(must=(match,), should=rank)


def _words_match(text: str) -> Clause:
    needed = list(dict.fromkeys(token.text for token in plain_words(text)))[:MAX_WORDS]
    if not needed:
        return Nothing()
    meant = [word for word in needed if word not in FUNCTION_WORDS] or needed
    at_least = required(len(meant))
    parts = tuple(_word_match(word) for word in meant)
    words = parts[0] if len(parts) == 1 else Combined(should=parts, at_least=at_least)
    return Combined(should=(words, *_whole(text, scored=False)), at_least=1)


def required(words: int) -> int:
    """Return how many of so many words must occur: 1, 2, 2, 3, 3, 3, 3, 4, then a third.

    Names and the few words of a search mean what they say; a sentence says much that its answer does not repeat.
    Measured on 800 subjects of complaints of 10 words, each to find its own text among 4,326 (MRR@10 and found in
    ten): three in four .645/.714, half .795/.914, a third .807/.938, any two .810/.941.
    """
    if words <= 2:
        return words
    if words <= 5:
        return max(2, words * 3 // 4)
    return max(3, words // 2) if words <= 8 else max(4, words // 3)


def _word_match(word: str) -> Clause:
    """Return what finds a word: its characters in a row, or an identifier it is."""
    phrase = _phrase_match(word)
    found = unit_texts(word)
    if len(found) < 2 or not any(len(unit) > 1 or unit.isascii() for unit in found):
        return phrase
    return Combined(should=(phrase, Term("units", comparison_key(word))), at_least=1)


def _whole(text: str, *, scored: bool) -> tuple[Clause, ...]:
    """Return what finds a name or identifier that the text is, or the start of."""
    key = keyword(comparison_key(text))
    if not key:
        return ()
    scale = 1.0 if scored else 0.0
    found: list[Clause] = [Keyword("exact", key, fusion.EXACT * scale)]
    if len(key) >= MIN_PREFIX and any(character.isdigit() for character in key):
        found.append(Keyword("identifiers", key, fusion.PREFIX * scale, prefix=True))
    return tuple(found)


def _words_rank(text: str) -> tuple[Clause, ...]:
    head = _head(text)
    words = dict.fromkeys(word_texts(head))
    pairs = [token for token in dict.fromkeys(pair_texts(head)) if token != BREAK]
    names = dict.fromkeys(name_tokens(head))
    ranked: list[Clause] = [Term("words", word, fusion.WORDS) for word in words]
    ranked += [Term("pairs", token, fusion.PAIRS) for token in pairs]
    ranked += [Term("names", token, fusion.NAMES) for token in names]
    ranked += _whole(text, scored=True)
    stretches = phrases(head)
    if len(stretches) == 1 and 3 <= len(stretches[0]) <= MAX_PHRASE:
        ranked.append(Sequence(tuple(pair_texts(head)), fusion.PHRASE))
    return tuple(ranked)


def _head(text: str) -> str:
    """Return the part of a text that holds its first `MAX_WORDS` words."""
    found = plain_words(text)
    return text if len(found) <= MAX_WORDS else text[: found[MAX_WORDS - 1].end]


def _phrase_match(text: str, factor: float = 0.0) -> Clause:
    """Return what finds each stretch of the text, its units in a row."""
    found: list[Clause] = []
    for stretch in phrases(text):
        if len(stretch) == 1:
            found.append(Term("units", stretch[0], factor))
            continue
        pairs = tuple(pair_texts(" ".join(stretch)))
        found.append(Term("pairs", pairs[0], factor) if len(pairs) == 1 else Sequence(pairs, factor))
    if not found:
        return Nothing()
    return found[0] if len(found) == 1 else Combined(must=tuple(dict.fromkeys(found)))


def _phrase_rank(text: str) -> tuple[Clause, ...]:
    phrase = _phrase_match(text, fusion.PHRASE)
    names = tuple(Term("names", token, fusion.NAMES) for token in dict.fromkeys(name_tokens(text)))
    return (phrase, *names, *_whole(text, scored=True))
