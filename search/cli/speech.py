"""The language that a run speaks to people in: `--lang`, SEARCH_LANG, or that of the locale.

What programs read (`--json`, tab-separated lines, exit codes) is the same in every language.
"""

import gettext
import os
from collections.abc import Mapping, Sequence

import click

from search.messages import (
    CATALOGS,
    DOMAIN,
    ENGLISH,
    Message,
    language_of,
    locale_of,
    message,
    plural,
    translated,
)

OPTION = "--lang"
CHOICES = ("en", "zh", "zh-Hans", "zh-Hant")

NAMES = 12  # columns for the names of values

_spoken = ENGLISH


def speak(language: str) -> None:
    """Let the run speak one of the languages of `messages` from here on.

    What click says of wrong arguments goes through gettext's own domain, whose language is that
    of the environment alone.
    """
    global _spoken
    _spoken = language
    if language == ENGLISH:
        gettext.textdomain("messages")  # as it is before anybody sets it: nothing is translated
        return
    gettext.bindtextdomain(DOMAIN, CATALOGS)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = locale_of(language)


def speaks_chinese() -> bool:
    """Return whether the run speaks Chinese."""
    return _spoken != ENGLISH


def spoken(text: str) -> str:
    """Return a message, or a text that a catalog has whole, in the language of the run."""
    return translated(text, _spoken)


def tell(template: str, /, **values: object) -> str:
    """Return a message of the command's own, in the language of the run."""
    return spoken(message(template, **values))


def count_of(one: str, many: str, /, count: int, **values: object) -> Message:
    """Return a message with a number in it, to be told alone or inside another."""
    return plural(one, many, count=count, **values)


def row(name: str, value: str) -> None:
    """Print a value with its name at the left, in a column of its own."""
    from rich.cells import cell_len  # rich: where people read

    called = spoken(name)
    click.echo(f"{called}{' ' * max(1, NAMES - cell_len(called))}{value}")


def articles(count: int) -> Message:
    """Return how to speak of so many articles."""
    return plural("{count:,} article", "{count:,} articles", count=count)


def say_it(template: str, /, **values: object) -> None:
    """Print a message of the command's own on stdout, for people."""
    click.echo(tell(template, **values))


def language_asked(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that the arguments or else the environment ask for.

    Looked for before anything is parsed, so that what is wrong with the arguments is said in it.
    """
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        name, _, value = argument.partition("=")
        if name == OPTION:
            asked = value or next(iter(arguments[at + 1 :]), "")
            return language_of(asked)
    if environment.get("SEARCH_LANG"):
        return language_of(environment["SEARCH_LANG"])
    # As gettext does: the first that is set decides.
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return language_of(next(filter(None, map(environment.get, names)), ""))


def without_language(arguments: Sequence[str]) -> list[str]:
    """Return the arguments without the option of the language where it stands before all else."""
    given = list(arguments)
    while given and given[0].partition("=")[0] == OPTION:
        value = given[0].partition("=")[2] or (given[1] if len(given) > 1 else "")
        if value not in CHOICES:
            break  # which the command's own parser refuses
        del given[: 1 if "=" in given[0] else 2]
    return given


def lang_option() -> click.Option:
    """Return the option that every command has; its value was taken before commands are parsed."""
    return click.Option(
        [OPTION],
        type=click.Choice(CHOICES),
        expose_value=False,
        help="Language of messages [default: that of the locale].",
    )
