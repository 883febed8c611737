"""The words that the pretrained encoder knows, and its own way to cut a text: into as few of its words as possible.

Both come with Baidu LAC 2.1.2 (Apache-2.0), whose encoder the recogniser was trained from (`docs/models.md`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OOV = "OOV"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`ids` numbers words and characters, `plain` replaces variants (Traditional, full width), `words` are cut out."""

    ids: Mapping[str, int]
    plain: Mapping[str, str]
    words: frozenset[str]
    starts: frozenset[str]

    @classmethod
    def of(cls, ids: Sequence[tuple[str, int]], plain: Mapping[str, str], words: Sequence[str]) -> "Vocabulary":
        """Return the vocabulary of what the files list."""
        starts = frozenset(word[:size] for word in words for size in range(1, len(word) + 1))
        return cls(dict(ids), dict(plain), frozenset(words), starts)

    def number(self, word: str) -> int:
        """Return the number of a word or character, that of the unknown word for one not there."""
        return self.ids.get(self.plain.get(word, word), self.ids[OOV])

    def cut(self, text: str) -> list[str]:
        """Return the text in as few words as possible, the longer one first where that leaves a choice."""
        count = len(text)
        fewest, following = [0] * (count + 1), [0] * count
        for start in range(count - 1, -1, -1):
            best, end = fewest[start + 1] + 1, start + 1
            stop = start + 2
            while stop <= count and text[start:stop] in self.starts:
                if text[start:stop] in self.words and fewest[stop] + 1 <= best:
                    best, end = fewest[stop] + 1, stop
                stop += 1
            fewest[start], following[start] = best, end
        return self._joined(text, following)

    @staticmethod
    def _joined(text: str, following: Sequence[int]) -> list[str]:
        """Return the words, letters and digits that stand alone joined with their neighbours of the same kind."""
        words: list[str] = []
        at, run = 0, ""
        while at < len(text):
            word = text[at : following[at]]
            if len(word) == 1 and word.isascii() and word.isalnum():
                run += word
            else:
                if run:
                    words.append(run)
                    run = ""
                words.append(word)
            at = following[at]
        return [*words, run] if run else words

    def tokens(self, text: str) -> tuple[list[int], list[int]]:
        """Return the numbers of the tokens and their lengths; a word not known goes character by character."""
        numbers: list[int] = []
        lengths: list[int] = []
        for word in self.cut(text):
            if word in self.ids:
                numbers.append(self.number(word))
                lengths.append(len(word))
            else:
                numbers += [self.number(character) for character in word]
                lengths += [1] * len(word)
        return numbers, lengths
