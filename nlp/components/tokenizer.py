"""One token a character, so that any span of a text is a span of tokens and no word segmenter cuts through a name."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

SURROGATE_FIRST, SURROGATE_LAST = 0xD800, 0xDFFF


def storable(text: str) -> str:
    """Return the text with each lone surrogate, which spaCy cannot hash, replaced by U+FFFD: places stay the same."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if SURROGATE_FIRST <= ord(each) <= SURROGATE_LAST else each for each in text)
    return text


class CharacterTokenizer:
    """Makes a `Doc` of which token `i` is character `i` of the text, blanks and line ends included."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text; an empty one gives none."""
        words = list(storable(text))
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_bytes(self, **_options: object) -> bytes:
        """Return nothing: there is no state, and spaCy asks where it copies a pipeline to other processes."""
        return b""

    def from_bytes(self, _data: bytes, **_options: object) -> "CharacterTokenizer":
        """Return itself."""
        return self
