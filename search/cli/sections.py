"""What is told in rows under names at their left: aligned, on a terminal cut and in colour."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click
from rich.cells import cell_len
from rich.text import Text

from search.cli.failures import SHOWN, rest
from search.cli.output import is_terminal, wants_color
from search.cli.speech import spoken

_MARGIN = 9  # columns for the names
_WIDEST = 32  # columns that a row takes at most where its note stands beside it
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Row:
    """What is told, and what there is to be said of it."""

    text: str
    note: str = ""
    by_word: bool = False  # lines end between words only


@dataclass(frozen=True, slots=True)
class Section:
    """A name and the rows that stand beside it; nothing is printed of one without rows."""

    name: str
    rows: Sequence[Row]


def print_sections(groups: Iterable[Sequence[Section]], color: str) -> None:
    """Print groups of sections, a blank line between them; `color` is that of `--color`."""
    printer = _Terminal(color) if is_terminal() or color == "always" else _Plain()
    for at, group in enumerate(groups):
        if at:
            click.echo()
        for section in group:
            rows = [Row(spoken(one.text), spoken(one.note), one.by_word) for one in section.rows]
            if is_terminal() and len(rows) > SHOWN:
                rows = [*rows[:SHOWN], Row("", spoken(rest(len(rows) - SHOWN)))]
            column = max((cell_len(row.text) for row in rows if row.note), default=0)
            for number, row in enumerate(rows):
                printer.print(spoken(section.name) if not number else "", row, min(column, _WIDEST))


class _Plain:
    """Prints for pipes and files: a row a line, however long."""

    def print(self, name: str, row: Row, column: int) -> None:
        head = name + " " * (_MARGIN - cell_len(name))
        pad = " " * (column - cell_len(row.text))
        end = f"{row.text}{pad}{_GAP if row.text else ''}{row.note}" if row.note else row.text
        click.echo(f"{head}{end}".rstrip(" "))


class _Terminal:
    """Prints for people: lines broken as Chinese is set, names bold and notes dim."""

    def __init__(self, color: str) -> None:
        from search.cli.pretty import console  # rich: only where people read

        self._out = console(wants_color(color))

    def print(self, name: str, row: Row, column: int) -> None:
        from search.cli.pretty import SHOWN_CONTROLS
        from search.cli.wrapping import wrap

        head = Text(name + " " * (_MARGIN - cell_len(name)), style="bold")
        width = max(self._out.width - _MARGIN, 2)
        text = Text(row.text.translate(SHOWN_CONTROLS))
        if row.by_word:
            self._lines(head, list(text.divide(_spaces(text.plain, width))))
            return
        note = Text(row.note.translate(SHOWN_CONTROLS), style="dim")
        beside = column + len(_GAP) if row.text and text.cell_len <= column else 0
        if note and beside and width - beside >= note.cell_len // 3:
            lines = wrap(note, max(width - beside, 2))
            first = Text.assemble(text, " " * (beside - text.cell_len), lines[0])
            self._lines(head, [first, *(Text.assemble(" " * beside, one) for one in lines[1:])])
            return
        self._lines(head, wrap(text, width) if row.text or not note else [])
        if note:
            self._lines(Text(" " * _MARGIN) if row.text else head, wrap(note, width))

    def _lines(self, head: Text, lines: Sequence[Text]) -> None:
        for at, line in enumerate(lines):
            left = head if not at else " " * _MARGIN
            line.rstrip()
            self._out.print(Text.assemble(left, line), no_wrap=True, overflow="ignore", crop=False)


def _spaces(plain: str, width: int) -> Iterator[int]:
    """Yield where lines of so many columns end: behind a space, or in a word wider than a line."""
    column = 0
    for match in re.finditer(r"\S+\s*", plain):
        word = match[0].rstrip()
        if column and column + cell_len(word) > width:
            yield match.start()
            column = 0
        for at, character in enumerate(word, start=match.start()):
            size = cell_len(character)
            if column + size > width:
                yield at
                column = 0
            column += size
        column += len(match[0]) - len(word)
