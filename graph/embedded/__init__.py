"""The embedded graph engine: one SQLite file, no server."""
