"""How far apart strings stand in a text: in elements, by the numbers that `batch` gives them.

A character or a token that lies between two strings counts one, and so does each place where more
than a space parts two of them: what another sentence begins with is farther than what stands in the
same. Strings that are near may come in any order, but share no element.
"""

from bisect import bisect_left
from collections.abc import Sequence

from search.analysis.literal import Literal
from search.analysis.runs import elements
from search.analysis.steps import APART, NEXT

MOST_NEAR = 8  # strings that are looked for together: the ways to order them double with each


def are_near(literals: Sequence[Literal], distance: int, folded: str) -> bool:
    """Return whether all the literals stand in the folded text with so much between them."""
    starts, ordinals = numbered(folded)
    firsts: list[list[int]] = []
    lengths: list[int] = []
    for literal in literals:
        spans = literal.every_span(folded)
        if not spans:
            return False
        firsts.append([ordinals[bisect_left(starts, start)] for start, _ in spans])
        last = ordinals[bisect_left(starts, spans[0][1]) - 1]
        lengths.append(last - firsts[-1][0] + 1)
    room = sum(lengths) + distance
    return any(
        _end_of_all(firsts, lengths, at, at + room) <= at + room
        for at in sorted({first for row in firsts for first in row})
    )


def numbered(folded: str) -> tuple[list[int], list[int]]:
    """Return where each element of a folded text begins, and its number."""
    starts: list[int] = []
    ordinals: list[int] = []
    ordinal = end = 0
    was_cjk = False
    for stretch, begin, is_cjk in elements(folded):
        for at in range(len(stretch) if is_cjk else 1):
            between = folded[end : begin + at]
            free = between.isspace() and "\n" not in between and not (is_cjk and was_cjk)
            ordinal += NEXT if not between or free else APART
            starts.append(begin + at)
            ordinals.append(ordinal)
            end = begin + at + (1 if is_cjk else len(stretch))
            was_cjk = is_cjk
    return starts, ordinals


def _end_of_all(
    firsts: Sequence[Sequence[int]], lengths: Sequence[int], start: int, most: int
) -> int:
    """Return where all strings, each once and one behind the other, end that begin from `start` on.

    Of some of them the least end is worked out from that of all these but one: whichever it is that
    comes last, it is best put behind the least end of the others.
    """
    ends = [start] + [most + 1] * ((1 << len(firsts)) - 1)  # of the strings whose bits are set
    for some in range(1, len(ends)):
        for at, row in enumerate(firsts):
            before = ends[some & ~(1 << at)]
            if some >> at & 1 and before <= most:
                next_ = bisect_left(row, before)
                if next_ < len(row):
                    ends[some] = min(ends[some], row[next_] + lengths[at])
    return ends[-1]
