"""Dates as people and programs write them, and nothing that is no date."""

import re
from datetime import date, datetime
from unicodedata import normalize

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})([Tt ].+)?)?)?")

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "元": 1, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100}
_TENS = {"廿": 20, "卅": 30}
_FIGURE = f"[0-9{''.join({**_DIGITS, **_UNITS, **_TENS})}]"
_FULL_YEAR = f"[0-9{''.join(_DIGITS)}]{{4}}"
_REPUBLIC = 1911  # 民國元年 is 1912

# What may stand behind a day and is none of it: 星期五 10:20:30 +0800.
_WEEKDAY = r"(?:\s*\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?)?"
_ZONE = r"(?:\s*(?:[A-Z]{1,4}|[+-][0-9]{2}:?[0-9]{2}|\([A-Z]+\)))*"
_CLOCK = (
    rf"(?:[01]?[0-9]|2[0-3])[:時时点點][0-5][0-9](?:[:分][0-5][0-9](?:\.[0-9]+)?秒?|分)?{_ZONE}"
)
_TIME = rf"{_WEEKDAY}(?:,?\s*(?:T|上午|下午|晚上|凌晨)?\s*{_CLOCK})?{_WEEKDAY}"

# 2024年6月28日, 民國113年6月, 二〇二四年六月二十八日
_WITH_WORDS = re.compile(
    rf"(?:(?:中[華华])?民[國国]\s*(?P<republic>{_FIGURE}{{1,6}})|(?P<year>{_FULL_YEAR}))\s*年"
    rf"(?:\s*(?P<month>{_FIGURE}{{1,3}})\s*月份?(?:\s*(?P<day>{_FIGURE}{{1,4}})\s*[日號号]{_TIME})?)?"
)
# 2024/6/28, 2024.06, 2024-6-28 10:20: with one kind of mark throughout.
_WITH_MARKS = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})(?:\2([0-9]{{1,2}}){_TIME})?")

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"([A-Z][a-z]{2})[a-z]*\.?"
_DAY_NAME = r"(?:[A-Z][a-z]{2,8},?\s+)?"
# Fri, 28 Jun 2024 10:20:30 +0800; Fri Jun 28 10:20:30 2024; June 28, 2024
_DAY_FIRST = re.compile(rf"{_DAY_NAME}([0-9]{{1,2}})[\s-]+{_MONTH},?[\s-]+([0-9]{{4}}){_TIME}")
_MONTH_FIRST = re.compile(
    rf"{_DAY_NAME}{_MONTH}\s+([0-9]{{1,2}})(?:,|\s+{_CLOCK})?\s+([0-9]{{4}}){_TIME}"
)


def iso_date(text: str) -> str:
    """Return `text` as `2024`, `2024-06` or `2024-06-28`, a time of day cut off, or raise.

    The day is the one written: no time zone moves it. What is no such date is a `ValueError`.

    >>> iso_date("2024-06-28T23:30:00Z")
    '2024-06-28'
    >>> iso_date("二〇二四年六月"), iso_date("民國113年6月28日"), iso_date("Fri, 28 Jun 2024")
    ('2024-06', '2024-06-28', '2024-06-28')
    """
    found = _ISO.fullmatch(text)
    if found is None:
        return _written(normalize("NFKC", text).strip())
    year, month, day, time = found.groups()
    date(int(year), int(month or 1), int(day or 1))
    if time and not re.fullmatch(rf"[Tt ]{_TIME}", time):
        datetime.fromisoformat(text)
    return text[:10]


def date_in(text: str) -> str:
    """Return the date that `text` is, as `iso_date` does, or nothing when it is none."""
    try:
        return iso_date(text)
    except ValueError:
        return ""


def _written(text: str) -> str:
    if found := _WITH_WORDS.fullmatch(text):
        return _of_words(found)
    if found := _WITH_MARKS.fullmatch(text):
        return _whole(found[1], found[3], found[4])
    if found := _DAY_FIRST.fullmatch(text):
        return _whole(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _whole(found[3], _month(found[1]), found[2])
    raise ValueError(text)


def _of_words(found: re.Match[str]) -> str:
    republic = found["republic"]
    year = _number(republic) + _REPUBLIC if republic else _number(found["year"])
    return _whole(year, *(_number(part) for part in found.group("month", "day") if part))


def _whole(year: str | int, month: str | int | None = None, day: str | int | None = None) -> str:
    """Return the parts of a date as one, or raise when there is no such day."""
    parts = [int(part) for part in (year, month, day) if part is not None]
    date(*[*parts, 1, 1][:3])
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1  # a ValueError where it is none


def _number(figures: str) -> int:
    """Return what figures or Han numerals say: 28, 二十八, 廿八, 二〇二四, 一百一十三."""
    if figures.isascii():
        return int(figures)
    total = digit = 0
    for figure in figures:
        if figure in _UNITS:
            total += (digit or 1) * _UNITS[figure]
            digit = 0
        elif figure in _TENS:
            total += _TENS[figure]
        else:
            digit = digit * 10 + (int(figure) if figure.isascii() else _DIGITS[figure])
    return total + digit
