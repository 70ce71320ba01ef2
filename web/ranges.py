"""Links to a stretch of an article's text that lead there still when the text has moved.

`at=120-180-57-2f0c55e1`: code points of the body, end exclusive; then how many of them are no
blanks, and a sum of these, by which the stretch is found again where something before it was added
or taken out. The script makes the sum of what a page shows, which leaves out some line ends: so no
blank counts.
"""

import re
from bisect import bisect_left

_range = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9]{1,9})-([0-9a-f]{8}))?")
_ink = re.compile(r"[^\s\ufeff]")
_BASE, _BITS = 31, 0xFFFFFFFF


def read_range(value: str, body: str) -> tuple[int, int] | None:
    """Return the stretch of `body` that `at` means; None where it is none or no longer there.

    A link that was cut short in some mail still leads to the article.
    """
    match = _range.fullmatch(value.strip())
    if not match or int(match[1]) >= int(match[2]):
        return None
    start, end = int(match[1]), min(int(match[2]), len(body))
    if match[3] is None:
        return (start, end) if start < end else None
    return _found(body, start, int(match[3]), int(match[4], 16))


def checked(body: str, start: int, end: int) -> str:
    """Return what `at` is for a stretch of `body`, to be found again.

    >>> checked("长三角的港口", 4, 6)
    '4-6-2-000dab94'
    """
    ink = _ink.findall(body[start:end])
    return f"{start}-{end}-{len(ink)}-{_sum(ink):08x}"


def _sum(ink: list[str]) -> int:
    """Return the sum of characters by powers of 31, in 32 bits, as the script makes it."""
    total = 0
    for character in ink:
        total = (total * _BASE + ord(character)) & _BITS
    return total


def _found(body: str, start: int, count: int, wanted: int) -> tuple[int, int] | None:
    """Return the stretch of so many characters with this sum that begins nearest to `start`."""
    places = [match.start() for match in _ink.finditer(body)]
    if not 0 < count <= len(places):
        return None
    here = bisect_left(places, start)
    found = _windows([body[place] for place in places], count, wanted)
    first = min(found, key=lambda at: abs(at - here), default=None)
    return None if first is None else (places[first], places[first + count - 1] + 1)


def _windows(ink: list[str], count: int, wanted: int) -> list[int]:
    """Return where stretches of `count` characters with this sum begin; each is read once."""
    highest = pow(_BASE, count, _BITS + 1)
    total = _sum(ink[:count])
    found = [0] if total == wanted else []
    for at in range(1, len(ink) - count + 1):
        total = (total * _BASE + ord(ink[at + count - 1]) - highest * ord(ink[at - 1])) & _BITS
        if total == wanted:
            found.append(at)
    return found
