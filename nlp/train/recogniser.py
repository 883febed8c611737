"""Train the recogniser: `python -m nlp.train.recogniser --corpus train.json --lac LAC-2.1.2.tar.gz`.

Needs JAX (`pip install -r requirements-train.lock`), which the product does not. The encoder of Baidu LAC is trained
on together with convolutions over characters and a conditional random field; the running mean of the weights is kept.
The tenth of the corpus that `nlp/train/corpus.py` holds out is not trained on. The same seed gives the same weights on
the same machine.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import Progress

from nlp.recognise.decoding import tag_names
from nlp.recognise.encoding import BUCKETS, Encoder
from nlp.recognise.features import words
from nlp.recognise.model import FILE
from nlp.recognise.network import REACHES, UNITS, Floats
from nlp.recognise.vocabulary import Vocabulary
from nlp.train.corpus import Sample, is_held_out, read_corpus
from nlp.train.lac import LacArchive, as_array
from nlp.train.objective import Batch, negative_log_likelihood

LENGTHS = (28, 40, 52)
"""Characters that samples are padded to; the corpus has up to 50 in one."""

WIDTH = 160
BATCH = 48
RATE = 2e-3
ENCODER_SHARE = 0.3
"""How much slower the encoder learns: it was trained on far more text than this corpus has."""

ENCODER = ("fw", "fb", "gw", "gc")
FROZEN = "emb"
"""The vectors of words stay as they came: the corpus has a tenth of them, and moving those apart from the others helps
no text that names something new."""

MEAN = 0.004
"""Share of each step's weights in their running mean: some 250 steps."""

Weights = dict[str, jax.Array]


