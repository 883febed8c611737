"""The way of the data: sources, ledger, mappings, and the projections into graph and search."""
