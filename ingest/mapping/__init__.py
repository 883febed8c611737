"""Mappings: reading them with line numbers, checking, compiling, recognising tables, and drafting new ones."""
