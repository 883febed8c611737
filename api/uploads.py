"""Uploaded files: received into a folder of their own below the home, and gone afterwards."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from starlette.datastructures import UploadFile
from starlette.requests import Request

from ontology.errors import InvalidInput

LONGEST_NAME = 120
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was received: where it lies for now, and the dataset it is said to belong to, None if unsaid."""

    path: Path
    dataset: str | None


def safe_name(name: str) -> str:
    """Return the last part of a name a client gave, without what a file system could take for more than a name."""
    last = PurePosixPath(name.replace("\\", "/")).name
    stem, dot, suffix = UNSAFE.sub("_", last).strip(". ").rpartition(".")
    kept = f"{stem[: LONGEST_NAME - len(suffix[:10]) - 1]}{dot}{suffix[:10]}" if dot else suffix[:LONGEST_NAME]
    return kept or "upload"


@asynccontextmanager
async def received(request: Request, *, folder: Path) -> AsyncIterator[Upload]:
    """Receive the form of a request into a fresh folder below `folder`, which is removed at the end.

    The size is limited before this by `api.guard`. Raises `InvalidInput` where the form has no file.
    """
    async with request.form(max_files=1, max_fields=4) as form:
        file, dataset = form.get("file"), form.get("dataset")
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidInput(
                "the form has no file", remedy="Send multipart/form-data with a part `file` that has a file name."
            )
        if dataset is not None and not isinstance(dataset, str):
            raise InvalidInput("`dataset` is a text, not a file")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder) as own:
            path = Path(own) / safe_name(file.filename)
            await asyncio.to_thread(_copy, file.file, path)
            yield Upload(path, dataset or None)


def _copy(source: BinaryIO, target: Path) -> None:
    with target.open("xb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
