"""Very long articles, shown a part at a time: a book as one page would be tens of megabytes.

Parts end with a line where one ends near; a part's places are those of the whole body.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from search.archive import Marked
from web.marks import Span

MAX_SHOWN = 100_000  # characters of a part
_NEAR_END = MAX_SHOWN // 10  # characters of it in which a line end is looked for


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body: the how manieth of how many, and where it lies in the whole."""

    number: int
    count: int
    start: int
    end: int


def part_of(body: Marked, asked: str, pointed: Span | None) -> Part:
    """Return the part that is asked for by number, else that of a link, else of the first mark.

    A number that is none, or of no part, asks for nothing.
    """
    edges = _edges(body.text)
    count = len(edges) - 1
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    if not 1 <= number <= count:
        marks = body.spans[:1]
        place = pointed[0] if pointed else marks[0][0] if marks else 0
        number = min(bisect_right(edges, place), count)
    return Part(number, count, edges[number - 1], edges[number])


def cut_out(body: Marked, part: Part) -> Marked:
    """Return a part of a body, with what is marked in it."""
    if part.count == 1:
        return body
    marks, glosses, breaks = (
        _inside(spans, part) for spans in (body.spans, body.glosses, body.breaks)
    )
    return Marked(body.text[part.start : part.end], part.start, marks, glosses, breaks)


def _edges(text: str) -> list[int]:
    """Return where parts begin, and where the last ends."""
    edges = [0]
    while len(text) - edges[-1] > MAX_SHOWN:
        end = edges[-1] + MAX_SHOWN
        edges.append(text.rfind("\n", end - _NEAR_END, end) + 1 or end)
    return [*edges, len(text)]


def _inside(spans: Sequence[Span], part: Part) -> list[Span]:
    """Return the spans, which are in order, as they lie in a part."""
    first = bisect_right(spans, part.start, key=lambda span: span[1])
    last = bisect_left(spans, part.end, key=lambda span: span[0])
    return [
        (max(start, part.start) - part.start, min(end, part.end) - part.start)
        for start, end in spans[first:last]
    ]
