"""How much each kind of match counts: factors of BM25 scores, and the scores of whole keys."""

WORDS = 1.0
PAIRS = 1.0
NAMES = 8.0
"""Most documents bear no name, so the mean length of this field is near 1 and a name of ten tokens is damped to some
0.25 of its weight: 8 puts the enterprise 巴斯夫… before the files and projects whose titles begin with it; at 1.5 ten
files came first."""
PHRASE = 1.0
EXACT = 100.0
"""A name or identifier typed in full comes first: the sum of the others does not reach it in practice."""
PREFIX = 50.0
