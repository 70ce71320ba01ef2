"""Running a command and saying how it ended: 0 found, 1 nothing found, 2 error."""

import atexit
import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

import click

from search.cli.arguments import decoded
from search.cli.commands import ClosedPipeError, search
from search.cli.output import let_all_text_through
from search.cli.speech import language_asked, speak, spoken, tell, without_language
from search.errors import SearchError
from search.messages import Message, message, said_by, system_cause

FOUND, NOTHING, ERROR, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `search` with `arguments` (those of the process) and return its exit code."""
    given = decoded(sys.argv[1:] if arguments is None else arguments)
    let_all_text_through()
    speak(language_asked(given, os.environ))
    try:
        code = search.main(without_language(given), prog_name="search", standalone_mode=False)
        sys.stdout.flush()
    except SearchError as error:
        return fail(said_by(error), error.hint)
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.NoSuchOption as error:
        path = error.ctx.command_path if error.ctx else "search"
        return fail(
            _usage(error),
            message(
                "run '{path} --help'; before text that begins with a minus put '--'", path=path
            ),
        )
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "search"
        return fail(_usage(error), message("run '{path} --help'", path=path))
    except click.ClickException as error:
        return fail(error.format_message(), message("run '{path} --help'", path="search"))
    except (KeyboardInterrupt, click.exceptions.Abort):
        return INTERRUPTED
    except (ClosedPipeError, BrokenPipeError):
        _drop_output()  # the reader of a pipe has seen enough
        return FOUND
    except OSError as error:
        if error.filename:
            return fail(
                message(
                    "cannot use '{name}': {cause}", name=error.filename, cause=system_cause(error)
                ),
                message("name another, or mend the cause"),
            )
        _drop_output()
        return fail(
            message("cannot write the output: {cause}", cause=system_cause(error)),
            message("make room where it goes, or send it elsewhere"),
        )
    return code if isinstance(code, int) else FOUND


def run() -> NoReturn:
    """Run `search` as this process and end it with its exit code."""
    code = main()
    if threading.active_count() == 1:
        # Taking an interpreter down that has loaded numpy and a dictionary takes 40 ms, and all of
        # it goes back to the system anyway.
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    sys.exit(code)


def _drop_output() -> None:
    """Keep Python from flushing what is left into a closed pipe or a full disk at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: click.UsageError) -> str:
    """Return what is wrong with the arguments, as a part of a sentence."""
    if isinstance(error.message, Message):
        return error.message
    said = error.format_message().rstrip(".")
    return said[:1].lower() + said[1:]


def fail(message: str, hint: str) -> int:
    """Say on stderr what failed and what to do next, and return the exit code for it."""
    click.echo(f"search: {spoken(message)}", err=True)
    if hint:
        click.echo(tell("hint: {hint}", hint=hint), err=True)
    return ERROR
