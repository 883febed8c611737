"""Reading the encoder of Baidu LAC out of its source archive (`LAC-2.1.2.tar.gz` on PyPI, Apache-2.0)."""

import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlp.recognise.network import UNITS, Floats

FOLDER = "LAC-2.1.2/LAC/lac_model"
_GATES = 3 * UNITS


class LacArchive:
    """The archive of one release; raises `KeyError` for a file that is not in it."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as archive:
            self._files = {
                member.name: reader.read()
                for member in archive
                if member.isfile() and member.name.startswith(FOLDER) and (reader := archive.extractfile(member))
            }

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """Return the pairs of one of the files with a tab in each line."""
        lines = self._files[f"{FOLDER}/conf/{name}"].decode().split("\n")
        return [(parts[0], parts[1]) for line in lines if len(parts := line.split("\t")) == 2]

    def words(self) -> list[str]:
        """Return the words that texts are cut into."""
        lines = self._files[f"{FOLDER}/conf/small_seg.dic"].decode().split("\n")
        return sorted({line.split(" ")[0] for line in lines if line})

    def _array(self, name: str, *shape: int) -> Floats:
        """Return a parameter; its file ends with its little-endian floats."""
        size = int(np.prod(shape)) * 4
        found: Floats = np.frombuffer(self._files[f"{FOLDER}/model/{name}"][-size:], "<f4").reshape(shape).copy()
        return found

    def weights(self, entries: int) -> dict[str, Floats]:
        """Return vectors and recurrent layers as `nlp/recognise/network.py` names them.

        Paddle's unit adds a bias to what it is given and one of its own, and keeps the weights of its two gates before
        those of its candidate.
        """
        found = {"emb": self._array("word_emb", entries, UNITS)}
        for number, width in enumerate((UNITS, UNITS, 2 * UNITS, 2 * UNITS)):
            found[f"fw{number}"] = self._array(f"fc_{number}.w_0", width, _GATES)
            found[f"fb{number}"] = self._array(f"fc_{number}.b_0", _GATES) + self._array(f"gru_{number}.b_0", _GATES)
            flat = self._array(f"gru_{number}.w_0", UNITS * _GATES)
            found[f"gw{number}"] = flat[: 2 * UNITS * UNITS].reshape(UNITS, 2 * UNITS)
            found[f"gc{number}"] = flat[2 * UNITS * UNITS :].reshape(UNITS, UNITS)
        return found

    def vocabulary(self) -> Mapping[str, npt.NDArray[np.generic]]:
        """Return the words and their numbers as the arrays of a recogniser's file."""
        entries = [(word, int(number)) for number, word in self.pairs("word.dic") if "\n" not in word]
        return {
            "entries": as_array([word for word, _ in entries]),
            "numbers": np.array([number for _, number in entries], np.int32),
            "plain": as_array([f"{before}\t{after}" for before, after in self.pairs("q2b.dic")]),
            "words": as_array(self.words()),
        }


def as_array(texts: list[str]) -> npt.NDArray[np.uint8]:
    """Return texts as one array of bytes, a line each."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode(), np.uint8)
