"""Full text search on an Elasticsearch 9 cluster: the same answers as the embedded engine, at any size."""
