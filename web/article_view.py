"""An article laid out for reading: title, lines by their kind, marks numbered in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from search.archive import (
    Article,
    Line,
    LineKind,
    Marked,
    Piece,
    all_lines,
    kinds_of_lines,
    shown_text,
)
from web.hit_map import Tick, ticks
from web.marks import Run, Span, gather, part

TOP = 2  # of the headings inside an article: the title is the first
LOWEST = 6


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the body; `start` is where it begins in the author's text, code points."""

    runs: Sequence[Run]
    start: int
    level: int = 0  # of a crosshead: 2 to 6, never more than one below the heading before it


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind that stand together."""

    kind: str
    lines: Sequence[LineView]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the article page draws; `marks` is how many marks there are, `hit-1` the first.

    `has_glosses` says whether there are any that a reader may want to hide.
    """

    title: Sequence[Run]
    blocks: Sequence[Block]
    marks: int
    has_glosses: bool = False
    ticks: Sequence[Tick] = ()
    is_pointed: bool = False  # whether what a link means is on the page


def lay_out(article: Article, stretch: Span | None = None) -> ArticleView:
    """Return `article` ready to draw; a first line that is the title itself is not repeated.

    `stretch` is the part of the body that a link means.
    """
    numbers = count(1)
    title = _number(gather(article.title.pieces), numbers)
    told = _told(article)
    blocks = []
    level = TOP - 1
    # A blank line ends a block and is not drawn, but for those inside code, which are code.
    for kind, group in groupby(told, key=lambda pair: pair[1].kind):
        if kind is LineKind.BLANK:
            continue
        lines = []
        for pieces, line in group:
            if kind is LineKind.CROSSHEAD:
                level = min(max(line.level, TOP), level + 1, LOWEST)
            runs = _number(_runs(pieces, line, stretch), numbers)
            start = pieces[0].start if pieces else 0
            lines.append(LineView(runs, start, level if kind is LineKind.CROSSHEAD else 0))
        blocks.append(Block(kind.value, lines))
    _name_first_pointed(blocks)
    marks = next(numbers) - 1
    has_glosses = bool(article.title.glosses or article.body.glosses)
    drawn = [line.runs for block in blocks for line in block.lines]
    is_pointed = any(run.pointed for runs in drawn for run in runs)
    return ArticleView(title, blocks, marks, has_glosses, ticks(title, drawn), is_pointed)


def _told(article: Article) -> list[tuple[list[Piece], Line]]:
    """Return the body's lines with what each is, those left out that only repeat the title."""
    lines = list(all_lines(_pieces(article.body)))
    kinds = kinds_of_lines([shown_text(line) for line in lines])
    told = list(zip(lines, kinds, strict=True))
    before = (LineKind.BLANK, LineKind.DEFINITION)
    first = next((at for at, (_, line) in enumerate(told) if line.kind not in before), None)
    if first is None or _bare(*told[first]) != article.title.text.strip():
        return told
    is_underlined = first + 1 < len(told) and told[first + 1][1].kind is LineKind.RULE
    del told[first : first + (2 if is_underlined else 1)]
    return told


def _pieces(body: Marked) -> list[Piece]:
    """Return the pieces of a body, or of a part of one, each with where it begins in the whole."""
    found = body.pieces
    return [one._replace(start=one.start + body.start) for one in found] if body.start else found


def _bare(pieces: Iterable[Piece], line: Line) -> str:
    """Return the text of a line without the signs that only say what it is."""
    text = "".join(piece.text for piece in pieces)
    return text[line.sign : len(text) - line.closing].strip()


def _runs(pieces: Sequence[Piece], line: Line, stretch: Span | None) -> list[Run]:
    """Return a line's runs, its signs apart from its text."""
    if not pieces:
        return []
    first, last = pieces[0].start, pieces[-1].start + len(pieces[-1].text)
    signs = ((first, first + line.sign), (last - line.closing, last))
    cut = list(part(pieces, {*signs[0], *signs[1], *(stretch or ())}))
    return gather(cut, stretch, signs, with_places=True)


def _name_first_pointed(blocks: list[Block]) -> None:
    """Give the beginning of the stretch that a link means the name by which it is found."""
    for number, block in enumerate(blocks):
        for at, line in enumerate(block.lines):
            for place, run in enumerate(line.runs):
                if run.pointed:
                    runs = [*line.runs]
                    runs[place] = replace(run, is_goal=True)
                    lines = [*block.lines]
                    lines[at] = replace(line, runs=runs)
                    blocks[number] = replace(block, lines=lines)
                    return


def _number(runs: Iterable[Run], numbers: Iterator[int]) -> list[Run]:
    """Return `runs` with an anchor on each mark."""
    return [replace(run, anchor=f"hit-{next(numbers)}") if run.marked else run for run in runs]
