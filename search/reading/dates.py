"""Dates as records write them."""

import re
from datetime import date, datetime

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})([Tt ].+)?)?)?")


def iso_date(text: str) -> str:
    """Return `text` as `2024`, `2024-06` or `2024-06-28`, a time of day cut off, or raise.

    The day is the one written: no time zone moves it. What is no such date is a `ValueError`.

    >>> iso_date("2024-06-28T23:30:00Z")
    '2024-06-28'
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day, time = found.groups()
    date(int(year), int(month or 1), int(day or 1))
    if time:
        datetime.fromisoformat(text)
    return text[:10]
