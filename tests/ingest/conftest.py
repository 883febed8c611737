"""A real, empty home for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.ingest.home import Home, open_home


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    """An open home with embedded engines."""
    async with open_home(tmp_path / "home") as opened:
        yield opened
