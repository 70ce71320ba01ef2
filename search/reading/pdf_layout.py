"""From the lines of a PDF's pages to text as it is read: columns, paragraphs, no running heads.

A PDF knows where glyphs stand, not what belongs together; all here is told from their places.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from search.reading.ruby import glossed

_WIDE = 1.2  # em between two pieces of a line that are not one text
_RUBY = 0.65  # times the size of its base, at most
_COLUMN_EM = 8  # narrower columns are a table's
_ROWS = 3  # that a column has at least
_CROSSING = 0.34  # of the lines may be headlines over both columns
_INDENT = 0.8  # em
_GAP = 1.7  # times the usual distance of lines parts paragraphs
_HEADS = 2  # lines at either end of a page that may be running heads
_HEAD_SHARE = 0.4  # of the pages: left and right pages have heads of their own

_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*$|[.][”’)]?$")
_MARKED = re.compile(
    r"[■□●○◆◇▲★☆※•·]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.、)）]\s?\D"
)
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
_HYPHENS = "-\u2010"
_DIGITS = re.compile(r"\d+|\s+")


@dataclass(slots=True)
class Line:
    """Text that stands on one line, in points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    edges: Sequence[tuple[float, float]] = ()  # of each character, where readings stand above


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of all pages, a blank line between paragraphs."""
    columns = [
        column
        for page in _without_heads([_with_readings(page) for page in pages])
        for column in _columns(page)
    ]
    paragraphs: list[str] = []
    last: Line | None = None
    for column in columns:
        rows = _rows(column)
        for paragraph, is_open_start in _paragraphs(rows):
            goes_on = last is not None and is_open_start and _goes_on(last, rows[0])
            if goes_on and paragraphs:
                paragraphs[-1] = joined(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
            last = None
        last = rows[-1] if _is_full(rows[-1], rows) else None
    return "\n\n".join(paragraphs)


def joined(text: str, rest: str) -> str:
    """Return two lines of a sentence as one: Latin words parted, a hyphen between halves dropped.

    >>> joined("长三", "角"), joined("the inter-", "national"), joined("an", "end")
    ('长三角', 'the international', 'an end')
    """
    if text[-1:] in _HYPHENS and len(text) > 1 and text[-2].isalpha() and rest[:1].islower():
        return text[:-1] + rest
    if _LATIN.match(rest[:1]) and (_LATIN.match(text[-1:]) or text[-1:] in ",.;:)"):
        return f"{text} {rest}"
    return text + rest


def _with_readings(page: Sequence[Line]) -> list[Line]:
    """Return the lines of a page, small ones right above others put into these as readings."""
    if not page:
        return []
    usual = median(line.size for line in page for _ in line.text)
    small = [line for line in page if line.size <= _RUBY * usual]
    bases = [line for line in page if line.size > _RUBY * usual]
    readings: dict[int, list[tuple[int, int, str]]] = {}
    for line in small:
        found = _base_of(line, bases)
        if found is None:
            bases.append(line)
        else:
            base, start, end = found
            readings.setdefault(base, []).append((start, end, line.text.strip()))
    for at, found_readings in readings.items():
        text = bases[at].text
        for start, end, reading in sorted(found_readings, reverse=True):
            text = text[:start] + glossed(text[start:end], reading) + text[end:]
        bases[at].text = text
    return bases


def _base_of(reading: Line, lines: Sequence[Line]) -> tuple[int, int, int] | None:
    """Return the line right below a reading and the characters it stands above, if there is one."""
    for at, line in enumerate(lines):
        height = reading.bottom - line.bottom
        if not 0.5 * line.size <= height <= 1.6 * line.size or len(line.edges) != len(line.text):
            continue
        slack = 0.25 * line.size
        below = [
            n
            for n, (left, right) in enumerate(line.edges)
            if reading.left - slack <= (left + right) / 2 <= reading.right + slack
        ]
        if below and not line.text[below[0] : below[-1] + 1].isascii():
            return at, below[0], below[-1] + 1
    return None


def _without_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages without the lines that most of them begin or end with."""
    ends = [_ends(page) for page in pages]
    counted = Counter(key for keys in ends for key in {_head_key(line) for line in keys})
    least = max(2, _HEAD_SHARE * sum(1 for page in pages if page))
    heads = {key for key, count in counted.items() if count >= least}
    return [
        [
            line
            for line in page
            if _head_key(line) not in heads or all(line is not e for e in at_end)
        ]
        for page, at_end in zip(pages, ends, strict=True)
    ]


