"""Marked text made ready to draw: pieces gathered into runs, each drawn as one element."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from markupsafe import Markup, escape

from search.archive import Piece

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces that are shown alike; `anchor` is the id to link to a mark by.

    `pointed` says whether they lie in the stretch that a link means, `is_sign` whether they only
    say what their line is.
    """

    pieces: tuple[Piece, ...]
    marked: bool = False
    anchor: str = ""
    pointed: bool = False
    is_goal: bool = False  # the first that is pointed, where the link leads
    is_sign: bool = False
    jumps: frozenset[int] = frozenset()  # where pieces begin before which a break was left out


def gather(
    pieces: Iterable[Piece],
    stretch: Span | None = None,
    signs: Sequence[Span] = (),
    with_places: bool = False,
) -> list[Run]:
    """Return `pieces` as runs, without the line breaks that layout put inside a sentence.

    A word with glosses inside, or cut by a column's edge, so becomes one mark. `stretch` is the
    part of the text that a link means, `signs` what only says what the line is; `with_places`
    tells where a break was left out. No piece lies in one of these in part only.
    """
    shown = [piece for piece in pieces if piece.text and not piece.break_]
    if not (stretch or signs or with_places):  # each hit of a page
        return [Run(tuple(run), marked) for marked, run in groupby(shown, key=_marked)]
    ends = {piece.start + len(piece.text) for piece in shown}
    jumped = (piece.start for piece in shown[1:] if piece.start not in ends)
    jumps = frozenset(jumped) if with_places else frozenset()
    pointed = (stretch,) if stretch else ()

    def look(piece: Piece) -> tuple[bool, bool, bool]:
        return piece.marked, _lies_in(piece, pointed), _lies_in(piece, signs)

    return [
        Run(tuple(run), marked, pointed=is_pointed, is_sign=is_sign, jumps=jumps)
        for (marked, is_pointed, is_sign), run in groupby(shown, key=look)
    ]


def draw(runs: Iterable[Run]) -> Markup:
    """Return `runs` as HTML: the one place where text becomes markup, all of it escaped.

    No space comes between pieces: Chinese has none. A template would take four times as long.

    >>> draw([Run((Piece("港<"),), marked=True, anchor="hit-1")])
    Markup('<mark id="hit-1">港&lt;</mark>')
    """
    parts: list[str] = []
    for run in runs:
        opened = []
        if run.pointed:
            opened.append("span")
            parts.append(
                '<span class="pointed" id="at">' if run.is_goal else '<span class="pointed">'
            )
        if run.is_sign:
            opened.append("span")
            parts.append('<span class="sign">')
        if run.marked:
            opened.append("mark")
            parts.append(f'<mark id="{run.anchor}">' if run.anchor else "<mark>")
        parts += [_drawn(piece, run.jumps) for piece in run.pieces]
        parts += [f"</{name}>" for name in reversed(opened)]
    return Markup("".join(parts))


def _drawn(piece: Piece, jumps: frozenset[int]) -> str:
    text = str(escape(piece.text))
    if piece.gloss:
        text = f'<span class="gloss">{text}</span>'
    if piece.start in jumps:
        text = f'<span data-at="{piece.start}">{text}</span>'
    return text


def part(pieces: Iterable[Piece], places: Iterable[int]) -> Iterator[Piece]:
    """Yield the pieces, those inside which a place lies cut there."""
    cuts = sorted(set(places))
    for piece in pieces:
        end = piece.start + len(piece.text)
        inside = [at for at in cuts if piece.start < at < end]
        if not inside:
            yield piece
            continue
        for first, last in pairwise((piece.start, *inside, end)):
            text = piece.text[first - piece.start : last - piece.start]
            yield piece._replace(text=text, start=first)


_marked = attrgetter("marked")


def _lies_in(piece: Piece, spans: Iterable[Span]) -> bool:
    return any(first <= piece.start < last for first, last in spans)
