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
from search.errors import SearchError

FOUND, NOTHING, ERROR, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `search` with `arguments` (those of the process) and return its exit code."""
    given = decoded(sys.argv[1:] if arguments is None else arguments)
    let_all_text_through()
    try:
        code = search.main(given, prog_name="search", standalone_mode=False)
        sys.stdout.flush()
    except SearchError as error:
        return fail(str(error), error.hint)
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.NoSuchOption as error:
        message = error.format_message().rstrip(".")
        path = error.ctx.command_path if error.ctx else "search"
        return fail(
            message[:1].lower() + message[1:],
            f"run '{path} --help'; before text that begins with a minus put '--'",
        )
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "search"
        message = error.format_message().rstrip(".")
        return fail(message[:1].lower() + message[1:], f"run '{path} --help'")
    except click.ClickException as error:
        return fail(error.format_message(), "run 'search --help'")
    except (KeyboardInterrupt, click.exceptions.Abort):
        return INTERRUPTED
    except (ClosedPipeError, BrokenPipeError):
        _drop_output()  # the reader of a pipe has seen enough
        return FOUND
    except OSError as error:
        if error.filename:
            cause = (error.strerror or str(error)).lower()
            return fail(
                f"cannot use '{error.filename}': {cause}", "name another, or mend the cause"
            )
        _drop_output()
        return fail(
            f"cannot write the output: {(error.strerror or str(error)).lower()}",
            "make room where it goes, or send it elsewhere",
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


def fail(message: str, hint: str) -> int:
    """Say on stderr what failed and what to do next, and return the exit code for it."""
    click.echo(f"search: {message}", err=True)
    if hint:
        click.echo(f"hint: {hint}", err=True)
    return ERROR
