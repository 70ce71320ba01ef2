"""Files that could not be read, as people and programs are told of them."""

import sys
from collections.abc import Sequence
from typing import Any, TextIO, TypeVar

import click

from search.archive import SearchError
from search.cli.output import say
from search.cli.speech import spoken, tell
from search.messages import Message, message, said_by

Item = TypeVar("Item")

SHOWN = 20  # of one kind on a terminal, where more would flood it; the rest is counted


def shown(items: Sequence[Item], stream: TextIO) -> Sequence[Item]:
    """Return the first of `items` where people read `stream`, all where a file or a pipe does."""
    return items[:SHOWN] if stream.isatty() else items


def print_found(what: str, lines: Sequence[str]) -> None:
    """Print what was found of a kind with their number, a line each, if there is any."""
    if not lines:
        return
    click.echo(f"\n{spoken(what)}: {len(lines):,}")
    for line in shown(lines, sys.stdout):
        click.echo(f"  {line}")
    if len(lines) > SHOWN and sys.stdout.isatty():
        click.echo(f"  {spoken(rest(len(lines) - SHOWN))}")


def say_failures(failed: Sequence[SearchError]) -> None:
    """Say on stderr what failed, each with what to do."""
    for error in shown(failed, sys.stderr):
        say(f"search: {spoken(said_by(error))}")
        if error.hint:
            say(tell("hint: {hint}", hint=error.hint))
    say_rest(len(failed))


def say_rest(count: int) -> None:
    """Say on stderr how many of `count` were not shown there."""
    if count > SHOWN and sys.stderr.isatty():
        say(f"search: {spoken(rest(count - SHOWN))}")


def note(text: str) -> None:
    """Say on stderr what should be known, and is no failure."""
    say(f"search: {tell('note: {text}', text=text)}")


def rest(count: int) -> Message:
    """Return how to speak of `count` more."""
    return message("and {count:,} more; '--json' names them all", count=count)


def failure_fields(error: SearchError) -> dict[str, Any]:
    """Return a failure as JSON fields; `count` is how many articles it stands for."""
    return {
        "source": getattr(error, "source", ""),
        "code": error.code,
        "message": str(error),
        "hint": error.hint,
        "count": error.count,
    }
