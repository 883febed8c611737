"""The process that reads documents for another one: `python -m nlp.documents.worker MEMORY`, frames on its pipes.

A frame is a length (8 bytes, big-endian) and as many bytes. Asked: a JSON object (name, charset, limits), then the
document. Answered: one JSON object, the document or the reason why there is none. Nothing is executed from either.
"""

import json
import os
import sys
from dataclasses import asdict
from typing import IO, Final

from nlp.documents.document import Limits
from nlp.documents.parsing import parse_document
from ontology.errors import SourceUnusable

LENGTH: Final = 8


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame and send it off."""
    stream.write(len(content).to_bytes(LENGTH, "big"))
    stream.write(content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next frame; None where the other side is gone."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head, "big")
    content = stream.read(length)
    return content if len(content) == length else None


def answer(asked: bytes, data: bytes) -> bytes:
    """Return the answer for one document as JSON; never raises but for want of memory to say so."""
    try:
        wanted = json.loads(asked)
        limits = Limits(**wanted["limits"])
        document = parse_document(data, name=wanted["name"], charset=wanted["charset"], limits=limits)
        given = asdict(document)
        given["date"] = document.date.isoformat() if document.date else None
        return json.dumps(given).encode()
    except SourceUnusable as fault:
        return json.dumps({"fault": fault.message, "remedy": fault.remedy}).encode()
    except MemoryError:
        return json.dumps({"fault": "needs more memory than it may have", "remedy": "Give a part of it."}).encode()
    except Exception as error:  # noqa: BLE001 - the libraries' faults with hostile files have no common root
        return json.dumps({"fault": f"cannot be read ({type(error).__name__}: {str(error)[:200]})"}).encode()


def _hold_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; time and size still bound the work there.
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer documents until the other side closes the pipe."""
    _hold_memory(int(sys.argv[1]))
    asked_from = sys.stdin.buffer
    # The answers go out by a descriptor of their own: a library that prints would otherwise break a frame.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    write_frame(answers, b"ready")
    while (asked := read_frame(asked_from)) is not None and (data := read_frame(asked_from)) is not None:
        write_frame(answers, answer(asked, data))


if __name__ == "__main__":
    main()
