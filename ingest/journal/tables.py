"""Tables of the ledger, the same on SQLite and PostgreSQL.

Entity ids and words that repeat (properties, datasets, reasons) are interned as integers: a statement is then some
40 bytes instead of 150, and its indexes fit in memory. Every row of `file`, `record`, `claim`, `sighting` and
`retraction` is one entry of the hash chain and takes its `seq` from one common sequence, so a missing entry shows
as a gap. Rows are only ever appended; what may change afterwards is named at each table.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects import postgresql

FORMAT: Final = 1
"""Version of these tables; a ledger of a newer one is refused."""

METADATA: Final = MetaData()
_BIG = BigInteger().with_variant(Integer, "sqlite")
_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Compared by character everywhere: a language's rules would sort ids and dates otherwise than SQLite does."""
_RETRACTED = text("retracted_by IS NOT NULL")

SAME_AS_TERM: Final = 1
NAMED_AS_TERM: Final = 2
LAST_IDENTITY_TERM: Final = 2
"""Terms with fixed numbers, the properties that say which ids are one thing: an index can be made of them alone."""
_IDENTITY = text(f"property <= {LAST_IDENTITY_TERM}")

META: Final = Table("meta", METADATA, Column("key", _TEXT, primary_key=True), Column("value", _TEXT, nullable=False))
"""Format version and positions of projections kept beside the ledger. Changes."""

TERM: Final = Table(
    "term",
    METADATA,
    Column("id", _BIG, primary_key=True, autoincrement=False),
    Column("text", _TEXT, nullable=False, unique=True),
)
"""Interned words."""

NODE: Final = Table(
    "node",
    METADATA,
    Column("id", _BIG, primary_key=True, autoincrement=False),
    Column("entity", _TEXT, nullable=False, unique=True),
    Column("class", _BIG, nullable=False),
    Column("scheme", _BIG),
    Column("key", _TEXT),
)
"""Interned entity ids; `class` is a term. The id is the hash of `scheme` and `key`, where these are known."""

