"""Readers: a file of any of the usual kinds as tables of text cells, read as a stream."""
