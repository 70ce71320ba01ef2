"""The measures: each gives rows of figures, the peers side by side, taken in turns.

A row is `{"unit", "values": {peer: [figure, …]}, "ratios": {peer: [figure, …]}}`. Where it has two
figures they are p50 and p95; a ratio is ours to the peer's, of single queries or rounds, then p50
and p95 of those.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.corpora import ROOT
from bench.peers import KINDS, OURS, Query
from bench.queries import WARMING
from bench.records import Article, write_articles

Row = dict[str, Any]
Rows = dict[str, Row]

ADDED = 10
ASKED_FOR_MEMORY = 300
JOBS = (1, 2)
INDEXED = (OURS, "tantivy")  # what is timed with several jobs
STARTS = 5
BARE = "bare"


class MeasureError(Exception):
    """A peer failed."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured: peers with their indexes on one sample of one corpus."""

    folder: Path  # raw file and indexes
    peers: Sequence[str]
    text_bytes: int
    queries: Mapping[str, Sequence[Query]]
    extra: Sequence[Article]  # what is added later
    rounds: int
    builds: int

    @property
    def records(self) -> Path:
        """The raw file."""
        return self.folder / "documents.jsonl"

    def index(self, peer: str) -> Path:
        """Where the index of a peer lies."""
        return self.folder / peer

    def turns(self, turn: int) -> list[str]:
        """The peers in the order of a round."""
        at = turn % len(self.peers)
        return [*self.peers[at:], *self.peers[:at]]

    def task(self, name: str, **given: Any) -> dict[str, Any]:
        """Return the figures of a task done in a fresh process."""
        ran = subprocess.run(
            [sys.executable, "-m", "bench.worker"],
            input=json.dumps({"task": name, **given}).encode(),
            capture_output=True,
            check=False,
            cwd=ROOT,
        )
        if ran.returncode:
            said = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            who = given.get("peer", "a peer")
            raise MeasureError(f"cannot measure {name} of {who}: {''.join(said)}")
        found: dict[str, Any] = json.loads(ran.stdout)
        return found


def measure_build(bench: Bench) -> Rows:
    """Return CPU seconds from the raw file to a searchable index, and the most memory taken."""
    taken: dict[str, list[float]] = {name: [] for name in bench.peers}
    peak: dict[str, list[float]] = {name: [] for name in bench.peers}
    for turn in range(bench.builds):
        for name in bench.turns(turn):
            found = build(bench, name)
            taken[name].append(found["cpu_s"])
            if found["peak_mb"]:
                peak[name].append(found["peak_mb"])
    peaks = {name: [max(values)] for name, values in peak.items() if values}
    return {"build": _row("s", taken), "peak": {"unit": "MB", "values": peaks, "ratios": {}}}


def measure_index(bench: Bench) -> Rows:
    """Return articles and megabytes a second, by the clock, of one and of two jobs.

    Two need two cores: for this measure the bench may use all there are. tantivy writes in as many
    threads, beside which one cuts.
    """
    documents = sum(1 for _ in bench.records.open("rb"))
    rows: Rows = {}
    with unpinned():
        for jobs in JOBS:
            peers = [name for name in bench.peers if name in INDEXED]
            taken: dict[str, list[float]] = {name: [] for name in peers}
            for turn in range(bench.builds):
                for name in peers if turn % 2 else reversed(peers):
                    taken[name].append(build(bench, name, jobs)["wall_s"])
            for key, unit, amount in (
                ("articles", "a second", documents),
                ("megabytes", "MB/s", bench.text_bytes / 1e6),
            ):
                speeds = {name: [amount / s for s in found] for name, found in taken.items()}
                rows[f"{key}-{jobs}"] = _row(unit, speeds)
    return rows


def build(bench: Bench, peer: str, jobs: int = 1) -> dict[str, Any]:
    """Build the index of a peer anew and return what it cost."""
    shutil.rmtree(bench.index(peer), ignore_errors=True)
    index, records = str(bench.index(peer)), str(bench.records)
    return bench.task("build", peer=peer, folder=index, records=records, jobs=jobs)


def measure_latency(bench: Bench) -> Rows:
    """Return the time of a query by kind, within the engine and whole, and how many find."""
    rows: Rows = {}
    for level in ("engine", "whole"):
        found = _asked(bench, level, KINDS)
        for kind in KINDS:
            seconds = {name: found[name][kind]["seconds"] for name in found}
            rows[f"{level}-{kind}"] = _query_row(seconds)
            if level == "whole":
                shares = {name: [_share(asked[kind]["totals"])] for name, asked in found.items()}
                rows[f"found-{kind}"] = {"unit": "%", "values": shares, "ratios": {}}
    return rows


def measure_page(bench: Bench) -> Rows:
    """Return the time of a page of ten hits with what was found marked."""
    found = _asked(bench, "page", ("term",))
    return {"page": _query_row({name: found[name]["term"]["seconds"] for name in found})}


