"""Options that several commands share, and the settings below them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from search.config import Settings, load_settings

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
