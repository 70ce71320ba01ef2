"""When an article was written, as a line of it, its address or its file's name says.

A date in running prose is never the article's.
"""

import re
from dataclasses import dataclass

from search.reading.byline import bracketed
from search.reading.dates import date_in
from search.reading.labels import bare
from search.reading.names import HAN

_LINE_CHARS = 50
_WRITTEN = "[写作寫刊][于於]|(?:发表|發表|发布|發布)[于於]|原载于?|(?:更新|完稿|定稿|改定)于|[于於]"
_BEFORE = re.compile(
    rf"(?:(?:{_WRITTEN})\s*[:：]?\s*|(?:Posted|Published|Updated)(?: on)?:?\s+"
    rf"|《[{HAN}]{{2,10}}》\s*[（(]?|[{HAN}]{{2,8}}[ \u3000]+)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:[\s,，]*(?:(?:于|於|写于|寫於)[{HAN}]{{2,10}}|发布|發布|发表|發表|刊|稿|夜|晨|凌晨|改定)"
    rf"|[ \u3000]+第?\s*[0-9A-Z一二三四五六七八九十]{{1,5}}\s*版.*|[ \u3000]+[{HAN}]{{2,8}}"
    rf"|\s+[晴阴陰雨雪云雲多小中大到转轉间間有]{{1,6}})[）)]?"
)

_DATED = r"(?P<date>(?:(?P<year>[0-9]{4})年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日)"
_OUTLET = rf"(?:本[报報刊网網台站]|[{HAN}]{{1,8}}?(?:社|报|報|网|網|台|臺))"
_WIRE = re.compile(
    rf"\s*[【〔\[（(]?(?:据|據)?{_OUTLET}(?:[{HAN}]{{2,10}}?)?\s*"
    rf"(?:{_DATED})?\s*(?:专|專|特|综合)?(?:电|電|讯|訊)(?P<end>[】〕\])）]?)(?=[\s（(：:，,\u3000“]|\Z)"
    r"(?:\s*[（(【〔](?P<by>[^（()）】〕]{2,60})[)）】〕])?(?:\s*题[：:])?[\s\u3000：:，,]*"
)
_BRACKET_FIRST = re.compile(r"\s*[【〔（(\[](?P<by>[^】〕）)\]\n]{3,40})[】〕）)\]][\s\u3000]*")
_BRACKET_LAST = re.compile(r"[（(【〔](?P<by>[^（()）】〕\n]{3,60})[)）】〕]\W*\Z")
_REPORTER = re.compile("记者|記者|作者|通讯员|通訊員|撰文|文[/／]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a paragraph is headed by: 新华社北京6月28日电（记者张三、李四）."""

    end: int  # where what it heads begins
    authors: tuple[str, ...] = ()
    date: str = ""  # ISO; nothing where the year is left out
    month_day: str = ""  # "06-28", where it is


def dateline_of(line: str) -> Dateline | None:
    """Return what a line is headed by, or nothing when it begins with its text.

    >>> dateline_of("本报北京6月28日讯（记者 张三）昨日").month_day
    '06-28'
    """
    if found := _WIRE.match(line):
        authors = tuple(bracketed(found["by"])) if found["by"] else ()
        date = date_in(found["date"]) if found["year"] else ""
        part = "" if date or not found["month"] else _month_day(found["month"], found["day"])
        return Dateline(found.end(), authors, date, part)
    if (found := _BRACKET_FIRST.match(line)) and _REPORTER.search(found["by"]):
        authors = tuple(bracketed(found["by"]))
        return Dateline(found.end(), authors) if authors else None
    return None


def closing_authors(line: str) -> list[str]:
    """Return the names in the bracket that ends a paragraph: …的好成绩。（记者 张三）"""
    found = _BRACKET_LAST.search(line)
    return bracketed(found["by"]) if found and _REPORTER.search(found["by"]) else []


def date_of_line(line: str) -> str:
    """Return the date that a line gives and nothing else but a place or page, or nothing.

    >>> date_of_line("（2024年6月28日）"), date_of_line("二〇二四年六月于北京")
    ('2024-06-28', '2024-06')
    """
    text = bare(line)
    if len(text) > _LINE_CHARS or not _HAS_FIGURES.search(text):
        return ""
    date = date_in(text) or date_in(_without_ends(text))
    return date if len(date) > len("2024") else ""


_HAS_FIGURES = re.compile(r"[0-9０-９〇零○一二三四五六七八九十元]")


def _without_ends(text: str) -> str:
    if before := _BEFORE.match(text):
        text = text[before.end() :]
    for start in range(6, len(text)):
        if _AFTER.fullmatch(text, start) and date_in(text[:start]):
            return text[:start]
    return text.rstrip("）)")


def _month_day(month: str, day: str) -> str:
    return date_in(f"2000-{month}-{day}")[5:]


_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_IN_ADDRESS = re.compile(
    rf"(?<![0-9A-Za-z]){_YEAR}(?:(?P<mark>[-_./]?)(?P<month>0[1-9]|1[0-2])[-_./]?(?P<day>[0-3][0-9])"
    r"|(?P<same>[-_./])(?P<m>[0-9]{1,2})(?P=same)(?P<d>[0-9]{1,2}))(?![0-9A-Za-z])"
)
_MONTH_IN_ADDRESS = re.compile(rf"/{_YEAR}[-/](?P<month>0[1-9]|1[0-2])/")
_IN_NAME = re.compile(r"(?:民[國国])?[0-9]{2,4}年[0-9]{1,2}月(?:[0-9]{1,2}[日号號])?")


def date_of_address(address: str) -> str:
    """Return the date in the address of a page, or nothing.

    >>> date_of_address("http://example.com/2024/0628/c1001.html")
    '2024-06-28'
    """
    for found in _IN_ADDRESS.finditer(address):
        month, day = found["month"] or found["m"], found["day"] or found["d"]
        if date := date_in(f"{found['year']}-{month}-{day}"):
            return date
    of_month = _MONTH_IN_ADDRESS.search(address)
    return f"{of_month['year']}-{of_month['month']}" if of_month else ""


def date_of_path(path: str) -> str:
    """Return the date in the name of a file or of the folders above it, the nearest first.

    >>> date_of_path("news/2023/06882-20221101.3_Title.md"), date_of_path("news/2024/06/28/a.txt")
    ('2022-11-01', '2024-06-28')
    """
    name = path.rpartition("/")[2]
    for found in _IN_NAME.finditer(name):
        if date := date_in(found[0]):
            return date
    return date_of_address(name) or date_of_address(path)


def with_year(month_day: str, known: str) -> str:
    """Return the day that `month_day` names next to the date `known`, or nothing without one.

    >>> with_year("12-31", "2024-01-01"), with_year("06-28", "2024")
    ('2023-12-31', '2024-06-28')
    """
    if not known:
        return ""
    year, month = int(known[:4]), int(known[5:7] or month_day[:2])
    year += (month - int(month_day[:2]) > 6) - (int(month_day[:2]) - month > 6)
    return date_in(f"{year:04}-{month_day}")
