"""Lists of words as they are written in this package: in lines, parted by spaces."""


def words_in(*lines: str) -> tuple[str, ...]:
    """Return the words of all lines, in order."""
    return tuple(word for line in lines for word in line.split())
