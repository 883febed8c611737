"""A line of an evaluation, and how sure a figure is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What a component reached on some data: a measure with its 95% bootstrap interval, and its speed on one core."""

    component: str
    data: str
    size: int
    measure: str
    value: float
    low: float
    high: float
    per_second: float | None = None
    """Characters a second of processor time; None where it was not measured."""


Counts = npt.NDArray[np.int64]


def interval(
    counts: Sequence[Sequence[int]], measure: Callable[[Counts], float], *, seed: int = 0
) -> tuple[float, float, float]:
    """Return a measure of the summed counts of all samples, and the bounds between which 95% of redrawn samples lie."""
    table = np.array(counts, np.int64)
    random = np.random.default_rng(seed)
    drawn = [measure(table[random.integers(0, len(table), len(table))].sum(0)) for _ in range(DRAWS)]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return measure(table.sum(0)), float(low), float(high)


def precision(summed: Counts) -> float:
    """Return the precision of (right, found, wanted)."""
    return float(summed[0] / max(1, summed[1]))


def recall(summed: Counts) -> float:
    """Return the recall of (right, found, wanted)."""
    return float(summed[0] / max(1, summed[2]))


def f_one(summed: Counts) -> float:
    """Return the harmonic mean of precision and recall of (right, found, wanted)."""
    return float(2 * summed[0] / max(1, summed[1] + summed[2]))


def names_figures(
    component: str, data: str, counts: Sequence[Sequence[int]], *, per_second: float | None
) -> list[Figure]:
    """Return precision, recall and F1 of found names, counted as (right, found, wanted) for each text."""
    measures = (("precision", precision), ("recall", recall), ("F1", f_one))
    return [
        Figure(component, data, len(counts), name, *interval(counts, measure), per_second=per_second)
        for name, measure in measures
    ]
