"""Complaints with what was annotated by hand: the annotations name rows of the shared file, never copy its text.

`annotations/topics.tsv`: what the first characters of a complaint speak of; `environment.tsv`: whether one that names
harm only in passing or only late is about it; `sentences.tsv`: stance and emotion of sentences. How they were made:
`annotations/guide.md`. Half of each is for choices (`tuning`), half for the test, by a hash of the row.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from nlp.classify.topic_rules import kinds_in

Part = Literal["tuning", "test"]

LABELLED: Final = "labelled_sample_495"
HOT: Final = "hot_issues_full_4326"
ENVIRONMENT: Final = "环境保护"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint: subject and text without white space. `category` is the first class, empty where it has none."""

    row: str
    subject: str
    text: str
    category: str = ""

    @property
    def whole(self) -> str:
        """Return subject and text as one."""
        return f"{self.subject}。{self.text}"


def read_complaints(folder: Path, name: str) -> dict[str, Complaint]:
    """Return the complaints of a file by row number; the first where a number occurs twice."""
    found: dict[str, Complaint] = {}
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            text = re.sub(r"_x000D_|\s+", "", row["留言详情"])
            complaint = Complaint(row["留言编号"], row["留言主题"].strip(), text, row.get("一级分类") or "")
            found.setdefault(complaint.row, complaint)
    return found


def _annotations(name: str, part: Part) -> list[dict[str, str]]:
    lines = (files("nlp.train") / "annotations" / name).read_text(encoding="utf-8").splitlines()
    return [row for row in csv.DictReader(lines, delimiter="\t") if row["part"] == part]


def annotated_kinds(hot: Mapping[str, Complaint], part: Part) -> list[tuple[str, frozenset[str]]]:
    """Return the beginnings of complaints with their kinds; no kinds where they are about something else."""
    return [
        (
            f"{hot[row['row']].subject}。{hot[row['row']].text[: int(row['characters'])]}",
            frozenset(row["kinds"].split()) - {"none"},
        )
        for row in _annotations("topics.tsv", part)
    ]


def annotated_environment(hot: Mapping[str, Complaint], part: Part, *, hard: bool) -> list[tuple[str, bool]]:
    """Return whole complaints and whether they are about harm to the environment; `hard`: those that name it late."""
    if hard:
        rows = [(row["row"], row["environmental"] == "yes") for row in _annotations("environment.tsv", part)]
    else:
        rows = [(row["row"], row["kinds"] != "none") for row in _annotations("topics.tsv", part)]
    return [(hot[row].whole, about) for row, about in rows]


def annotated_sentences(complaints: Mapping[str, Mapping[str, Complaint]], part: Part) -> list[tuple[str, str, str]]:
    """Return sentences with stance and emotion; `complaints` are those of each file by its name."""
    return [
        (complaints[row["file"]][row["row"]].text[int(row["start"]) : int(row["end"])], row["stance"], row["emotion"])
        for row in _annotations("sentences.tsv", part)
    ]


def surely_about(hot: Mapping[str, Complaint]) -> list[tuple[str, bool]]:
    """Return complaints that rules are sure of: harm named in the subject, or nowhere. None that is annotated."""
    annotated = {
        row["row"]
        for name in ("topics.tsv", "environment.tsv")
        for part in ("tuning", "test")
        for row in _annotations(name, "test" if part == "test" else "tuning")
    }
    found = []
    for complaint in hot.values():
        if complaint.row in annotated:
            continue
        if any(kind.surely for kind in kinds_in(complaint.subject)):
            found.append((complaint.whole, True))
        elif not any(kind.surely for kind in kinds_in(complaint.whole)):
            found.append((complaint.whole, False))
    return found
