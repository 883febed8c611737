"""Hostile documents: read or refused within the limits, in a process that can be ended."""

import time

import pytest

from nlp.documents.document import Limits
from nlp.documents.reader import DocumentReader, read_document
from ontology.errors import SourceUnusable
from tests.nlp.documents import files

DEEP = b"<html><body>" + b"<div>" * 60_000 + "深处的文字".encode() + b"</div>" * 60_000
SLOW = b"<html><body><p " + b" ".join(b'a%d="x"' % number for number in range(200_000)) + b">text</p></body>"


def test_reader_goes_on_after_a_document_that_took_too_long() -> None:
    with DocumentReader(limits=Limits(seconds=3.0)) as reader:
        started = time.monotonic()
        with pytest.raises(SourceUnusable, match="takes longer than 3 seconds") as refused:
            reader.read(SLOW, name="slow page")
        assert time.monotonic() - started < 30
        assert refused.value.remedy
        assert files.SENTENCE in reader.read(files.page(encoding="utf-8", declared="utf-8"), name="page").text


def test_process_may_take_no_more_memory_than_allowed() -> None:
    resource = pytest.importorskip("resource")
    with DocumentReader(limits=Limits(memory=1_234_567_168)) as reader:
        reader.read(files.pdf([files.SENTENCE]), name="a.pdf")
        process = reader._process
        assert process is not None
        assert resource.prlimit(process.pid, resource.RLIMIT_AS)[0] == 1_234_567_168


def test_deep_nesting_is_read() -> None:
    assert read_document(DEEP, name="deep page").text == "深处的文字"


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (b"<html><body>" + b"<p>x" * 2_000, Limits(tags=1_000), "2,002 tags"),
        (files.pdf([files.SENTENCE], pages=9), Limits(pages=8), "9 pages"),
        (b"text " * 100, Limits(size=100), "500 bytes"),
        (b"text " * 100, Limits(characters=100), "characters"),
    ],
)
def test_what_exceeds_a_limit_is_refused_and_not_read_in_part(data: bytes, limits: Limits, message: str) -> None:
    with pytest.raises(SourceUnusable, match=message):
        read_document(data, name="large", limits=limits)


def test_answer_of_the_process_is_the_same_as_reading_here() -> None:
    from nlp.documents.parsing import parse_document

    data = files.letter(("Content-Type: text/plain; charset=utf-8", "工厂夜里排放刺鼻的气味。".encode()))
    assert read_document(data, name="a.eml") == parse_document(data, name="a.eml")


def test_fault_names_the_document_once() -> None:
    with pytest.raises(SourceUnusable, match=r"^a\.pdf is a damaged PDF") as refused:
        read_document(b"%PDF-1.7\n", name="a.pdf")
    assert refused.value.source == "a.pdf"
