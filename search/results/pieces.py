"""A text cut into pieces that are each shown in one way: plain, marked, a gloss, a layout break.

Both the terminal and the page draw from these, so neither computes positions of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]  # code points, end exclusive


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the author's text; the pieces of a text joined give the text itself."""

    text: str
    marked: bool = False
    gloss: bool = False  # a pinyin gloss such as (chǎn), shown small
    break_: bool = False  # a line break that layout put inside a sentence, not shown


def cut_pieces(
    text: str, marks: Sequence[Span], glosses: Sequence[Span] = (), breaks: Sequence[Span] = ()
) -> list[Piece]:
    """Return `text` as pieces, in order, each uniform in its marking; joined they give `text`.

    >>> [(p.text, p.marked, p.gloss) for p in cut_pieces("產(chǎn)品", [(0, 6)], [(1, 6)])]
    [('產', True, False), ('(chǎn)', True, True), ('品', False, False)]
    """
    edges = {0, len(text)}
    for start, end in (*marks, *glosses, *breaks):
        edges.update((min(start, len(text)), min(end, len(text))))
    cuts = sorted(edges)
    in_mark, in_gloss, in_break = _Within(marks), _Within(glosses), _Within(breaks)
    return [
        Piece(text[start:end], in_mark(start), in_gloss(start), in_break(start))
        for start, end in pairwise(cuts)
    ]


def split_lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line that is not blank, layout breaks kept inside."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.break_:
            line.append(piece)
            continue
        parts = piece.text.splitlines(keepends=True)
        for part in parts:
            bare = part.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
            if bare:
                line.append(Piece(bare, piece.marked, piece.gloss))
            if bare != part:
                if any(p.text.strip() for p in line):
                    yield line
                line = []
    if any(p.text.strip() for p in line):
        yield line


class _Within:
    """Answers whether a position lies in one of the spans, asked in rising order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._next = 0

    def __call__(self, position: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][1] <= position:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= position
