"""Who may do what: every combination of keys, scopes, demo mode and place."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from api.access import Access, access_of, check_may_listen, load_keys
from api.settings import ApiKey, Scope, Settings, hash_of_key
from ontology.errors import AccessDenied, AccessForbidden, EngineMisconfigured

READER, WRITER = "r" * 43, "w" * 43
KEYS = (
    ApiKey(name="reader", scopes=frozenset({"read"}), sha256=hash_of_key(READER)),
    ApiKey(name="writer", scopes=frozenset({"write"}), sha256=hash_of_key(WRITER)),
)
OPEN = Access(keys=(), demo=False, loopback_only=True)
KEYED = Access(keys=KEYS, demo=False, loopback_only=True)
Outcome = Literal["ok", "denied", "forbidden"]


@pytest.mark.parametrize(
    ("access", "scope", "presented", "client", "outcome"),
    [
        (OPEN, "read", None, "127.0.0.1", "ok"),
        (OPEN, "write", None, "127.0.0.1", "denied"),
        (OPEN, "read", "nonsense", "127.0.0.1", "denied"),
        (KEYED, "read", None, "127.0.0.1", "denied"),
        (KEYED, "read", READER, "10.0.0.1", "ok"),
        (KEYED, "read", WRITER, "10.0.0.1", "forbidden"),
        (KEYED, "write", WRITER, "10.0.0.1", "ok"),
        (KEYED, "write", READER, "10.0.0.1", "forbidden"),
        (KEYED, "write", READER[:-1], "10.0.0.1", "denied"),
        (KEYED, "write", "", "10.0.0.1", "denied"),
        (replace(OPEN, demo=True), "write", None, "127.0.0.1", "ok"),
        (replace(OPEN, demo=True), "write", None, "::1", "ok"),
        (replace(OPEN, demo=True), "write", None, "10.0.0.1", "denied"),
        (replace(OPEN, demo=True), "write", None, None, "denied"),
        (replace(OPEN, demo=True, loopback_only=False), "write", None, "127.0.0.1", "denied"),
        (replace(KEYED, demo=True), "write", None, "127.0.0.1", "ok"),
        (replace(KEYED, demo=True), "write", READER, "127.0.0.1", "forbidden"),
    ],
)
def test_who_may_do_what(
    access: Access, scope: Scope, presented: str | None, client: str | None, outcome: Outcome
) -> None:
    found: Outcome = "ok"
    try:
        access.check(scope, presented=presented, client=client)
    except AccessForbidden:
        found = "forbidden"
    except AccessDenied:
        found = "denied"
    assert found == outcome


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "ecograph.example"])
def test_no_public_address_without_a_key(host: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, host=host)
    access = access_of(settings)
    with pytest.raises(AccessForbidden, match=host) as caught:
        check_may_listen(settings, access=access)
    assert "ecograph keys new" in caught.value.remedy
    check_may_listen(settings, access=replace(access, keys=KEYS))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_loopback_needs_no_key(host: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, host=host)
    check_may_listen(settings, access=access_of(settings))


def test_keys_of_the_file_and_of_the_settings_count_together(tmp_path: Path) -> None:
    (tmp_path / "api_keys").write_text(f"# a remark\n\n{KEYS[0]}\n", encoding="utf-8")
    settings = Settings(home=tmp_path, api_keys=(KEYS[1],))
    assert [key.name for key in load_keys(settings)] == ["writer", "reader"]


def test_a_line_that_is_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "api_keys").write_text(f"{KEYS[0]}\nnonsense\n", encoding="utf-8")
    with pytest.raises(EngineMisconfigured, match="line 2"):
        load_keys(Settings(home=tmp_path))
