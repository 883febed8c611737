"""The contract of `SearchIndex` and `SearchWriter`: every engine passes the same tests, one property a test.

A test class of an engine derives from `SearchIndexContract` and gives a fixture `pair` that yields a `SearchPair`
(`search/contracts/pair.py`) over an empty index. Needs pytest with pytest-asyncio in `auto` mode.
"""

from search.contracts.filtering import FilterContract
from search.contracts.finding import EmptyIndexContract, FindingContract
from search.contracts.highlighting import HighlightContract
from search.contracts.operators import OperatorContract
from search.contracts.paging import PagingContract
from search.contracts.writing import WritingContract


class SearchIndexContract(
    EmptyIndexContract,
    FindingContract,
    OperatorContract,
    FilterContract,
    PagingContract,
    HighlightContract,
    WritingContract,
):
    """The whole contract."""
