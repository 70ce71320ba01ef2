"""The commits of one run: one at its end and, in long runs, now and then before.

A run that is killed has then lost little: what was committed, documents and manifest together, is
what the next run finds and goes on from.
"""

import time
from collections.abc import Sequence
from functools import partial

from search.analysis.batching import Aside
from search.analysis.dictionary import NONE, Dictionary
from search.archive.examining import Examined, examine
from search.archive.manifest import Manifest
from search.archive.report import Report
from search.archive.reprint_run import ReprintRun
from search.engine import Engine, IndexWriter

EVERY_SECONDS = 30.0  # a commit writes the manifest, and starts the processes of `jobs` anew


class Commits:
    """Holds the writer of a run. A new one takes its place after each commit."""

    def __init__(
        self,
        engine: Engine,
        manifest: Manifest,
        report: Report,
        jobs: int = 1,
        dictionary: Dictionary = NONE,
    ) -> None:
        self.reprints = ReprintRun(engine, manifest)
        self.count = 0  # of those made before the end
        self._manifest = manifest
        self._begin = partial(engine.writer, jobs, Aside(examine, self._take), dictionary)
        self._report = report
        self.writer: IndexWriter = self._begin()
        self._last = time.monotonic()

    @property
    def is_due(self) -> bool:
        """Whether so much time has gone by that what was done should be kept."""
        return time.monotonic() - self._last >= EVERY_SECONDS

    def commit(self) -> None:
        """Commit what was written so far, with the manifest as it is, and go on."""
        self.writer.commit(self.settled())
        self.writer = self._begin()
        self.count += 1
        self._last = time.monotonic()

    def settled(self) -> bytes:
        """Return the manifest as it is to be stored with what was written so far."""
        self.writer.flush()
        self.reprints.settle()
        return self._manifest.to_bytes()

    def _take(self, examined: Sequence[Examined]) -> None:
        for found in examined:
            self.reprints.sign(found.id, found.signature)
            self._report.damage += found.damage
