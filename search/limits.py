"""What a request may ask for, the same for every engine."""

from ontology.errors import InvalidQuery
from search.index import SearchRequest

MAX_LIMIT = 200
MAX_FACET_VALUES = 65_000
"""Distinct values of a facet that are counted exactly: both engines allow some 65,000 buckets."""


def check_limits(request: SearchRequest) -> None:
    """Raise `InvalidQuery` for a limit out of range."""
    if not 1 <= request.limit <= MAX_LIMIT:
        raise InvalidQuery(f"the limit is {request.limit}", remedy=f"Ask for 1 to {MAX_LIMIT} hits a page.")
    if not 1 <= request.facet_limit <= MAX_FACET_VALUES:
        raise InvalidQuery(
            f"the facet limit is {request.facet_limit}", remedy=f"Ask for 1 to {MAX_FACET_VALUES} values."
        )
