"""What the bytes of a file are: their hash, the kind of file, and the encoding of its text."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import charset_normalizer

from ontology.errors import SourceUnusable

BLOCK: Final = 1 << 20
SAMPLE: Final = 1 << 18
"""Bytes judged by frequency: enough for some 100,000 characters."""

_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (.xls, .doc)", "Open it and save it as .xlsx or .csv."),
    (b"%PDF", "a PDF", "Tables in PDFs must be exported to .xlsx or .csv first."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first."),
    (b"\x89PNG", "a picture", "Tables in pictures must be typed or recognised first."),
    (b"\xff\xd8\xff", "a picture", "Tables in pictures must be typed or recognised first."),
    (b"SQLite format 3", "an SQLite database", "Export its tables to .csv first."),
    (b"PAR1", "a Parquet file", "Export it to .csv first."),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIMPLIFIED: Final = frozenset(
    "的一是不了在有人我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然"
    "没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长业区市号名称单位企业有限公司污染环境排放"
    "许可证建设项目日期信息监测废水气执法处罚法定代表类别编码地址标准限值行政省县镇路工程科技术制造电子材料实业集团化学"
)
_TRADITIONAL: Final = frozenset(
    "的一是不了在有人我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然"
    "沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長業區市號名稱單位企業有限公司污染環境排放"
    "許可證建設項目日期資訊監測廢水氣執法處罰法定代表類別編碼地址標準限值行政省縣鎮路工程科技術製造電子材料實業集團化學開發計畫書"
)
_CONTROLS: Final = bytes(sorted(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B, 0x00}))


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes at a glance. `encoding` is empty for a zip container; `lossy`: some bytes fit no character."""

    sha256: str
    size: int
    zipped: bool
    encoding: str
    lossy: bool = False


def inspect_content(path: Path) -> Content:
    """Read a file once from end to end and say what it is.

    Raises SourceUnusable for what is no table in any form: missing, empty, foreign, binary, of unknown encoding.
    """
    name = path.name
    digest, size, head, utf8, rare = hashlib.sha256(), 0, b"", True, bytearray()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
                head = head or block
                if utf8 and not block.isascii():
                    utf8 = _decodes(decoder, block)
                if len(rare) < SAMPLE and not block.isascii():
                    rare += _lines_beyond_ascii(block, SAMPLE - len(rare))
            utf8 = utf8 and _decodes(decoder, b"", final=True)
    except OSError as error:
        raise SourceUnusable(f"cannot read {name}: {error.strerror or error}", source=name) from error
    _refuse_foreign(name, head)
    if head.startswith(b"PK\x03\x04"):
        return Content(digest.hexdigest(), size, zipped=True, encoding="")
    encoding, lossy = _encoding(name, head, bytes(rare), utf8=utf8)
    return Content(digest.hexdigest(), size, zipped=False, encoding=encoding, lossy=lossy)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _lines_beyond_ascii(block: bytes, limit: int) -> bytes:
    lines = (line for line in block.split(b"\n") if not line.isascii())
    taken = bytearray()
    for line in lines:
        taken += line + b"\n"
        if len(taken) >= limit:
            break
    return bytes(taken)


def _refuse_foreign(name: str, head: bytes) -> None:
    if not head:
        raise SourceUnusable(f"{name} is empty", source=name)
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise SourceUnusable(f"{name} is {what}, not a table", source=name, remedy=remedy)


def _encoding(name: str, head: bytes, rare: bytes, *, utf8: bool) -> tuple[str, bool]:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, not utf8 and encoding == "utf-8-sig"
    wide = _wide_encoding(head)
    if wide:
        return wide, False
    sample = head[:SAMPLE]
    garbage = len(sample) - len(sample.translate(None, _CONTROLS)) + sample.count(0)
    if garbage * 50 > len(sample):
        raise SourceUnusable(f"{name} is binary, not a table", source=name, remedy="Give a .csv, .xlsx or .json file.")
    if utf8:
        return "utf-8", False
    return _legacy_encoding(name, rare)


def _wide_encoding(head: bytes) -> str:
    """Return UTF-16 without a mark where every other byte of the beginning is zero, as it is for Latin letters."""
    sample = head[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or (even + odd) * 8 < len(sample):
        return ""
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else ""


def _legacy_encoding(name: str, rare: bytes) -> tuple[str, bool]:
    """Choose by how many everyday characters each reading gives: a wrong reading of Chinese gives rare ones."""
    scores = []
    for encoding, everyday in (
        ("utf-8", _SIMPLIFIED | _TRADITIONAL),
        ("gb18030", _SIMPLIFIED),
        ("big5hkscs", _TRADITIONAL),
    ):
        text = rare.decode(encoding, "replace")
        beyond = [character for character in text if ord(character) > 0x7F]
        broken = text.count("\ufffd")
        if beyond and broken * 50 <= len(beyond):
            share = sum(character in everyday for character in beyond) / len(beyond)
            scores.append((share, encoding, broken > 0))
    scores.sort(reverse=True)
    if scores and scores[0][0] >= 0.08:
        return scores[0][1], scores[0][2]
    ascii_share = sum(byte < 0x80 for byte in rare) / max(len(rare), 1)
    guess = charset_normalizer.from_bytes(
        rare, cp_isolation=["cp1252", "cp1250", "shift_jis", "euc_kr", "cp1251"]
    ).best()
    if guess is not None and ascii_share > 0.6 and "\x81" not in str(guess):
        return guess.encoding, False
    raise SourceUnusable(
        f"the text of {name} is in an encoding that is not known here (tried UTF-8, UTF-16, GB18030, Big5)",
        source=name,
        remedy="Save it as UTF-8: in Excel `CSV UTF-8`, in WPS `CSV（UTF-8）`.",
    )
