"""Where an article's lines are set apart on a terminal: where its author did, and between
paragraphs of prose. Lines of front matter, code, lists, tables and verse stay together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from search.archive import Piece

_PROSE_CHARS = 40  # a shorter line is verse, a crosshead, a byline
_ENDED = re.compile(r"[。！？!?….][”’」』）)\"']*\s*\Z")
# Lists, headings, quotations, tables, tags, and what is indented as code (by no full-width blank).
_SET_APART = re.compile(
    r"[ \t]|[#>|*+\-=_~`•·●■【<&{}\[]|\d+[.、)）](?!\d)|[(（]?[一二三四五六七八九十]+[)）、]"
)
_FENCES = ("```", "~~~")
_FRONT_MATTER = ("---", "+++")


def parted(lines: Iterable[Sequence[Piece]]) -> Iterator[Sequence[Piece]]:
    """Yield the lines of a text, blank ones between them as few as there are to be shown.

    Of several blank lines one is left, in code all are; none stands first or last.
    """
    closing = ""  # of the block that lines are in, whose blank lines are its own
    before = ""
    blank = 0
    is_first = True
    for line in lines:
        text = "".join(piece.text for piece in line if not piece.break_)
        if not text.strip():
            blank += 1
            continue
        gaps = blank if closing else min(blank, 1) or _are_paragraphs(before, text)
        if not is_first:
            yield from [()] * gaps
        yield line
        closing = _closing(text.strip(), closing, is_first)
        before, blank, is_first = text, 0, False


def _closing(text: str, closing: str, is_first: bool) -> str:
    """Return what ends the block that the next line is in, or nothing where it is in none."""
    if closing:
        return "" if text.startswith(closing) else closing
    if is_first and text in _FRONT_MATTER:
        return text
    return next((fence for fence in _FENCES if text.startswith(fence)), "")


def _are_paragraphs(before: str, after: str) -> bool:
    return _is_prose(before) and _is_prose(after)


def _is_prose(line: str) -> bool:
    if len(line) < _PROSE_CHARS or _SET_APART.match(line):
        return False
    return _ENDED.search(line) is not None
