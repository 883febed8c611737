"""Measure matching: `python -m benchmarks.matching`.

Pairs: variants of real names with their name, others' names with the one they look like (benchmarks/names/variants.py),
of the part that weights and thresholds never saw. Search: the same names looked up among all real and `--around`
invented names; a variant is found if the first record accepted is its own, an other's name is rightly found nowhere.
`--compare` adds nomenklatura and splink where they are installed (docs/matching.md says how), `--names 1000000` the
speed and size at that many names. Needs the folder of real names (`--data`, default ../shared/data).
"""

import argparse
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from benchmarks.names.comparison import competitors
from benchmarks.names.pairs import Labelled, invented, labelled_pairs, near_pairs, same_body
from benchmarks.names.real import SHARED, real_names, short_forms
from graph.resolve.matching.compare import compare, names_of
from graph.resolve.matching.matcher import CANDIDATES, Matcher, Verdict
from graph.resolve.matching.model import load_model, probability
from graph.resolve.matching.record import Party
from graph.resolve.matching.register import Register, build_register
from graph.resolve.names.parser import parse_organisation

SEED = 7
PRECISION = 0.98
out = Console(width=120)
Scores = NDArray[np.float64]


def recall_at(scores: Scores, truth: NDArray[np.bool_], precision: float) -> float:
    """Return the share of true pairs above the lowest score that reaches the precision, 0 where none does."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    right = hits / np.arange(1, len(order) + 1)
    # Equal scores are accepted together or not at all.
    last = np.append(np.diff(scores[order]) != 0, True)
    reached = np.flatnonzero((right >= precision) & last)
    return float(hits[reached[-1]] / truth.sum()) if len(reached) else 0.0


def our_scores(pairs: Sequence[Labelled], register: Register) -> Scores:
    """Return the probabilities of pairs, without competition between candidates."""
    model = load_model()
    found = []
    for pair in pairs:
        theirs = names_of(pair.candidate)
        shared = register.shared(theirs[0][0])
        item = compare(pair.query, pair.candidate, model=model, ours=names_of(pair.query), theirs=theirs, shared=shared)
        found.append(probability(item.logit))
    return np.array(found)


def simple_scores(pairs: Sequence[Labelled]) -> dict[str, Scores]:
    """Return the scores of what anyone would try first: edit ratios and character TF-IDF."""
    texts = [(pair.query.names[0], pair.candidate.names[0]) for pair in pairs]
    made: dict[str, Callable[[str, str], float]] = {
        "rapidfuzz ratio": fuzz.ratio,
        "rapidfuzz WRatio": fuzz.WRatio,
        "rapidfuzz ratio, folded": lambda a, b: fuzz.ratio(parse_organisation(a).text, parse_organisation(b).text),
    }
    found = {name: np.array([score(a, b) for a, b in texts]) for name, score in made.items()}
    found["character TF-IDF 1-3"] = _tfidf(texts)
    return found


def _tfidf(texts: Sequence[tuple[str, str]]) -> Scores:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    vectors.fit([text for pair in texts for text in pair])
    one, other = vectors.transform([a for a, _ in texts]), vectors.transform([b for _, b in texts])
    return np.asarray(one.multiply(other).sum(axis=1)).ravel()


def show_pairs(title: str, pairs: Sequence[Labelled], register: Register, *, compared: bool) -> None:
    """Print precision and recall of all on the same pairs, and ours by kind."""
    truth = np.array([pair.same for pair in pairs])
    ours = our_scores(pairs, register)
    table = Table(title=f"{title}: {len(pairs):,} pairs, {int(truth.sum()):,} same")
    for column in ("method", f"recall at precision {PRECISION}", "precision, recall at its threshold", "pairs/s"):
        table.add_column(column)
    accepted = ours >= load_model().threshold
    own = f"{truth[accepted].mean():.4f}, {accepted[truth].mean():.4f}"
    table.add_row("ecograph", f"{recall_at(ours, truth, PRECISION):.3f}", own, "")
    rivals = simple_scores(pairs)
    if compared:
        rivals |= competitors(pairs)
    for name, scores in rivals.items():
        table.add_row(name, f"{recall_at(scores, truth, PRECISION):.3f}", "", "")
    out.print(table)
    _show_kinds(pairs, accepted)
    _show_calibration(ours, truth)


def _show_kinds(pairs: Sequence[Labelled], accepted: NDArray[np.bool_]) -> None:
    by_kind: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair, taken in zip(pairs, accepted, strict=True):
        by_kind[(not pair.same, pair.kind)].append(bool(taken))
    table = Table("kind", "pairs", "taken for the same", title="by kind")
    for (other, kind), taken in sorted(by_kind.items()):
        table.add_row(("not: " if other else "") + kind, f"{len(taken):,}", f"{np.mean(taken):.3f}")
    out.print(table)


def _show_calibration(scores: Scores, truth: NDArray[np.bool_]) -> None:
    table = Table("probability said", "pairs", "mean said", "share same", title="calibration")
    edges = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.001]
    for low, high in pairwise(edges):
        inside = (scores >= low) & (scores < high)
        if inside.any():
            row = f"{scores[inside].mean():.3f}", f"{truth[inside].mean():.3f}"
            table.add_row(f"{low:.2f} to {min(high, 1):.2f}", f"{int(inside.sum()):,}", *row)
    out.print(table)


def show_search(pairs: Sequence[Labelled], register: Register, *, examples: int) -> None:
    """Print what looking up finds: blocking recall, precision and recall of the first record accepted."""
    matcher = Matcher(register, load_model())
    blocked, found, wrong, accepted, same = 0, 0, 0, 0, 0
    misses: list[str] = []
    wrongly: list[str] = []
    unheld: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        name = parse_organisation(pair.query.names[0])
        if pair.same:
            same += 1
            rows = register.candidates(name, pair.query.keys, limit=CANDIDATES)
            held = any(register.party(register.row(row).party).id == pair.candidate.id for row in rows)
            blocked += held
            if not held:
                unheld[pair.kind].append(f"{pair.query.names[0]} ({pair.candidate.id})")
        best = matcher.match(pair.query, limit=1)
        taken = bool(best) and best[0].verdict in (Verdict.SAME, Verdict.OTHER_SITE)
        if taken and not pair.same and same_body(best[0].party.id, pair.query.names[0]):
            # A neighbour's name, found where it belongs.
            continue
        accepted += taken
        right = taken and pair.same and same_body(best[0].party.id, pair.candidate.id)
        found += right
        if taken and not right:
            wrong += 1
            said = f"{best[0].party.id} {best[0].score:.2f}; {pair.candidate.id}"
            wrongly.append(f"wrong {pair.kind}: {pair.query.names[0]} -> {said}")
        elif examples and taken != pair.same:
            seen = f"{best[0].party.id} {best[0].score:.2f}" if best else "nothing"
            misses.append(f"{pair.kind}: {pair.query.names[0]} -> {seen}; {pair.candidate.id}")
    table = Table("candidates hold the truth", "precision", "recall", title=f"search among {len(register):,} names")
    table.add_row(f"{blocked / same:.4f}", f"{(accepted - wrong) / max(accepted, 1):.4f}", f"{found / same:.4f}")
    out.print(table)
    if examples:
        for kind, names in sorted(unheld.items()):
            out.print(f"no candidate: {kind} {len(names)}: {'; '.join(names[:6])}", highlight=False)
    for line in [*wrongly, "--", *random.Random(SEED).sample(misses, min(examples, len(misses)))][: 2 * examples]:
        out.print(line, highlight=False)


def show_speed(names: Sequence[str], queries: Sequence[str]) -> None:
    """Print time and memory of a register of all names, and of looking up: processor time, as other work goes on."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    register = build_register(Party(id=str(number), names=(name,)) for number, name in enumerate(names))
    built = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    matcher = Matcher(register, load_model())
    matcher.match(Party(id="", names=("预热有限公司",)))
    times = []
    for query in queries:
        start = time.process_time()
        matcher.match(Party(id="", names=(query,)))
        times.append(time.process_time() - start)
    took = np.array(times) * 1000
    size = (
        sum(
            part.nbytes
            for part in (register.keys.first, register.keys.rows, register.names.first, register.parties.first)
        )
        + len(register.names.data)
        + len(register.parties.data)
    )
    table = Table(title=f"{len(register):,} names, one core, {len(queries):,} variants looked up")
    for column in ("build s", "index MB", "peak MB while building", "names/s", "p50 ms", "p95 ms", "p99 ms"):
        table.add_column(column)
    p50, p95, p99 = np.percentile(took, [50, 95, 99])
    rates = f"{1000 / took.mean():.0f}", f"{p50:.2f}", f"{p95:.2f}", f"{p99:.2f}"
    table.add_row(f"{built:.0f}", f"{size / 1e6:.0f}", f"{(peak - before) / 1024:.0f}", *rates)
    out.print(table)


