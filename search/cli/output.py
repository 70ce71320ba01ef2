"""Writing to a terminal or a pipe: colour, width, JSON Lines."""

import codecs
import io
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

LONGEST_LINE = 100  # columns; wider terminals do not make text easier to read


def let_all_text_through() -> None:
    """Keep any text from failing to be printed: see `_unprintable`."""
    codecs.register_error("xunwen", _unprintable)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="xunwen")


def _unprintable(error: UnicodeError) -> tuple[str | bytes, int]:
    """Give a path's bytes that are not UTF-8 back as they are, and ? for what has no byte here."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return b"".join(os.fsencode(c) if "\udc80" <= c <= "\udcff" else b"?" for c in text), error.end


def print_json(kind: str, fields: Mapping[str, Any]) -> None:
    """Print one object of JSON Lines with its `type` and the version of its form."""
    line = json.dumps({"type": kind, "version": 1, **fields}, ensure_ascii=False)
    # Of a path's bytes that are not UTF-8, backslashreplace makes what JSON escapes them as.
    click.echo(line.encode("utf-8", "backslashreplace") + b"\n", nl=False)


def is_terminal() -> bool:
    """Return whether people read stdout as it is written."""
    return sys.stdout.isatty()


def wants_color(when: str) -> bool:
    """Return whether to colour, by `--color`, NO_COLOR and TERM=dumb."""
    if when != "auto":
        return when == "always"
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return how many columns to write in."""
    import shutil  # with it come three kinds of compression

    return min(shutil.get_terminal_size((80, 24)).columns, LONGEST_LINE)


def shown_path(path: str) -> str:
    """Return a path as it is shortest from the current folder, if it lies in it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return path


def one_line(text: str) -> str:
    """Return `text` with its white space, tabs and line breaks as single spaces."""
    return " ".join(text.split())


def say(message: str) -> None:
    """Tell people something on stderr that is no result."""
    click.echo(message, err=True)
