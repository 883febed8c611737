"""Reading texts with spaCy: `build()` gives the pipeline, `read()` what it finds in each of many texts.

The pipeline is `spacy.blank("zh")` with one token a character. Its pipes are factories that any spaCy pipeline can add
by name (`ecograph_recogniser`, `ecograph_identifiers`); what they find stands in `doc._.mentions`. A text of any length
is read in pieces that end where a sentence does, so a line of five million characters needs no more memory than a page.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from multiprocessing import get_context
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components import identifiers, recogniser
from nlp.components.tokenizer import CharacterTokenizer
from nlp.mention import Mention
from nlp.overlaps import settled
from nlp.pieces import pieces

PIECE: Final = 1_000
"""Characters of a piece at most. A sentence of supervision texts has 10 to 200; context beyond it does not help."""

BATCH: Final = 64
"""Pieces that the pipes work on at once."""

PIPES: Final = (recogniser.NAME, identifiers.NAME)


def build(*, without: Iterable[str] = ()) -> Language:
    """Return the pipeline, without some of its pipes where they are named."""
    for name, default in (("mentions", None), ("written", None)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    nlp.max_length = PIECE + 1
    for name in PIPES:
        if name not in set(without):
            nlp.add_pipe(name)
    return nlp


def read(nlp: Language, texts: Iterable[str], *, written: date | None = None) -> Iterator[list[Mention]]:
    """Yield the mentions of each text in the order of the texts; none for an empty one.

    `written` is the day that relative dates are counted from.
    """

    def cut() -> Iterator[tuple[Doc, tuple[int, int, str]]]:
        for number, text in enumerate(texts):
            for start, piece in pieces(text, PIECE) if text else [(0, "")]:
                doc = nlp.make_doc(piece)
                doc._.written = written
                yield doc, (number, start, piece)

    found = nlp.pipe(cut(), as_tuples=True, batch_size=BATCH)
    for _, of_one in groupby(found, key=lambda item: item[1][0]):
        yield [
            _moved(mention, start, piece)
            for doc, (_, start, piece) in of_one
            for mention in settled(doc._.mentions or [])
        ]


def read_in_processes(
    texts: Iterable[str], *, processes: int, written: date | None = None, without: Sequence[str] = ()
) -> Iterator[list[Mention]]:
    """Yield what `read` would, from several processes with a pipeline each.

    Starting one takes seconds, so this pays from some hundred thousand characters on. At most two batches a process are
    under way, whatever the number of texts.
    """
    waiting: deque[Future[list[list[Mention]]]] = deque()
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, (tuple(without),)) as pool:
        for batch in _batched(texts, BATCH):
            waiting.append(pool.submit(_read_batch, batch, written))
            if len(waiting) >= 2 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


_PIPELINE: list[Language] = []


def _start(without: tuple[str, ...]) -> None:
    _PIPELINE.append(build(without=without))


def _read_batch(texts: Sequence[str], written: date | None) -> list[list[Mention]]:
    return list(read(_PIPELINE[0], texts, written=written))


def _batched(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    running = iter(texts)
    while batch := list(islice(running, size)):
        yield batch


def _moved(mention: Mention, by: int, piece: str) -> Mention:
    """Return a mention of a piece with its place in the whole text, and the text as it was written."""
    text = piece[mention.start : mention.end]
    return replace(mention, start=mention.start + by, end=mention.end + by, text=text)