def measure_cold(bench: Bench) -> Rows:
    """Return the wall time of a fresh process that answers one query."""
    taken: dict[str, list[float]] = {name: [] for name in (BARE, *bench.peers)}
    words = bench.queries["term"]
    words_asked = words[len(words) // 2 :]
    for turn in range(STARTS):
        word = words_asked[turn % len(words_asked)].words[0]
        for name in (BARE, *bench.turns(turn)):
            written = f'"{word}"' if name == "tantivy" else word
            run = ["-m", "bench.start", name, str(bench.index(name)), written]
            began = time.perf_counter()
            ran = subprocess.run(
                [sys.executable, *(["-c", "pass"] if name == BARE else run)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                check=False,
            )
            taken[name].append((time.perf_counter() - began) * 1000)
            # Of ours, 1 is the answer that nothing was found.
            if ran.returncode not in (0, 1) or b"Traceback" in ran.stderr:
                raise MeasureError(f"cannot start {name}: {ran.stderr.decode('utf-8', 'replace')}")
    return {"cold": _row("ms", taken)}


def measure_size(bench: Bench) -> Rows:
    """Return the bytes of each index in bytes of text."""
    sizes = {}
    for name in bench.peers:
        files = [path for path in bench.index(name).rglob("*") if path.is_file()]
        sizes[name] = [sum(path.stat().st_size for path in files) / bench.text_bytes]
    return {"size": _row("× text", sizes)}


def measure_memory(bench: Bench) -> Rows:
    """Return what a fresh process holds after some hundred queries of all kinds."""
    each = ASKED_FOR_MEMORY // len(KINDS)
    kinds = {kind: [query.words for query in bench.queries[kind][:each]] for kind in KINDS}
    rows: dict[str, dict[str, list[float]]] = {"rss_mb": {}, "anonymous_mb": {}}
    for name in bench.peers:
        index = str(bench.index(name))
        found = bench.task("memory", peer=name, folder=index, kinds=kinds)
        for row, values in rows.items():
            if found[row] is not None:
                values[name] = [found[row]]
    return {"memory": _row("MB", rows["rss_mb"]), "anonymous": _row("MB", rows["anonymous_mb"])}


def measure_add(bench: Bench) -> Rows:
    """Return the wall time until ten more articles are found, on a copy of each index."""
    taken: dict[str, list[float]] = {name: [] for name in bench.peers}
    away = bench.folder / "added"
    shutil.rmtree(away, ignore_errors=True)
    for name in bench.peers:
        shutil.copytree(bench.index(name), away / name)
    for turn in range(bench.rounds):
        marker = "qxz" + "abcdefghij"[turn % 10] * (1 + turn // 10)  # a word of no text
        articles = away / f"articles-{turn}"
        write_articles([(i, t, f"{b}\n{marker}") for i, t, b in bench.extra[:ADDED]], articles)
        for name in bench.turns(turn):
            found = bench.task(
                "add",
                peer=name,
                folder=str(away / name),
                articles=str(articles),
                marker=marker,
                count=min(ADDED, len(bench.extra)),
            )
            taken[name].append(found["wall_s"] * 1000)
    shutil.rmtree(away)
    return {"add": _row("ms", taken)}


MEASURES: dict[str, Callable[[Bench], Rows]] = {
    "build": measure_build,
    "latency": measure_latency,
    "page": measure_page,
    "cold": measure_cold,
    "size": measure_size,
    "memory": measure_memory,
    "add": measure_add,
    "index": measure_index,
}


def pin(core: int | None) -> int | None:
    """Keep this process and those it starts on one core; return which, or None where it cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = max(os.sched_getaffinity(0)) if core is None else core
    os.sched_setaffinity(0, {chosen})
    return chosen


@contextmanager
def unpinned() -> Iterator[None]:
    """Let this process and those it starts use all cores meanwhile."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    pinned = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, pinned)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that `share` of them do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _asked(bench: Bench, level: str, kinds: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return for each peer and kind the median of each query's rounds, in the order asked.

    Each round is a process of its own, so that none answers from what another remembers.
    """
    # FTS5 parses and ranks in one statement: it has no engine to be asked apart.
    peers = [name for name in bench.peers if level != "engine" or name != "fts5"]
    rounds = [
        bench.task(
            "ask",
            level=level,
            folders={name: str(bench.index(name)) for name in peers},
            kinds={kind: [query.words for query in bench.queries[kind]] for kind in kinds},
            warming=WARMING,
            turn=turn,
        )
        for turn in range(bench.rounds)
    ]
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for name in peers:
        found[name] = {}
        for kind in kinds:
            seconds = zip(*(asked[name][kind]["seconds"] for asked in rounds), strict=True)
            totals = rounds[0][name][kind]["totals"]
            found[name][kind] = {"seconds": list(map(median, seconds)), "totals": totals}
    return found


def _share(totals: Sequence[int]) -> float:
    return 100 * sum(total > 0 for total in totals) / len(totals)


def _query_row(seconds: Mapping[str, Sequence[float]]) -> Row:
    values = {
        name: [1000 * percentile(taken, share) for share in (0.5, 0.95)]
        for name, taken in seconds.items()
    }
    ratios = {
        name: [
            percentile([a / b for a, b in zip(seconds[OURS], theirs, strict=True)], share)
            for share in (0.5, 0.95)
        ]
        for name, theirs in seconds.items()
        if name != OURS and OURS in seconds
    }
    return {"unit": "ms", "values": values, "ratios": ratios}


def _row(unit: str, taken: Mapping[str, Sequence[float]]) -> Row:
    """Return medians, and medians of the ratios of each round."""
    ratios = {
        name: [median(a / b for a, b in zip(taken[OURS], theirs, strict=True))]
        for name, theirs in taken.items()
        if name not in (OURS, BARE) and taken.get(OURS)
    }
    values = {name: [median(values)] for name, values in taken.items() if values}
    return {"unit": unit, "values": values, "ratios": ratios}
