"""Business capabilities on top of graph and search: each folder reads both and writes back statements."""
