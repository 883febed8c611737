"""The page docs/ontology.md, written from the ontology itself: `python -m ontology.reference docs/ontology.md`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from ontology.schema import ClassDef, PropertyDef, RelationDef, Schema, load_schema

_HEAD = """\
# Ontology

This page is written from `ontology/eco.ttl` by `python -m ontology.reference docs/ontology.md`.

Relations point from the dependent thing to the thing it hangs on: limit to outlet to site to enterprise.
A *strong* key makes two things with the same value one (`owl:InverseFunctionalProperty`); a *scoped* one does so within
its dataset only; the *weak* key `name` names a thing only where a record has nothing stronger. Of several ids of
one thing, the one whose key has the lowest rank is shown.
"""


def ontology_page(schema: Schema) -> str:
    """Return the page in Markdown: classes, key schemes, relations, properties, each by name."""
    keys = sorted((p for p in schema.properties.values() if p.key is not None), key=_by_rank)
    plain = [p for p in schema.properties.values() if p.key is None]
    sections = [
        _HEAD,
        _table(
            "Classes", ("class", "中文", "is a", "label", "date", "meaning"), map(_class_row, schema.classes.values())
        ),
        _table("Keys", ("key", "中文", "of", "type", "kind", "rank", "source"), map(_key_row, keys)),
        _table("Relations", ("relation", "中文", "back", "from", "to"), map(_relation_row, schema.relations.values())),
        _table("Properties", ("property", "中文", "of", "type", "use", "meaning"), map(_property_row, plain)),
    ]
    return "\n".join(sections)


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", _line(head), _line("---" for _ in head), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _by_rank(found: PropertyDef) -> tuple[int, str]:
    return (0 if found.key is None else found.key.rank, found.name)


def _class_row(found: ClassDef) -> tuple[str, ...]:
    name = f"*{found.name}*" if found.abstract else f"`{found.name}`"
    labels = ", ".join(found.label_properties)
    return (name, found.label.zh, ", ".join(found.parents), labels, found.date_property or "", found.comment.en)


def _key_row(found: PropertyDef) -> tuple[str, ...]:
    key = found.key
    if key is None:
        return ()
    kind = " ".join(
        word
        for word, true in (
            ("strong", key.strong),
            ("weak", not key.strong),
            ("scoped", key.scoped),
            ("internal", key.internal),
        )
        if true
    )
    domains = ", ".join(found.domains) or "anything"
    return (f"`{found.name}`", found.label.zh, domains, found.value_type, kind, str(key.rank), found.comment.en)


def _relation_row(found: RelationDef) -> tuple[str, ...]:
    return (
        f"`{found.name}`",
        f"{found.label.zh} / {found.inverse_label.zh}",
        found.inverse_label.en,
        ", ".join(found.domains) or "anything",
        ", ".join(found.ranges) or "anything",
    )


def _property_row(found: PropertyDef) -> tuple[str, ...]:
    uses = [
        *(["full text"] if found.searchable else []),
        *(["code"] if found.identifier else []),
        *([f"facet {found.facet}"] if found.facet else []),
        *(["personal, masked"] if found.personal else []),
    ]
    domains = ", ".join(found.domains) or "anything"
    return (f"`{found.name}`", found.label.zh, domains, found.value_type, ", ".join(uses), found.comment.en)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(ontology_page(load_schema()), encoding="utf-8")
