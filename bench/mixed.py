"""A site that is asked, changed, rebuilt, reloaded and hurt at once: `python -m bench.mixed`.

`search serve` with worker processes over the articles of a corpus is asked at a constant rate (as
by `bench.load`) for pages of results, answers of the API, articles and suggestions. Every few
seconds `search index` commits articles that were added, changed and removed; in the middle the
index is rebuilt; the site is reloaded by SIGHUP, and one of its workers ended by SIGTERM. Each
answer has to be there, and to be made of one committed state, which articles that bear the number
of their commit tell (`bench.markers`). The memory of all workers is sampled every second.
"""

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.corpora import CORPORA, DEFAULT_FOLDER, SEEDS, CorpusError, read_corpus
from bench.load import Answer, addresses, file_name, load, told, written
from bench.markers import ARTICLES, SEARCHES, Markers
from search.document import Document

SEED = 8
SEARCH = Path(sys.executable).with_name("search")
MB = 1024  # kilobytes, as /proc has them


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how fast, and by how many."""

    seconds: float = 600
    rate: float = 20  # requests a second
    workers: int = 2
    commit_seconds: float = 5  # from one commit to the next


@dataclass
class Run:
    """What happened."""

    answers: list[Answer] = field(default_factory=list)
    commit_seconds: list[float] = field(default_factory=list)
    rebuild_seconds: list[float] = field(default_factory=list)
    workers: set[int] = field(default_factory=set)  # process ids of all there were
    memory: list[tuple[float, float]] = field(default_factory=list)  # seconds, MB of all workers
    troubles: list[str] = field(default_factory=list)  # of what was done to the site

    def count(self, *errors: str) -> int:
        """Return how many answers were wrong in one of these ways."""
        return sum(answer.error in errors for answer in self.answers)

    def failures(self) -> int:
        """Return how many requests got no answer of status 200."""
        return sum(bool(a.error) for a in self.answers) - self.count(*WRONG)

    def is_well(self) -> bool:
        """Return whether nothing at all was wrong."""
        return not self.troubles and not any(answer.error for answer in self.answers)


WRONG = ("mixed", "incomplete", "stale")


def paths(documents: Sequence[Document], count: int) -> list[str]:
    """Return so many addresses, the same for the same documents: two in five are of markers."""
    draw = random.Random(SEED)
    searches = cycle(addresses(documents, 500))
    ids = [file_name(document) for document in documents]
    kinds = {
        lambda: next(searches): 3,
        lambda: draw.choice(SEARCHES): 3,
        lambda: draw.choice(ARTICLES): 1,
        lambda: f"/doc/{quote(f'lctt/{draw.choice(ids)}')}": 2,
        lambda: (
            f"/api/suggest?{urlencode({'q': draw.choice(documents).body.strip()[:2] or '一'})}"
        ): 1,
    }
    return [make() for make in draw.choices(list(kinds), list(kinds.values()), k=count)]


@contextmanager
def served(folder: Path, workers: int) -> Iterator[tuple[int, int]]:
    """Give the process id and the port of a site over the index in `folder`."""
    (folder / "search.toml").write_text('[site]\nrate = "0/minute"\n', "utf-8")
    command = [SEARCH, "serve", "--workers", str(workers), "--port", "0", "--no-log"]
    with (
        (folder / "site.log").open("w") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=folder, env=_environment()
        ) as site,
    ):
        assert site.stdout is not None
        try:
            found = re.search(r"http://127\.0\.0\.1:(\d+)", site.stdout.readline())
            if not found:
                raise RuntimeError("the site did not start")
            yield site.pid, int(found[1])
        finally:
            site.terminate()


def run(documents: Sequence[Document], plan: Plan) -> Run:
    """Return what happened to a site over the documents."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles, markers = written(documents, folder), Markers(folder)
        markers.write()
        _index(folder, str(articles), str(markers.folder))
        markers.committed()
        with served(folder, plan.workers) as (site, port):
            load(port, list(islice(cycle((*SEARCHES, *ARTICLES)), 60)), 20)  # until all are loaded
            happened, over = Run(), threading.Event()
            doing = [
                threading.Thread(target=_change, args=(folder, markers, plan, happened, over)),
                threading.Thread(target=_sample, args=(site, happened, over)),
                threading.Timer(plan.seconds / 4, os.kill, (site, signal.SIGHUP)),
                threading.Timer(plan.seconds * 3 / 4, _end_one, (site, happened)),
            ]
            for one in doing:
                one.start()
            asked = paths(documents, round(plan.seconds * plan.rate))
            happened.answers = load(port, asked, plan.rate, markers.watch)
            over.set()
            for one in doing:
                one.join()
            happened.workers |= set(_workers(site))
    return happened


