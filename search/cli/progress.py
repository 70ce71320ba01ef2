"""How far a long run is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any

from search.cli.output import say

EVERY_SECONDS = 5.0  # a plain line at most this often


class Progress:
    """Called with (files done, files in all); shows nothing in runs that are over at once."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Any = None
        self._task: Any = None
        self._last = time.monotonic()

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

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` files have been read."""
        if self._quiet:
            return
        if sys.stderr.isatty():
            self._show_bar(done, total)
        elif time.monotonic() - self._last >= EVERY_SECONDS:
            self._last = time.monotonic()
            say(f"{done:,} of {total:,} files")

    def _show_bar(self, done: int, total: int) -> None:
        if self._bar is None:
            self._bar, self._task = _begin(total)
        self._bar.update(self._task, completed=done)


def _begin(total: int) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    bar = RichProgress(
        BarColumn(),
        MofNCompleteColumn(),
        "files",
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar, bar.add_task("", total=total)
