"""Ranges of dates that results can be narrowed to: the last day, week, month and year, or any."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from web.languages import gettext as _
from web.parameters import PageRequest


@dataclass(frozen=True, slots=True)
class DateRange:
    """A range that is offered by a name; `is_chosen` where results are narrowed to it now."""

    name: str
    since: str
    is_chosen: bool


def date_ranges(asked: PageRequest, today: date) -> Sequence[DateRange]:
    """Return the ranges that end today, the shortest first, and all time before them."""
    found = (
        (_("时间不限"), ""),
        (_("一天内"), (today - timedelta(days=1)).isoformat()),
        (_("一周内"), (today - timedelta(days=7)).isoformat()),
        (_("一月内"), _months_before(today, 1).isoformat()),
        (_("一年内"), _months_before(today, 12).isoformat()),
    )
    return [
        DateRange(name, since, not asked.until and asked.since == since) for name, since in found
    ]


def named_range(asked: PageRequest, ranges: Sequence[DateRange]) -> str:
    """Return what the range that results are narrowed to is called."""
    for one in ranges:
        if one.is_chosen:
            return one.name
    if asked.since == asked.until:
        return asked.since
    return f"{asked.since or _('最早')} – {asked.until or _('最新')}"


def first_day(bound: str) -> str:
    """Return the first day of a year, a month or a day; nothing for what is none of these.

    >>> first_day("2024"), first_day("2024-06"), first_day("x")
    ('2024-01-01', '2024-06-01', '')
    """
    return _day(bound, 1)


def last_day(bound: str) -> str:
    """Return the last day of a year, a month or a day; nothing for what is none of these.

    >>> last_day("2024"), last_day("2024-02"), last_day("2024-06-28")
    ('2024-12-31', '2024-02-29', '2024-06-28')
    """
    return _day(bound, -1)


def _day(bound: str, which: int) -> str:
    try:
        match [int(part) for part in bound.split("-")]:
            case [year]:
                day = date(year, 12, 31) if which < 0 else date(year, 1, 1)
            case [year, month]:
                day = date(year, month, monthrange(year, month)[1] if which < 0 else 1)
            case [year, month, number]:
                day = date(year, month, number)
            case _:
                return ""
    except ValueError:
        return ""
    return day.isoformat()


def _months_before(day: date, months: int) -> date:
    """Return the day of the same number so many months before, or the last of that month.

    >>> _months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
