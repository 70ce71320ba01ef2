"""Marked text made ready to draw: pieces gathered into runs, each drawn as one element."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from search.archive import Piece


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces, all marked or all not; `anchor` is the id to link to a mark by."""

    pieces: tuple[Piece, ...]
    marked: bool = False
    anchor: str = ""


def gather(pieces: Iterable[Piece]) -> list[Run]:
    """Return `pieces` as runs, without the line breaks that layout put inside a sentence.

    A word with glosses inside, or cut by a column's edge, so becomes one mark.
    """
    shown = (piece for piece in pieces if piece.text and not piece.break_)
    return [Run(tuple(run), marked) for marked, run in groupby(shown, key=lambda p: p.marked)]
