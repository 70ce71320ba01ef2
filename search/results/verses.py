"""Which lines of a text are verse: of 3 to 8 characters a clause and alike, or in even stanzas.

A line by itself is none: a saying of twice four characters is a paragraph like any other.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from search.text.characters import HAN

LONGEST = 60  # characters of a line that can be verse
_SONG_CHARS = 20  # of a line of verse that has no measure
_COUPLETS = 2  # lines of two clauses and more, that make a poem
_LINES = 4  # of one clause, or of no measure
_STANZAS = 2
_STANZA_LINES = range(2, 13)
_OPEN_SHARE = 1 / 3  # of the lines of a stanza that end with a comma, as no paragraph does
_COMMAS = tuple("，、,;；")


def verses_in(lines: Sequence[str], may_be: Sequence[bool]) -> set[int]:
    """Return the numbers of the lines that are verse; `lines` have no blanks at their ends.

    Only lines that `may_be` are looked at; blank ones between may stand between stanzas.
    """
    found: set[int] = set()
    measures = [
        _measure(line) if may and 0 < len(line) <= LONGEST else None
        for line, may in zip(lines, may_be, strict=True)
    ]
    for stretch in _stretches(lines, measures):
        clauses = [measures[number] for number in stretch]
        couplets = sum(clause is not None and clause[1] > 1 for clause in clauses)
        if couplets >= _COUPLETS or len(stretch) >= _LINES:
            found.update(stretch)
    found |= _amid(found, lines, may_be)
    stanzas = list(_stanzas(lines, may_be))
    for stanza in stanzas:
        if len(stanza) >= _LINES and _is_open(lines, stanza):
            found.update(stanza)
    for poem in _poems(stanzas, lines):
        found.update(number for stanza in poem for number in stanza)
    return found


def _measure(line: str) -> tuple[int, int] | None:
    """Return how many characters the clauses of a line have, and how many those are, if alike.

    >>> _measure("床前明月光，疑是地上霜。"), _measure("疑是地上霜")
    ((5, 2), None)
    """
    if not _clauses().fullmatch(line):
        return None
    sizes = {len(clause) for clause in _mark().split(line) if clause}
    count = sum(1 for _ in _mark().finditer(line))
    return (sizes.pop(), count) if len(sizes) == 1 else None


def _stretches(
    lines: Sequence[str], measures: Sequence[tuple[int, int] | None]
) -> Iterator[list[int]]:
    """Yield the lines of one measure that follow one another, blank ones left out."""
    stretch: list[int] = []
    size = 0
    for number, (line, measure) in enumerate(zip(lines, measures, strict=True)):
        if measure and (not stretch or measure[0] == size):
            stretch.append(number)
            size = measure[0]
        elif measure:
            yield stretch
            stretch, size = [number], measure[0]
        elif line and stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _amid(found: set[int], lines: Sequence[str], may_be: Sequence[bool]) -> set[int]:
    """Return the lines of verse of another measure that stand with others, and are fewer."""
    taken: set[int] = set()
    start = 0
    for number in range(len(lines) + 1 if found else 0):
        if number < len(lines) and may_be[number] and 0 < len(lines[number]) <= LONGEST:
            continue
        block = range(start, number)
        if 2 * sum(n in found for n in block) > len(block):
            taken.update(n for n in block if _is_clause(lines[n]))
        start = number + 1
    return taken


def _is_clause(line: str) -> bool:
    return len(line) <= _SONG_CHARS and _mark().match(line[-1]) is not None


def _stanzas(lines: Sequence[str], may_be: Sequence[bool]) -> Iterator[range]:
    """Yield the lines that stand together between blank ones, where all may be sung."""
    start, is_song = 0, True
    for number in range(len(lines) + 1):
        line = lines[number] if number < len(lines) else ""
        if line:
            is_song = is_song and may_be[number] and _is_sung(line)
            continue
        if is_song and number - start in _STANZA_LINES:
            yield range(start, number)
        start, is_song = number + 1, True


def _is_sung(line: str) -> bool:
    return len(line) <= _SONG_CHARS and _sung().fullmatch(line) is not None


def _is_open(lines: Sequence[str], stanza: range) -> bool:
    return sum(lines[n].endswith(_COMMAS) for n in stanza) > _OPEN_SHARE * len(stanza)


def _poems(stanzas: Sequence[range], lines: Sequence[str]) -> Iterator[list[range]]:
    """Yield stanzas that follow one another and have as many lines each."""
    poem: list[range] = []
    for stanza in stanzas:
        goes_on = (
            poem and len(stanza) == len(poem[-1]) and not any(lines[poem[-1].stop : stanza.start])
        )
        if not goes_on:
            if len(poem) >= _STANZAS:
                yield poem
            poem = []
        poem.append(stanza)
    if len(poem) >= _STANZAS:
        yield poem


# Compiled when first used: a search in a terminal asks for no lines.
@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(rf"(?:[{HAN}□]{{3,8}}[，。？！；、：,?!;])+")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile("[，。？！；、：,?!;]")


@cache
def _sung() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}□][{HAN}□，、。？！…—· \u3000]*")
