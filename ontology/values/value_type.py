"""What a value type is: a name and a parser from a register's text to a normalised value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from ontology.errors import InvalidValue
from ontology.model import Value

MAX_LENGTH = 500
"""Longest text, in characters, that any type but `text` looks at; longer ones are rejected as `too-long`."""

CACHE_SIZE = 4096
"""Remembered outcomes per type: some 2 MB each, and registers repeat their dates, regions and units endlessly."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a mapping knows beside the text itself; every field may be absent.

    `within` is the GB/T 2260 code a region name is looked up in. `unit` is the unit of a quantity that
    names none. `datum` is the reference system of a coordinate: `wgs84` (also when absent), `gcj02`, `bd09`.
    `salt` makes masked types (`person`, `phone`, `id_number`) append a keyed hash, so that equal
    people can be told to be equal without being named. `earliest` and `latest` bound dates (inclusive years).
    `utc_offset` is the clock of the register in hours, for moments written as epochs or in UTC. `country`
    is `CN` where coordinates must lie in China, None where they may lie anywhere.
    """

    within: str | None = None
    unit: str | None = None
    datum: str | None = None
    salt: str | None = None
    earliest: int = 1900
    latest: int = 2100
    utc_offset: int = 8
    country: str | None = "CN"


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A normalised value with what was noticed on the way.

    `value` is what is stored and shown. `key` is what identity is computed from (two spellings of one
    name have one key); it is the text of `value` unless said otherwise. `notes` are stable words such as
    `swapped`, for counting. `unit` is the canonical unit of a quantity, and `comparator` its sign where
    it is not an equality (`<`, `<=`, `>`, `>=`). `start` and `end` are the ISO days of a period (None: open), and the
    bounds of a numeric range as texts. `parts` are values read along the way, by name (a
    permit number's `uscc`, a coordinate's `source_datum` …).
    """

    value: Value
    notes: tuple[str, ...] = ()
    key: str = ""
    unit: str | None = None
    comparator: str | None = None
    start: str | None = None
    end: str | None = None
    parts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", str(self.value))

    def part(self, name: str) -> str | None:
        """Return the named part, None where the value has none of that name."""
        return dict(self.parts).get(name)


Parser = Callable[[str, Context], Parsed]


@dataclass(frozen=True, slots=True)
class _Fault:
    """A remembered InvalidValue: errors are built anew for each raise, tracebacks are not shared."""

    message: str
    code: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ValueType:
    """One kind of value. `personal` marks types whose text must never be stored or shown unmasked.

    `cached` is False for types whose texts hardly ever repeat.
    """

    name: str
    parser: Parser = field(repr=False)
    personal: bool = False
    cached: bool = True
    max_length: int = MAX_LENGTH
    _outcome: Callable[[str, Context], Parsed | _Fault] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        outcome = self._run
        object.__setattr__(self, "_outcome", lru_cache(CACHE_SIZE)(outcome) if self.cached else outcome)

    def parse(self, text: str, context: Context = NO_CONTEXT) -> Parsed:
        """Return the value that `text` stands for.

        Raises InvalidValue, and nothing else: code `missing` where the text stands for nothing
        (see ontology.values.placeholder), `too-long`, or a code of the type's own.
        """
        outcome = self._outcome(text, context) if len(text) <= MAX_LENGTH else self._run(text, context)
        if isinstance(outcome, Parsed):
            return outcome
        shown = "" if self.personal else text[:MAX_LENGTH]
        raise InvalidValue(outcome.message, code=outcome.code, text=shown, remedy=outcome.remedy)

    def is_valid(self, text: str, context: Context = NO_CONTEXT) -> bool:
        """Tell whether `text` is a value of this type."""
        return isinstance(self._outcome(text, context), Parsed)

    def _run(self, text: str, context: Context) -> Parsed | _Fault:
        if len(text) > self.max_length:
            return _Fault(f"{len(text)} characters are too many for a {self.name}", "too-long", "")
        try:
            return self.parser(text, context)
        except InvalidValue as fault:
            return _Fault(fault.message, fault.code, fault.remedy)
