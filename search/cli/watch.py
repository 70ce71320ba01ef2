"""`search index --watch`: taking up what changes in the sources, until Ctrl-C or SIGTERM."""

import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from search.archive import Archive, Report, SearchError
from search.cli.failures import say_rest, shown
from search.cli.options import dictionary_file, settings
from search.cli.output import say
from search.cli.reports import counts_line, print_json_report
from search.cli.speech import spoken, tell
from search.cli.watching import changes_in
from search.config import DICTIONARY, FILE
from search.messages import message, plural, said_by


def watch_sources(archive: Archive, given: dict[str, Any], first: Report) -> int:
    """Bring the index up to date whenever its sources change; return 0 when told to end.

    search.toml and the dictionary are watched as the sources are, and read anew for each update.
    """
    toml = str(Path(FILE).absolute())

    def update() -> Report:
        defaults = settings()
        return archive.update((), None, given["jobs"], defaults.reading, dictionary_file(defaults))

    said = Said(as_json=given["as_json"], quiet=given["quiet"])
    said.known = frozenset(map(str, first.failed))
    with _ended_like_ctrl_c():
        try:
            sources = archive.status().sources
            said.note(
                plural(
                    "watching {count:,} source", "watching {count:,} sources", count=len(sources)
                )
            )
            changes = changes_in(
                lambda: [*_sources(archive, sources), toml, _dictionary(archive)],
                archive.index.absolute() if isinstance(archive.index, Path) else None,
            )
            follow(changes, update, said)
        except KeyboardInterrupt:
            said.note(message("watching has ended"))
    return 0


class Said:
    """Tells what each update did: a line each time something has changed, each failure once."""

    def __init__(self, as_json: bool, quiet: bool) -> None:
        self.known: frozenset[str] = frozenset()  # failures that were told
        self._as_json = as_json
        self._quiet = quiet

    def report(self, report: Report, seconds: float) -> None:
        """Tell what an update did; nothing when it has found nothing new."""
        failed = [error for error in report.failed if str(error) not in self.known]
        self.known = frozenset(map(str, report.failed))
        if not (report.has_changes or report.recut_words or failed):
            return
        if self._as_json:
            print_json_report(report)
            return
        if not self._quiet:
            click.echo(f"{time.strftime('%H:%M:%S')} {counts_line(report, seconds)}")
        self._failures(failed)

    def error(self, error: SearchError) -> None:
        """Tell, once, why an update could not be made: it is tried again."""
        if str(error) not in self.known:
            self.known |= {str(error)}
            say(f"search: {tell('{error}; waiting', error=said_by(error))}")

    def note(self, text: str) -> None:
        """Tell that watching has begun or ended."""
        if not self._quiet and not self._as_json:
            say(f"search: {spoken(text)}")

    def _failures(self, failed: Sequence[SearchError]) -> None:
        for error in shown(failed, sys.stderr):
            say(f"search: {spoken(said_by(error))}")
        say_rest(len(failed))


def follow(changes: Iterable[bool], update: Callable[[], Report], said: Said) -> None:
    """Update at every change, and again after one that could not be made.

    `changes` says at least every few seconds whether something has changed since. An update fails
    while another run writes, or the index or a source is being replaced: that passes.
    """
    is_due = False
    for has_changed in changes:
        is_due |= has_changed
        if not is_due:
            continue
        began = time.perf_counter()
        try:
            report = update()
        except SearchError as error:
            said.error(error)
            continue
        is_due = False
        said.report(report, time.perf_counter() - began)


def _sources(archive: Archive, before: Sequence[str]) -> Sequence[str]:
    """Return the sources of the index as it is now; those before while it cannot be read."""
    try:
        return archive.status().sources
    except SearchError:
        return before


def _dictionary(archive: Archive) -> str:
    """Return the file of words that the next update is to go by."""
    try:
        given = dictionary_file(settings()) or archive.status().dictionary
    except SearchError:  # neither can be read just now
        given = ""
    return str(Path(given or DICTIONARY).absolute())


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Let SIGTERM end what runs inside as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
