"""How far apart strings stand in a text: in elements, by the numbers that `batch` gives them.

A character or a token that lies between two strings counts one, and so does each place where more
than a space parts two of them: what another sentence begins with is farther than what stands in the
same. Strings that are near may come in any order, but share no element.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from search.analysis.literal import Literal
from search.analysis.runs import elements
from search.analysis.steps import APART, NEXT
from search.deadline import checked, checked_by_many
from search.text import Span

MOST_NEAR = 8  # strings that are looked for together: the ways to order them double with each


def are_near(literals: Sequence[Literal], distance: int, folded: str) -> bool:
    """Return whether all the literals stand in the folded text with so much between them."""
    found = _Places.of(literals, folded)
    return found is not None and next(found.near(distance), None) is not None


def near_spans(literals: Sequence[Literal], distance: int, folded: str) -> list[Span]:
    """Return where the literals stand that are near all the others, in order."""
    found = _Places.of(literals, folded)
    if found is None:
        return []
    spans: set[Span] = set()
    for start, end in found.near(distance):
        spans.update(found.between(start, end))
    return sorted(spans)


class _Places:
    """Where strings stand in a text, by the numbers of its elements."""

    def __init__(self, spans: Sequence[Sequence[Span]], folded: str) -> None:
        starts, ordinals = numbered(folded)
        self._spans = spans
        self._firsts = [[ordinals[bisect_left(starts, s)] for s, _ in row] for row in spans]
        lasts = [ordinals[bisect_left(starts, row[0][1]) - 1] for row in spans]
        # A string is as long wherever it stands.
        pairs = zip(lasts, self._firsts, strict=True)
        self._lengths = [last - firsts[0] + 1 for last, firsts in pairs]

    @classmethod
    def of(cls, literals: Sequence[Literal], folded: str) -> "_Places | None":
        """Return where the literals stand, or None where any of them does nowhere."""
        spans = [literal.every_span(folded) for literal in literals]
        return cls(spans, folded) if all(spans) else None

    def near(self, distance: int) -> Iterator[tuple[int, int]]:
        """Yield from which element up to which all the strings stand, in all ways that are near."""
        room = sum(self._lengths) + distance
        for at in checked(sorted({first for row in self._firsts for first in row})):
            if self._fit_alone(at, at + room) and self._end_of_all(at, at + room) <= at + room:
                yield at, at + room

    def between(self, start: int, end: int) -> Iterator[Span]:
        """Yield the places of the strings that lie between two elements, the latter left out."""
        for spans, row, length in zip(self._spans, self._firsts, self._lengths, strict=True):
            yield from spans[bisect_left(row, start) : bisect_right(row, end - length)]

    def _fit_alone(self, start: int, end: int) -> bool:
        """Return whether each string, whatever the others take up, stands between two elements."""
        for row, length in zip(self._firsts, self._lengths, strict=True):
            at = bisect_left(row, start)
            if at == len(row) or row[at] + length > end:
                return False
        return True

    def _end_of_all(self, start: int, most: int) -> int:
        """Return where all strings, one behind the other, end that begin from `start` on.

        Of some of them the least end is worked out from that of all these but one: whichever it is
        that comes last, it is best put behind the least end of the others.
        """
        count = len(self._firsts)
        ends = [start] + [most + 1] * ((1 << count) - 1)  # of the strings whose bits are set
        for some in range(1, len(ends)):
            for at in range(count):
                before = ends[some & ~(1 << at)]
                if some >> at & 1 and before <= most:
                    row = self._firsts[at]
                    next_ = bisect_left(row, before)
                    if next_ < len(row):
                        ends[some] = min(ends[some], row[next_] + self._lengths[at])
        return ends[-1]


def numbered(folded: str) -> tuple[list[int], list[int]]:
    """Return where each element of a folded text begins, and its number."""
    starts: list[int] = []
    ordinals: list[int] = []
    ordinal = end = 0
    was_cjk = False
    for stretch, begin, is_cjk in checked_by_many(elements(folded)):
        for at in range(len(stretch) if is_cjk else 1):
            between = folded[end : begin + at]
            free = between.isspace() and "\n" not in between and not (is_cjk and was_cjk)
            ordinal += NEXT if not between or free else APART
            starts.append(begin + at)
            ordinals.append(ordinal)
            end = begin + at + (1 if is_cjk else len(stretch))
            was_cjk = is_cjk
    return starts, ordinals
