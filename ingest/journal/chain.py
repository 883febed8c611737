"""The hash chain: every entry's hash covers its content and the hash before it, so nothing can be altered unseen."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import orjson

GENESIS: Final = hashlib.sha256(b"ecograph ledger 1").digest()
"""What the first entry is chained to."""

StatementFields = tuple[str, str, str | None, str | None, int, str | None, str | None, str | None]
"""(subject, property, target, value, kind, valid_from, valid_to, quote), as text and not as interned numbers."""


def canonical_json(payload: object) -> bytes:
    """Return the one JSON text of a payload: keys sorted, no white space, UTF-8."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)


def record_hash(dataset: str, payload: bytes) -> bytes:
    """Return the id of a record: SHA-256 over its dataset and canonical payload."""
    return hashlib.sha256(dataset.encode() + b"\x1f" + payload).digest()


def claim_content(record: bytes, producer: str, statements: Sequence[StatementFields]) -> bytes:
    """Return the digest of what a producer says from a record, whenever it says it."""
    return hashlib.sha256(record + orjson.dumps([producer, statements])).digest()


def file_content(*fields: str) -> bytes:
    """Return the digest of a source file's entry: content hash, dataset, part, name, moment."""
    return hashlib.sha256(orjson.dumps(["file", *fields])).digest()


def record_content(record: bytes, received_at: str) -> bytes:
    """Return the digest of a record's entry; `record` itself is verified against the payload."""
    return hashlib.sha256(b"record" + record + received_at.encode()).digest()


def sighting_content(record: int, file: int, row: int) -> bytes:
    """Return the digest of a sighting: which record was seen at which row of which file, by their seq."""
    return hashlib.sha256(b"sighting %d %d %d" % (record, file, row)).digest()


def claim_entry(content: bytes, recorded_at: str) -> bytes:
    """Return the digest of a claim's entry."""
    return hashlib.sha256(b"claim" + content + recorded_at.encode()).digest()


def retraction_content(scope: str, what: str, reason: str, recorded_at: str, entries: Iterable[int]) -> bytes:
    """Return the digest of a retraction with the ascending seqs of all entries it takes back, read as a stream."""
    digest = hashlib.sha256(orjson.dumps(["retraction", scope, what, reason, recorded_at]))
    for seq in entries:
        digest.update(b"%d," % seq)
    return digest.digest()


def link(previous: bytes, seq: int, content: bytes) -> bytes:
    """Return the chain value of entry `seq` whose content has this digest."""
    return hashlib.sha256(previous + seq.to_bytes(8, "big") + content).digest()
