"""Fetching a page or a file from the public web, and from nowhere else.

An address that a text or a person gives may lead inside: to this machine, to a router, to a cloud's metadata. So the
name is looked up here once, every address it has must be public, the connection goes to one of exactly those
addresses (a second look-up could answer otherwise: DNS rebinding), and a redirect is checked the same way.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from ontology.errors import InvalidInput, SourceUnusable

MAX_REDIRECTS: Final = 5
MAX_BYTES: Final = 20 * 1024 * 1024
SECONDS: Final = 30.0
_CHUNK: Final = 64 * 1024
_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the public internet, also one that carries another inside it."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. `media_type` and `charset` are empty where the answer names none."""

    address: str
    media_type: str
    charset: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches within limits. `allowed` judges each address a name has; only tests let others than public ones pass."""

    allowed: Callable[[str], bool] = is_public
    max_bytes: int = MAX_BYTES
    seconds: float = SECONDS

    def fetch(self, address: str) -> Fetched:
        """Return what an `http` or `https` address answers, after at most five redirects. Blocks.

        Raises `InvalidInput` for an address that may not be asked for, `SourceUnusable` where it cannot be had: unknown
        name, no network, an error status, too large, too slow.
        """
        ends = time.monotonic() + self.seconds
        for _ in range(MAX_REDIRECTS + 1):
            target = _checked(address)
            answer = self._ask(target, ends)
            if isinstance(answer, Fetched):
                return answer
            address = urljoin(urlunsplit(target), answer)
        raise SourceUnusable("more than five redirects", source=address, remedy="Give the address it leads to.")

    def _ask(self, target: SplitResult, ends: float) -> Fetched | str:
        """Return the answer, or the address it redirects to."""
        shown = urlunsplit(target)
        connection: http.client.HTTPConnection | None = None
        try:
            connection = self._connect(target, ends)
            path = urlunsplit(("", "", quote(target.path or "/", safe=_SAFE), quote(target.query, safe=_SAFE), ""))
            headers = {"User-Agent": "ecograph", "Accept": "*/*", "Accept-Encoding": "gzip, identity"}
            socket_ = connection.sock
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
                return str(response.getheader("Location"))
            if response.status != HTTPStatus.OK:
                raise SourceUnusable(f"{shown} answers {response.status} {response.reason}", source=shown)
            content = self._body(response, socket_, ends, shown)
            stated = response.headers
            media_type = stated.get_content_type() if stated.get("Content-Type") else ""
            return Fetched(shown, media_type, stated.get_content_charset() or "", content)
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise SourceUnusable(
                f"{shown} cannot be had: {error}", source=shown, remedy="Check the address and the network."
            ) from error
        finally:
            if connection is not None:
                connection.close()

    def _connect(self, target: SplitResult, ends: float) -> http.client.HTTPConnection:
        host, port = str(target.hostname), target.port or _PORTS[target.scheme]
        found = self._addresses(host, port)
        connection = http.client.HTTPConnection(host, port, timeout=_left(ends))
        connection.sock = _opened(found, port, ends)
        if target.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        return connection

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise SourceUnusable(
                f"the name {host} cannot be looked up: {error}", source=host, remedy="Check the name and the network."
            ) from error
        found = list(dict.fromkeys(str(row[4][0]) for row in rows))
        if not found or not all(map(self.allowed, found)):
            raise InvalidInput(
                f"{host} leads inside a private network", remedy="Save the page and give the file instead."
            )
        return found

    def _body(self, response: http.client.HTTPResponse, connection: socket.socket, ends: float, shown: str) -> bytes:
        packed = (response.getheader("Content-Encoding") or "identity").lower()
        if packed not in ("identity", "gzip"):
            raise SourceUnusable(f"{shown} answers in the encoding {packed}", source=shown)
        unpack = zlib.decompressobj(wbits=31) if packed == "gzip" else None
        content = bytearray()
        while chunk := response.read1(_CHUNK):
            content += unpack.decompress(chunk, self.max_bytes - len(content) + 1) if unpack else chunk
            if len(content) > self.max_bytes:
                raise SourceUnusable(f"{shown} is larger than {self.max_bytes:,} bytes", source=shown)
            connection.settimeout(_left(ends))
        return bytes(content)


def _checked(address: str) -> SplitResult:
    """Return an address in parts; raises `InvalidInput` for another scheme, a user or a password in it, or no host."""
    try:
        target = urlsplit(address.strip())
        port = target.port
    except ValueError as error:
        raise InvalidInput(f"{address!r} is no address: {error}") from error
    if target.scheme not in _PORTS or not target.hostname:
        raise InvalidInput(f"{address!r} is no http or https address", remedy="Give a file, or `-` for standard input.")
    if target.username is not None or port == 0:
        raise InvalidInput("an address with a user or without a port is not fetched")
    return target._replace(fragment="")


def _opened(addresses: Sequence[str], port: int, ends: float) -> socket.socket:
    """Return a connection to the first of these addresses that answers."""
    fault: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=_left(ends))
        except OSError as error:
            fault = error
    raise fault or OSError("no address")


def _left(ends: float) -> float:
    """Return the seconds left; raises `TimeoutError` where none are."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
