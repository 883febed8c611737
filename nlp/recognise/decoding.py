"""From scores of tags to names: the best sequence of tags in which each name begins and ends."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

IMPOSSIBLE = -1e4


def tag_names(labels: Sequence[str]) -> list[str]:
    """Return the tags of some labels: outside, then begin, inside, end, and single for each label."""
    return ["O", *(f"{part}-{label}" for label in labels for part in "BIES")]


def allowed(tags: Sequence[str]) -> Scores:
    """Return 0 where a tag may follow another, of shape (tags, tags), and `IMPOSSIBLE` elsewhere."""
    found = np.full((len(tags), len(tags)), IMPOSSIBLE, np.float32)
    for row, before in enumerate(tags):
        for column, after in enumerate(tags):
            ends = before[0] in "OES"
            if after[0] in "OBS" if ends else (after[0] in "IE" and before[2:] == after[2:]):
                found[row, column] = 0
    return found


def best_tags(scores: Scores, steps: Scores, tags: Sequence[str]) -> list[int]:
    """Return the best sequence (Viterbi) for scores of shape (characters, tags), at least one character."""
    opening = np.array([0 if tag[0] in "OBS" else IMPOSSIBLE for tag in tags], np.float32)
    closing = np.array([0 if tag[0] in "OES" else IMPOSSIBLE for tag in tags], np.float32)
    best = scores[0] + opening
    back = np.empty(scores.shape, np.intp)
    towards = steps.T.copy()
    every = np.arange(len(tags))
    for at in range(1, len(scores)):
        reached = towards + best
        back[at] = reached.argmax(1)
        best = reached[every, back[at]] + scores[at]
    found = [int((best + closing).argmax())]
    for at in range(len(scores) - 1, 0, -1):
        found.append(int(back[at, found[-1]]))
    return found[::-1]
