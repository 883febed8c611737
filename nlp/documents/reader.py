"""Reading documents from anywhere: in a process of its own, so that no document takes more time or memory than allowed.

lxml, pypdf and trafilatura are safe with most hostile files, not with all: a page can keep them busy for minutes, or
take all memory. No thread can be stopped from outside, a process can.
"""

import json
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from datetime import date
from types import TracebackType
from typing import Final, Self

from nlp.documents.document import DEFAULT_LIMITS, Attachment, DocumentText, Limits
from nlp.documents.form import form_of
from nlp.documents.plain import read_plain
from nlp.documents.worker import read_frame, write_frame
from ontology.errors import SourceUnusable

_STARTING: Final = 60.0
"""Seconds the process may take to import its libraries; measured 1.2 on two busy cores."""


class DocumentReader:
    """Reads any number of documents, from several threads, one at a time; a context manager.

    The process is started at the first document that needs it and again after one that had to be stopped.
    """

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process; the next document starts it again."""
        with self._lock:
            self._stop()

    def read(self, data: bytes, *, name: str, charset: str = "") -> DocumentText:
        """Return the text of a document of any form; its form is told by its bytes, not by its name.

        `name` is how messages call it. `charset` is what a server said, empty where unknown; it is doubted.
        Raises SourceUnusable, with a remedy, for whatever cannot be read, or not within the limits.
        """
        if form_of(data, name=name, limits=self._limits) == "text" and len(data) <= self._limits.characters:
            # Nothing in a plain text can take long, and most of what is read is plain text.
            return read_plain(data, name=name, charset=charset)
        with self._lock:
            given = self._ask(data, name, charset)
        if "fault" in given:
            fault = str(given["fault"])
            raise SourceUnusable(
                fault if name in fault else f"{name}: {fault}",
                source=name,
                remedy=str(given.get("remedy") or "Open it in the program that made it and save it as PDF or text."),
            )
        return _document(given)

    def _ask(self, data: bytes, name: str, charset: str) -> dict[str, object]:
        process = self._running()
        asked = json.dumps({"name": name, "charset": charset, "limits": asdict(self._limits)}).encode()
        try:
            answer = _within(self._limits.seconds, process, [asked, data])
            why = "made its reader fail"
        except TimeoutError:
            answer, why = None, f"takes longer than {self._limits.seconds:g} seconds to read"
        if answer is None:
            self._stop()
            return {"fault": f"{name} {why}", "remedy": "Give its text, or a part of it."}
        given = json.loads(answer)
        return given if isinstance(given, dict) else {}

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._stop()
            # -I: neither the working directory nor the environment can put other modules in the place of ours.
            command = [sys.executable, "-I", "-m", "nlp.documents.worker", str(self._limits.memory)]
            self._process = subprocess.Popen(  # noqa: S603 - a fixed command of this installation
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            try:
                ready = _within(_STARTING, self._process, [])
            except TimeoutError:
                ready = None
            if ready is None:
                self._stop()
                raise SourceUnusable(
                    "the process that reads documents does not start",
                    source="documents",
                    remedy="Check that the installation is whole: `python -m nlp.documents.worker 2000000000`.",
                )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                # What was not yet written belongs to a document that is given up.
                try:
                    stream.close()
                except OSError:
                    continue


def _within(seconds: float, process: "subprocess.Popen[bytes]", frames: list[bytes]) -> bytes | None:
    """Send the frames and return the answer; None where the process ends. Raises TimeoutError, the process ended."""
    answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    stdin, stdout = process.stdin, process.stdout

    def exchange() -> None:
        try:
            for frame in frames:
                write_frame(stdin, frame)
            answers.put(read_frame(stdout))
        except (OSError, ValueError):
            answers.put(None)

    thread = threading.Thread(target=exchange, name="document", daemon=True)
    thread.start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        # The thread waits on a pipe of this process: ending it lets the thread go.
        process.kill()
        thread.join()
        raise TimeoutError from None
    thread.join()
    return answer


def _document(given: dict[str, object]) -> DocumentText:
    stated, pages, attachments, notes = (given.pop(key) for key in ("date", "pages", "attachments", "notes"))
    return DocumentText(
        **given,  # type: ignore[arg-type]
        date=date.fromisoformat(str(stated)) if stated else None,
        pages=tuple(pages) if isinstance(pages, list) else (),
        attachments=tuple(Attachment(**each) for each in attachments) if isinstance(attachments, list) else (),
        notes=tuple(notes) if isinstance(notes, list) else (),
    )


def read_document(data: bytes, *, name: str, charset: str = "", limits: Limits = DEFAULT_LIMITS) -> DocumentText:
    """Return the text of one document, as `DocumentReader.read` does, starting a process only where it is needed."""
    with DocumentReader(limits=limits) as reader:
        return reader.read(data, name=name, charset=charset)
