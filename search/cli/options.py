"""Options that several commands share, and the settings below them."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from search.archive import MOST_PARTS, Part
from search.cli.speech import tell
from search.config import DICTIONARY, Settings, WritingSettings, load_settings

NO_PART = "none"  # of a build in parts: it is given up

F = TypeVar("F", bound=Callable[..., Any])


def index_option(command: F) -> F:
    """Add `--index DIR`."""
    return click.option("--index", metavar="DIR", help="The index folder [default: index].")(
        command
    )


def json_option(command: F) -> F:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")(command)


def jobs_option(command: F) -> F:
    """Add `--jobs N`."""
    return click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        metavar="N",
        help="Work in N processes [default: as many as there are cores].",
    )(command)


def wait_option(command: F) -> F:
    """Add `--wait SECONDS`."""
    return click.option(
        "--wait",
        type=click.IntRange(0),
        metavar="SECONDS",
        help="Wait so long for another run to end [0].",
    )(command)


def quiet_option(command: F) -> F:
    """Add `--quiet`, of what writes."""
    return click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")(command)


def color_option(command: F) -> F:
    """Add `--color WHEN`."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the output [default: auto, on a terminal].",
    )(command)


def settings() -> Settings:
    """Return the settings of the current folder and environment."""
    return load_settings()


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows set no bounds
        return os.cpu_count() or 1


def writing(settings: Settings, wait: int | None) -> WritingSettings:
    """Return how the index is written, by the file of settings and `--wait`."""
    return settings.writing if wait is None else replace(settings.writing, wait=wait)


def dictionary_file(settings: Settings) -> str | None:
    """Return the file of the user's words; None where none is named and the usual one is not there.

    An index then goes on with the file that it was cut by before.
    """
    path = settings.analysis.dictionary
    return path if path != DICTIONARY or Path(path).exists() else None


def read_part(_: click.Context, __: click.Parameter, given: str | None) -> Part | str | None:
    """Return the part of a build that is written as K/N; NO_PART as it is."""
    if given in (None, NO_PART):
        return given
    number, _is, of = str(given).partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= MOST_PARTS:
        return Part(int(number), int(of))
    raise click.BadParameter(
        tell(
            "'{given}' is not K/N, such as 3/8, with K from 1 to N, and N to {most}",
            given=given,
            most=MOST_PARTS,
        )
    )


def read_filters(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """Return name → value of options written as NAME=VALUE."""
    found = {}
    for one in given:
        name, _is, value = one.partition("=")
        if not name or not value:
            raise click.BadParameter(
                tell("'{one}' is not NAME=VALUE, such as author=余光中", one=one)
            )
        found[name] = value
    return found
