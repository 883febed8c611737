"""Settings: what is accepted, what is refused, and that the page about them is complete."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from api.commands.export import settings_page
from api.settings import ApiKey, Settings, hash_of_key, parse_api_key
from ontology.errors import InvalidValue

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 24


def test_defaults_need_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOGRAPH_HOME", raising=False)
    settings = Settings()
    assert settings.home == Path("~/.ecograph").expanduser()
    assert settings.ledger_url == f"sqlite:///{settings.home}/ledger.sqlite"
    assert settings.host == "127.0.0.1"
    assert settings.api_keys == ()


def test_the_environment_is_read_with_its_prefix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ECOGRAPH_HOME", str(tmp_path))
    monkeypatch.setenv("ECOGRAPH_API_KEYS", f"one:read:{KEY},two:read+write:sha256={'ab' * 32}")
    monkeypatch.setenv("ECOGRAPH_ALLOWED_HOSTS", "a.example, b.example")
    settings = Settings()
    assert settings.home == tmp_path
    assert [key.name for key in settings.api_keys] == ["one", "two"]
    assert settings.api_keys[1].scopes == {"read", "write"}
    assert settings.allowed_hosts == ("a.example", "b.example")


def test_settings_do_not_change() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.port = 1


@pytest.mark.parametrize(
    "changes",
    [
        {"graph": "mysql://x"},
        {"search": "neo4j://x"},
        {"ledger": "mysql://x"},
        {"port": 70_000},
        {"api_keys": "nokey"},
        {"unknown": 1},
    ],
)
def test_nonsense_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "entry", ["", "name", "name:read", "name:admin:" + KEY, "name:read:short", "name:read:sha256=12", ":read:" + KEY]
)
def test_a_key_that_is_none_is_refused_without_repeating_it(entry: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_api_key(entry)
    assert "short" not in caught.value.message.split(" is ")[0]


def test_a_key_reads_back_as_it_was_written() -> None:
    key = ApiKey(name="desk", scopes=frozenset({"read", "write"}), sha256=hash_of_key(KEY))
    assert parse_api_key(str(key)) == key
    assert key.matches(KEY)
    assert not key.matches(KEY[:-1])
    assert KEY not in str(key)


def test_the_page_about_settings_names_every_setting_as_it_is() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert page == settings_page()
    assert all(f"`ECOGRAPH_{name.upper()}`" in page for name in Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())
