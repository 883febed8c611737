"""Names in Latin letters, read into the same parts: BASF Shanghai Coatings Co., Ltd. is 巴斯夫, 上海, 涂料."""

from functools import cache
from typing import Final

from graph.resolve.names.characters import fold, sound
from graph.resolve.names.parts import OrganisationName
from graph.resolve.names.places import codes_of, short_name
from graph.resolve.names.vocabulary import numbers_of, rows_of
from graph.resolve.names.word_lists import words_in
from ontology.values.region import region_names

_LEGAL: Final = frozenset(
    words_in(
        "co ltd limited inc incorporated corp corporation company gmbh ag sa plc llc lp llp kk bv nv pte pvt sdn bhd",
        "spa srl oy ab as kg se cie private public joint stock shares",
    )
)
_SMALL: Final = frozenset(
    words_in(
        "the of and for in de la et und &",
    )
)
_WIDE: Final = {"china": "中国", "asia": "亚洲", "international": "国际", "hongkong": "香港", "taiwan": "台湾"}


@cache
def foreign_brands() -> dict[str, str]:
    """Return Chinese brands of foreign firms by their Latin names, folded."""
    return {fold(row["latin"]): fold(row["han"]) for row in rows_of("foreign.csv")}


@cache
def english_trades() -> dict[str, str]:
    """Return Chinese words of trades by the English ones, folded."""
    return {fold(row["en"]): fold(row["zh"]) for row in rows_of("english_trades.csv")}


@cache
def _cities() -> dict[str, str]:
    """Return provinces and cities by their reading: `shanghai`, `guangdong`; the first where two sound alike."""
    found: dict[str, str] = dict(_WIDE)
    for name, regions in region_names().items():
        if regions[0].level < 3:
            found.setdefault(sound(short_name(name)), short_name(name))
    return found


def parse_english(text: str) -> OrganisationName:
    """Return the parts of a folded name without Chinese characters; brand and trade are Chinese where known."""
    words = [word for word in text.replace("(", " ").replace(")", " ").split() if word]
    legal = [word for word in words if word in _LEGAL]
    body = [word for word in words if word not in _LEGAL and word not in _SMALL and word != "group"]
    places = [_cities()[word] for word in body if word in _cities()]
    named = [word for word in body if word not in _cities()]
    brand, rest = _brand(named)
    codes = next((codes for place in places if (codes := codes_of(place))), ())
    trades = tuple(trade for word in rest if (trade := english_trades().get(word)))
    plain = "".join(word for word in rest if word not in english_trades())
    return OrganisationName(
        text=text,
        core=" ".join(named),
        regions=tuple(dict.fromkeys(places)),
        codes=codes,
        brand=brand if not plain or brand in foreign_brands().values() else brand + plain,
        trades=trades,
        legal=" ".join(legal),
        form="company" if legal else "",
        group="group" in words,
        numbers=numbers_of(text),
        latin=bool(text),
    )


def _brand(words: list[str]) -> tuple[str, list[str]]:
    """Return the brand at the head, in Chinese where known, and the words behind it."""
    for length in (3, 2, 1):
        found = foreign_brands().get(" ".join(words[:length]))
        if found and len(words) >= length:
            return found, words[length:]
    if not words:
        return "", []
    return ("", words) if words[0] in english_trades() and len(words) > 1 else (words[0], words[1:])
