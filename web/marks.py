"""Marked text made ready to draw: pieces gathered into runs, each drawn as one element."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from search.archive import Piece

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces, all marked or all not; `anchor` is the id to link to a mark by.

    `pointed` says whether they lie in the stretch that a link means.
    """

    pieces: tuple[Piece, ...]
    marked: bool = False
    anchor: str = ""
    pointed: bool = False
    is_goal: bool = False  # the first that is, where the link leads
    jumps: frozenset[int] = frozenset()  # where pieces begin before which a break was left out


def gather(
    pieces: Iterable[Piece], stretch: Span | None = None, with_places: bool = False
) -> list[Run]:
    """Return `pieces` as runs, without the line breaks that layout put inside a sentence.

    A word with glosses inside, or cut by a column's edge, so becomes one mark. `stretch` is the
    part of the text that a link means; `with_places` tells where a break was left out.
    """
    first, last = stretch or (0, 0)
    shown = [piece for piece in pieces if piece.text and not piece.break_]
    ends = {piece.start + len(piece.text) for piece in shown}
    jumped = (piece.start for piece in shown[1:] if piece.start not in ends)
    jumps = frozenset(jumped) if with_places else frozenset()
    runs = groupby(shown, key=lambda piece: (piece.marked, first <= piece.start < last))
    return [
        Run(tuple(run), marked, pointed=pointed, jumps=jumps) for (marked, pointed), run in runs
    ]
