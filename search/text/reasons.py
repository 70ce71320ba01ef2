"""Why a text was folded as it was: what was dropped or joined, what was kept, each with the reason.

For people, when they ask: the rules themselves stand in `gloss`, `layout` and `wrapping`, which
decide by the names that are told here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.messages import message
from search.text.changes import Change, changes_of
from search.text.gloss import (
    NO_TONE,
    candidates,
    drop_glosses,
    find_damage,
    readings,
    refusal,
)
from search.text.layout import (
    WRAPPED,
    join_lines,
    layout_breaks,
    lines_of,
    starts_of,
    why_apart,
    why_not_cut,
    why_not_going_on,
    wrapping_of,
)
from search.text.offsets import Offsets, Span
from search.text.script import counterparts
from search.text.width import fold_width
from search.text.wrapping import why_not_wrapped

# Brackets with a letter that bears a tone in them, where no single syllable stands behind a Han.
_looks_like_gloss = re.compile(
    "[(（][^()（）\n]{0,40}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ\u0304\u030c][^()（）\n]{0,40}[)）]"
)
SHOWN_READINGS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the text given, and why it was dropped there, joined, or kept."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that folding did to a text, or might have done, in the order of the text."""

    dropped: Sequence[Place]  # glosses
    kept: Sequence[Place]  # brackets that look like glosses
    joined: Sequence[Place]  # breaks between lines
    breaks: Sequence[Place]  # those that were kept
    columns: int  # of lines that were all broken at one width, else 0
    not_wrapped: str  # why no lines are such
    changes: Sequence[Change]


def reasons_of(text: str) -> Reasons:
    """Return why `fold(text)` is what it is.

    >>> [place.reason for place in reasons_of("產(chǎn)業(GDP)").dropped]
    ['chǎn is a reading of 產']
    """
    plain, glosses = drop_glosses(text)
    joined, breaks = join_lines(plain)
    folded, width = fold_width(joined)
    before_width = glosses.then(breaks)
    brackets = list(_brackets(text))
    wrapping = wrapping_of(plain, *lines_of(plain))
    return Reasons(
        [place for place, is_gloss in brackets if is_gloss],
        [place for place, is_gloss in brackets if not is_gloss],
        [_placed(glosses, *found) for found in _joined(plain, wrapping.columns)],
        [_placed(glosses, *found) for found in _kept_breaks(plain)],
        wrapping.columns if wrapping.lines else 0,
        wrapping.reason,
        [
            Change(
                change.before,
                change.after,
                change.kinds,
                change.count,
                before_width.raw_span(change.first, change.first + 1)[0],
            )
            for change in changes_of(joined, folded, width)
        ],
    )


def _brackets(text: str) -> Iterator[tuple[Place, bool]]:
    """Yield what is a gloss, or looks like one, in order, and whether it is."""
    found: dict[Span, tuple[str, bool]] = {}
    for match in candidates(text):
        han = text[match.start() - 1]
        refused = refusal(match[1], han)
        found[match.span()] = _told(match[1], han, refused), not refused
    taken = {at for start, end in found for at in range(start, end)}
    taken.update(at for place in find_damage(text) for at in range(place.start, place.end))
    for match in _looks_like_gloss.finditer(text):
        if taken.isdisjoint(range(*match.span())):
            found[match.span()] = message("no single syllable behind a Han character"), False
    for span, (reason, is_gloss) in sorted(found.items()):
        yield Place(*span, reason), is_gloss


def _told(syllable: str, han: str, refused: str) -> str:
    if not refused:
        return message("{syllable} is a reading of {han}", syllable=syllable, han=han)
    if refused == NO_TONE:
        return message("{refused} in {syllable}", refused=refused, syllable=syllable)
    known = sorted({reading for one in counterparts(han) for reading in readings(one)})
    others = ", ".join(known[:SHOWN_READINGS]) + (", …" if len(known) > SHOWN_READINGS else "")
    return message(
        "{syllable} is no reading of {han}: {others}",
        syllable=syllable,
        han=han,
        others=others or message("none is known"),
    )


def _joined(text: str, columns: int) -> Iterator[tuple[int, int, str]]:
    for start, end, rule in layout_breaks(text):
        yield start, end, f"{rule}: {columns} columns" if rule == WRAPPED else rule


def _kept_breaks(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what stands between two lines with text in them where it was not dropped, and why."""
    lines, ends = lines_of(text)
    starts, wrapping = starts_of(lines), wrapping_of(text, lines, ends)
    joined = {start for start, _, _ in layout_breaks(text)}
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number, after in pairwise(filled):
        bare = lines[number].rstrip()
        start, end = starts[number] + len(bare), starts[after]
        if start not in joined:
            why = why_not_cut(bare) or why_not_going_on(lines[after]) or why_apart(text, start, end)
            # Where lines are broken at one width, that rule asks less: what it says is nearer.
            yield start, end, why_not_wrapped(wrapping, number) if wrapping.lines else why


def _placed(offsets: Offsets, start: int, end: int, reason: str) -> Place:
    return Place(*offsets.raw_span(start, end), reason)
