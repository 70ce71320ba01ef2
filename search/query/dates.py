"""The value of `date:` → a range: 2024, 2024-06..2024-07, 2024.., ..2024-06-28, 2024年6月."""

import re
from datetime import date

from search.query.tree import Dated

_range = re.compile(r"(.*?)\.{2,}(.*)", re.DOTALL)
_date = re.compile(
    r"([0-9]{4})"
    r"(?:年(?:([0-9]{1,2})月(?:([0-9]{1,2})[日号])?)?|([-/.])([0-9]{1,2})(?:\4([0-9]{1,2}))?)?"
)


def dated(folded: str) -> Dated | None:
    """Return the range that a folded value names, or None when it names none.

    A range written backwards is turned round.

    >>> dated("2024年6月..2024/7/1")
    Dated(since='2024-06', until='2024-07-01')
    """
    value = "".join(folded.split())
    ends = _range.fullmatch(value)
    since, until = map(_iso, ends.groups()) if ends else (_iso(value),) * 2
    if since is None or until is None or not (since or until):
        return None
    length = min(len(since), len(until))
    if since[:length] > until[:length]:
        since, until = until, since
    return Dated(since, until)


def _iso(text: str) -> str | None:
    """Return a date as 2024, 2024-06 or 2024-06-28, nothing for nothing, and None for no date."""
    if not text:
        return ""
    found = _date.fullmatch(text)
    if found is None:
        return None
    parts = [int(part) for part in (found[1], found[2] or found[5], found[3] or found[6]) if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
