"""Line breaks that a column edge put inside a sentence: 2024年联合⏎⏎招商活动.

A break is joined when the line before it is Chinese prose (40 characters or more, punctuation
inside, no list or heading mark) that ends in a character, so in the middle of a sentence, and the
line after it is a continuation: not indented, not marked, with the end of a sentence in it. On the
7,823 articles of the lctt corpus this joins over a blank line in one article of 211, mostly where
its author forgot the full stop. Text that is hard-wrapped throughout, and Markdown, are not this
module's subject yet.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from search.text.characters import CJK, kind_of
from search.text.offsets import UNCHANGED, Edit, Kind, Offsets, Span

PROSE_CHARACTERS = 40  # shorter lines are bylines, captions, crossheads

MOST_BREAKS = 2  # with one blank line between; wider gaps are the author's

_break = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # all that fold to a line feed
_latin_word = re.compile(r"[^\W\d_]+|\d+")
_inside = re.compile(r"[,，、;；:：。！？!?]")
_sentence_end = re.compile(r"[。！？!?；;…]")
_cut_start = re.compile(r"[^\W_]")
# Headings, lists, quotations, tables, code, captions: lines that layout set apart on purpose.
_MARKED = (
    r"\s*(?:[#>|*+\-=_~`■□●○◆◇▲△▼★☆※·•◎▌【\[<!&$%@{}]|\d+[.、)）]\s?"
    r"|[(（]?[一二三四五六七八九十]+[)）、])"
)


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
    lines = text.replace("\r", "\n").split("\n")
    # Most lines of most texts are short, or end with a sign: nothing more is asked of those.
    cut = [
        number
        for number, line in enumerate(lines)
        if len(line) >= PROSE_CHARACTERS
        and (kind_of(line[-1]) == "CJK" or line[-1].isspace())
        and _is_cut_prose(line.rstrip())
    ]
    if not cut:
        return
    starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
    for number in cut:
        end = starts[number] + len(lines[number].rstrip())
        after = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), None)
        if after is None or not _continues(lines[after]):
            continue
        if _breaks(text, end, starts[after]) <= MOST_BREAKS:
            yield end, starts[after]


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
    return re.compile(_MARKED)


def _continues(line: str) -> bool:
    if not _cut_start.match(line) or _marked().match(line):
        return False
    return _sentence_end.search(line) is not None
