"""Traditional and full-width characters as their plain ones, each in its place, so that offsets stay."""

import unicodedata

from ontology.values.script import simplified


class _Table(dict[int, str]):
    """Folds one character, asked by code point, into exactly one; `str.translate` reads it at C speed."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        form = unicodedata.normalize("NFKC", character)
        plain = simplified(form) if len(form) == 1 else character
        self[code] = plain if len(plain) == 1 else character
        return self[code]


# Punctuation stays full-width: the rules tell sentences by it.
_PLAIN = _Table({ord(sign): sign for sign in "，。；：！？（）、〔〕“”‘’《》…～"})


def in_place(text: str) -> str:
    """Return `text` in simplified characters and half-width letters and digits, of the same length."""
    return text if text.isascii() else text.translate(_PLAIN)
