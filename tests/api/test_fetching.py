"""Fetching: what may be asked for, and that no way round leads inside."""

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from api.fetching import Fetcher, is_public
from ontology.errors import InvalidInput, SourceUnusable

LARGE = 2_000_000


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.partition("?")[0]
        if name == "/moved":
            self._send(302, b"", Location="/page")
        elif name == "/inside":
            self._send(302, b"", Location="http://169.254.169.254/latest/meta-data/")
        elif name == "/file":
            self._send(302, b"", Location="file:///etc/passwd")
        elif name == "/loop":
            self._send(302, b"", Location="/loop")
        elif name == "/large":
            self._send(200, b"x" * LARGE)
        elif name == "/bomb":
            self._send(200, gzip.compress(b"0" * 50 * LARGE), **{"Content-Encoding": "gzip"})
        elif name == "/gone":
            self._send(404, b"")
        elif name == "/odd":
            self._send(200, b"\x00", **{"Content-Encoding": "br"})
        else:
            self._send(200, f"页面 {self.path}".encode(), **{"Content-Type": "text/html; charset=utf-8"})

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            # The other side has had enough: that is what some tests are about.
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A web server on loopback."""
    opened = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=opened.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{opened.server_address[1]}"
    opened.shutdown()
    opened.server_close()
    thread.join()


LOOPBACK = Fetcher(allowed=lambda address: address == "127.0.0.1", max_bytes=LARGE // 2, seconds=10)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "2001:db8::1"),
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "64:ff9b::808:808"])
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://example.org/", "gopher://x/", "javascript:1", "http://", "https:///x", "x"),
        *("http://user:word@example.org/", "http://[::1", "http://example.org:99999/", "http://example.org:0/"),
    ],
)
def test_other_addresses_are_refused_before_anything_is_asked(address: str) -> None:
    with pytest.raises(InvalidInput):
        LOOPBACK.fetch(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_every_way_to_write_this_machine_is_refused(server: str, host: str) -> None:
    with pytest.raises((InvalidInput, SourceUnusable)):
        Fetcher(seconds=5).fetch(f"http://{host}:{server.rpartition(':')[2]}/")


def test_a_page_is_had_with_its_type(server: str) -> None:
    fetched = LOOPBACK.fetch(f"{server}/页?词=水#part")
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.content.decode() == "页面 /%E9%A1%B5?%E8%AF%8D=%E6%B0%B4"


def test_a_redirect_is_followed(server: str) -> None:
    assert LOOPBACK.fetch(f"{server}/moved").content.decode() == "页面 /page"


@pytest.mark.parametrize("name", ["inside", "file"])
def test_a_redirect_inside_is_not_followed(server: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        LOOPBACK.fetch(f"{server}/{name}")


@pytest.mark.parametrize(
    ("name", "why"),
    [("loop", "redirects"), ("large", "larger"), ("bomb", "larger"), ("gone", "404"), ("odd", "encoding br")],
)
def test_what_cannot_be_used_is_said(server: str, name: str, why: str) -> None:
    with pytest.raises(SourceUnusable, match=why):
        LOOPBACK.fetch(f"{server}/{name}")


def test_the_connection_goes_to_the_address_that_was_judged(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rpartition(":")[2])
    asked: list[str] = []

    def rebinding(host: str, to: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "127.0.0.1" if host == "127.0.0.1" or len(asked) == 1 else "10.9.9.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, to))]

    monkeypatch.setattr("api.fetching.socket.getaddrinfo", rebinding)
    assert LOOPBACK.fetch(f"http://rebinding.example:{port}/page").content.decode() == "页面 /page"
    assert asked.count("rebinding.example") == 1


def test_one_address_inside_among_others_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr("api.fetching.socket.getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(InvalidInput, match="private"):
        Fetcher().fetch("http://example.org/")


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        quick = Fetcher(allowed=lambda _: True, seconds=0.3)
        with pytest.raises(SourceUnusable, match="timed out"):
            quick.fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/")


def test_a_name_that_nobody_has_is_said() -> None:
    with pytest.raises(SourceUnusable, match="looked up"):
        Fetcher().fetch("http://no-such-name.invalid/")
