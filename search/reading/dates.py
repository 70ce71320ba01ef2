"""Dates as records write them."""

import re
from datetime import date, datetime

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})([Tt ].+)?)?)?")
# 2024年6月28日, 2024/6/28, 2024.06: with one kind of mark throughout.
_WRITTEN = re.compile(
    r"([0-9]{4})\s*年(?:\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号])?)?"
    r"|([0-9]{4})/([0-9]{1,2})(?:/([0-9]{1,2}))?|([0-9]{4})\.([0-9]{1,2})(?:\.([0-9]{1,2}))?"
)


def iso_date(text: str) -> str:
    """Return `text` as `2024`, `2024-06` or `2024-06-28`, a time of day cut off, or raise.

    The day is the one written: no time zone moves it. What is no such date is a `ValueError`.

    >>> iso_date("2024-06-28T23:30:00Z")
    '2024-06-28'
    >>> iso_date("2024年6月")
    '2024-06'
    """
    written = _WRITTEN.fullmatch(text)
    if written:
        year, *rest = (part for part in written.groups() if part)
        text = "-".join([year, *(part.zfill(2) for part in rest)])
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day, time = found.groups()
    date(int(year), int(month or 1), int(day or 1))
    if time:
        datetime.fromisoformat(text)
    return text[:10]
