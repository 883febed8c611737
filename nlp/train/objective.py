"""What the recogniser is trained to: the likelihood of the right tags, with parts of what it sees left out at random.

`scores` is the network of `nlp/recognise/network.py` again, in JAX, for texts padded to one length.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

from nlp.recognise.encoding import CHARACTER, IN_TOKEN, PAIR_AFTER, PAIR_BEFORE, SORT, SPEECH, TOKEN, WORD
from nlp.recognise.network import REACHES, UNITS

Weights = Mapping[str, jax.Array]
Array = npt.NDArray[np.generic]


class Batch(NamedTuple):
    """Texts padded to one length: characters (texts, length, 8), tokens (texts, length), both masks, wanted tags."""

    characters: Array
    tokens: Array
    heard: Array
    known: Array
    wanted: Array

    def rows(self, chosen: npt.NDArray[np.intp]) -> "Batch":
        """Return some of the texts."""
        return Batch(*(each[chosen] for each in self))


class Dropout:
    """Leaves out values (`values`) or whole vectors (`vectors`) with a chance; nothing where there is no key."""

    def __init__(self, key: jax.Array | None) -> None:
        self._keys = iter(() if key is None else jax.random.split(key, 40))

    def values(self, given: jax.Array, chance: float) -> jax.Array:
        """Return the vectors with single values left out, the others raised to keep the mean."""
        key = next(self._keys, None)
        return given if key is None else given * jax.random.bernoulli(key, 1 - chance, given.shape) / (1 - chance)

    def vectors(self, given: jax.Array, chance: float) -> jax.Array:
        """Return the vectors with some left out whole, as those of words never seen are."""
        key = next(self._keys, None)
        return given if key is None else given * jax.random.bernoulli(key, 1 - chance, (*given.shape[:2], 1))


def scores(weights: Weights, batch: Batch, key: jax.Array | None = None) -> jax.Array:
    """Return the scores of the tags, of shape (texts, length, tags)."""
    drop = Dropout(key)
    characters = jnp.asarray(batch.characters)
    known = jnp.asarray(batch.known)[..., None]
    heard = [
        jnp.take_along_axis(layer, characters[..., TOKEN][..., None], 1)
        for layer in _recurrent(weights, jnp.asarray(batch.tokens), jnp.asarray(batch.heard), drop)
    ]
    tables = (("emb", CHARACTER, 0.1), ("emb", WORD, 0.2), ("e_bi", PAIR_AFTER, 0.3), ("e_bl", PAIR_BEFORE, 0.3))
    seen = [drop.vectors(weights[name][characters[..., column]], chance) for name, column, chance in tables]
    plain = [
        weights[name][characters[..., column]]
        for name, column in (("e_pt", SPEECH), ("e_kd", SORT), ("e_pl", IN_TOKEN))
    ]
    state = drop.values(jnp.concatenate([*heard, *seen, *plain], -1), 0.3)
    state = (state @ weights["in"] + weights["inb"]) * known
    for number, reach in enumerate(REACHES):
        centred = state - state.mean(-1, keepdims=True)
        spread = jnp.sqrt(jnp.square(centred).mean(-1, keepdims=True) + 1e-5)
        normal = drop.values((centred / spread * weights[f"g{number}"] + weights[f"h{number}"]) * known, 0.25)
        wide = jnp.concatenate([_moved(normal, reach), normal, _moved(normal, -reach)], -1)
        left, right = jnp.split(wide @ weights[f"c{number}"] + weights[f"cb{number}"], 2, -1)
        state = (state + left * jax.nn.sigmoid(right)) * known
    return drop.values(state, 0.3) @ weights["o"] + weights["ob"]


def _moved(state: jax.Array, by: int) -> jax.Array:
    if by > 0:
        return jnp.pad(state, ((0, 0), (by, 0), (0, 0)))[:, : state.shape[1]]
    return jnp.pad(state, ((0, 0), (0, -by), (0, 0)))[:, -by:]


def _recurrent(
    weights: Weights, tokens: jax.Array, heard: jax.Array, drop: Dropout
) -> tuple[jax.Array, jax.Array, jax.Array]:
    vectors = drop.values(drop.vectors(weights["emb"][tokens], 0.1), 0.2)
    first = jnp.concatenate([_direction(weights, 0, vectors, heard), _direction(weights, 1, vectors, heard)], -1)
    given = drop.values(first, 0.2)
    second = jnp.concatenate([_direction(weights, 2, given, heard), _direction(weights, 3, given, heard)], -1)
    return second, first, vectors


def _direction(weights: Weights, number: int, given: jax.Array, heard: jax.Array) -> jax.Array:
    ready = given @ weights[f"fw{number}"] + weights[f"fb{number}"]

    def advance(state: jax.Array, now: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        value, is_there = now
        opened = jax.nn.sigmoid(value[:, : 2 * UNITS] + state @ weights[f"gw{number}"])
        update, reset = opened[:, :UNITS], opened[:, UNITS:]
        proposed = jnp.tanh(value[:, 2 * UNITS :] + (reset * state) @ weights[f"gc{number}"])
        after = jnp.where(is_there[:, None] > 0, (1 - update) * state + update * proposed, state)
        return after, after

    _, found = jax.lax.scan(
        advance, jnp.zeros((len(given), UNITS)), (ready.swapaxes(0, 1), heard.T), reverse=bool(number % 2)
    )
    return found.swapaxes(0, 1)


def negative_log_likelihood(weights: Weights, frozen: Weights, batch: Batch, key: jax.Array) -> jax.Array:
    """Return a tenth of the mean negative logarithm of the likelihood of the wanted tags (conditional random field)."""
    scored, steps = scores({**weights, **frozen}, batch, key), weights["tr"]
    known, wanted = jnp.asarray(batch.known), jnp.asarray(batch.wanted)

    def advance(reached: jax.Array, now: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        value, is_there = now
        further = jax.nn.logsumexp(reached[:, :, None] + steps[None], 1) + value
        return jnp.where(is_there[:, None] > 0, further, reached), None

    reached, _ = jax.lax.scan(advance, scored[:, 0], (scored[:, 1:].swapaxes(0, 1), known[:, 1:].T))
    own = jnp.take_along_axis(scored, wanted[..., None], -1)[..., 0] * known
    between = steps[wanted[:, :-1], wanted[:, 1:]] * known[:, 1:]
    return (jax.nn.logsumexp(reached, -1) - own.sum(1) - between.sum(1)).mean() / 10
