"""Measure what reads texts: `python -m nlp.train.evaluate --corpus train.json`.

Prints one table: component, data, measure with its 95% bootstrap interval, characters a second on one core. The corpus
is CLUENER2020's training file, of which the recogniser saw nine tenths (`nlp/train/corpus.py`). jieba's parts of speech
are measured beside on the same texts where jieba is installed (`pip install jieba`).
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from nlp.recognise.model import load, shipped
from nlp.train.corpus import Sample, Span, is_held_out, is_judged, read_corpus
from nlp.train.figures import Figure, names_figures

Finder = Callable[[Sequence[str]], list[set[Span]]]

_PLAIN = {"name": "person", "address": "place", "organization": "body", "company": "body", "government": "body"}
"""Labels of the corpus that general recognisers know: persons, places, and organisations of three kinds as one."""


def measured(
    component: str, data: str, samples: Sequence[Sample], find: Finder, *, plain: bool = False
) -> list[Figure]:
    """Return the figures of a finder on some samples; `plain` counts persons, places and bodies only."""
    find([sample.text for sample in samples[:5]])
    start = time.process_time()
    found = find([sample.text for sample in samples])
    seconds = time.process_time() - start
    counts = []
    for sample, spans in zip(samples, found, strict=True):
        wanted, given = set(sample.spans), spans
        if plain:
            wanted, given = _plain(wanted), _plain(given)
        counts.append((len(wanted & given), len(given), len(wanted)))
    characters = sum(len(sample.text) for sample in samples)
    return names_figures(component, data, counts, per_second=characters / seconds)


def _plain(spans: set[Span]) -> set[Span]:
    return {
        (start, end, _PLAIN.get(label, label)) for start, end, label in spans if label in {*_PLAIN, *_PLAIN.values()}
    }


def by_recogniser(path: Path | None) -> Finder:
    """Return the finder of a recogniser's file, of the shipped one for None."""
    recogniser = shipped() if path is None else load(path)

    def find(texts: Sequence[str]) -> list[set[Span]]:
        return [{(name.start, name.end, name.label) for name in names} for names in recogniser.names(texts)]

    return find


def by_jieba(texts: Sequence[str]) -> list[set[Span]]:
    """Find persons, places and bodies by the parts of speech of jieba."""
    from jieba import posseg  # of the comparison only

    kinds = {"nr": "person", "ns": "place", "nt": "body"}
    found = []
    for text in texts:
        at, spans = 0, set()
        for word, tag in posseg.lcut(text):
            if tag in kinds:
                spans.add((at, at + len(word), kinds[tag]))
            at += len(word)
        found.append(spans)
    return found


def figures(corpus: Path, recogniser: Path | None) -> Iterator[Figure]:
    """Yield all figures."""
    held_out = [sample for sample in read_corpus(corpus) if is_held_out(sample.text)]
    judged = [sample for sample in held_out if is_judged(sample.text)]
    find = by_recogniser(recogniser)
    yield from measured("recogniser, 10 labels", "CLUENER, judged half of the held-out tenth", judged, find)
    yield from measured("recogniser, 10 labels", "CLUENER, held-out tenth", held_out, find)
    yield from measured("recogniser, person place body", "CLUENER, held-out tenth", held_out, find, plain=True)
    if importlib.util.find_spec("jieba"):
        yield from measured(
            "jieba posseg, person place body", "CLUENER, held-out tenth", held_out, by_jieba, plain=True
        )


def table(found: Sequence[Figure]) -> Table:
    """Return the figures as a table."""
    made = Table()
    for column in ("component", "data", "texts", "measure", "value", "95%", "characters/s"):
        made.add_column(column, justify="left" if column in ("component", "data", "measure") else "right")
    for each in found:
        speed = "" if each.per_second is None else f"{each.per_second:,.0f}"
        bounds = f"{each.low:.3f}-{each.high:.3f}"
        made.add_row(each.component, each.data, f"{each.size:,}", each.measure, f"{each.value:.3f}", bounds, speed)
    return made


def main() -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="train.json of CLUENER2020")
    parser.add_argument("--recogniser", type=Path, default=None, help="file of another recogniser than the shipped one")
    options = parser.parse_args()
    Console(width=150).print(table(list(figures(options.corpus, options.recogniser))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