def new_weights(encoder: Mapping[str, Floats], *, speech: int, tags: int, random: np.random.Generator) -> Weights:
    """Return the encoder's weights with new ones for the layers above it."""

    def drawn(shape: tuple[int, ...], spread: float) -> Floats:
        made: Floats = random.normal(0, spread, shape).astype(np.float32)
        return made

    sizes = {"e_pl": (5, 16), "e_bi": (BUCKETS, 32), "e_bl": (BUCKETS, 32), "e_pt": (speech * 5, 32), "e_kd": (11, 8)}
    found = {**encoder, **{name: drawn(shape, 0.05 if "b" in name else 0.1) for name, shape in sizes.items()}}
    seen = 2 * 2 * UNITS + 3 * UNITS + sum(width for _, width in sizes.values())
    found |= {"in": drawn((seen, WIDTH), seen**-0.5), "inb": np.zeros(WIDTH, np.float32)}
    for number in range(len(REACHES)):
        found[f"c{number}"] = drawn((3 * WIDTH, 2 * WIDTH), (3 * WIDTH) ** -0.5)
        found[f"cb{number}"] = np.zeros(2 * WIDTH, np.float32)
        found[f"g{number}"], found[f"h{number}"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    found |= {"o": drawn((WIDTH, tags), 0.5 * WIDTH**-0.5), "ob": np.zeros(tags, np.float32)}
    found["tr"] = np.zeros((tags, tags), np.float32)
    return {name: jnp.asarray(array) for name, array in found.items()}


def batches_of(samples: Sequence[Sample], encoder: Encoder, tags: Sequence[str]) -> list[Batch]:
    """Return the samples of each length as one batch; longer ones than the last are left out."""
    bounds = [0, *LENGTHS]
    return [
        batch_of([each for each in samples if low < len(each.text) <= high], encoder, tags, length=high)
        for low, high in pairwise(bounds)
    ]


def batch_of(samples: Sequence[Sample], encoder: Encoder, tags: Sequence[str], *, length: int) -> Batch:
    """Return samples as arrays padded to a length."""
    number = {tag: at for at, tag in enumerate(tags)}
    count = len(samples)
    characters = np.zeros((count, length, 8), np.int32)
    tokens = np.zeros((count, length), np.int32)
    known, heard = np.zeros((count, length), np.float32), np.zeros((count, length), np.float32)
    wanted = np.zeros((count, length), np.int32)
    for row, sample in enumerate(samples):
        encoded = encoder.encode(sample.text)
        size, heads = len(encoded.characters), len(encoded.tokens)
        characters[row, :size], tokens[row, :heads] = encoded.characters, encoded.tokens
        known[row, :size], heard[row, :heads] = 1, 1
        for start, end, label in sample.spans:
            if end - start == 1:
                wanted[row, start] = number[f"S-{label}"]
                continue
            wanted[row, start:end] = number[f"I-{label}"]
            wanted[row, start], wanted[row, end - 1] = number[f"B-{label}"], number[f"E-{label}"]
    return Batch(characters, tokens, heard, known, wanted)


def step(
    state: tuple[Weights, Weights, Weights, Weights],
    frozen: Weights,
    batch: Batch,
    key: jax.Array,
    count: float,
    rate: float,
) -> tuple[tuple[Weights, Weights, Weights, Weights], jax.Array]:
    """Make one step of Adam; the state is weights, both moments, and the running mean."""
    weights, first, second, mean = state
    loss, slope = jax.value_and_grad(negative_log_likelihood)(weights, frozen, batch, key)
    length = jnp.sqrt(sum(jnp.square(each).sum() for each in slope.values()))
    scale = jnp.minimum(1.0, 1.0 / length)
    after: tuple[Weights, Weights, Weights, Weights] = ({}, {}, {}, {})
    for name, weight in weights.items():
        given = slope[name] * scale
        one, two = 0.9 * first[name] + 0.1 * given, 0.99 * second[name] + 0.01 * given * given
        change = one / (1 - 0.9**count) / (jnp.sqrt(two / (1 - 0.99**count)) + 1e-8)
        is_encoder = name.startswith(ENCODER)
        decay = 0.0 if is_encoder or name == "tr" else 0.01
        made = weight - rate * (ENCODER_SHARE if is_encoder else 1.0) * (change + decay * weight)
        after[0][name], after[1][name], after[2][name] = made, one, two
        after[3][name] = mean[name] + MEAN * (made - mean[name])
    return after, loss


def train(weights: Weights, batches: Sequence[Batch], *, epochs: int, seed: int, console: Console) -> Weights:
    """Return the running mean of the weights after so many passes over the samples."""
    random, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    frozen = {FROZEN: weights.pop(FROZEN)}
    nothing = {name: jnp.zeros_like(weight) for name, weight in weights.items()}
    state = (weights, nothing, dict(nothing), dict(weights))
    compiled = jax.jit(step)
    total = epochs * sum(len(batch.tokens) // BATCH for batch in batches)
    with Progress(console=console) as progress:
        task = progress.add_task("training", total=total)
        count = 0
        for _ in range(epochs):
            for batch in _shuffled(batches, random):
                count += 1
                key, used = jax.random.split(key)
                rate = RATE * min(1.0, count / 300) * (1 - 0.97 * count / total)
                state, loss = compiled(state, frozen, batch, used, float(count), rate)
                progress.update(task, advance=1, description=f"loss {float(loss):.3f}")
    return {**state[3], **frozen}


def _shuffled(batches: Sequence[Batch], random: np.random.Generator) -> list[Batch]:
    """Return all samples in small batches of one length each, in a new order."""
    made = []
    for batch in batches:
        order = random.permutation(len(batch.tokens))
        made += [batch.rows(order[first : first + BATCH]) for first in range(0, len(order) - BATCH + 1, BATCH)]
    return [made[at] for at in random.permutation(len(made))]


def save(
    path: Path, weights: Weights, *, labels: Sequence[str], speech: npt.NDArray[np.int64], lac: LacArchive
) -> None:
    """Write a recogniser: tables of vectors in half precision, which changes no name in the held-out tenth."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        f"w_{name}": np.asarray(weight).astype(np.float16 if name.startswith("e") else np.float32)
        for name, weight in weights.items()
    }
    arrays |= {**lac.vocabulary(), "speech": speech, "labels": as_array(list(labels))}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def main() -> int:
    """Read the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="train.json of CLUENER2020")
    parser.add_argument("--lac", type=Path, required=True, help="LAC-2.1.2.tar.gz")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "models" / FILE)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    samples = [sample for sample in read_corpus(options.corpus) if not is_held_out(sample.text)]
    labels = sorted({label for sample in samples for _, _, label in sample.spans})
    seen = dict.fromkeys(tag for sample in samples for _, tag in words(sample.text))
    speech = np.array(list(seen), np.int64)
    lac = LacArchive(options.lac)
    entries = [(word, int(number)) for number, word in lac.pairs("word.dic")]
    encoder = Encoder(Vocabulary.of(entries, dict(lac.pairs("q2b.dic")), lac.words()), speech)
    weights = new_weights(
        lac.weights(max(number for _, number in entries) + 1),
        speech=len(speech) + 1,
        tags=len(tag_names(labels)),
        random=np.random.default_rng(options.seed),
    )
    trained = train(
        weights,
        batches_of(samples, encoder, tag_names(labels)),
        epochs=options.epochs,
        seed=options.seed,
        console=Console(stderr=True),
    )
    save(options.out, trained, labels=labels, speech=speech, lac=lac)
    return 0


if __name__ == "__main__":
    sys.exit(main())
