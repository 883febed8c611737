"""The training corpus of the recogniser, and how it is divided."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int, str]
"""Start, end (exclusive), label."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with the names in it, in order of place; names do not overlap."""

    text: str
    spans: tuple[Span, ...]


def read_corpus(path: Path) -> list[Sample]:
    """Return the samples of a file in CLUENER's form: a JSON object a line, `label` to name to [first, last] places."""
    samples = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        spans = [
            (first, last + 1, label)
            for label, names in row["label"].items()
            for places in names.values()
            for first, last in places
        ]
        samples.append(Sample(row["text"], _apart(spans)))
    return samples


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans without those that overlap a longer one: one of 24,052 in the corpus."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each[0] - each[1], each)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def is_held_out(text: str) -> bool:
    """Tell whether a text belongs to the tenth that nothing is trained on: by the first byte of its SHA-256."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0


def is_judged(text: str) -> bool:
    """Tell whether a held-out text belongs to the half that figures are reported on; the other half is for choices."""
    return hashlib.sha256(text.encode()).digest()[1] % 2 == 0
