"""Every graph engine that needs no server passes the same contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.contract import Graph, GraphStoreContract
from graph.contract_walks import GraphWalkContract
from graph.embedded.store import open_graph


class TestEmbeddedGraph(GraphStoreContract, GraphWalkContract):
    @pytest.fixture
    def graph(self, tmp_path: Path) -> Iterator[Graph]:
        with open_graph(tmp_path / "graph.sqlite") as opened:
            yield opened.store, opened.writer
