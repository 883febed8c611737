"""The ledger keeps its contract in the file that needs no server."""

from pathlib import Path

import pytest

from ingest.contract import LedgerContract
from ingest.contract_times import LedgerTimesContract


class TestSqlite(LedgerContract, LedgerTimesContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
