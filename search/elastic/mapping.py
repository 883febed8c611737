"""The index as Elasticsearch keeps it, and the way from indexed fields to what is sent.

Tokens are sent joined by spaces and cut again by the built-in `whitespace` analyzer, so no plug-in is needed and the
index holds exactly the tokens of `search/fields.py`. Only the canonical row is kept as it is (`row`).
"""

from search.digest import row_digest
from search.fields import ABSENT, ANCHOR, MARKER, SCORED, IndexedFields

FORMAT = 1
"""Raise it with any change of mapping, segmentation or folding: an index of another format must be rebuilt."""

Source = dict[str, object]


def index_settings(*, shards: int) -> dict[str, object]:
    """Return the settings: nothing is seen before a commit refreshes; a copy is kept where there is a second node."""
    return {
        "number_of_shards": shards,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "-1",
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
    }


def index_mappings() -> dict[str, object]:
    """Return the mappings; a field that is not named here is refused, but for facets, which are keywords."""
    scored: dict[str, object] = {
        name: {
            "type": "text",
            "analyzer": "whitespace",
            "index_options": "positions" if name == "pairs" else "freqs",
        }
        for name in SCORED
    }
    keywords: dict[str, object] = {name: {"type": "keyword"} for name in ("id", "class_name", "date")}
    keys: dict[str, object] = {name: {"type": "keyword", "doc_values": False} for name in ("exact", "identifiers")}
    return {
        "dynamic": "strict",
        "_meta": {"format": FORMAT},
        "_source": {"includes": ["row"]},
        "dynamic_templates": [{"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}}],
        "properties": {
            **keywords,
            **keys,
            **scored,
            "facets": {"type": "object", "dynamic": True},
            "first_day": {"type": "integer"},
            "last_day": {"type": "integer"},
            "digest": {"type": "keyword", "index": False},
            "row": {"type": "keyword", "index": False, "doc_values": False},
        },
    }


def document_source(fields: IndexedFields) -> Source:
    """Return the document as it is sent."""
    source: Source = {
        "id": fields.id,
        "class_name": fields.class_name,
        "words": " ".join(fields.words),
        "pairs": " ".join(fields.pairs),
        "units": " ".join(fields.units),
        "names": " ".join(fields.names),
        "exact": fields.exact,
        "identifiers": fields.identifiers,
        "facets": dict(fields.facets),
        "digest": format(row_digest(fields.row), "064x"),
        "row": fields.row.decode(),
    }
    if fields.date is not None and fields.days is not None:
        source |= {"date": fields.date, "first_day": fields.days[0], "last_day": fields.days[1]}
    return source


def marker_source(checkpoint: int) -> Source:
    """Return the entry that carries the checkpoint."""
    return {"id": MARKER, "row": str(checkpoint)}


def anchor_source() -> Source:
    """Return the entry that is written once, and counts in the statistics as the embedded engine's marker does.

    The marker has no scored field: Lucene counts a replaced entry until it is merged away, and each commit replaces it.
    """
    return {"id": ANCHOR, **dict.fromkeys(SCORED, ABSENT)}
