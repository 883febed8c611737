"""The graph on a Neo4j server or cluster, version 5.26 or newer."""
