"""The network in numpy: two layers of gated recurrent units over tokens, three of convolutions over characters.

The recurrent layers were Baidu LAC's and were trained on. Each character takes what they say of its token, its own
vector and those of its pairs, its word and its part of speech, and looks at up to four characters on either side.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from nlp.recognise.encoding import (
    CHARACTER,
    IN_TOKEN,
    PAIR_AFTER,
    PAIR_BEFORE,
    SORT,
    SPEECH,
    TOKEN,
    WORD,
    Encoded,
)

Floats = npt.NDArray[np.float32]

REACHES = (1, 2, 1)
"""How far each convolution looks to either side."""

UNITS = 128
_LEAST = 1e-5


def scores(weights: Mapping[str, Floats], texts: Sequence[Encoded]) -> list[Floats]:
    """Return the scores of the tags of each text, of shape (characters, tags). Texts of like length waste the least."""
    tokens, token_mask = _padded([text.tokens for text in texts])
    characters = np.concatenate([text.characters for text in texts])
    heard = _recurrent(weights, tokens, token_mask)
    row = np.repeat(np.arange(len(texts)), [len(text.characters) for text in texts])
    place = row * tokens.shape[1] + characters[:, TOKEN]
    seen = np.concatenate(
        [
            *(layer.reshape(-1, layer.shape[-1])[place] for layer in heard),
            weights["emb"][characters[:, CHARACTER]],
            weights["emb"][characters[:, WORD]],
            weights["e_bi"][characters[:, PAIR_AFTER]],
            weights["e_bl"][characters[:, PAIR_BEFORE]],
            weights["e_pt"][characters[:, SPEECH]],
            weights["e_kd"][characters[:, SORT]],
            weights["e_pl"][characters[:, IN_TOKEN]],
        ],
        axis=1,
        dtype=np.float32,
    )
    state = _convolved(weights, seen @ weights["in"] + weights["inb"], row)
    found = state @ weights["o"] + weights["ob"]
    ends = np.cumsum([len(text.characters) for text in texts])
    return np.split(found, ends[:-1])


def _padded(sequences: Sequence[npt.NDArray[np.int32]]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    width = max(len(sequence) for sequence in sequences)
    filled = np.zeros((len(sequences), width), np.int32)
    mask = np.zeros((len(sequences), width), np.bool_)
    for row, sequence in enumerate(sequences):
        filled[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return filled, mask


def _recurrent(
    weights: Mapping[str, Floats], tokens: npt.NDArray[np.int32], mask: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Return the second layer, the first, and the vectors of the tokens, each of shape (texts, tokens, …)."""
    vectors = weights["emb"][tokens].astype(np.float32)
    first = np.concatenate([_direction(weights, 0, vectors, mask), _direction(weights, 1, vectors, mask)], axis=2)
    second = np.concatenate([_direction(weights, 2, first, mask), _direction(weights, 3, first, mask)], axis=2)
    return second, first, vectors


def _direction(weights: Mapping[str, Floats], number: int, given: Floats, mask: npt.NDArray[np.bool_]) -> Floats:
    """Run one direction of gated recurrent units: even numbers forwards, odd ones backwards."""
    ready = given @ weights[f"fw{number}"] + weights[f"fb{number}"]
    gates, candidate = weights[f"gw{number}"], weights[f"gc{number}"]
    state = np.zeros((len(given), UNITS), np.float32)
    found = np.empty((*given.shape[:2], UNITS), np.float32)
    steps = range(given.shape[1])
    for at in reversed(steps) if number % 2 else steps:
        now = ready[:, at]
        opened = _sigmoid(now[:, : 2 * UNITS] + state @ gates)
        update, reset = opened[:, :UNITS], opened[:, UNITS:]
        proposed = np.tanh(now[:, 2 * UNITS :] + (reset * state) @ candidate)
        state = np.where(mask[:, at, None], state + update * (proposed - state), state)
        found[:, at] = state
    return found


def _convolved(weights: Mapping[str, Floats], state: Floats, row: npt.NDArray[np.intp]) -> Floats:
    """Run the gated convolutions over all texts laid end to end; none looks across the edge of its text."""
    for number, reach in enumerate(REACHES):
        centred = state - state.mean(1, keepdims=True)
        spread = np.sqrt(np.square(centred).mean(1, keepdims=True) + _LEAST)
        normal = centred / spread * weights[f"g{number}"] + weights[f"h{number}"]
        wide = np.concatenate([_moved(normal, reach, row), normal, _moved(normal, -reach, row)], axis=1)
        mixed = wide @ weights[f"c{number}"] + weights[f"cb{number}"]
        half = mixed.shape[1] // 2
        state = state + mixed[:, :half] * _sigmoid(mixed[:, half:])
    return state


def _moved(state: Floats, by: int, row: npt.NDArray[np.intp]) -> Floats:
    """Return what stands `by` characters before each (after it for a negative number), 0 beyond the text's edge."""
    moved = np.zeros_like(state)
    if by > 0:
        same = (row[by:] == row[:-by])[:, None]
        moved[by:] = np.where(same, state[:-by], 0)
    else:
        same = (row[:by] == row[-by:])[:, None]
        moved[:by] = np.where(same, state[-by:], 0)
    return moved


def _sigmoid(values: Floats) -> Floats:
    """Return the logistic function, without overflow."""
    half: Floats = np.tanh(values * np.float32(0.5)) * np.float32(0.5) + np.float32(0.5)
    return half
