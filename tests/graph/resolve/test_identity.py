"""Resolution is a pure function of what is claimed: in any order, and however often, it says the same."""

import random

from hypothesis import given
from hypothesis import strategies as st

from graph.resolve.identity import NaturalKey, resolve
from ontology.model import EntityId

RANKS = {"uscc": 10, "org_code": 20, "source_code": 30, "name": 900}


def keyed(*names: str) -> dict[EntityId, NaturalKey]:
    """Return ids named `scheme:key`."""
    return {EntityId(n): NaturalKey(RANKS[n.split(":")[0]], *n.split(":")) for n in names}


def pairs(*links: tuple[str, str]) -> list[tuple[EntityId, EntityId]]:
    """Return claims."""
    return [(EntityId(a), EntityId(b)) for a, b in links]


def test_the_strongest_key_names_the_thing() -> None:
    keys = keyed("org_code:2", "uscc:1", "source_code:0")
    found = resolve(keys, same=pairs(("source_code:0", "org_code:2"), ("org_code:2", "uscc:1")))
    assert set(found.canonical.values()) == {"uscc:1"}
    assert found.conflicts == ()


def test_of_equal_keys_the_first_in_order_names_the_thing() -> None:
    found = resolve(keyed("source_code:2", "source_code:1"), same=pairs(("source_code:2", "source_code:1")))
    assert set(found.canonical.values()) == {"source_code:1"}


def test_two_values_of_an_exclusive_scheme_are_kept_apart_and_told() -> None:
    keys = keyed("uscc:1", "uscc:2", "org_code:9", "source_code:5")
    claims = pairs(("uscc:1", "org_code:9"), ("uscc:2", "org_code:9"), ("org_code:9", "source_code:5"))
    found = resolve(keys, same=claims)
    assert found.canonical[EntityId("uscc:1")] != found.canonical[EntityId("uscc:2")]
    (conflict,) = found.conflicts
    assert "1" in conflict.reason
    assert "2" in conflict.reason


def test_a_name_joins_its_only_bearer_and_no_other() -> None:
    keys = keyed("uscc:1", "uscc:2", "name:a", "name:b")
    found = resolve(
        keys, same=[], named=pairs(("uscc:1", "name:a"), ("uscc:1", "name:b"), ("uscc:2", "name:b"))
    ).canonical
    assert found[EntityId("name:a")] == "uscc:1"
    assert found[EntityId("name:b")] == "name:b"
    assert found[EntityId("uscc:2")] == "uscc:2"


def test_a_name_of_things_that_are_one_joins_them() -> None:
    keys = keyed("uscc:1", "org_code:2", "name:a")
    named = pairs(("uscc:1", "name:a"), ("org_code:2", "name:a"))
    assert set(resolve(keys, same=pairs(("uscc:1", "org_code:2")), named=named).canonical.values()) == {"uscc:1"}


THINGS = [f"{scheme}:{n}" for scheme in ("uscc", "org_code", "source_code") for n in range(4)]
NAMES = [f"name:{n}" for n in range(3)]
SAME = st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS)), max_size=20)
NAMED = st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(NAMES)), max_size=10)


@given(same=SAME, named=NAMED, seed=st.integers(0, 1_000))
def test_order_direction_and_repetition_do_not_matter(
    same: list[tuple[str, str]], named: list[tuple[str, str]], seed: int
) -> None:
    keys = keyed(*THINGS, *NAMES)
    shuffler = random.Random(seed)
    shuffled = [pair[::-1] if shuffler.random() < 0.5 else pair for pair in same * 2]
    shuffler.shuffle(shuffled)
    other_keys = list(keys.items())
    shuffler.shuffle(other_keys)
    first = resolve(keys, same=pairs(*same), named=pairs(*named))
    second = resolve(dict(other_keys), same=pairs(*shuffled), named=pairs(*named[::-1]))
    assert first.canonical == second.canonical
    assert {(c.left, c.right) for c in first.conflicts} == {(c.left, c.right) for c in second.conflicts}


@given(same=SAME, named=NAMED)
def test_no_thing_has_two_credit_codes_and_every_canonical_id_is_its_own(
    same: list[tuple[str, str]], named: list[tuple[str, str]]
) -> None:
    keys = keyed(*THINGS, *NAMES)
    found = resolve(keys, same=pairs(*same), named=pairs(*named)).canonical
    assert set(found) == set(keys)
    assert all(found[canonical] == canonical for canonical in found.values())
    codes: dict[EntityId, set[str]] = {}
    for entity, canonical in found.items():
        if keys[entity].scheme == "uscc":
            codes.setdefault(canonical, set()).add(keys[entity].key)
    assert all(len(values) == 1 for values in codes.values())
    assert all(keys[canonical] <= keys[entity] for entity, canonical in found.items())
