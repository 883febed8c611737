"""Which encoding Chinese bytes are in: marks first, then UTF-8, then the everyday characters a reading gives."""

import codecs
from dataclasses import dataclass
from typing import Final

import charset_normalizer

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIMPLIFIED: Final = frozenset(
    "的一是不了在有人我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然"
    "没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长业区市号名称单位企业有限公司污染环境排放"
    "许可证建设项目日期信息监测废水气执法处罚法定代表类别编码地址标准限值行政省县镇路工程科技术制造电子材料实业集团化学"
)
TRADITIONAL: Final = frozenset(
    "的一是不了在有人我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然"
    "沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長業區市號名稱單位企業有限公司污染環境排放"
    "許可證建設項目日期資訊監測廢水氣執法處罰法定代表類別編碼地址標準限值行政省縣鎮路工程科技術製造電子材料實業集團化學開發計畫書"
)
_CONTROLS: Final = bytes(sorted(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B, 0x00}))
_WESTERN: Final = ("cp1252", "cp1250", "shift_jis", "euc_kr", "cp1251")
SAMPLE: Final = 1 << 18
"""Bytes judged by frequency: enough for some 100,000 characters."""
_DECLARED: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "gb18030-2022": "gb18030",
    "gb18030-2000": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs", "utf8": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
}  # fmt: skip
"""What writers mean by a name: superset encodings (WHATWG Encoding), so that one rare character spoils nothing."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its Python name. `lossy`: some bytes fit no character and become U+FFFD."""

    name: str
    lossy: bool = False


def marked_encoding(head: bytes) -> str:
    """Return the encoding a byte order mark, or the zeros of UTF-16 without a mark, say; empty where neither does."""
    return next((encoding for bom, encoding in BOMS if head.startswith(bom)), "") or wide_encoding(head)


def is_binary(sample: bytes) -> bool:
    """Tell whether more than one byte in fifty is a control character that no text has."""
    garbage = len(sample) - len(sample.translate(None, _CONTROLS)) + sample.count(0)
    return garbage * 50 > len(sample)


def wide_encoding(head: bytes) -> str:
    """Return UTF-16 without a mark where every other byte of the beginning is zero, as it is for Latin letters."""
    sample = head[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or (even + odd) * 8 < len(sample):
        return ""
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else ""


def legacy_encoding(rare: bytes) -> Encoding | None:
    """Choose by how many everyday characters each reading gives: a wrong reading of Chinese gives rare ones.

    `rare` are lines with bytes beyond ASCII, at most `SAMPLE`. None where no reading makes sense.
    """
    scores = []
    for encoding, everyday in (
        ("utf-8", SIMPLIFIED | TRADITIONAL),
        ("gb18030", SIMPLIFIED),
        ("big5hkscs", TRADITIONAL),
    ):
        share, broken = _everyday_share(rare, encoding, everyday)
        if share is not None:
            scores.append((share, encoding, broken))
    scores.sort(reverse=True)
    if scores and scores[0][0] >= 0.08:
        return Encoding(scores[0][1], scores[0][2])
    ascii_share = sum(byte < 0x80 for byte in rare) / max(len(rare), 1)
    guess = charset_normalizer.from_bytes(rare, cp_isolation=list(_WESTERN)).best()
    if guess is not None and ascii_share > 0.6 and "\x81" not in str(guess):
        return Encoding(guess.encoding)
    return None


def _everyday_share(rare: bytes, encoding: str, everyday: frozenset[str]) -> tuple[float | None, bool]:
    text = rare.decode(encoding, "replace")
    beyond = [character for character in text if ord(character) > 0x7F]
    broken = text.count("\ufffd")
    if not beyond or broken * 50 > len(beyond):
        return None, broken > 0
    return sum(character in everyday for character in beyond) / len(beyond), broken > 0


def lines_beyond_ascii(block: bytes, limit: int) -> bytes:
    """Return the lines that hold bytes beyond ASCII, up to about `limit` bytes of them."""
    taken = bytearray()
    for line in block.split(b"\n"):
        if not line.isascii():
            taken += line + b"\n"
            if len(taken) >= limit:
                break
    return bytes(taken)


def find_encoding(data: bytes, *, declared: str = "") -> Encoding | None:
    """Return the encoding of a whole text; None where the bytes are no text in any encoding known here.

    `declared` is what its container says (a `charset`), empty where it says nothing. It is believed only where no
    mark, no UTF-8 and no everyday Chinese speaks against it: pages that say gb2312 and are UTF-8, or the other way
    round, are common.
    """
    marked = marked_encoding(data[:4096])
    if marked:
        return Encoding(marked, lossy=not _decodes(data, marked))
    if is_binary(data[:SAMPLE]):
        return None
    if _decodes(data, "utf-8"):
        return Encoding("utf-8")
    rare = lines_beyond_ascii(data, SAMPLE)[: 2 * SAMPLE]
    found = legacy_encoding(rare)
    named = _python_name(declared)
    if named and named != "utf-8" and (found is None or found.name.startswith("cp")) and _decodes(data, named):
        return Encoding(named)
    return found


def _python_name(declared: str) -> str:
    name = declared.strip().strip("\"'").lower()
    try:
        return codecs.lookup(_DECLARED.get(name, name)).name if name else ""
    except (LookupError, ValueError):
        return ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return False
    return True
