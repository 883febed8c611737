"""How much each kind of match counts: factors of BM25 scores, and the scores of whole keys."""

WORDS = 1.0
PAIRS = 1.0
NAMES = 1.5
PHRASE = 1.0
EXACT = 100.0
"""A name or identifier typed in full comes first: the sum of the others does not reach it in practice."""
PREFIX = 50.0
