"""Text made uniform without moving its characters about: line ends, control characters, white space at line ends."""

import re
import unicodedata
from functools import cache
from typing import Final

import opencc

from nlp.documents.document import Script

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINE_END: Final = re.compile("\r\n?|\u2028|\u2029|\f")
_TRAILING: Final = re.compile(r"[ \t\u3000\xa0]+(?=\n)")
_BLANK_LINES: Final = re.compile(r"\n{4,}")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_JUDGED: Final = 20_000
"""Chinese characters looked at for the script; more change nothing."""


_SUPPLEMENT: Final = (
    "⺁厂⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爫⺧牛⺨犭⺩王⺫目⺬示⺭礻"
    "⺮竹⺯糹⺰纟⺱罒⺲罒⺶羊⺷羊⺸羊⺹耂⺺聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长"
    "⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟"
)
_RADICALS: Final = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{ord(radical): sign for radical, sign in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)},
}
"""Signs of radicals that PDF printers write for the characters they look like: ⼈⺠ for 人民. One for one."""


def clean_text(text: str) -> str:
    """Return `text` with `\\n` line ends and characters for radicals, without controls and idle white space."""
    text = _CONTROL.sub("", _LINE_END.sub("\n", text)).translate(_RADICALS)
    # The newline added and taken off lets one pattern serve the last line too.
    return _BLANK_LINES.sub("\n\n\n", _TRAILING.sub("", text + "\n")).strip("\n\ufeff ")


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    return opencc.OpenCC("t2s"), opencc.OpenCC("s2t")


def script_of(text: str) -> Script:
    """Tell which script a text is written in, by the characters that the two scripts write differently."""
    han = "".join(_HAN.findall(text[: 4 * _JUDGED]))[:_JUDGED]
    if not han:
        return "none"
    to_simplified, to_traditional = _converters()
    traditional = sum(a != b for a, b in zip(han, to_simplified.convert(han), strict=False))
    simplified = sum(a != b for a, b in zip(han, to_traditional.convert(han), strict=False))
    if traditional * 9 > simplified and simplified * 9 > traditional:
        return "mixed"
    return "traditional" if traditional > simplified else "simplified"
