"""Reference numbers of official documents (发文字号, GB/T 9704-2012): 沪环罚〔2023〕15号, 国务院令第682号."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.identifiers.numerals import number_of
from nlp.identifiers.source import HAN, Source
from nlp.mention import Mention
from ontology.errors import InvalidValue
from ontology.values.document_number import DOCUMENT_NUMBER

_YEAR: Final = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零o0九][〇○零o0一二三四五六七八九]{2})年?"
_NUMERAL: Final = "〇○零一二三四五六七八九十百"
_SERIAL: Final = (
    rf"第?(?P<serial>(?:[{HAN}]{{1,4}}-?)??[a-z]{{0,3}}[- ]?\d{{1,7}}(?:-\d{{1,6}}|第\d{{1,6}})?|[{_NUMERAL}]{{1,7}})号"
)
_BRACKETED: Final = re.compile(rf"[〔\[({{【〖﹝﹛《〈<「]{_YEAR}[〕\])}}】〗﹞﹜》〉>」](?:字)?{_SERIAL}")
_BARE: Final = re.compile(rf"(?<=[{HAN}字]){_YEAR}(?:字)?{_SERIAL}")
_DECREE: Final = re.compile(
    r"(?:令|公告)(?:\((?:19|20)\d\d年?\)|(?:19|20)\d\d年)?第(?P<serial>\d{1,4}|[〇○零一二三四五六七八九十百]{1,5})号"
)
_PRESIDENT: Final = re.compile(rf"中华人民共和国[{HAN}]{{2,9}}$|主席$")
_OFFICE: Final = re.compile(rf"[{HAN}]{{2,16}}$")
_COURT: Final = re.compile(
    rf"[\[(〔](?P<year>(?:19|20)\d{{2}})[\])〕](?P<issuer>[{HAN}]\d{{0,4}}[{HAN}]{{1,4}})(?P<serial>\d{{1,6}})号"
)
_ISSUER: Final = re.compile(rf"(?:[{HAN}]|\d{{1,6}}(?=[{HAN}])|\([{HAN}]{{1,4}}\)|〔[{HAN}]{{1,4}}〕|-){{1,24}}$")
_WINDOW: Final = 26
_CUES: Final = re.findall(
    r"\S+",
    "作出的 作出了 作出 依据 根据 按照 依照 下达的 下达了 下达 印发的 文号为 文号 编号为 编号 号为 "
    "决定书 通知书 告知书 "
    "听证 意见书 批复 为 见 以 由 经 及 和 与 或 的 了 在 至 对 将 向 该 取得 获得 送达 发出 收到 出具的 出具 原 按 "
    "人民政府 委员会 办公厅 办公室 局 厅",
)
_TYPICAL: Final = re.compile(
    r"[环罚字审许评函办发政府责改令通规建法核辐固气水土监总文科财计局委厅部信公示决告听催强封停产移复备]"
)


def find_document_numbers(source: Source) -> Iterator[Mention]:
    """Yield the document numbers of a text: `document_number` in the usual form, `issuer`, `year`, `serial`.

    The issuer's code is what stands before the year without the words that lead up to it (依据沪环罚 gives 沪环罚).
    A number
    without one is told with a lower score.
    """
    text = source.text
    seen: set[int] = set()
    for found in _BRACKETED.finditer(text):
        seen.add(found.end())
        start = _issuer_start(text, found.start())
        if mention := _mention(source, start, found, score=1.0 if start < found.start() else 0.8):
            yield mention
    for found in _BARE.finditer(text):
        start = _issuer_start(text, found.start())
        if found.end() not in seen and start < found.start() and "年第" not in found[0][:6]:
            seen.add(found.end())
            if mention := _mention(source, start, found, score=0.8):
                yield mention
    for found in _DECREE.finditer(text):
        if found.end() not in seen and (decree := _decree(source, found)):
            yield decree
    for found in _COURT.finditer(text):
        values = {"document_number": f"〔{found['year']}〕{found['issuer']}{found['serial']}号", "year": found["year"]}
        yield source.mention(*found.span(), "document_number", values, score=0.9)


def _issuer_start(text: str, year: int) -> int:
    """Return where the issuer's code before the year begins; `year` itself where there is none."""
    window = text[max(0, year - _WINDOW) : year]
    run = _ISSUER.search(window)
    if run is None:
        return year
    code = run[0]
    at = len(window) - len(code)
    for cue in _CUES:
        cut = code.rfind(cue)
        if cut >= 0 and len(code) - cut - len(cue) >= 2:
            at += cut + len(cue)
            code = code[cut + len(cue) :]
    if not _TYPICAL.search(code) or len(code) > 20 or not re.search(rf"[{HAN}]", code):
        return year
    return year - len(code)


def _mention(source: Source, start: int, found: re.Match[str], *, score: float) -> Mention | None:
    year, serial = number_of(found["year"].replace("o", "零")), found["serial"]
    if year is None:
        return None
    if not any(character.isascii() for character in serial):
        numeral = number_of(serial)
        if numeral is None:
            return None
        serial = str(numeral)
    serial = serial.replace(" ", "")
    issuer = source.text[start : found.start()]
    try:
        parsed = DOCUMENT_NUMBER.parse(f"{issuer}〔{year}〕{serial.upper()}号")
    except InvalidValue:
        return None
    values = {"document_number": str(parsed.value)}
    values |= {"year": str(year), "serial": serial.upper()} | ({"issuer": issuer} if issuer else {})
    values |= {name: part for name, part in parsed.parts if name in ("issuer", "serial")}
    return source.mention(start, found.end(), "document_number", values, score=score)


def _decree(source: Source, found: re.Match[str]) -> Mention | None:
    before = _OFFICE.search(source.text, max(0, found.start() - 16), found.start())
    if before is None:
        return None
    start, issuer = before.start(), before[0]
    if whole := _PRESIDENT.search(issuer):
        start, issuer = start + whole.start(), whole[0]
    for cue in () if whole else _CUES:
        cut = issuer.rfind(cue)
        if cut >= 0 and not issuer.endswith(cue):
            start += cut + len(cue)
            issuer = issuer[cut + len(cue) :]
    serial = number_of(found["serial"])
    if serial is None or len(issuer) < 2 or not re.search(r"(?:国务院|部|局|委员会|委|政府|厅|主席|省|市)$", issuer):
        return None
    written = source.text[start : found.start("serial")]
    return source.mention(
        start,
        found.end(),
        "document_number",
        {"document_number": f"{written}{serial}号", "issuer": issuer, "serial": str(serial)},
        score=0.9,
    )
