"""The map from folded text back to the author's own text.

Most characters keep their length when folded, so the map holds only the places where the two texts
differ (`Edit`); between edits they run in step. What an edit means to a reader (a gloss, a layout
break) is kept with it, so that a page can show it without detecting it again.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

Span = tuple[int, int]  # code points, end exclusive


class Kind(IntEnum):
    """Why folded and original text differ at a place."""

    WIDTH = 0  # normalization or case changed the length
    GLOSS = 1  # a pinyin gloss was dropped; the edit covers its Han character too
    BREAK = 2  # a line break inside a sentence was dropped


class Edit(NamedTuple):
    """`raw_start:raw_end` of the original stands as `start:end` in the folded text, as a block."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    kind: Kind = Kind.WIDTH


_raw_start = attrgetter("raw_start")
_raw_end = attrgetter("raw_end")


class Offsets:
    """Maps spans of the folded text to the exact spans of the original they stand for.

    Edits are in the order of both texts and do not overlap. A block is indivisible: a span that
    touches one covers it whole. A dropped stretch (`start == end`) belongs to neither neighbour.
    """

    __slots__ = ("_starts", "edits")

    def __init__(self, edits: Sequence[Edit] = ()) -> None:
        self.edits = tuple(edits)
        self._starts = [edit.start for edit in self.edits]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offsets) and self.edits == other.edits

    def __hash__(self) -> int:
        return hash(self.edits)

    def __repr__(self) -> str:
        return f"Offsets({list(self.edits)!r})"

    def raw_span(self, start: int, end: int) -> Span:
        """Return the original span that folded `start:end` stands for; empty spans stay empty."""
        if not self.edits:
            return start, max(start, end)
        if start >= end:
            at = self._raw(start)[0]
            return at, at
        return self._raw(start)[0], self._raw(end - 1)[1]

    def raw_spans(self, spans: Iterable[Span]) -> list[Span]:
        """Return the original span of each folded span, in the given order."""
        if not self.edits:
            return list(spans)
        return [self.raw_span(start, end) for start, end in spans]

    def dropped(self, kind: Kind, start: int = 0, end: int | None = None) -> list[Span]:
        """Return the original spans of all that was dropped for the reason `kind`.

        Of these only those that lie, in part at least, in `start:end` of the original. A gloss is
        given without the Han character that it follows.
        """
        if not self.edits:
            return []
        shift = 1 if kind is Kind.GLOSS else 0
        first = bisect_right(self.edits, start, key=_raw_end)
        last = len(self.edits) if end is None else bisect_left(self.edits, end, key=_raw_start)
        return [(e.raw_start + shift, e.raw_end) for e in self.edits[first:last] if e.kind is kind]

    def then(self, later: "Offsets") -> "Offsets":
        """Return the map of folding by this map's step first and by `later`'s step next."""
        if not later.edits:
            return self
        if not self.edits:
            return later
        return Offsets(list(_compose(self, later)))

    def to_bytes(self) -> bytes:
        """Return the map in 20 bytes an edit, for storing."""
        numbers = array("I")
        for e in self.edits:
            numbers.extend((e.start, e.end, e.raw_start, e.raw_end, e.kind))
        return numbers.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Offsets":
        """Return the map that `to_bytes` stored."""
        numbers = array("I")
        numbers.frombytes(stored)
        rows = zip(*[iter(numbers)] * 5, strict=True)
        return cls([Edit(a, b, c, d, Kind(kind)) for a, b, c, d, kind in rows])

    def _raw(self, index: int) -> Span:
        """Return the original span of one folded character."""
        at = bisect_right(self._starts, index) - 1
        if at < 0:
            return index, index + 1
        edit = self.edits[at]
        if index < edit.end:
            return edit.raw_start, edit.raw_end
        raw = edit.raw_end + index - edit.end
        return raw, raw + 1


UNCHANGED = Offsets()  # the map of a text that folding left as long as it was, all through


def _compose(first: Offsets, later: Offsets) -> Iterator[Edit]:
    """Yield the edits of two steps as one, blocks that share characters melted together.

    Three texts are in play: the original, the middle one (`first` made it), the folded one.
    """
    shift = 0  # folded index minus middle index, outside `later`'s blocks
    for group in _overlapping(first.edits, later.edits):
        mine = [edit for edit, is_first in group if is_first]
        theirs = [edit for edit, is_first in group if not is_first]
        middle_start = min([e.start for e in mine] + [e.raw_start for e in theirs])
        middle_end = max([e.end for e in mine] + [e.raw_end for e in theirs])
        folded_start = middle_start + shift
        shift += sum((e.end - e.start) - (e.raw_end - e.raw_start) for e in theirs)
        raw_start, raw_end = _cover(first, mine, middle_start, middle_end)
        kind = group[0][0].kind if len(group) == 1 else Kind.WIDTH
        yield Edit(folded_start, middle_end + shift, raw_start, raw_end, kind)


def _cover(first: Offsets, mine: Sequence[Edit], start: int, end: int) -> Span:
    """Return the original span of the middle span `start:end`, its edits `mine` included."""
    if start == end:
        return mine[0].raw_start, mine[-1].raw_end
    raw_start, raw_end = first.raw_span(start, end)
    if mine:
        raw_start, raw_end = min(raw_start, mine[0].raw_start), max(raw_end, mine[-1].raw_end)
    return raw_start, raw_end


def _overlapping(first: Sequence[Edit], later: Sequence[Edit]) -> Iterator[list[tuple[Edit, bool]]]:
    """Yield groups of edits that share characters of the middle text, each with "is first"."""
    events = [(e.start, e.end, True, e) for e in first]
    events += [(e.raw_start, e.raw_end, False, e) for e in later]
    # A drop at the edge of a block stands outside it: before at its start, after at its end.
    events.sort(key=lambda event: (event[0], event[1], event[2]))
    group: list[tuple[Edit, bool]] = []
    reach = -1
    for start, end, is_first, edit in events:
        if group and start < reach:
            reach = max(reach, end)
        else:
            if group:
                yield group
            group, reach = [], end
        group.append((edit, is_first))
    if group:
        yield group
