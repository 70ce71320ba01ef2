"""Line breaks that a column edge put inside a sentence: 2024年联合⏎⏎招商活动.

A break is joined when the line before it is Chinese prose (40 characters or more, punctuation
inside, no list or heading mark) that ends in a character, so in the middle of a sentence, and the
line after it is a continuation: not indented, not marked, with the end of a sentence in it. On the
7,823 articles of the lctt corpus this joins over a blank line in one article of 211, mostly where
its author forgot the full stop. Texts whose lines are all broken at one width are the subject of
`wrapping`: the breaks that it finds are joined as well.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from search.text.characters import CJK, kind_of
from search.text.offsets import UNCHANGED, Edit, Kind, Offsets, Span
from search.text.wrapping import MARKED, SHORTEST, wrapped_lines

PROSE_CHARACTERS = 40  # shorter lines are bylines, captions, crossheads

MOST_BREAKS = 2  # with one blank line between; wider gaps are the author's

_break = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # all that fold to a line feed
_latin_word = re.compile(r"[^\W\d_]+|\d+")
_inside = re.compile(r"[,，、;；:：。！？!?]")
_sentence_end = re.compile(r"[。！？!?；;…]")
_cut_start = re.compile(r"[^\W_]")


class _Open(dict[str, bool]):
    """Character → whether a line that ends in it may go on: a character, or a blank behind one."""

    def __missing__(self, character: str) -> bool:
        self[character] = may_go_on = kind_of(character) == "CJK" or character.isspace()
        return may_go_on


_is_open = _Open().__getitem__


def join_lines(text: str) -> tuple[str, Offsets]:
    """Return `text` with the breaks inside sentences dropped and the map back to `text`."""
    if "\n" not in text and "\r" not in text:
        return text, UNCHANGED
    parts: list[str] = []
    edits: list[Edit] = []
    done = dropped = 0
    for start, end in _layout_breaks(text):
        edits.append(Edit(start - dropped, start - dropped, start, end, Kind.BREAK))
        parts.append(text[done:start])
        dropped += end - start
        done = end
    if not edits:
        return text, UNCHANGED
    parts.append(text[done:])
    return "".join(parts), Offsets(edits)


def _layout_breaks(text: str) -> Iterator[Span]:
    """Yield what stands between two lines that are one sentence, trailing blanks included."""
    has_returns = "\r" in text
    plain = text.replace("\r\n", " \n").replace("\r", "\n") if has_returns else text
    lines = plain.split("\n")
    # Most lines of most texts are short, or end with a sign: nothing more is asked of those.
    ends = [n for n, line in enumerate(lines) if len(line) >= SHORTEST and _is_open(line[-1])]
    if not ends:
        return
    bare = [line.rstrip() for line in lines] if has_returns else lines
    cut = {
        number
        for number in ends
        if len(lines[number]) >= PROSE_CHARACTERS and _is_cut_prose(lines[number].rstrip())
    }
    wrapped = wrapped_lines(bare, [n for n in ends if kind_of(bare[n][-1:] or " ") == "CJK"])
    if not cut and not wrapped:
        return
    starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
    for number in sorted({*cut, *wrapped}):
        end = starts[number] + len(lines[number].rstrip())
        after = _after(lines, number) if number in cut else None
        if after and _breaks(text, end, starts[after]) <= MOST_BREAKS:
            yield end, starts[after]
        elif number in wrapped:
            yield end, starts[number + 1] + wrapped[number]


def _after(lines: list[str], number: int) -> int | None:
    """Return the number of the next line that is not blank, if it goes on with a sentence."""
    after = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), None)
    return after if after is not None and _continues(lines[after]) else None


def _breaks(text: str, start: int, end: int) -> int:
    return len(_break.findall(text, start, end))


def _is_cut_prose(line: str) -> bool:
    # A break after a comma or before a quotation mark cuts no word, so it is left; a Latin end is
    # too often an address, a name or a command.
    if len(line) < PROSE_CHARACTERS or kind_of(line[-1]) != "CJK" or _marked().match(line):
        return False
    if not _inside.search(line):
        return False
    return len(_cjk().findall(line)) > sum(1 for _ in _latin_word.finditer(line))


# Compiled when first used: a search folds its query, and needs neither.
@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(f"[{CJK}]")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(MARKED)


def _continues(line: str) -> bool:
    if not _cut_start.match(line) or _marked().match(line):
        return False
    return _sentence_end.search(line) is not None
