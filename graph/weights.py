"""What a path costs; see `graph/paths.py` for why."""

import math

UNIT = 1_000_000
"""The cost of one relation: costs are whole millionths, so that equal costs are equal in every engine."""


def entity_weight(degree: int, hub_penalty: float) -> int:
    """Return what passing an entity costs in millionths; one interior to a path has at least two relations."""
    return round(UNIT * hub_penalty * math.log10(max(degree, 2)))
