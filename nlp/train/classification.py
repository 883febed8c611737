"""Measure the classifier: `python -m nlp.train.classification --data ../shared/data`.

Texts of the test are among none that was trained or tuned on (nlp/train/reviews.py, nlp/train/complaints.py). Beside it
stand the baselines on the same texts: TF-IDF of characters 1 to 3 with logistic regression, trained on the same reviews
(scikit-learn), snownlp as it comes, the rules alone, and what occurs most.
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from nlp.classify.classifier import Classifier, load_classifier
from nlp.classify.stance import emotion_of, stance_of
from nlp.classify.topic import ENVIRONMENTAL
from nlp.classify.topic_rules import kinds_in
from nlp.train.classifier import HOTELS, fit_polarity
from nlp.train.complaints import (
    ENVIRONMENT,
    HOT,
    LABELLED,
    Complaint,
    annotated_environment,
    annotated_kinds,
    annotated_sentences,
    read_complaints,
)
from nlp.train.evaluate import table
from nlp.train.figures import Figure, f_one, interval, names_figures, precision, recall
from nlp.train.reviews import Review, goods_reviews, hotel_reviews

Judge = Callable[[str], bool]


def yes_or_no(component: str, data: str, judge: Judge, samples: Sequence[tuple[str, bool]]) -> Iterator[Figure]:
    """Yield accuracy and, for the rarer answer, precision, recall and F1, with characters a second."""
    started = time.process_time()
    given = [judge(text) for text, _ in samples]
    per_second = sum(len(text) for text, _ in samples) / (time.process_time() - started)
    right = [(int(answer == wanted), 1) for answer, (_, wanted) in zip(given, samples, strict=True)]
    value = interval(right, lambda summed: float(summed[0] / max(1, summed[1])))
    yield Figure(component, data, len(samples), "accuracy", *value, per_second=per_second)
    if "topic" in component:
        counts = [
            (int(answer and wanted), int(answer), int(wanted))
            for answer, (_, wanted) in zip(given, samples, strict=True)
        ]
        for name, measure in (("precision", precision), ("recall", recall), ("F1", f_one)):
            yield Figure(component, data, len(samples), name, *interval(counts, measure), per_second=per_second)


def one_of(component: str, data: str, name: Callable[[str], str], samples: Sequence[tuple[str, str]]) -> list[Figure]:
    """Return accuracy and macro F1 over the classes that occur five times or more."""
    started = time.process_time()
    given = [name(text) for text, _ in samples]
    per_second = sum(len(text) for text, _ in samples) / (time.process_time() - started)
    wanted = [label for _, label in samples]
    frequent = sorted({label for label in wanted if wanted.count(label) >= 5})
    right = [(int(one == other), 1) for one, other in zip(given, wanted, strict=True)]
    counts = [
        [n for label in frequent for n in (int(one == label == other), int(one == label), int(other == label))]
        for one, other in zip(given, wanted, strict=True)
    ]
    accuracy = interval(right, lambda summed: float(summed[0] / max(1, summed[1])))
    macro = interval(
        counts, lambda summed: sum(f_one(summed[3 * k : 3 * k + 3]) for k in range(len(frequent))) / len(frequent)
    )
    return [
        Figure(component, data, len(samples), "accuracy", *accuracy, per_second=per_second),
        Figure(component, data, len(samples), f"macro F1 of {len(frequent)}", *macro, per_second=per_second),
    ]


def polarity_figures(folder: Path, classifier: Classifier) -> Iterator[Figure]:
    """Yield the figures of polarity in domain and out of it, beside the baselines."""
    hotels = hotel_reviews(folder / HOTELS)
    goods = goods_reviews([*hotels.training, *hotels.test])
    tests = {"hotels": _pairs(hotels.test), **({"goods": _pairs(goods.test)} if goods else {})}
    trained = {"hotels": list(hotels.training), **({"goods": list(goods.training)} if goods else {})}
    if goods:
        trained["hotels and goods"] = [*hotels.training, *goods.training]
    for data, samples in tests.items():
        yield from yes_or_no("polarity, shipped", data, lambda text: classifier.polarity_of(text) > 0, samples)
    for source, reviews in trained.items():
        model, baseline = fit_polarity(reviews), _baseline(reviews)
        for data, samples in tests.items():
            if len(trained) > 1 and source != "hotels and goods":
                name = f"polarity from {source} alone"
                yield from yes_or_no(name, data, lambda text, model=model: model.score(text) > 0, samples)  # type: ignore[misc]
            yield from yes_or_no(f"TF-IDF 1-3 + LR from {source}", data, baseline, samples)
    if importlib.util.find_spec("snownlp"):
        # It was trained on the goods itself, so only the hotels are new to it.
        yield from yes_or_no("snownlp", "hotels", _snownlp, tests["hotels"])


def _pairs(reviews: Sequence[Review]) -> list[tuple[str, bool]]:
    return [(review.text, review.positive) for review in reviews]


def _baseline(reviews: Sequence[Review]) -> Judge:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2),
        LogisticRegression(C=10.0, max_iter=500),
    )
    pipeline.fit([review.text for review in reviews], [review.positive for review in reviews])
    return lambda text: bool(pipeline.predict([text])[0])


def _snownlp(text: str) -> bool:
    from snownlp import SnowNLP  # of the comparison only

    return float(SnowNLP(text).sentiments) > 0.5


def topic_figures(folder: Path, classifier: Classifier) -> Iterator[Figure]:
    """Yield the figures of environmental or not, of media, and of kinds."""
    hot, labelled = read_complaints(folder, HOT), read_complaints(folder, LABELLED)

    def joined(text: str) -> bool:
        return classifier.topic.topic_of(text).environmental >= ENVIRONMENTAL

    def by_rules(text: str) -> bool:
        return any(kind.surely for kind in kinds_in(text))

    samples = {
        "complaints, test half": annotated_environment(hot, "test", hard=False),
        "complaints that name harm late, test half": annotated_environment(hot, "test", hard=True),
        "labelled complaints, 环境保护": [(each.whole, each.category == ENVIRONMENT) for each in labelled.values()],
    }
    for data, pairs in samples.items():
        yield from yes_or_no("topic: environmental", data, joined, pairs)
        yield from yes_or_no("topic, rules alone", data, by_rules, pairs)
    test = annotated_kinds(hot, "test")
    found = [(frozenset(kind.kind for kind in classifier.topic.topic_of(text).kinds), wanted) for text, wanted in test]
    media = [(_media(given), _media(wanted)) for given, wanted in found]
    for name, pairs_of_sets in (("medium", media), ("kind", found)):
        counts = [(len(given & wanted), len(given), len(wanted)) for given, wanted in pairs_of_sets]
        yield from names_figures(name, "beginnings of complaints, test half", counts, per_second=None)


def _media(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(kind.partition("/")[0] for kind in kinds)


def sentence_figures(folder: Path) -> Iterator[Figure]:
    """Yield the figures of stance and emotion, beside what occurs most."""
    complaints: dict[str, dict[str, Complaint]] = {name: read_complaints(folder, name) for name in (HOT, LABELLED)}
    test = annotated_sentences(complaints, "test")
    data = "sentences of complaints, test half"
    stances, emotions = [(text, stance) for text, stance, _ in test], [(text, emotion) for text, _, emotion in test]
    yield from one_of("stance", data, lambda text: stance_of(text).stance, stances)
    yield from one_of("stance, most frequent", data, lambda _: "blames", stances)
    yield from one_of("emotion", data, lambda text: emotion_of(text).emotion, emotions)
    yield from one_of("emotion, most frequent", data, lambda _: "none", emotions)


def figures(folder: Path) -> Iterator[Figure]:
    """Yield all figures of the classifier; `folder` is the one with complaints/ and sentiment/."""
    classifier = load_classifier()
    yield from topic_figures(folder / "complaints", classifier)
    yield from sentence_figures(folder / "complaints")
    yield from polarity_figures(folder, classifier)


def main() -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with complaints/ and sentiment/")
    Console(width=160).print(table(list(figures(parser.parse_args().data))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
