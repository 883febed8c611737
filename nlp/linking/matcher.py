"""Finding any of a million names in a text in one pass (Aho-Corasick, leftmost and longest)."""

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


class Matcher:
    """Finds patterns, which are texts already folded. Made once, it may be used by several threads.

    Measured (benchmarks/linking.py): the contiguous automaton takes half the memory of the other kind and is fast
    enough by far; building it takes 6 seconds for a million names.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Take non-empty patterns; the place of each in the sequence is its number."""
        self._automaton = (
            AhoCorasick(patterns, MatchKind.LeftmostLongest, False, Implementation.ContiguousNFA) if patterns else None
        )

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return (number, start, end) of matches that do not overlap, in order."""
        return [] if self._automaton is None else self._automaton.find_matches_as_indexes(text)

    def find_from_each(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield matches that begin after `start` and before `end`: what a longer one to the left has hidden."""
        at = start + 1
        while at < end:
            found = self.find(text[at : end + LONGEST])
            first = next(iter(found), None)
            if first is None or at + first[1] >= end:
                return
            number, from_, to = first
            yield number, at + from_, at + to
            at += from_ + 1

    def whole(self, text: str) -> int | None:
        """Return the number of the pattern that is the whole text, None where there is none."""
        found = self.find(text) if text else []
        return found[0][0] if len(found) == 1 and found[0][1:] == (0, len(text)) else None


LONGEST = 64
"""Characters looked at past a hidden match: longer names than this are found from their beginning or not at all."""
