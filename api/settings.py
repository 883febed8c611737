"""Every setting of the product, in one frozen object that is built once and handed down.

Each field is an environment variable with the prefix `ECOGRAPH_`. Nothing below `api/` reads the environment.
`docs/settings.md` is made from these fields.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic.dataclasses import dataclass
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ontology.errors import InvalidValue

Scope = Literal["read", "write"]
EMBEDDED = "embedded"
SHORTEST_PLAIN_KEY = 24
"""Characters of a key given in plain text: below this a guess over the network becomes thinkable."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key a client may present: its name (for the log), its scopes and the SHA-256 of its text."""

    name: str
    scopes: frozenset[Scope]
    sha256: str

    def matches(self, presented: str) -> bool:
        """Say whether `presented` is this key, in a time that does not depend on where they differ."""
        return hmac.compare_digest(hash_of_key(presented), self.sha256)

    def __str__(self) -> str:
        return f"{self.name}:{'+'.join(sorted(self.scopes))}:sha256={self.sha256}"


def hash_of_key(text: str) -> str:
    """Return the SHA-256 of a key: keys are 256 random bits, so a slow password hash would add nothing."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse_api_key(entry: str) -> ApiKey:
    """Read `name:read+write:sha256=HEX`, or `name:read:PLAIN` with a plain key of at least 24 characters.

    Raises `InvalidValue`; the key itself is never repeated in the message.
    """
    name, scopes, secret = [*entry.strip().split(":", 2), "", ""][:3]
    known = frozenset[Scope](scope for scope in ("read", "write") if scope in scopes.split("+"))
    remedy = "Write `name:read+write:sha256=HEX`, or let `ecograph keys new` make a key."
    if not name or not known or len(known) != len(scopes.split("+")):
        raise InvalidValue("an API key needs a name and scopes", code="key-form", text=name, remedy=remedy)
    if secret.startswith("sha256="):
        digest = secret.removeprefix("sha256=").lower()
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise InvalidValue(f"API key {name!r}: sha256 is 64 hexadecimal digits", code="key-hash", text=name)
        return ApiKey(name=name, scopes=known, sha256=digest)
    if len(secret) < SHORTEST_PLAIN_KEY:
        message = f"API key {name!r} is shorter than {SHORTEST_PLAIN_KEY} characters"
        raise InvalidValue(message, code="key-short", text=name, remedy=remedy)
    return ApiKey(name=name, scopes=known, sha256=hash_of_key(secret))


class Settings(BaseSettings):
    """What can be set, with its default: a plain `ecograph serve` needs none of it."""

    model_config = SettingsConfigDict(env_prefix="ECOGRAPH_", frozen=True, extra="forbid", env_ignore_empty=True)

    home: Path = Field(
        default=Path("~/.ecograph"), description="Folder that holds all data: ledger, graph, search, keys."
    )
    ledger: str = Field(
        default=EMBEDDED,
        description="Where the ledger is: `embedded` (SQLite in the home) or `postgresql+psycopg://…`.",
    )
    graph: str = Field(
        default=EMBEDDED, description="Graph engine: `embedded` (SQLite in the home) or `neo4j://…`, `bolt://…`."
    )
    graph_user: str = Field(default="neo4j", description="User of the graph server.")
    graph_password: SecretStr | None = Field(default=None, description="Password of the graph server.")
    graph_database: str | None = Field(
        default=None, description="Database of the graph server; its default when absent."
    )
    search: str = Field(
        default=EMBEDDED,
        description="Search engine: `embedded` (tantivy in the home) or the `http(s)://…` of Elasticsearch.",
    )
    search_user: str = Field(default="elastic", description="User of the search server.")
    search_password: SecretStr | None = Field(default=None, description="Password of the search server.")
    search_api_key: SecretStr | None = Field(
        default=None, description="API key of the search server, instead of a password."
    )
    search_index: str = Field(
        default="ecograph", description="Name of the alias under which the search server keeps documents."
    )
    search_shards: int = Field(
        default=1, ge=1, le=1000, description="Shards of indexes that the search server makes from now on."
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address `ecograph serve` listens on; any but loopback is refused until an API key exists.",
    )
    port: int = Field(default=8000, ge=0, le=65535, description="Port `ecograph serve` listens on; 0 takes a free one.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Host names under which the service is reached, comma separated, besides loopback and `host`.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins of other pages that may call the API from a browser, comma separated; none by default.",
    )
    api_keys: Annotated[tuple[ApiKey, ...], NoDecode] = Field(
        default=(),
        description=(
            "Keys of the API, comma separated: `name:read+write:sha256=HEX`. "
            "Those that `ecograph keys new` wrote to `api_keys` in the home count as well."
        ),
    )
    demo: bool = Field(default=False, description="Demo mode: on loopback, uploads need no key.")
    upload_megabytes: int = Field(default=200, ge=1, le=10_000, description="Largest table that can be uploaded.")
    body_kilobytes: int = Field(default=64, ge=1, le=10_000, description="Largest body of any other request.")
    text_kilobytes: int = Field(default=1024, ge=1, le=100_000, description="Largest body with a text to read.")
    timeout_seconds: float = Field(
        default=30.0, gt=0, description="Time a request may take in an engine before it answers 503."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged.")

    @field_validator("home")
    @classmethod
    def _expand(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("allowed_hosts", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: str | Sequence[str]) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(part.strip() for part in parts if part.strip())

    @field_validator("api_keys", mode="before")
    @classmethod
    def _parse_keys(cls, value: str | Sequence[ApiKey]) -> tuple[ApiKey, ...]:
        if not isinstance(value, str):
            return tuple(value)
        try:
            return tuple(parse_api_key(entry) for entry in value.split(",") if entry.strip())
        except InvalidValue as error:
            raise ValueError(f"{error.message}. {error.remedy}") from error

    @model_validator(mode="after")
    def _known_engines(self) -> Self:
        engines = {
            "ledger": (self.ledger, ("sqlite:", "postgresql")),
            "graph": (self.graph, ("neo4j:", "neo4j+", "bolt:", "bolt+")),
            "search": (self.search, ("http:", "https:")),
        }
        for name, (value, schemes) in engines.items():
            if value != EMBEDDED and not value.startswith(schemes):
                raise ValueError(f"{name} is `embedded` or an address that starts with {' or '.join(schemes)}")
        return self

    @property
    def ledger_url(self) -> str:
        """The ledger as an SQLAlchemy URL."""
        return f"sqlite:///{self.home / 'ledger.sqlite'}" if self.ledger == EMBEDDED else self.ledger

    @property
    def graph_file(self) -> Path:
        """The embedded graph: a file of its own, so that a rebuild may drop it and never locks the ledger."""
        return self.home / "graph.sqlite"

    @property
    def search_folder(self) -> Path:
        """The folder of the embedded search index."""
        return self.home / "search"

    @property
    def keys_file(self) -> Path:
        """One API key a line, hashed, as `ecograph keys new` writes it."""
        return self.home / "api_keys"
