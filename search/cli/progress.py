"""How far a long run is: a bar on a terminal, a line now and then elsewhere."""

import os
import sys
import time
from types import TracebackType
from typing import Any

from search.archive import Done
from search.cli.output import say
from search.cli.speech import spoken, tell

FIRST_SECONDS = 0.5  # until then nothing is shown: most runs are over, and the bar takes a while
BAR_SECONDS = 0.1  # the bar is drawn at most this often
LINE_SECONDS = 5.0  # and a plain line is written


class Progress:
    """Called with how far a run is; shows nothing in runs that are over at once."""

    def __init__(self, quiet: bool) -> None:
        # A dumb terminal cannot move back to draw over a bar.
        self._is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._bar: Any = None
        self._task: Any = None
        self._began = time.monotonic()
        wait = FIRST_SECONDS if self._is_terminal else LINE_SECONDS
        self._next = float("inf") if quiet else self._began + wait

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: Done) -> None:
        """Show how far the run is, if it is time to."""
        now = time.monotonic()
        if now < self._next:
            return
        if self._is_terminal:
            self._next = now + BAR_SECONDS
            self._show_bar(done)
        else:
            self._next = now + LINE_SECONDS
            say(line(done, now - self._began))

    def _show_bar(self, done: Done) -> None:
        if self._bar is None:
            self._bar = _new_bar()
            self._task = self._bar.add_task("", files="")
        # A byte more than there are: what was read is still to be written.
        self._bar.update(
            self._task, completed=done.size, total=done.all_size + 1, files=_files(done)
        )


def line(done: Done, seconds: float) -> str:
    """Return how far a run is after so many seconds.

    >>> line(Done(50, 200, 2_000_000, 8_000_000, 50), 4.0)
    '50 of 200 files, 50 articles, 2.0 of 8.0 MB, 0.5 MB/s, 12 s left'
    >>> line(Done(1, 1, 8_000_000, 8_000_000, 50, 20, 1000), 9.0)
    '1 of 1 files, 50 articles, 20 of 1,000 strings asked'
    >>> line(Done(0, 0, 2_000_000, 8_000_000, 50, all_articles=200), 4.0)
    '50 of 200 articles, 2.0 of 8.0 MB, 0.5 MB/s, 12 s left'
    """
    parts = [_files(done)]
    if done.all_asked:  # all is read
        return parts[0]
    if done.size and seconds:
        speed = done.size / seconds
        left = (done.all_size - done.size) / speed
        sizes = {"size": done.size / 1e6, "whole": done.all_size / 1e6}
        parts.append(tell("{size:.1f} of {whole:.1f} MB", **sizes))
        parts.append(tell("{speed:.1f} MB/s, {left:.0f} s left", speed=speed / 1e6, left=left))
    return spoken(", ").join(parts)


def _files(done: Done) -> str:
    if done.all_articles:
        moved = {"articles": done.articles, "whole": done.all_articles}
        return tell("{articles:,} of {whole:,} articles", **moved)
    files = {"files": done.files, "whole": done.all_files}
    parts = [
        tell("{files:,} of {whole:,} files", **files),
        tell("{articles:,} articles", articles=done.articles),
    ]
    if done.all_asked:
        asked = {"asked": done.asked, "whole": done.all_asked}
        parts.append(tell("{asked:,} of {whole:,} strings asked", **asked))
    return spoken(", ").join(parts)


def _new_bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as RichProgress

    bar = RichProgress(
        BarColumn(),
        TextColumn("{task.fields[files]}"),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar
