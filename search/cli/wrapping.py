"""Breaking lines as Chinese is set: anywhere between characters, but never inside a gloss, a Latin
word or a number, nor so that a line begins with a closing mark or ends with an opening one.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

_OPENING = "“‘「『（《〈【〔(["
_CLOSING = "，。、；：！？”’」』）》〉】〕…—,.;:!?)]"
# What stays together: opening marks, an option, a Latin word or any character, its gloss, closing
# marks.
_unit = re.compile(
    rf"\s+|[{re.escape(_OPENING)}]*(?:--?[a-z][a-z-]*|[^\W\u2e80-\U0003ffff]+|.)"
    rf"(?:[(（][^\W\d_\u2e80-\U0003ffff\s]{{1,8}}[)）])?[{re.escape(_CLOSING)}]*",
    re.DOTALL,
)


def wrap(text: Text, width: int) -> list[Text]:
    """Return `text` as lines of at most `width` columns, Han characters counted as two."""
    lines = text.divide(_breaks(text.plain, width))
    for line in lines:
        line.rstrip()
    return list(lines)


def _breaks(plain: str, width: int) -> Iterator[int]:
    """Yield where a line has to end."""
    column = 0
    for match in _unit.finditer(plain):
        size = cell_len(match[0])
        if column and column + size > width and not match[0].isspace():
            yield match.start()
            column = 0
        if size <= width:
            column += size
            continue
        for at, character in enumerate(match[0], start=match.start()):  # longer than a line
            size = cell_len(character)
            if column + size > width:
                yield at
                column = 0
            column += size
