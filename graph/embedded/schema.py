"""Tables of the embedded graph, and what the numbers in them mean.

Every relation has two rows in `graph_adjacency`, one under each end, so that whatever is asked of an entity is one
range of one B-tree: its outgoing relations, those of a type, those whose other end is of a class. `kind` stands for
class and synthetic mark of the *other* end, 0 for an end that does not exist: filters on class and synthetic, and
leaving out dangling relations, are therefore ranges too and never scan a hub. Dates are in both rows; the records
behind a relation only in the outgoing one.

`graph_hub` counts the rows of entities with many relations by (direction, type, kind), so that counting a hub does
not read it; others are counted from their rows.

Entity ids are stored as they are: interned numbers made the file 25% smaller and nothing faster (200k entities,
1M relations), and neighbours are wanted in the order of their ids.
"""

import sqlite3

from graph.store import Direction
from ontology.errors import EngineMisconfigured

ENGINE = "embedded graph"
SCHEMA_VERSION = "1"
HUB_ROWS = 512
"""Rows from which an entity's counts are kept in `graph_hub`; counting fewer takes less than 0.1 ms."""
MISSING_KIND = 0

DIRECTIONS = (Direction.IN, Direction.OUT)
"""Direction by its number, which sorts as the names do."""
IN, OUT = 0, 1

TABLES = (
    "CREATE TABLE IF NOT EXISTS graph_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS graph_kind (
        number INTEGER PRIMARY KEY CHECK (number > 0),
        class TEXT NOT NULL,
        synthetic INTEGER NOT NULL,
        entities INTEGER NOT NULL DEFAULT 0,
        UNIQUE (class, synthetic))""",
    "CREATE TABLE IF NOT EXISTS graph_type (name TEXT PRIMARY KEY, relations INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS graph_entity (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind INTEGER NOT NULL,
        label TEXT NOT NULL,
        properties TEXT NOT NULL,
        datasets TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS graph_entity_kind ON graph_entity (kind, id)",
    """CREATE TABLE IF NOT EXISTS graph_adjacency (
        node TEXT NOT NULL,
        direction INTEGER NOT NULL,
        type TEXT NOT NULL,
        kind INTEGER NOT NULL,
        other TEXT NOT NULL,
        valid_from TEXT,
        valid_to TEXT,
        record_count INTEGER,
        records TEXT,
        PRIMARY KEY (node, direction, type, kind, other)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS graph_hub (
        node TEXT NOT NULL,
        direction INTEGER NOT NULL,
        type TEXT NOT NULL,
        kind INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        PRIMARY KEY (node, direction, type, kind)) WITHOUT ROWID""",
)
CONTENT = ("graph_meta", "graph_kind", "graph_type", "graph_entity", "graph_adjacency", "graph_hub")


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables where they are missing; `EngineMisconfigured` for a file of another version."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in TABLES:
            connection.execute(table)
        connection.execute("INSERT OR IGNORE INTO graph_meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
        (found,) = connection.execute("SELECT value FROM graph_meta WHERE name = 'schema'").fetchone()
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    if found != SCHEMA_VERSION:
        raise EngineMisconfigured(
            f"the graph file has layout {found}, this program reads layout {SCHEMA_VERSION}",
            engine=ENGINE,
            remedy="Delete the graph file and rebuild the graph from the ledger.",
        )
