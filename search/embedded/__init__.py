"""Full text search on a tantivy folder: no server, one writer, any number of readers."""
