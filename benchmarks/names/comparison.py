"""The same pairs scored by others: nomenklatura's logic-v1 and logic-v2, and splink, each where it is installed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.names.pairs import Labelled


def competitors(pairs: Sequence[Labelled]) -> dict[str, NDArray[np.float64]]:
    """Return the scores of every competitor that can be imported."""
    found: dict[str, NDArray[np.float64]] = {}
    for made in (_nomenklatura, _splink):
        try:
            found |= made(pairs)
        except ImportError as error:
            print(f"{made.__name__.strip('_')} is not installed: {error.name}")
    return found


def _nomenklatura(pairs: Sequence[Labelled]) -> dict[str, NDArray[np.float64]]:
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    def entity(text: str, number: str) -> object:
        data = {"id": number, "schema": "Company", "properties": {"name": [text]}}
        return model.get_proxy(data)

    found = {}
    for name in ("logic-v1", "logic-v2"):
        algorithm = get_algorithm(name)
        config = algorithm.default_config()
        scores = []
        for number, pair in enumerate(pairs):
            # Names are remembered by the id of their entity, so each has its own.
            one, other = entity(pair.query.names[0], f"q{number}"), entity(pair.candidate.names[0], f"c{number}")
            scores.append(algorithm.compare(one, other, config).score)
        found[f"nomenklatura {name}"] = np.array(scores)
    return found


def _splink(pairs: Sequence[Labelled]) -> dict[str, NDArray[np.float64]]:
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    left = pd.DataFrame([_columns(n, pair.query.names[0]) for n, pair in enumerate(pairs)])
    right = pd.DataFrame([_columns(n, pair.candidate.names[0]) for n, pair in enumerate(pairs)])
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.8, 0.7]),
            cl.JaccardAtThresholds("name2", [0.9, 0.7, 0.5]),
        ],
        blocking_rules_to_generate_predictions=[block_on("pair")],
        retain_intermediate_calculation_columns=False,
    )
    engine = DuckDBAPI()
    tables = [engine.register(left, dataset_display_name="l"), engine.register(right, dataset_display_name="r")]
    linker = Linker(tables, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("pair"), fix_u_probabilities=True)
    scored = linker.inference.predict().as_pandas_dataframe()
    scores = np.zeros(len(pairs))
    for number, weight in zip(scored["unique_id_l"], scored["match_weight"], strict=True):
        scores[int(number)] = weight
    return {"splink 5 (names)": scores}


def _columns(number: int, text: str) -> dict[str, object]:
    return {"unique_id": number, "name": text, "name2": text[::-1], "pair": number}
