"""Documents of every form: what is read, with its origin, in the encodings and scripts that occur."""

from datetime import date

import opencc
import pytest

from nlp.documents.cleaning import clean_text, script_of
from nlp.documents.imprint import closing_date, imprint_of, title_line
from nlp.documents.parsing import parse_document
from ontology.errors import SourceUnusable
from tests.nlp.documents import files


@pytest.mark.parametrize(
    ("encoding", "declared", "read_as"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "utf-8", "gb18030"),
        ("utf-8", "gbk", "utf-8"),
        ("utf-16", "utf-8", "utf-16"),
        ("gb18030", "no-such-charset", "gb18030"),
    ],
)
def test_page_gives_its_main_text_and_imprint_whatever_encoding_it_claims(
    encoding: str, declared: str, read_as: str
) -> None:
    read = parse_document(files.page(encoding=encoding, declared=declared), name="page")
    assert (read.format, read.encoding, read.script) == ("html", read_as, "simplified")
    assert read.title == "关于晨星示例电镀有限公司的处罚决定"
    assert (read.date, read.source, read.author) == (date(2024, 3, 5), "示例执法支队", "王某某")
    assert files.SENTENCE in read.text
    assert "200000元" in read.text
    for beside in ("首页", "网站标识码", "var menu"):
        assert beside not in read.text


def test_traditional_page_in_big5_keeps_its_script() -> None:
    traditional = opencc.OpenCC("s2tw").convert(files.PAGE)
    read = parse_document(files.page(encoding="big5hkscs", declared="big5", text=traditional), name="page")
    assert (read.encoding, read.script, read.date) == ("big5hkscs", "traditional", date(2024, 3, 5))
    assert opencc.OpenCC("s2tw").convert(files.SENTENCE) in read.text


def test_meta_tags_of_government_sites_come_first() -> None:
    meta = (
        '<meta name="ArticleTitle" content="处罚决定书（示环罚〔2024〕15号）">'
        '<meta name="PubDate" content="2024-03-06">'
        '<meta name="ContentSource" content="示例市生态环境局"></head>'
    )
    plain = files.PAGE.replace("</head>", meta).replace("来源：示例执法支队", "")
    read = parse_document(files.page(encoding="utf-8", declared="utf-8", text=plain), name="page")
    assert (read.title, read.date, read.source) == (
        "处罚决定书（示环罚〔2024〕15号）", date(2024, 3, 6), "示例市生态环境局"
    )  # fmt: skip


def test_page_drawn_by_scripts_says_so() -> None:
    empty = b"<html><head><script>draw()</script></head><body><div id=app></div></body></html>"
    with pytest.raises(SourceUnusable, match="has no text") as refused:
        parse_document(empty, name="page")
    assert "scripts" in refused.value.remedy


def test_pdf_gives_text_and_the_page_of_every_offset() -> None:
    read = parse_document(
        files.pdf(["示例市生态环境局行政处罚决定书", files.SENTENCE, "2024年3月1日"], pages=3), name="a.pdf"
    )
    assert (read.format, read.title, read.date) == ("pdf", "示例市生态环境局行政处罚决定书", date(2024, 3, 1))
    second = read.text.index(files.SENTENCE, read.pages[1])
    assert [read.page_of(0), read.page_of(second), read.page_of(len(read.text))] == [1, 2, 3]


def test_pdf_radicals_become_the_characters_they_stand_for() -> None:
    read = parse_document(files.pdf(["中华⼈⺠共和国⽔污染防治法第⼋⼗三条"]), name="a.pdf")
    assert read.text == "中华人民共和国水污染防治法第八十三条"


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (files.blank_pdf(3), "is a scan: 3 pages hold 0 characters", "OCR"),
        (files.pdf([files.SENTENCE], mapped=False), "do not say which characters", "OCR"),
        (files.locked(files.pdf([files.SENTENCE]), "secret"), "is encrypted", "password"),
        (files.pdf([files.SENTENCE])[:300], "damaged|no pages|no page", ""),
        (b"%PDF-1.7\n", "damaged", "print it to a new PDF"),
    ],
)
def test_pdf_without_readable_text_says_why_and_what_to_do(data: bytes, message: str, remedy: str) -> None:
    with pytest.raises(SourceUnusable, match=message) as refused:
        parse_document(data, name="a.pdf")
    assert remedy in refused.value.remedy


def test_pdf_locked_without_a_password_is_read() -> None:
    assert parse_document(files.locked(files.pdf([files.SENTENCE]), ""), name="a.pdf").text == files.SENTENCE