def _ends(page: list[Line]) -> list[Line]:
    """Return the lines at either end of a page that stand apart from its text."""
    down = sorted(page, key=lambda line: -line.top)
    apart = []
    for lines in (down, down[::-1]):
        for at in range(min(_HEADS, len(lines) - 1)):
            line, inner = lines[at], lines[at + 1]
            gap = max(line.bottom - inner.top, inner.bottom - line.top)
            side_by_side = gap < 0 and at + 1 < _HEADS
            if (not side_by_side and gap < line.size) or _SENTENCE_END.search(line.text):
                break
            apart.append(line)
    return apart


def _head_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub(lambda found: "#" if found[0].isdigit() else "", line.text), round(line.size)


def _columns(lines: list[Line]) -> list[list[Line]]:
    """Return the lines in the order of columns; headlines over several columns part them."""
    gutter = _gutter(lines)
    if gutter is None:
        return [lines] if lines else []
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.left >= gutter]
    across = sorted((x for x in lines if x.left < gutter < x.right), key=lambda x: -x.top)
    found: list[list[Line]] = []
    above = float("inf")
    for headline in [*across, None]:
        below = headline.top if headline else float("-inf")
        for side in (left, right):
            found += _columns([line for line in side if below <= line.bottom < above])
        if headline:
            if found and found[-1][-1] in across and above - headline.top < 3 * headline.size:
                found[-1].append(headline)
            else:
                found.append([headline])
            above = headline.bottom
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where a page parts into two columns of text, with the fewest lines across."""
    best: tuple[int, float] | None = None
    for edge in sorted({round(line.left) for line in lines}):
        x = edge - 1.5
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        across = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _ROWS or across > _CROSSING * len(lines):
            continue
        if not all(_is_column(side) for side in (left, right)):
            continue
        if best is None or across < best[0]:
            best = across, x
    return best[1] if best else None


def _is_column(lines: Sequence[Line]) -> bool:
    return median(line.right - line.left for line in lines) >= _COLUMN_EM * median(
        line.size for line in lines
    )


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines from top to bottom, those side by side as one with a tab between."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line.left)) for row in rows]


def _row(parts: list[Line]) -> Line:
    text = parts[0].text.strip()
    for before, part in pairwise(parts):
        near = part.left - before.right < _WIDE * part.size
        text = joined(text, part.text.strip()) if near else f"{text}\t{part.text.strip()}"
    return Line(
        text,
        parts[0].left,
        max(part.right for part in parts),
        min(part.bottom for part in parts),
        max(part.top for part in parts),
        max(part.size for part in parts),
    )


def _paragraphs(rows: Sequence[Line]) -> list[tuple[str, bool]]:
    """Return the paragraphs of a column, and whether each may go on from the column before it."""
    edge = min(row.left for row in rows)
    pitches = [a.bottom - b.bottom for a, b in pairwise(rows)]
    pitch = median(pitches) if pitches else 0.0
    found = [(rows[0].text, rows[0].left <= edge + _INDENT * rows[0].size)]
    for before, row in pairwise(rows):
        is_near = before.bottom - row.bottom <= _GAP * pitch
        if is_near and _is_full(before, rows) and _continues(before, row, edge):
            found[-1] = joined(found[-1][0], row.text), found[-1][1]
        elif "\t" in before.text and "\t" in row.text:
            found[-1] = f"{found[-1][0]}\n{row.text}", found[-1][1]
        else:
            found.append((row.text, False))
    return found


def _is_full(row: Line, rows: Sequence[Line]) -> bool:
    """Return whether a line goes on to the edge of its column, for a Latin one nearly."""
    if row.text[-1:] in _HYPHENS and row.text[-2:-1].isalpha():
        return True
    edge = _right_edge(rows)
    width = edge - min(other.left for other in rows)
    room = max(1.6 * row.size, 0.18 * width if _LATIN.match(row.text[-1:]) else 0)
    return row.right >= edge - room and len(rows) > 1


def _right_edge(rows: Sequence[Line]) -> float:
    """Return where the lines of a column end: where two of them do, for one may stick out."""
    ends = sorted((row.right for row in rows), reverse=True)
    alike = (end for end, other in pairwise(ends) if end - other <= rows[0].size)
    return next(alike, ends[0])


def _continues(before: Line, row: Line, edge: float) -> bool:
    """Return whether a line is of the paragraph of the full one before it."""
    if abs(before.size - row.size) > 0.15 * before.size or "\t" in before.text + row.text:
        return False
    if row.left > before.left + _INDENT * row.size or _MARKED.match(row.text):
        return False
    is_indented = row.left > edge + _INDENT * row.size
    return not (is_indented and _SENTENCE_END.search(before.text))


def _goes_on(before: Line, row: Line) -> bool:
    """Return whether the first line of a column goes on from the last one of another."""
    is_alike = abs(before.size - row.size) <= 0.15 * before.size
    return is_alike and not _SENTENCE_END.search(before.text) and not _MARKED.match(row.text)
