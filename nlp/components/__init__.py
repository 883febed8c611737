"""spaCy components, one file each: the recogniser, the identifiers, the linker."""
