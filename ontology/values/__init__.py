"""Value types: parse, validate and normalise the texts of registers, one file per type."""
