"""A seeded test of linking: names of a register put into sentences, as they are written, shortened, or held out.

A fifth of the names is held out: nothing in the register bears them, so whatever they are linked to is wrong. Short
forms are made here by cutting words off, not by the linker's own rules. Every sentence is read twice: with the mention
given, as by a recogniser that errs nowhere, and without, so that the linker has to find it.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import opencc

from nlp.linking.candidates import Names
from nlp.linking.linker import Linker
from nlp.linking.names import RegisteredName, build_names
from nlp.mention import Mention
from ontology.model import EntityId, entity_id

FRAMES: Final = (
    "2023年4月19日，执法人员对{}进行现场检查。",
    "{}未按规定设置危险废物识别标志，被罚款20万元。",
    "居民反映{}夜间排放刺鼻气体，请查处。",
    "经查，{}的废水总排口化学需氧量超标1.5倍",
    "关于{}年产3万吨涂料项目环境影响报告表的审批意见",
    "受{}委托，我公司于上月完成验收监测；",
    "我家住在{}旁边，半夜噪声很大",
    "该批危险废物由{}转移至有资质的单位处置。",
)
_HELD_OUT: Final = 5
_FORM: Final = re.compile(r"(?:股份有限公司|有限责任公司|有限公司)$")
_REGION: Final = re.compile(r"^上海市?(?:浦东新区|[\u4e00-\u9fff]{2}区)?|[（(](?:上海|中国|集团)[）)]")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence in which `written` at `start` means `gold`, None where the register has no such thing."""

    kind: str
    text: str
    start: int
    written: str
    gold: EntityId | None


@dataclass(frozen=True, slots=True)
class LinkingFigures:
    """What became of the cases of one kind. `right` were linked to what is meant, `wrong` to something else."""

    kind: str
    given: bool
    cases: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """Right ones of those linked; 1 where none was linked."""
        linked = self.right + self.wrong
        return self.right / linked if linked else 1.0

    @property
    def recall(self) -> float:
        """Right ones of all that should be linked; of names that are not registered, those left unlinked."""
        return 1 - self.wrong / self.cases if self.kind.startswith("unregistered") else self.right / self.cases


def _core(name: str) -> str:
    return _REGION.sub("", _FORM.sub("", name))


def _spaced(name: str) -> str:
    return f"{name[: len(name) // 2]} {name[len(name) // 2 :]}"


def _half_width(name: str) -> str:
    return name.replace("（", "(").replace("）", ")")


_TRADITIONAL: Final = opencc.OpenCC("s2t")

WRITTEN: Final[dict[str, Callable[[str], str]]] = {
    "full name": str,
    "half-width brackets": _half_width,
    "a stray space": _spaced,
    "Traditional": lambda name: str(_TRADITIONAL.convert(name)),
    "without region": lambda name: _REGION.sub("", name),
    "without legal form": lambda name: _FORM.sub("", name),
    "core": _core,
    "core + 公司": lambda name: f"{_core(name)}公司",
}
"""The ways in which people write a name, each with what it is called in the table."""


_SHORTENED: Final = frozenset({"without region", "without legal form", "core", "core + 公司"})


def cases(names: Sequence[str], *, seed: int = 20261124) -> tuple[list[RegisteredName], list[Case]]:
    """Return a register of four fifths of the names and the cases; the same for the same names and seed."""
    chance = random.Random(seed)  # noqa: S311 - a test set, not a secret
    shuffled = sorted(set(names))
    chance.shuffle(shuffled)
    outside = set(shuffled[::_HELD_OUT])
    register = [
        RegisteredName(name, entity_id("Enterprise", "name", name), "Enterprise")
        for name in shuffled
        if name not in outside
    ]
    return register, list(_cases(shuffled, outside, chance))


def _cases(names: Sequence[str], outside: set[str], chance: random.Random) -> Iterator[Case]:
    for kind, write in WRITTEN.items():
        said = Counter(write(name) for name in names)
        for name in names:
            written = write(name)
            # What two firms are called, what stays the same, and what is too short to be a name tests nothing.
            if said[written] > 1 or (kind != "full name" and written == name) or len(written) < 4:
                continue
            # Nobody shortens a branch or a hospital by its region: what is left is no name.
            if kind in _SHORTENED and not _FORM.search(name):
                continue
            frame = chance.choice(FRAMES)
            text = frame.format(written)
            gold = None if name in outside else entity_id("Enterprise", "name", name)
            yield Case(f"unregistered {kind}" if gold is None else kind, text, text.index(written), written, gold)


def measure(register: Sequence[RegisteredName], of: Sequence[Case]) -> list[LinkingFigures]:
    """Return the figures of every kind, with the mention given and without, in the order of the cases."""
    linker = Linker(Names.of(build_names(register)))
    figures = []
    for kind in dict.fromkeys(case.kind for case in of):
        own = [case for case in of if case.kind == kind]
        for given in (True, False):
            outcomes = [_linked(linker, case, given=given) for case in own]
            right = sum(case.gold is not None and case.gold in found for case, found in zip(own, outcomes, strict=True))
            wrong = sum(bool(found - {case.gold}) for case, found in zip(own, outcomes, strict=True))
            figures.append(LinkingFigures(kind, given, len(own), right, wrong))
    return figures


def _linked(linker: Linker, case: Case, *, given: bool) -> set[EntityId | None]:
    """Return what is linked where the name stands."""
    end = case.start + len(case.written)
    mention = Mention(case.start, end, "enterprise", case.written, "given", 1.0)
    found = linker.link(case.text, [mention] if given else [])
    return {one.entity_id for one in found if one.entity_id and one.start < end and case.start < one.end}
