"""Identifiers and quantities found by rules and checked by the parsers of values, one module a kind."""
