"""Reading rows in a process of its own, so that mapping and the ledger use two cores.

The parent starts `python -m ingest.aside` and sends a recipe and runs of rows through its standard input; what they
gave comes back in order through its standard output, as pickles between a parent and its own child. The child holds no
state that matters and ends when its input ends, also when the parent was killed.
"""

import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import BinaryIO, Final, Self

from ingest.reading import Reading, ReadRows, Recipe
from ingest.sources.table import RawRow
from ontology.errors import EngineFailed
from ontology.schema import load_schema

AHEAD: Final = 3
"""Runs of rows under way: one being mapped, one waiting on each side."""


class Aside:
    """A process that reads rows. A context manager; leaving it ends the process."""

    def __init__(self) -> None:
        # -P: a foreign `ingest/` in the working directory must not be taken for ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.aside"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        self._process.wait()

    def read(self, recipe: Recipe, runs: Iterable[Sequence[RawRow]]) -> Iterator[tuple[Sequence[RawRow], ReadRows]]:
        """Yield each run with what it gave, in order. Raises `EngineFailed` if the process ended."""
        under_way: deque[Sequence[RawRow]] = deque()
        self._send(recipe)
        try:
            for run in runs:
                self._send(run)
                under_way.append(run)
                if len(under_way) >= AHEAD:
                    yield under_way.popleft(), self._answer()
            while under_way:
                yield under_way.popleft(), self._answer()
        finally:
            # A source that proves unusable on the way leaves answers that are not the next table's.
            for _ in under_way:
                self._answer()

    def _answer(self) -> ReadRows:
        assert self._process.stdout is not None  # noqa: S101
        try:
            answer: ReadRows = pickle.load(self._process.stdout)  # noqa: S301  # our own child
        except (EOFError, pickle.UnpicklingError) as exc:
            raise _ended() from exc
        return answer

    def _send(self, message: Recipe | Sequence[RawRow]) -> None:
        assert self._process.stdin is not None  # noqa: S101  # both are pipes, see __init__
        try:
            pickle.dump(message, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except BrokenPipeError as exc:
            raise _ended() from exc


def _ended() -> EngineFailed:
    remedy = "Run the same command again: it goes on where it stopped."
    return EngineFailed("the process that maps rows ended", engine="ingest", remedy=remedy)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer runs of rows until the source ends."""
    # Read ahead in a thread: parent and child would else each wait for the other to take what it sends.
    waiting: queue.SimpleQueue[Recipe | Sequence[RawRow] | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(source, waiting), daemon=True).start()
    schema = load_schema()
    reading: Reading | None = None
    while (message := waiting.get()) is not None:
        if isinstance(message, Recipe):
            reading = Reading.prepare(message, schema=schema)
        elif reading is not None:
            pickle.dump(reading.read(message), sink, protocol=pickle.HIGHEST_PROTOCOL)
            sink.flush()


def _receive(source: BinaryIO, waiting: "queue.SimpleQueue[Recipe | Sequence[RawRow] | None]") -> None:
    while True:
        try:
            waiting.put(pickle.load(source))  # noqa: S301  # our own parent
        except (EOFError, pickle.UnpicklingError):
            waiting.put(None)
            return


if __name__ == "__main__":
    # Ctrl-C reaches the whole group; the parent ends the child when it is done.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is printed by accident must not come between the answers.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    serve(sys.stdin.buffer, answers)
