"""Options that several commands share, and the settings below them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from search.cli.speech import tell
from search.config import DICTIONARY, Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])


def index_option(command: F) -> F:
    """Add `--index DIR`."""
    return click.option("--index", metavar="DIR", help="The index folder [default: index].")(
        command
    )


def json_option(command: F) -> F:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")(command)


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


def dictionary_file(settings: Settings) -> str | None:
    """Return the file of the user's words; None where none is named and the usual one is not there.

    An index then goes on with the file that it was cut by before.
    """
    path = settings.analysis.dictionary
    return path if path != DICTIONARY or Path(path).exists() else None


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