FILE: Final = Table(
    "file",
    METADATA,
    Column("seq", _BIG, primary_key=True, autoincrement=False),
    Column("sha256", _TEXT, nullable=False, index=True),
    Column("dataset", _BIG, nullable=False),
    Column("part", _TEXT, nullable=False),
    Column("name", _TEXT, nullable=False),
    Column("encoding", _TEXT, nullable=False),
    Column("received_at", _TEXT, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("mapping", _BIG, nullable=False),
    Column("rows_done", _BIG, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("retracted_by", _BIG),
)
"""One table of one source file (`part` is the sheet or array). The last four columns change."""

RECORD: Final = Table(
    "record",
    METADATA,
    Column("seq", _BIG, primary_key=True, autoincrement=False),
    Column("record", LargeBinary, nullable=False, unique=True),
    Column("dataset", _BIG, nullable=False),
    Column("payload", _TEXT, nullable=False),
    Column("received_at", _TEXT, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)
"""What a source said, once. `record` is SHA-256 over dataset and canonical payload."""

CLAIM: Final = Table(
    "claim",
    METADATA,
    Column("seq", _BIG, primary_key=True, autoincrement=False),
    Column("record", _BIG, nullable=False, index=True),
    Column("producer", _BIG, nullable=False),
    Column("version", _BIG, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("recorded_at", _TEXT, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("retracted_by", _BIG),
    Index("claim_retracted", "retracted_by", sqlite_where=_RETRACTED, postgresql_where=_RETRACTED),
)
"""All statements that one producer (a mapping, a text analysis) makes from one record. `retracted_by` is set once."""

STATEMENT: Final = Table(
    "statement",
    METADATA,
    Column("claim", _BIG, primary_key=True, autoincrement=False),
    Column("ordinal", _BIG, primary_key=True, autoincrement=False),
    Column("subject", _BIG, nullable=False, index=True),
    Column("property", _BIG, nullable=False),
    Column("target", _BIG),
    Column("value", _TEXT),
    Column("kind", SmallInteger, nullable=False),
    Column("valid_from", _TEXT),
    Column("valid_to", _TEXT),
    Column("quote", _TEXT),
    Index(
        "statement_target",
        "target",
        sqlite_where=text("target IS NOT NULL"),
        postgresql_where=text("target IS NOT NULL"),
    ),
    Index("statement_identity", "subject", sqlite_where=_IDENTITY, postgresql_where=_IDENTITY),
    Index("statement_identity_target", "target", sqlite_where=_IDENTITY, postgresql_where=_IDENTITY),
    sqlite_with_rowid=False,
)
"""The statements of a claim. `kind` says how `value` is read: see `ingest.journal.values`."""

SIGHTING: Final = Table(
    "sighting",
    METADATA,
    Column("seq", _BIG, primary_key=True, autoincrement=False),
    Column("record", _BIG, nullable=False, index=True),
    Column("file", _BIG, nullable=False),
    Column("row", _BIG, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("retracted_by", _BIG),
    Index("sighting_place", "file", "row"),
    Index("sighting_retracted", "retracted_by", sqlite_where=_RETRACTED, postgresql_where=_RETRACTED),
)
"""Where a record was seen: a duplicate row or a second file is another sighting. `retracted_by` is set once."""

RETRACTION: Final = Table(
    "retraction",
    METADATA,
    Column("seq", _BIG, primary_key=True, autoincrement=False),
    Column("scope", _TEXT, nullable=False),
    Column("what", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("recorded_at", _TEXT, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)
"""Every taking back; `content` is a digest of the entries it set `retracted_by` on."""

QUARANTINE: Final = Table(
    "quarantine",
    METADATA,
    Column("id", _BIG, primary_key=True, autoincrement=False),
    Column("file", _BIG, nullable=False, index=True),
    Column("row", _BIG, nullable=False),
    Column("code", _BIG, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("payload", _TEXT, nullable=False),
    Column("recorded_at", _TEXT, nullable=False),
    Column("resolved_at", _TEXT),
)
"""Rows that could not be used. `resolved_at` is set once."""

RUN: Final = Table(
    "run",
    METADATA,
    Column("id", _BIG, primary_key=True, autoincrement=False),
    Column("started_at", _TEXT, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("report", _TEXT, nullable=False),
)
"""One row per finished ingestion, with its report as JSON."""

DATASET: Final = Table(
    "dataset",
    METADATA,
    Column("term", _BIG, primary_key=True, autoincrement=False),
    Column("synthetic", Boolean, nullable=False),
    Column("description", _TEXT, nullable=False),
)
"""What the mappings say of a dataset (title, publisher, licence …) as JSON. Changes."""

RESOLUTION: Final = Table(
    "resolution",
    METADATA,
    Column("node", _BIG, primary_key=True, autoincrement=False),
    Column("canonical", _BIG, nullable=False, index=True),
    Column("changed_at", _BIG, nullable=False, index=True),
)
"""Derived: the canonical node of each node that was ever united; `changed_at` is the position of the last change."""

CONFLICT: Final = Table(
    "conflict",
    METADATA,
    Column("left", _BIG, primary_key=True, autoincrement=False),
    Column("right", _BIG, primary_key=True, autoincrement=False),
    Column("reason", _TEXT, nullable=False),
)
"""Derived: claims of identity that were not followed, because they would unite what certainly differs."""

PROJECTED: Final = Table(
    "projected",
    METADATA,
    Column("node", _BIG, primary_key=True, autoincrement=False),
    Column("label", _TEXT, nullable=False),
    Column("context", _TEXT, nullable=False),
    Column("changed_at", _BIG, nullable=False, index=True),
)
"""Derived: what documents of neighbours repeat of an entity (its label, its owner's, facets), JSON."""

WORK: Final = Table(
    "work",
    METADATA,
    Column("node", _BIG, primary_key=True, autoincrement=False),
    Column("rank", SmallInteger, nullable=False),
    Index("work_order", "rank", "node"),
)
"""Derived: entities still to be projected in the running pass, owners first. Empty between runs."""

SEED: Final = Table("seed", METADATA, Column("node", _BIG, primary_key=True, autoincrement=False))
"""Derived: ids whose identity is still to be judged in the running pass. Empty between runs."""

PART: Final = Table(
    "part",
    METADATA,
    Column("node", _BIG, primary_key=True, autoincrement=False),
    Column("of", _BIG, primary_key=True, autoincrement=False, index=True),
)
"""Which ids the composite key of a node is made of."""

CONGRUENT: Final = Table(
    "congruent",
    METADATA,
    Column("node", _BIG, primary_key=True, autoincrement=False),
    Column("other", _BIG, nullable=False, index=True),
)
"""Derived: the id that a composite key makes once its parts are replaced by their canonical ids, where it differs."""
