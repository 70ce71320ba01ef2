"""An article laid out for reading: title, lines by their kind, marks numbered in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from search.archive import Article, Piece, all_lines
from web.hit_map import Tick, ticks
from web.marks import Run, gather

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the body; `start` is where it begins in the author's text, code points."""

    runs: Sequence[Run]
    start: int
    kind: str = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the article page draws; `marks` is how many marks there are, `hit-1` the first.

    `has_glosses` says whether there are any that a reader may want to hide; `range_start` is where
    the stretch that a link means begins.
    """

    title: Sequence[Run]
    lines: Sequence[LineView]
    marks: int
    has_glosses: bool = False
    ticks: Sequence[Tick] = ()


def lay_out(article: Article, stretch: Span | None = None) -> ArticleView:
    """Return `article` ready to draw; a first line that is the title itself is not repeated.

    `stretch` is the part of the body that a link means.
    """
    pieces = article.body.pieces
    if stretch:
        pieces = list(_parted(pieces, stretch))
    lines = [line for line in all_lines(pieces) if _plain(line)]
    if lines and _plain(lines[0]) == article.title.text.strip():
        del lines[0]
    numbers = count(1)
    title = _number(gather(article.title.pieces), numbers)
    views = [
        LineView(_number(gather(line, stretch, with_places=True), numbers), line[0].start)
        for line in lines
    ]
    _name_first_pointed(views)
    has_glosses = bool(article.title.glosses or article.body.glosses)
    return ArticleView(
        title, views, next(numbers) - 1, has_glosses, ticks(title, [view.runs for view in views])
    )


def _parted(pieces: Iterable[Piece], stretch: Span) -> Iterator[Piece]:
    """Yield the pieces, those that `stretch` begins or ends in cut there."""
    for piece in pieces:
        end = piece.start + len(piece.text)
        cuts = sorted({piece.start, end, *(at for at in stretch if piece.start < at < end)})
        for first, last in pairwise(cuts):
            text = piece.text[first - piece.start : last - piece.start]
            yield piece._replace(text=text, start=first)
        if len(cuts) == 1:
            yield piece


def _plain(line: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in line).strip()


def _name_first_pointed(views: list[LineView]) -> None:
    """Give the beginning of the stretch that a link means the name by which it is found."""
    for at, view in enumerate(views):
        for place, run in enumerate(view.runs):
            if run.pointed:
                runs = [*view.runs]
                runs[place] = replace(run, is_goal=True)
                views[at] = replace(view, runs=runs)
                return


def _number(runs: Iterable[Run], numbers: Iterator[int]) -> list[Run]:
    """Return `runs` with an anchor on each mark."""
    return [replace(run, anchor=f"hit-{next(numbers)}") if run.marked else run for run in runs]
