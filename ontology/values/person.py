"""Names of natural persons, masked before anything is stored (GB/T 35273-2020, de-identification for display)."""

import re

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.pseudonym import masked
from ontology.values.script import has_han
from ontology.values.value_type import Context, Parsed, ValueType

_TITLES = re.compile(r"(?:先生|女士|小姐|同志|经理|主任|工程师|老师)$")
_COMPOUND_SURNAMES = frozenset(
    {
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "令狐",
    }
)
_LONGEST = 60


def parse_person(text: str, context: Context) -> Parsed:
    """Return the surname and asterisks (`王**`); of a name in Latin letters the first letter of each word.

    With `context.salt` the key is a keyed hash of the whole name. Raises InvalidValue: `missing`, `form` (no name).
    """
    plain = _TITLES.sub("", require_text(text, "person", as_key=True))
    if any(character.isdigit() for character in plain) or len(plain) > _LONGEST or not any(map(str.isalpha, plain)):
        raise InvalidValue("the text is no person's name", code="form", text="")
    if has_han(plain):
        name = plain.replace(" ", "").replace("*", "")
        surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]
        # Always two asterisks: the number of characters would narrow the person down.
        return masked(surname + "**", name, context)
    words = [word for word in re.split(r"[\s*]+", plain) if word]
    return masked(" ".join(word[0].upper() + "**" for word in words), plain.casefold(), context)


PERSON = ValueType("person", parse_person, personal=True)
