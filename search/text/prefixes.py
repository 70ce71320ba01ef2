"""What stands before the text of a line and is none of it: `> ` of a mail that is cited, the mark
of a list's item, the blanks that the item's other lines are set in by.

Only where the next line goes on in the same way: a mark of its own is the author's.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

_QUOTE = r"(?:>[ ]?)+"
_ITEM = r"[ ]*(?:[-*+•]|[0-9]{1,3}[.)])[ ]+|[ ]*[0-9]{1,3}、[ ]*"
_LEAST_INDENT = 2
_LOOSE = 2  # columns that an indent may exceed its mark by: 、 takes two


class Peeled(NamedTuple):
    """The lines of a text without what stands before them, and as wide as whatever broke them saw.

    A mail is cited after it was broken, and a list is broken with its blanks.
    """

    bodies: Sequence[str]
    measured: Sequence[str]
    starts: AbstractSet[int]  # lines that do not go on from the one before
    prefixes: Mapping[int, int]  # line → characters before its body, where there are any


def peeled(lines: Sequence[str]) -> Peeled:
    """Return the lines, blanks at their ends off, without the prefixes of citations and lists.

    >>> peeled(["> 甲", "> 乙", "- 丙", "  丁"]).bodies
    ['甲', '乙', '丙', '丁']
    """
    if not any(line.startswith((">", "  ")) for line in lines):
        return Peeled(lines, lines, frozenset(), {})
    bodies, measured = list(lines), list(lines)
    starts: set[int] = set()
    prefixes: dict[int, int] = {}
    before = ""
    done = 0  # up to here lines belong to an item
    for number, line in enumerate(lines):
        marks = ""
        if line.startswith(">") and (quote := _quote().match(line)):
            bodies[number] = measured[number] = line[quote.end() :]
            prefixes[number] = quote.end()
            marks = quote[0].replace(" ", "")
        if marks != before:
            starts.add(number)
        before = marks
        if number >= done and (item := _item(lines, number)):
            starts.add(number)
            for at, size in enumerate(item, start=number):
                bodies[at], prefixes[at] = lines[at][size:], size
            done = number + len(item)
            starts.add(done)
    return Peeled(bodies, measured, starts, prefixes)


def _item(lines: Sequence[str], number: int) -> list[int]:
    """Return the prefix of each line of the item that begins in a line, if it has several."""
    after = number + 1
    if after == len(lines) or not lines[after].startswith(" "):
        return []
    mark = _mark().match(lines[number])
    indent = _indent(lines[after])
    if mark is None or not _LEAST_INDENT <= indent <= mark.end() + _LOOSE:
        return []
    end = after
    while end < len(lines) and _indent(lines[end]) == indent and not _mark().match(lines[end]):
        end += 1
    return [mark.end()] + [indent] * (end - after) if end > after else []


def _indent(line: str) -> int:
    body = line.lstrip(" ")
    return len(line) - len(body) if body.strip() else 0


# Compiled when first used: a search folds its query, and needs neither.
@cache
def _quote() -> re.Pattern[str]:
    return re.compile(_QUOTE)


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(_ITEM)
