"""What reading a document gives, and how much of one is read."""

import datetime
from dataclasses import dataclass
from typing import Final, Literal

Format = Literal["html", "pdf", "docx", "eml", "text"]
Script = Literal["simplified", "traditional", "mixed", "none"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read, and for how long: what exceeds a limit is refused, never read in part.

    `seconds` of wall clock, `memory` in bytes of the process that reads (where the system can hold it to that),
    `size` in bytes, `unpacked` in bytes of a container, `characters` of text, `pages` of a PDF, `tags` of HTML.
    """

    seconds: float = 20.0
    memory: int = 2_000_000_000
    size: int = 50_000_000
    unpacked: int = 500_000_000
    characters: int = 10_000_000
    pages: int = 3_000
    tags: int = 400_000


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter: listed, not opened. `size` in bytes; `name` is empty where it has none."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document and where it comes from. Offsets everywhere else count characters of `text`.

    `text` is as written, in its own script; only line ends (all `\\n`), control characters and white space at the
    ends of lines are made uniform. `title`, `source` (publisher, sender) and `author` are empty and `date` is None
    where the document does not say. `pages` holds the offset at which each page begins, for formats with pages.
    `script` tells Traditional from Simplified by the characters that differ. `notes` say in a sentence each what a
    reader must know: pages without text, bytes that fit no character, a text taken in by a second method.
    """

    text: str
    format: Format
    title: str = ""
    date: datetime.date | None = None
    source: str = ""
    author: str = ""
    encoding: str = ""
    script: Script = "none"
    pages: tuple[int, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """Return the page, from 1, that the character at `offset` stands on; None for formats without pages."""
        if not self.pages:
            return None
        return max(sum(start <= offset for start in self.pages), 1)
