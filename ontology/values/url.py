"""Addresses on the web (RFC 3986), only of the schemes http and https."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?|\[[0-9A-Fa-f:.]+\]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`\s]")
_LONGEST = 2000


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        pieces = urlsplit(text)
        return pieces, pieces.port
    except ValueError as fault:
        raise InvalidValue(f"{text!r} is not an address", code="form", text=text) from fault


def parse_url(text: str, _context: Context) -> Parsed:
    """Return the address with scheme and host in small letters and without its default port.

    `www.…` without scheme gets http. An address with user and password in it is refused (`credentials`), as are other
    schemes (`scheme`), such as `javascript:`. Raises InvalidValue: `missing`, `form` too.
    """
    plain = require_text(text, "address")
    if plain.casefold().startswith("www."):
        plain = "http://" + plain
    pieces, port = _split(plain)
    scheme = pieces.scheme.casefold()
    if scheme not in _DEFAULT_PORTS:
        code = "scheme" if scheme and "." not in scheme else "form"
        raise InvalidValue(f"{text!r} is not an http(s) address", code=code, text=text)
    if pieces.username is not None or pieces.password is not None:
        raise InvalidValue("the address holds a user name", code="credentials", text="")
    host = (pieces.hostname or "").casefold()
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host) or _UNSAFE.search(plain):
        raise InvalidValue(f"{text!r} is not an address", code="form", text=text)
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return Parsed(urlunsplit((scheme, netloc, pieces.path, pieces.query, pieces.fragment)))


URL = ValueType("url", parse_url, cached=False, max_length=_LONGEST)
