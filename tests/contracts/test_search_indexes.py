"""Every search engine keeps the contract."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from search.contract import SearchIndexContract
from search.contracts.pair import SearchPair
from search.embedded.index import open_index
from search.embedded.writer import open_writer


class TestTantivy(SearchIndexContract):
    @pytest.fixture
    async def pair(self, tmp_path: Path) -> AsyncIterator[SearchPair]:
        async with open_writer(tmp_path / "search") as writer:
            index = open_index(tmp_path / "search")
            yield SearchPair(index, writer)
            await index.close()