def report(happened: Run, plan: Plan) -> list[str]:
    """Return the lines that say how it went."""
    failed = Counter(answer.error for answer in happened.answers if answer.error)
    named = "".join(f", {count} × {error}" for error, count in sorted(failed.items()))
    took = statistics.median(happened.commit_seconds or [0])
    rebuilt = ", ".join(f"{seconds:.1f}" for seconds in happened.rebuild_seconds)
    lines = [
        f"{len(happened.answers):,} requests at {plan.rate:g} a second of {plan.workers} workers",
        f"failures {happened.failures()}, mixed {happened.count('mixed')}, "
        f"incomplete {happened.count('incomplete')}, stale {happened.count('stale')}{named}",
        told("from when it was due", [answer.latency_ms for answer in happened.answers]),
        f"{len(happened.commit_seconds)} commits (median {took:.1f} s), "
        f"{len(happened.rebuild_seconds)} rebuild ({rebuilt} s), 1 reload, 1 worker ended: "
        f"{len(happened.workers)} workers in all",
        memory(happened.memory),
    ]
    return lines + happened.troubles


def memory(samples: Sequence[tuple[float, float]]) -> str:
    """Return a line of how the memory of all workers went."""
    if len(samples) < 2:
        return "memory: not told"
    values = [value for _, value in samples]
    slope, _ = statistics.linear_regression([at / 60 for at, _ in samples], values)
    usual = statistics.median(values)
    return (
        f"memory of all workers (Pss): first {values[0]:.0f}, median {usual:.0f},"
        f" most {max(values):.0f}, last {values[-1]:.0f} MB, slope {slope:+.1f} MB a minute"
    )


def _environment() -> dict[str, str]:
    """Return the environment of the commands: nobody's own settings."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith(("SEARCH_", "LANG"))}
    return {**kept, "LANG": "C.UTF-8"}


def _index(folder: Path, *arguments: str) -> None:
    command = [SEARCH, "index", "--quiet", *arguments]
    subprocess.run(command, check=True, cwd=folder, env=_environment(), capture_output=True)


def _change(
    folder: Path, markers: Markers, plan: Plan, happened: Run, over: threading.Event
) -> None:
    """Commit changes again and again until it is over, and rebuild in the middle."""
    began = time.monotonic()
    number = 0
    while not over.wait(plan.commit_seconds if number else 0):
        is_late = time.monotonic() - began > plan.seconds / 2
        _commit(folder, number, markers, happened, is_late and not happened.rebuild_seconds)
        number += 1
    if not happened.rebuild_seconds:
        _commit(folder, number, markers, happened, True)


def _commit(folder: Path, number: int, markers: Markers, happened: Run, is_rebuild: bool) -> None:
    _edit(folder, number)
    markers.write()
    began = time.monotonic()
    try:
        _index(folder, *(["--rebuild"] if is_rebuild else []))
    except subprocess.CalledProcessError as error:
        happened.troubles.append(f"search index: {error.stderr.decode()}")
        return
    markers.committed()
    took = happened.rebuild_seconds if is_rebuild else happened.commit_seconds
    took.append(time.monotonic() - began)


def _edit(folder: Path, number: int) -> None:
    """Add an article, change the one before it, and remove the one before that."""
    files = folder / "lctt"
    text = f"第{number}篇新文章\n\n" + "容器编排与产业链的一篇文章。" * (number % 20 + 1)
    (files / f"new-{number}.txt").write_text(text, "utf-8")
    before = files / f"new-{number - 1}.txt"
    if before.exists():
        before.write_text(f"{text}\n\n后来又改过一次。", "utf-8")
    (files / f"new-{number - 2}.txt").unlink(missing_ok=True)


def _sample(site: int, happened: Run, over: threading.Event) -> None:
    began = time.monotonic()
    while not over.wait(1):
        workers = _workers(site)
        happened.workers |= set(workers)
        sizes = [_pss(worker) for worker in workers]
        happened.memory.append((time.monotonic() - began, sum(sizes) / MB))


def _end_one(site: int, happened: Run) -> None:
    workers = _workers(site)
    if not workers:
        happened.troubles.append("there was no worker to end")
        return
    os.kill(workers[0], signal.SIGTERM)


def _workers(site: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{site}/task/{site}/children").read_text().split()]


def _pss(process: int) -> int:
    """Return the kilobytes of a process, of what is shared its part; 0 once it has ended."""
    try:
        told_of = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", told_of, re.MULTILINE)
    return int(found[1]) if found else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print and return 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.mixed", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_FOLDER, metavar="DIR")
    parser.add_argument("--corpus", choices=[*CORPORA, SEEDS], default="lctt")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=20, help="requests a second [20]")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--commit-seconds", type=float, default=5, help="between commits [5]")
    chosen = parser.parse_args(argv)
    try:
        documents = read_corpus(chosen.corpus, chosen.corpora)
    except CorpusError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    plan = Plan(chosen.minutes * 60, chosen.rate, chosen.workers, chosen.commit_seconds)
    happened = run(documents, plan)
    print(f"{chosen.corpus}: {len(documents):,} articles, {chosen.minutes:g} minutes")
    print("\n".join(report(happened, plan)))
    return int(not happened.is_well())


if __name__ == "__main__":
    sys.exit(main())
