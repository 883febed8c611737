"""A text as the numbers that the network takes: tokens of the encoder, and seven numbers a character."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.recognise.features import folded, kind, pair_hashes, places, words
from nlp.recognise.vocabulary import Vocabulary

Ints = npt.NDArray[np.int32]

BUCKETS = 1 << 14
"""Rows of the tables of character pairs; pairs share rows by chance, some ten to a row in the training corpus."""

CHARACTER, TOKEN, IN_TOKEN, PAIR_AFTER, PAIR_BEFORE, SPEECH, SORT, WORD = range(8)
"""Columns of `Encoded.characters`: number of the character, of its token in the text, its place in the token, buckets
of the pairs with the next and with the one before, part of speech with place in the word, kind, number of the word."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text: `characters` of shape (characters, 8), `tokens` of shape (tokens,)."""

    characters: Ints
    tokens: Ints


class Encoder:
    """Encodes texts with a vocabulary and the parts of speech that the training corpus had."""

    def __init__(self, vocabulary: Vocabulary, speech: npt.NDArray[np.int64]) -> None:
        self._vocabulary = vocabulary
        self._speech = {int(tag): number for number, tag in enumerate(speech.tolist(), start=1)}

    def encode(self, text: str) -> Encoded:
        """Return the numbers of a text that is not empty."""
        found = words(text)
        sizes = [len(word) for word, _ in found]
        codes = np.array([folded(character) for character in text], np.int64)
        numbers, lengths = self._vocabulary.tokens(text)
        rows = np.zeros((len(text), 8), np.int32)
        rows[:, CHARACTER] = [self._vocabulary.number(character) for character in text]
        rows[:, TOKEN] = np.repeat(np.arange(len(lengths)), lengths)
        rows[:, IN_TOKEN] = [place for length in lengths for place in places(length)]
        rows[:, PAIR_AFTER] = pair_hashes(codes, salt=10, first=0) % np.uint64(BUCKETS)
        rows[:, PAIR_BEFORE] = pair_hashes(codes, salt=9, first=-1) % np.uint64(BUCKETS)
        rows[:, SPEECH] = np.repeat([self._speech.get(tag, 0) * 5 for _, tag in found], sizes)
        rows[:, SPEECH] += np.array([place for size in sizes for place in places(size)], np.int32)
        rows[:, SORT] = [kind(character) for character in text]
        rows[:, WORD] = np.repeat([self._vocabulary.number(word) for word, _ in found], sizes)
        return Encoded(rows, np.array(numbers, np.int32))
