"""Documents told apart by their dates and by what they say of themselves, through all segments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from search.deadline import check_deadline
from search.engine.column_names import (
    FOLDER,
    FORMAT,
    MONTH,
    SOURCE,
    YEAR,
    folder_of,
    format_named,
    format_of,
)
from search.engine.dates import date_number, last_day
from search.engine.whoosh.columns import Column
from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Segments
from search.text import fold

CACHED_COLUMNS = 32


@dataclass(frozen=True, slots=True)
class FoldedColumn:
    """A column whose values are one where they fold alike; each is shown in its usual spelling."""

    values: Sequence[str]  # as shown
    keys: Sequence[str]  # the same folded
    numbers: Array  # of each document its value, from 1; 0 for none


class Filters:
    """Dates and columns of a committed state."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self.column = lru_cache(CACHED_COLUMNS)(self._column)

    @cached_property
    def dates(self) -> Array:
        """The date of each document, as `date_number` gives it."""
        return self._segments.dates().astype(np.int64)

    def names(self) -> list[str]:
        """Return the names of the columns in which any document has a value, sorted."""
        found = {*self._segments.columns()}
        if SOURCE in found:
            found |= {FOLDER, FORMAT}
        if self.dates.any():
            found |= {YEAR, MONTH}
        return sorted(found)

    def value(self, number: int, name: str) -> str:
        """Return what one document has in a column; nothing where it has none."""
        column = self.column(name)
        at = int(column.numbers[number])
        return column.values[at - 1] if at else ""

    def dated(self, among: Documents, since: str, until: str) -> Documents:
        """Return those of `among` whose date can lie between `since` and `until`, inclusive."""
        if not since and not until:
            return among
        dates = self.dates[among]
        latest = dates + np.where(dates % 10_000 == 0, 9999, np.where(dates % 100 == 0, 99, 0))
        kept = dates > 0
        if since:
            kept &= latest >= date_number(since)
        if until:
            kept &= dates <= last_day(until)
        return among[kept]

    def holding(self, among: Documents, name: str, value: str) -> Documents:
        """Return those of `among` that have a value in a column, however it is written.

        As a source a folder stands for all that lies in it and below. What no document has is in
        none.
        """
        check_deadline()
        column = self.column(name)
        if name == SOURCE:
            wanted = fold(value.strip("/")).text
            below = f"{wanted}/"
            found = [key == wanted or key.startswith(below) for key in column.keys]
        else:
            wanted = fold(format_named(value) if name == FORMAT else value).text
            found = [key == wanted for key in column.keys]
        held: Documents = among[np.array([False, *found])[column.numbers[among]]]
        return held

    def _column(self, name: str) -> FoldedColumn:
        with self._segments.reading():
            match name:
                case "year":
                    return _of_periods(self.dates // 10_000, "{:04}".format)
                case "month":
                    months = self.dates // 100
                    return _of_periods(np.where(months % 100, months, 0), _month)
                case "folder":
                    parts = _told(self._segments.column(SOURCE), folder_of)
                case "format":
                    parts = _told(self._segments.column(SOURCE), format_of)
                case _:
                    parts = self._segments.column(name)
            return _joined(parts, self._segments.documents)


def _of_periods(periods: Array, show: Callable[[int], str]) -> FoldedColumn:
    """Return the column of what each document's date lies in; 0 says there is none."""
    found, numbers = np.unique(periods, return_inverse=True)
    first = 1 if len(found) and not found[0] else 0
    shown = [show(period) for period in found[first:].tolist()]
    return FoldedColumn(shown, shown, numbers + 1 - first)


def _month(period: int) -> str:
    """Return a month as dates are written.

    >>> _month(202406)
    '2024-06'
    """
    return f"{period // 100:04}-{period % 100:02}"


def _told(parts: Sequence[Column], tell: Callable[[str], str]) -> list[Column]:
    return [Column([tell(value) for value in part.values], part.numbers) for part in parts]


def _joined(parts: Sequence[Column], documents: Documents) -> FoldedColumn:
    """Return the columns of segments as one; of spellings that fold alike one is shown.

    It is the one that most of the documents have, of equals the least.
    """
    spellings: dict[str, int] = {}
    rows = [np.zeros(0, np.int64)]
    for part in parts:
        numbers = [_number(value, spellings) for value in part.values]
        rows.append(np.array([-1, *numbers])[part.numbers])
    row = np.concatenate(rows)
    counts = np.bincount(row[documents] + 1, minlength=len(spellings) + 1)[1:].tolist()
    by_use = sorted(spellings, key=lambda value: (-counts[spellings[value]], value))
    values: dict[str, str] = {}  # folded → as shown
    key_of = {value: fold(value).text for value in by_use}
    for value in by_use:
        values.setdefault(key_of[value], value)
    place = {key: at for at, key in enumerate(values, start=1)}
    numbers_of = np.array([0, *(place[key_of[value]] for value in spellings)])
    return FoldedColumn(list(values.values()), list(values), numbers_of[row + 1])


def _number(value: str, spellings: dict[str, int]) -> int:
    return spellings.setdefault(value, len(spellings)) if value else -1
