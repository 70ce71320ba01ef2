"""An article laid out for reading: title, paragraphs, and its marks numbered in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from search.archive import Article, Piece, split_lines
from web.marks import Run, gather


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the article page draws; `marks` is how many marks there are, `hit-1` the first.

    `has_glosses` says whether there are any that a reader may want to hide.
    """

    title: Sequence[Run]
    paragraphs: Sequence[Sequence[Run]]
    marks: int
    has_glosses: bool = False


def lay_out(article: Article) -> ArticleView:
    """Return `article` ready to draw; a first line that is the title itself is not repeated."""
    lines = list(split_lines(article.body.pieces))
    if lines and _plain(lines[0]) == article.title.text.strip():
        del lines[0]
    numbers = count(1)
    title = _number(gather(article.title.pieces), numbers)
    paragraphs = [_number(gather(line), numbers) for line in lines]
    has_glosses = bool(article.title.glosses or article.body.glosses)
    return ArticleView(title, paragraphs, next(numbers) - 1, has_glosses)


def _plain(line: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in line).strip()


def _number(runs: Iterable[Run], numbers: Iterator[int]) -> list[Run]:
    """Return `runs` with an anchor on each mark."""
    return [replace(run, anchor=f"hit-{next(numbers)}") if run.marked else run for run in runs]
