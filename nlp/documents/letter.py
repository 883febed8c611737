"""EML: a letter's text, who sent it when, and the list of what is attached (never opened)."""

import email
import email.policy
from collections.abc import Iterator
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from nlp.documents.cleaning import clean_text, script_of
from nlp.documents.document import Attachment, DocumentText, Limits
from nlp.documents.encoding import find_encoding
from nlp.documents.web_page import read_page
from ontology.errors import SourceUnusable

_MOST_PARTS: Final = 500


def read_letter(data: bytes, *, name: str, limits: Limits) -> DocumentText:
    """Return the text of a letter (RFC 5322): its plain part, else its HTML part, else of a letter it forwards.

    `title` is the subject, `author` who sent it, `source` the domain it was sent from, `date` the day on the
    sender's clock. Raises SourceUnusable where it has no text, or too many parts.
    """
    message = email.message_from_bytes(data, policy=email.policy.default.clone(raise_on_defect=False))
    if not isinstance(message, EmailMessage):
        raise SourceUnusable(f"{name} is no letter", source=name, remedy="Save it as .eml or as text.")
    plain: list[str] = []
    pages: list[str] = []
    attachments: list[Attachment] = []
    for part in _parts(message, name):
        content = _content(part)
        if _is_attached(part):
            attachments.append(Attachment(_filename(part), part.get_content_type(), len(content)))
        elif part.get_content_type() == "text/html":
            pages.append(_page(content, part, name, limits))
        elif part.get_content_maintype() == "text":
            plain.append(_text(content, part))
    text = clean_text("\n\n".join(piece for piece in plain if piece.strip()) or "\n\n".join(pages))
    if not text.strip():
        listed = f"; attached: {', '.join(each.name for each in attachments)}" if attachments else ""
        raise SourceUnusable(f"{name} has no text{listed}", source=name, remedy="Save the attachments and give those.")
    sender, address = parseaddr(_header(message, "from"))
    return DocumentText(
        text=text,
        format="eml",
        title=_header(message, "subject"),
        date=_date(message),
        source=address.rpartition("@")[2],
        author=sender or address,
        script=script_of(text),
        attachments=tuple(attachments),
    )


def _parts(message: EmailMessage, name: str) -> Iterator[EmailMessage]:
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            raise SourceUnusable(f"{name} has more than {_MOST_PARTS} parts", source=name, remedy="Give its text.")
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def _content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: EmailMessage) -> str:
    return str(part.get_param("charset") or "")


def _text(content: bytes, part: EmailMessage) -> str:
    encoding = find_encoding(content, declared=_charset(part))
    return content.decode(encoding.name if encoding else "utf-8", "replace")


def _page(content: bytes, part: EmailMessage, name: str, limits: Limits) -> str:
    try:
        return read_page(content, name=name, limits=limits, charset=_charset(part)).text
    except SourceUnusable:
        return ""


def _filename(part: EmailMessage) -> str:
    try:
        return " ".join((part.get_filename() or "").split())[:200]
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _header(message: EmailMessage, field: str) -> str:
    try:
        value = str(message[field] or "")
    except (ValueError, LookupError, IndexError, TypeError, AttributeError):
        # The header parser of the standard library fails on some malformed addresses.
        return ""
    return clean_text(" ".join(value.split()))[:300]


def _date(message: EmailMessage) -> date | None:
    try:
        sent = parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.date() if isinstance(sent, datetime) else None
