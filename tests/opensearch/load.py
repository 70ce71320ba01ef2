"""An archive on a cluster that is written and searched at once, and what its answers must be.

Each run writes articles that bear its number, changes some that were there, adds one that stays and
takes one away. So an answer tells of which run it is, and whether it is that run's whole state.
"""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from search import Archive, Cluster
from search.errors import (
    ClusterUnavailableError,
    IndexLockedError,
    IndexWriteError,
    QueryTimeoutError,
)

SIGN = "集群负载标记"  # in every article
COUNT = 5  # articles in files that each run writes anew
BODY = 200  # characters that each has of its own, so that none is a copy of another
LONGEST_SECONDS = 120  # that anything may take to recover
MOST_RUNS = 400
SEARCHERS = 2
OUTAGES = (ClusterUnavailableError, QueryTimeoutError)
REFUSED = (*OUTAGES, IndexLockedError, IndexWriteError)


class Articles:
    """A folder of text files and one of records, as run after run leaves them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir()
        self.run = 0

    def write(self) -> None:
        """Leave the articles of the next run."""
        self.run += 1
        for at in range(COUNT):
            title = f"{SIGN}第{self.run}次，第{at}篇"
            (self.folder / f"{at}.txt").write_text(f"{title}\n\n{_text(at)}\n", "utf-8")
        (self.folder / f"kept-{self.run}.txt").write_text(
            f"{_kept(self.run)}\n\n{_text(1000 + self.run)}\n", "utf-8"
        )
        lines = [
            json.dumps({"id": f"r{at}", "title": title, "body": _text(2000 + at)})
            for at, title in _records(self.run)
        ]
        (self.folder / "records.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def _text(seed: int) -> str:
    draw = random.Random(seed)
    return "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(BODY))


def _kept(run: int) -> str:
    return f"{SIGN}留存之{run}"


def _records(run: int) -> list[tuple[int, str]]:
    """Return the records of a run: one that is new, one that is changed; that before is gone."""
    return [(at, f"{SIGN}记录之{at}，写于{run}") for at in (run, run - 1)]


def titles_of(run: int) -> list[str]:
    """Return the titles of all articles that a run leaves, sorted."""
    own = [f"{SIGN}第{run}次，第{at}篇" for at in range(COUNT)]
    kept = [_kept(one) for one in range(1, run + 1)]
    return sorted([*own, *kept, *(title for _, title in _records(run))])


@dataclass
class Seen:
    """What a load has met with."""

    answers: int = 0
    stale: int = 0  # answers whole, and older than what had been acknowledged
    acknowledged: int = 0  # runs
    errors: dict[str, int] = field(default_factory=dict)
    last_error: str = ""
    faults: list[str] = field(default_factory=list)
    good_searches: list[tuple[float, float]] = field(default_factory=list)  # begun, ended
    good_updates: list[tuple[float, float]] = field(default_factory=list)

    def count(self, error: BaseException) -> None:
        name = type(error).__name__
        self.last_error = f"{name}: {error}"
        self.errors[name] = self.errors.get(name, 0) + 1


class StuckError(AssertionError):
    """An archive does not get well again."""


class Load:
    """One writer and two searchers of an archive, until it is over."""

    def __init__(self, cluster: Cluster, folder: Path, seconds: float = 10) -> None:
        self.cluster = cluster
        self.articles = Articles(folder)
        self.seen = Seen()
        self._seconds = seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._acknowledged = 0

    @contextmanager
    def running(self) -> Iterator["Load"]:
        """Build the archive and keep it busy."""
        self.articles.write()
        Archive.build([self.articles.folder], self.cluster)
        self._acknowledge()
        threads = [threading.Thread(target=self._write)]
        threads += [threading.Thread(target=self._search) for _ in range(SEARCHERS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def recovered(self, since: float, seconds: float = LONGEST_SECONDS) -> tuple[float, float]:
        """Return after how long the first search and the first update were good, begun since.

        A StuckError where that takes so many seconds.
        """
        deadline = since + seconds
        while time.monotonic() < deadline:
            search = _first(self.seen.good_searches, since)
            update = _first(self.seen.good_updates, since)
            if search is not None and update is not None:
                return search - since, update - since
            if self.seen.faults:
                break
            time.sleep(0.05)
        seen = self.seen
        raise StuckError(f"not well: {seen.faults}, {seen.errors}, lastly {seen.last_error}")

    def settle(self) -> None:
        """Run what an outage may have cut off once more, and look at all that there is."""
        archive = Archive(self.cluster)
        archive.update()
        wrong = wrong_in(archive, self.articles.run, self.articles.run)
        if wrong:
            self.seen.faults.append(f"at the end: {wrong}")

    def _acknowledge(self) -> None:
        with self._lock:
            self._acknowledged = self.articles.run
        self.seen.acknowledged += 1

    def _write(self) -> None:
        """Make run after run; one that fails is made again."""
        archive = Archive(self.cluster)
        while not self._over.is_set() and self.articles.run < MOST_RUNS:
            if self._acknowledged == self.articles.run:
                self.articles.write()
            begun = time.monotonic()
            try:
                archive.update()
            except REFUSED as error:
                self.seen.count(error)
                self._over.wait(0.2)
            except BaseException as error:
                self.seen.faults.append(f"update: {error!r}")
                return
            else:
                self._acknowledge()
                self.seen.good_updates.append((begun, time.monotonic()))
                self._over.wait(0.1)

    def _search(self) -> None:
        archive = Archive(self.cluster, seconds=self._seconds)
        while not self._over.is_set():
            with self._lock:
                least = self._acknowledged
            begun = time.monotonic()
            try:
                wrong = wrong_in(archive, least, None)
            except OUTAGES as error:
                self.seen.count(error)
                self._over.wait(0.1)
            except BaseException as error:
                self.seen.faults.append(f"search: {error!r}")
                return
            else:
                self._take(wrong, begun)
            self._over.wait(0.02)

    def _take(self, wrong: str, begun: float) -> None:
        self.seen.answers += 1
        if wrong == STALE:
            self.seen.stale += 1
        elif wrong:
            self.seen.faults.append(wrong)
            self._over.set()
        else:
            self.seen.good_searches.append((begun, time.monotonic()))


STALE = "stale"


def wrong_in(archive: Archive, least: int, most: int | None) -> str:
    """Return what is wrong with the answer that has all articles, nothing where it is whole."""
    run, wrong = told_by(archive)
    if wrong:
        return wrong
    if most is not None and run > most:
        return f"run {run} is none that was made"
    return STALE if run < least else ""


def told_by(archive: Archive) -> tuple[int, str]:
    """Return of which run the answer is that has all articles, and why it is not that run's."""
    with archive.one_state():
        found = archive.search(f'"{SIGN}"', limit=2 * MOST_RUNS, fold=False, relax=False)
        state = archive.answered_by()
    titles = sorted(hit.title for hit in found.hits)
    ids = [hit.id for hit in found.hits]
    if len(ids) != len(set(ids)):
        return 0, f"{len(ids) - len(set(ids))} twice in {state}"
    runs = {run_of(title) for title in titles} - {0}
    newest = max(runs, default=0)
    if titles != titles_of(newest) or found.total != len(titles):
        lost = sorted(set(titles_of(newest)) - set(titles))
        also = sorted(set(titles) - set(titles_of(newest)))
        return newest, f"not whole: run {newest} in {state}, lost {lost}, also {also}"
    return newest, ""


def run_of(title: str) -> int:
    """Return by which run an article was written, 0 where it may be any."""
    for before, after in ((f"{SIGN}第", "次"), ("写于", "")):
        if before in title:
            number = title.partition(before)[2]
            return int(number.partition(after)[0] if after else number)
    return 0


def _first(good: list[tuple[float, float]], since: float) -> float | None:
    return next((ended for begun, ended in list(good) if begun >= since), None)
