"""A text cut into pieces that are each shown in one way: plain, marked, a gloss, a layout break.

Both the terminal and the page draw from these, so neither computes positions of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from sys import maxsize
from typing import NamedTuple

Span = tuple[int, int]  # code points, end exclusive

_NO_MORE = (maxsize, maxsize)


class Piece(NamedTuple):
    """A stretch of the author's text; the pieces of a text joined give the text itself.

    A tuple, since a page has a hundred: a frozen dataclass takes twice as long to make.
    """

    text: str
    marked: bool = False
    gloss: bool = False  # a pinyin gloss such as (chǎn), shown small
    break_: bool = False  # a line break that layout put inside a sentence, not shown
    start: int = 0  # where it begins in the text that was cut, code points


def cut_pieces(
    text: str, marks: Sequence[Span], glosses: Sequence[Span] = (), breaks: Sequence[Span] = ()
) -> list[Piece]:
    """Return `text` as pieces, in order, each uniform in its marking; joined they give `text`.

    >>> [(p.text, p.marked, p.gloss) for p in cut_pieces("產(chǎn)品", [(0, 7)], [(1, 7)])]
    [('產', True, False), ('(chǎn)', True, True), ('品', False, False)]
    """
    cuts = sorted({0, len(text)}.union(*marks, *glosses, *breaks))
    if cuts[-1] > len(text):
        del cuts[cuts.index(len(text)) + 1 :]
    texts = [text[start:end] for start, end in pairwise(cuts)]
    shown = [_lie_in(spans, cuts) for spans in (marks, glosses, breaks)]
    return list(map(Piece, texts, *shown, cuts))


def split_lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line that is not blank, layout breaks kept inside."""
    for line in all_lines(pieces):
        if any(piece.text.strip() for piece in line):
            yield line


def all_lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line, blank ones included, layout breaks kept inside."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.break_:
            line.append(piece)
            continue
        parts = piece.text.splitlines(keepends=True)
        start = piece.start
        for part in parts:
            bare = part.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
            if bare:
                line.append(Piece(bare, piece.marked, piece.gloss, start=start))
            start += len(part)
            if bare != part:
                yield line
                line = []
    if line:
        yield line


def shown_text(line: Iterable[Piece]) -> str:
    """Return a line of pieces without its glosses and layout breaks, as `kinds_of_lines` asks.

    >>> shown_text(cut_pieces("產(chǎn)業(yè)", [], [(1, 7), (8, 12)]))
    '產業'
    """
    return "".join(piece.text for piece in line if not (piece.gloss or piece.break_))


def _lie_in(spans: Sequence[Span], places: Iterable[int]) -> Iterable[bool]:
    """Return of each of the places, which rise, whether it lies in one of the spans."""
    if not spans:
        return repeat(False)
    found = []
    following = iter(sorted(spans))
    start, end = next(following)
    for place in places:
        while end <= place:
            start, end = next(following, _NO_MORE)
        found.append(start <= place)
    return found
