"""Fitting linear models over hashed character sequences (scikit-learn), in the form that `nlp.classify` reads."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from nlp.classify.features import places_of
from nlp.classify.linear import LinearModel


def matrix(texts: Sequence[str], *, orders: Sequence[int], bits: int) -> sparse.csr_matrix:
    """Return a row of zeros and ones for each text."""
    places = [places_of(text, orders=orders, bits=bits) for text in texts]
    ends = np.concatenate([[0], np.cumsum([len(each) for each in places])])
    ones = np.ones(int(ends[-1]), np.float32)
    return sparse.csr_matrix((ones, np.concatenate(places), ends), shape=(len(texts), 1 << bits))


def fit_linear(
    texts: Sequence[str], positive: Sequence[bool], *, orders: tuple[int, ...], bits: int, strength: float
) -> LinearModel:
    """Return a logistic regression on places weighed by rarity and by how much they tell.

    The weight is idf times the square root of the absolute log ratio of naive Bayes (after Wang and Manning, 2012, who
    take the ratio itself; the root was better here). `strength` is the inverse of regularisation.
    """
    features = matrix(texts, orders=orders, bits=bits)
    labels = np.array(positive, bool)
    scales = _scales(features, labels)
    scaled = features @ sparse.diags(scales)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    normal = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ scaled
    fitted = LogisticRegression(C=strength, max_iter=500).fit(normal, labels)
    coefficients = (fitted.coef_[0] * scales).astype(np.float32)
    return LinearModel(coefficients, scales.astype(np.float32), float(fitted.intercept_[0]), orders)


def _scales(features: sparse.csr_matrix, labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    count = np.asarray(features.sum(0)).ravel()
    rarity = np.log((1 + features.shape[0]) / (1 + count)) + 1
    here = 1 + np.asarray(features[labels].sum(0)).ravel()
    there = 1 + np.asarray(features[~labels].sum(0)).ravel()
    telling = np.abs(np.log((here / here.sum()) / (there / there.sum())))
    scales: NDArray[np.float64] = np.where(count >= 2, np.sqrt(telling) * rarity, 0.0)
    return scales
