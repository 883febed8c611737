"""Yes and no in the words of registers."""

from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import clean
from ontology.values.value_type import Context, Parsed, ValueType

_TRUE: Final = frozenset(
    {
        "是",
        "有",
        "对",
        "真",
        "已",
        "√",
        "✓",
        "✔",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "1.0",
        "on",
        "属于",
        "在产",
        "存在",
        "需要",
    }
)
_FALSE: Final = frozenset(
    {
        "否",
        "无",
        "無",
        "没有",
        "不",
        "不是",
        "非",
        "假",
        "未",
        "×",
        "✗",
        "✘",
        "n",
        "no",
        "false",
        "f",
        "0",
        "0.0",
        "off",
        "不属于",
    }
)
_NOTHING: Final = frozenset({"", "-", "--", "/", "不详", "未知", "null", "none", "nan", "n/a"})


def parse_boolean(text: str, _context: Context) -> Parsed:
    """Return True or False; 无 is an answer here, not a missing one. Raises InvalidValue: `missing`, `form`."""
    plain = clean(text).casefold()
    if plain in _TRUE:
        return Parsed(True, key="true")
    if plain in _FALSE:
        return Parsed(False, key="false")
    code = "missing" if plain in _NOTHING else "form"
    raise InvalidValue(f"{text!r} is neither yes nor no", code=code, text=text)


BOOLEAN = ValueType("boolean", parse_boolean)
