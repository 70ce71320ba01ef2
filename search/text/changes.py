"""What folding made of single characters: in width, script and case, each change once.

For people: nothing here decides how a text is folded.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.text.offsets import Offsets
from search.text.script import simplified
from search.text.width import LINE_BREAKS, USUAL_BLOCK, visible


@dataclass(frozen=True, slots=True)
class Change:
    """What stands otherwise in the folded text, how often, and where first.

    `kinds` are those of "script", "width", "case", "invisible" (characters that take no room) and
    "line end" that made it so.
    """

    before: str
    after: str
    kinds: tuple[str, ...]
    count: int
    first: int  # code point of the text


def changes_of(text: str, folded: str, offsets: Offsets) -> list[Change]:
    """Return the changes that made `folded` of `text`, in the order in which they are met.

    Letters and digits that changed alike and touch are one change, Han characters one each.
    """
    counts: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for start, before, after, kinds in _changes(text, folded, offsets):
        counts.setdefault((before, after, kinds), [start, 0])[1] += 1
    return [Change(*change, count, first) for change, (first, count) in counts.items()]


def _changes(
    text: str, folded: str, offsets: Offsets
) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
    """Yield start, characters before and after, and kinds of each change."""
    start, before, after = 0, "", ""  # of what may go on
    alike: tuple[str, ...] = ()
    for at, one, other in _pairs(text, folded, offsets):
        if one == other:
            continue
        kinds = kinds_of(one, other)
        if before and (at, kinds) == (start + len(before), alike) and one.isalnum():
            before, after = before + one, after + other
            continue
        if before:
            yield start, before, after, alike
        if "script" in kinds or not one.isalnum():
            yield at, one, other, kinds
            before = ""
        else:
            start, before, after, alike = at, one, other, kinds
    if before:
        yield start, before, after, alike


def _pairs(text: str, folded: str, offsets: Offsets) -> Iterator[tuple[int, str, str]]:
    """Yield start, characters of the text and what they became: one each, or a whole block."""
    raw = at = 0
    for edit in offsets.edits:
        yield from _in_step(text[raw : edit.raw_start], folded[at : edit.start], raw)
        yield edit.raw_start, text[edit.raw_start : edit.raw_end], folded[edit.start : edit.end]
        raw, at = edit.raw_end, edit.end
    yield from _in_step(text[raw:], folded[at:], raw)


def _in_step(text: str, folded: str, start: int) -> Iterator[tuple[int, str, str]]:
    pairs: Sequence[tuple[str, str]] = list(zip(text, folded, strict=True))
    return ((at, *pair) for at, pair in enumerate(pairs, start=start))


def kinds_of(before: str, after: str) -> tuple[str, ...]:
    """Return what about a block of characters was folded.

    >>> kinds_of("產", "产"), kinds_of("Ａ", "a"), kinds_of("A", "a")
    (('script',), ('width', 'case'), ('case',))
    """
    if before == after:
        return ()
    if len(before) > USUAL_BLOCK:
        return ("width",)  # of a damaged or hostile file; to find out more would take long
    shown = visible(before)
    plain = unicodedata.normalize("NFKC", shown)
    simple = simplified()
    in_script = "".join(simple.get(character, character) for character in plain)
    told = {
        "invisible": shown != before,
        "width": plain != shown,
        "script": in_script != plain,
        "case": any(character.lower() != character for character in in_script),
        "line end": any(character in LINE_BREAKS[1:] for character in plain),
    }
    return tuple(kind for kind, is_so in told.items() if is_so)