def test_word_gives_paragraphs_and_tables_in_order() -> None:
    read = parse_document(files.word(files.DECISION, table=(("处罚种类", "罚款"), ("金额", "200000元"))), name="a.docx")
    assert (read.format, read.title, read.date) == ("docx", "示例市生态环境局行政处罚决定书", date(2024, 3, 1))
    assert read.text.index(files.SENTENCE) < read.text.index("处罚种类\t罚款\n金额\t200000元")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"word/document.xml": b"0" * 60_000_000}, "zip bomb"),
        ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"}, "damaged Word document"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "declares XML entities"),
        ({"xl/workbook.xml": b"<w/>"}, "is a workbook"),
        ({"OFD.xml": b"<w/>"}, "OFD"),
        ({"a.txt": b"text"}, "zip archive"),
    ],
)
def test_containers_that_cannot_be_read_are_refused(entries: dict[str, bytes], message: str) -> None:
    with pytest.raises(SourceUnusable, match=message):
        parse_document(files.archive(entries), name="a.docx")


def test_letter_gives_text_sender_and_day_and_lists_what_is_attached() -> None:
    data = files.letter(
        ("Content-Type: text/plain; charset=no-such-charset", "工厂夜里排放刺鼻的气味，请查处。".encode("gb18030")),
        ('Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename="photo.jpg"', b"12345"),
    )
    read = parse_document(data, name="a.eml")
    assert read.text == "工厂夜里排放刺鼻的气味，请查处。"
    assert (read.title, read.author, read.source) == ("关于夜间恶臭的举报", "陈示例", "example.org")
    assert read.date == date(2024, 3, 5)
    assert [(each.name, each.media_type, each.size) for each in read.attachments] == [("photo.jpg", "image/jpeg", 5)]


def test_letter_in_html_only_is_read_as_a_page() -> None:
    data = files.letter(("Content-Type: text/html; charset=gb2312", files.page(encoding="gb18030", declared="gb2312")))
    assert files.SENTENCE in parse_document(data, name="a.eml").text


def test_letter_with_nothing_but_attachments_names_them() -> None:
    data = files.letter(('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="scan.pdf"', b"1"))
    with pytest.raises(SourceUnusable, match=r"no text; attached: scan\.pdf"):
        parse_document(data, name="a.eml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_keeps_every_character(encoding: str) -> None:
    read = parse_document(files.DECISION.encode(encoding), name="a.txt")
    assert read.text == files.DECISION.strip()
    assert (read.title, read.date) == ("示例市生态环境局行政处罚决定书", date(2024, 3, 1))


def test_plain_text_in_big5_is_read_in_its_script() -> None:
    traditional = opencc.OpenCC("s2tw").convert(files.DECISION)
    read = parse_document(traditional.encode("big5hkscs"), name="a.txt")
    assert (read.text, read.script) == (traditional.strip(), "traditional")


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", bytes(range(256)) * 40, b"\xd0\xcf\x11\xe0" + b"0" * 64, b"\x89PNG123", b"{\\rtf1 text}"]
)
def test_what_is_no_document_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(SourceUnusable) as refused:
        parse_document(data, name="thing")
    assert refused.value.remedy


def test_cleaning_leaves_only_characters_that_can_be_stored() -> None:
    assert clean_text("a\r\nb\x00\x07c\ud800 \u3000\n\n\n\n\n\nd\ufeff") == "a\nbc\n\n\nd"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("环境污染防治", "simplified"),
        ("環境汙染防治", "traditional"),
        ("only Latin", "none"),
        ("环境污染 環境汙染", "mixed"),
    ],
)
def test_script_is_told_by_the_characters_that_differ(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("…\n二〇二四年三月五日", date(2024, 3, 5)),
        ("…\n2024 年 3 月 5 日（印章）\n", date(2024, 3, 5)),
        ("…\n中華民國113年3月5日", date(2024, 3, 5)),
        ("于2024年3月5日检查。", None),
        ("…\n2024年13月45日", None),
    ],
)
def test_closing_date_stands_alone_on_a_last_line(text: str, day: date | None) -> None:
    assert closing_date(text) == day


def test_imprint_takes_a_bare_date_only_beside_a_named_source() -> None:
    assert imprint_of("2024-03-05 来源：示例日报").date == date(2024, 3, 5)
    assert imprint_of("检查日为2024-03-05，见附件").date is None


def test_sentence_is_no_title() -> None:
    assert title_line(files.SENTENCE) == ""