def main() -> None:
    """Run the measurements asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--split", default="test", choices=("train", "tune", "test"))
    parser.add_argument("--around", type=int, default=100_000, help="invented names around the real ones")
    parser.add_argument("--names", type=int, default=0, help="also time a register of that many names")
    parser.add_argument("--compare", action="store_true", help="also run nomenklatura and splink")
    parser.add_argument("--examples", type=int, default=0, help="errors of the search to print")
    asked = parser.parse_args()
    if not asked.data.is_dir():
        out.print(f"no folder of real names at {asked.data}: nothing to measure")
        return
    real = real_names(asked.data)
    out.print(f"{len(real):,} real full names")
    brands = short_forms(asked.data)
    around = invented(brands, random.Random(SEED), count=asked.around)
    parties = [Party(id=item.name, names=(item.name,)) for item in real]
    register = build_register([*parties, *(Party(id=name, names=(name,)) for name in around)])
    pairs = [pair for pair in labelled_pairs(real, seed=SEED, evidence=False) if pair.split == asked.split]
    near = near_pairs([pair for pair in pairs if pair.same], register, random.Random(SEED), share=0.3)
    show_pairs("names alone", pairs, register, compared=asked.compare)
    show_pairs("names alone, with what search offers", [*pairs, *near], register, compared=False)
    coded = [item for item in real if item.party.usccs]
    told = [pair for pair in labelled_pairs(coded, seed=SEED, evidence=True) if pair.split == asked.split]
    show_pairs("names and evidence", told, register, compared=False)
    show_search(pairs, register, examples=asked.examples)
    if asked.names:
        rng = random.Random(SEED)
        queries = [pair.query.names[0] for pair in pairs if pair.same]
        rng.shuffle(queries)
        names = [*(item.name for item in real), *invented(brands, rng, count=asked.names - len(real))]
        show_speed(names, queries[:2000])


if __name__ == "__main__":
    main()
