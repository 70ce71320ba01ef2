"""What the first and last lines of a text say of it: its title, who wrote it, and when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from search.reading.byline import byline, named
from search.reading.dateline import closing_authors, date_of_line, dateline_of
from search.reading.dates import date_in
from search.reading.labels import address_in, bare, fields_of, plain
from search.reading.mail_words import goes_on, unpacked
from search.reading.names import listed
from search.reading.poet import poet_of

_HEAD_LINES = 8
_TAIL_LINES = 8
_TAIL_CHARS = 8000  # the addresses of a Markdown file's links stand there too
_PROSE_CHARS = 60  # a longer line is text
_NAME_CHARS = 40
_LINE = re.compile(r"\S[^\n\v\f\r\x1c-\x1e\x85\u2028\u2029]*")
_DEFINITION = re.compile(r"\[([^\]]+)\]:\s*(\S*)")  # of a link, in Markdown
_REFERENCE = re.compile(r"\]\[([^\]]+)\]")
_SENTENCE_END = re.compile(r"[。；;][”’」』）)]?$")
_IN_BRACKET = re.compile(r"\(([^()]+)\)")
# A date beside who signs, at either end: 本报记者 毛丽君 2024年6月28日.
_DATE = (
    r"(?:[0-9]{4}|[〇零○一二三四五六七八九]{4}|民[國国][0-9]{2,3})"
    r"(?:\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*[日号號]|(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,2})"
    r"(?:\s*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?"
)
_GAP = r"[\s　|｜/／·,，;；]+"
_DATE_FIRST = re.compile(rf"(?P<date>{_DATE}){_GAP}(?P<rest>\S.*)")
_DATE_LAST = re.compile(rf"(?P<rest>.*?\S){_GAP}(?P<date>{_DATE})")
_PEOPLE = ("translator", "reviewer", "collector", "editor")
_DAY = len("2024-06-28")


@dataclass(slots=True)
class Frame:
    """What was found, first things first; `guessed` names what no label says."""

    title: str = ""
    author: str = ""
    date: str = ""
    month_day: str = ""  # where the year is left out
    metadata: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)

    def take_author(self, names: list[str] | tuple[str, ...], guess: bool) -> None:
        """Keep the names as the author, if there are any and none was found before."""
        if names and not self.author:
            self.author = listed(list(names))
            if guess:
                self.guessed.add("author")

    def take_date(self, date: str, guess: bool) -> None:
        """Keep a date if there is none, or if only a guess was there before."""
        if date and (not self.date or (not guess and "date" in self.guessed)):
            self.date = date
            (self.guessed.add if guess else self.guessed.discard)("date")


def frame_of(body: str, start: int = 0) -> Frame:
    """Return what the first and the last lines of `body` from `start` on say of it."""
    frame = Frame()
    head = list(_head(body, start))
    for number, line in enumerate(head):
        if not _take_head_line(frame, line, number):
            break
    lines, addresses = _tail(body, start)
    for line in lines:
        _take_tail_line(frame, line, addresses)
    if poet := poet_of(head):
        frame.take_author([poet], guess=True)
    return frame


def _head(body: str, start: int) -> Iterator[str]:
    position = start
    for _ in range(_HEAD_LINES):
        found = _LINE.search(body, position)
        if found is None:
            return
        line, position = found[0], found.end()
        if "=?" in line:
            position = goes_on(body, start + len(body[start:position].rstrip()))
            line = unpacked(body[found.start() : position])
        yield line.rstrip()


def _tail(body: str, start: int) -> tuple[list[str], dict[str, str]]:
    """Return the last lines, the last first, and the addresses of links that stand among them.

    The first line of all is none of them, nor is a piece of a line.
    """
    first = _LINE.search(body, start)
    start = first.end() if first else start
    begin = max(start, len(body) - _TAIL_CHARS)
    lines = [found[0].rstrip() for found in _LINE.finditer(body, begin)]
    if begin > start:
        del lines[:1]
    addresses = {}
    last: list[str] = []
    for line in reversed(lines):
        if definition := _DEFINITION.match(line):
            addresses[definition[1]] = definition[2]
        elif len(last) < _TAIL_LINES:
            last.append(line)
    return last, addresses


def _address_of(name: str, addresses: Mapping[str, str] | None) -> str:
    """Return the address that a name is linked with: in it, or further down as that of `[a]`."""
    reference = _REFERENCE.search(name)
    return address_in(name) or (addresses or {}).get(reference[1] if reference else "", "")


def _take_head_line(frame: Frame, line: str, number: int) -> bool:
    """Take what a line says; False when it is text and nothing is to be looked for behind it."""
    if _take_signed_and_dated(frame, line, None, number == 0) or _take_labelled(frame, line):
        return True
    if len(line) <= _PROSE_CHARS:
        date = date_of_line(line)
        if len(date) == _DAY:
            frame.take_date(date, guess=True)
            return True
        if names := byline(line, first=number == 0):
            frame.take_author(names, guess=True)
            return True
    if dateline := dateline_of(line):
        frame.take_author(dateline.authors, guess=True)
        frame.take_date(dateline.date, guess=True)
        frame.month_day = dateline.month_day
        return False
    return number == 0 or not (len(line) > _PROSE_CHARS or _SENTENCE_END.search(line))


def _take_tail_line(frame: Frame, line: str, addresses: Mapping[str, str]) -> None:
    if _take_signed_and_dated(frame, line, addresses) or _take_labelled(frame, line, addresses):
        return
    if len(line) <= _PROSE_CHARS:
        frame.take_date(date_of_line(line), guess=True)
        frame.take_author(byline(line), guess=True)
    frame.take_author(closing_authors(line), guess=True)


def _take_signed_and_dated(
    frame: Frame, line: str, addresses: Mapping[str, str] | None, first: bool = False
) -> bool:
    """Take the date at one end of a line whose rest says who wrote it; False for any other."""
    text = bare(line) if len(line) <= _PROSE_CHARS else ""
    for form in (_DATE_FIRST, _DATE_LAST):
        found = form.fullmatch(text)
        date = date_in(found["date"]) if found else ""
        if not found or not date:
            continue
        names = byline(found["rest"], first)
        if names or _take_labelled(frame, found["rest"], addresses):
            frame.take_author(names, guess=True)
            frame.take_date(date, guess=True)
            return True
    return False


def _take_labelled(frame: Frame, line: str, addresses: Mapping[str, str] | None = None) -> bool:
    """Take what the labels of a line say; False when it is not made of them.

    At the end, where the addresses of a Markdown file's links are known, nothing is a title.
    """
    before, fields = fields_of(line)
    if not fields or (before and not date_in(before)):
        return False
    frame.take_date(date_in(before), guess=True)
    if "author" in fields:
        names = named(fields["author"])
        if not names:
            return False
        if not frame.author and (address := _address_of(fields["author"], addresses)):
            frame.metadata["author_url"] = address
        frame.take_author(names, guess=False)
    among_others = bool(frame.title) or len(fields) > 1
    frame.take_date(_labelled_date(fields, among_others), guess=False)
    if addresses is None and not frame.title:
        frame.title = fields.get("title", "")
    _take_others(frame, fields)
    return True


def _labelled_date(fields: dict[str, str], among_others: bool) -> str:
    """Return the date that a label says, also as boards do: 水木社区 (Fri Jun 28 10:20:30 2024).

    时间 that stands alone is that of a meeting or a show.
    """
    posted = _IN_BRACKET.search(fields.get("posted", ""))
    when = fields.get("when", "") if among_others else ""
    return date_in(fields.get("date", "") or when or (posted[1] if posted else ""))


def _take_others(frame: Frame, fields: dict[str, str]) -> None:
    for name in _PEOPLE:
        if name in fields and len(value := plain(fields[name])) <= _NAME_CHARS:
            frame.metadata.setdefault(name, value)
    for name in ("via", "url"):
        if address := address_in(fields.get(name, "")):
            frame.metadata.setdefault(name, address)
    publication = plain(fields.get("publication", ""))
    if 0 < len(publication) <= _NAME_CHARS and not _SENTENCE_END.search(publication):
        frame.metadata.setdefault("publication", publication)
