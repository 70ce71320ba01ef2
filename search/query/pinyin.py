"""What Latin letters may be as pinyin: whole syllables without tones, or the initials of some.

`xian` is 先 and 西安: all ways to part letters into syllables are given, within bounds.
"""

import re
from collections.abc import Iterator, Sequence

from search.text.syllables import INITIALS, characters_by_syllable

MOST_LETTERS = 60
MOST_SYLLABLES = 12
MOST_WAYS = 16
FEWEST_INITIALS = 3
MOST_INITIALS = 8
LONGEST_SYLLABLE = 6  # zhuang

_parted = re.compile("[a-z]+(?:['’-][a-z]+)*")


def syllable_ways(text: str) -> list[tuple[str, ...]]:
    """Return the ways to read folded text as pinyin syllables, those of fewest syllables first.

    Spaces, apostrophes and hyphens part syllables; anything else is no pinyin.

    >>> syllable_ways("xian"), syllable_ways("xi'an"), syllable_ways("docker")
    ([('xian',), ('xi', 'an')], [('xi', 'an')], [])
    """
    parts = text.split()
    if not parts or len(text) > MOST_LETTERS or not all(map(_parted.fullmatch, parts)):
        return []
    ways: list[tuple[str, ...]] = [()]
    for letters in re.split("[ '’-]", " ".join(parts)):
        tails = _segmentations(letters)
        found = [(*way, *tail) for way in ways for tail in tails]
        ways = sorted(found, key=len)[:MOST_WAYS]
    return [way for way in ways if len(way) <= MOST_SYLLABLES]


def initials(text: str) -> tuple[str, ...]:
    """Return the letters of folded text if each may begin a syllable, three to eight; else none.

    >>> initials("csj"), initials("gpu"), initials("dan")
    (('c', 's', 'j'), (), ())
    """
    if not FEWEST_INITIALS <= len(text) <= MOST_INITIALS or not set(text) <= INITIALS:
        return ()
    return () if syllable_ways(text) else tuple(text)


def begun_ways(text: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the ways to read folded text as syllables and the letters that begin one more.

    For what is still being typed: of the last syllable any number of letters may be there.

    >>> begun_ways("changs"), begun_ways("chang"), begun_ways("docker")
    ([(('chang',), 's')], [(('chan',), 'g')], [])
    """
    text = text.strip(" '’-")
    ways = []
    for length in range(min(LONGEST_SYLLABLE, len(text) - 1), 0, -1):
        begun = text[-length:]
        if any(syllable.startswith(begun) for syllable in characters_by_syllable()):
            ways += [(way, begun) for way in syllable_ways(text[:-length].rstrip(" '’-"))]
    return ways[:MOST_WAYS]


def _segmentations(letters: str) -> Sequence[tuple[str, ...]]:
    """Return the ways to part letters into syllables, of fewest syllables first, within bounds."""
    known = characters_by_syllable()
    ways: list[list[tuple[str, ...]]] = [[()]]  # of the letters up to each place
    for end in range(1, len(letters) + 1):
        found = [
            (*way, letters[start:end])
            for start in range(max(0, end - LONGEST_SYLLABLE), end)
            if letters[start:end] in known
            for way in ways[start]
        ]
        ways.append(sorted(found, key=_by_length)[:MOST_WAYS])
    return ways[-1]


def _by_length(way: tuple[str, ...]) -> tuple[int, list[int]]:
    return len(way), [-len(syllable) for syllable in way]


def windows(count: int) -> Iterator[tuple[int, int]]:
    """Yield the windows `start, end` of two or more of `count` things, the longest first."""
    for length in range(count, 1, -1):
        for start in range(count - length + 1):
            yield start, start + length
