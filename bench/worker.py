"""One measurement in a process of its own: a task as JSON on stdin, its figures as JSON on stdout.

A task is `{"task": …, …}` with what the function of that name takes. Times are CPU seconds, of
children too, unless they are called wall: other work on the machine counts little in them.
"""

import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.peers import Peer, Query, load
from bench.records import read_records, write_records

Figures = dict[str, Any]
# Records that are indexed before measuring. One is too few: ours loads the readings of characters
# with the first bracket it meets, 0.8 s that were counted as building 1,000 poems (0.3 s).
FIRST = 100
Kinds = Mapping[str, Sequence[tuple[str, ...]]]  # the words of each query


def build(peer: str, folder: str, records: str, jobs: int = 1) -> Figures:
    """Return what building an index costs once dictionaries are loaded."""
    with tempfile.TemporaryDirectory() as first:
        few = Path(first) / "few.jsonl"
        write_records(islice(read_records(Path(records)), FIRST), few)
        load(peer, Path(first) / "index").build(few)
    measured = load(peer, Path(folder))
    gc.collect()
    began, began_wall = cpu(), time.perf_counter()
    measured.build(Path(records), jobs)
    taken = time.perf_counter() - began_wall
    return {"cpu_s": cpu() - began, "wall_s": taken, "peak_mb": resident("VmHWM")}


def ask(level: str, folders: Mapping[str, str], kinds: Kinds, warming: int, turn: int) -> Figures:
    """Return for each peer and kind the seconds and the total of each query, asked once.

    The peers take turns at each query. The last `warming` queries of a kind are asked first and
    are not counted. Indexes are opened anew for each kind.
    """
    peers = {name: load(name, Path(folder)) for name, folder in folders.items()}
    order = list(peers)
    found: Figures = {name: {} for name in peers}
    for kind, drawn in kinds.items():
        for peer in peers.values():
            peer.open()
        queries = [Query(kind, tuple(words)) for words in drawn]
        measured, first = queries[:-warming], queries[-warming:]
        for name in peers:
            found[name][kind] = {"seconds": [], "totals": []}
            for query in first:
                _asked(peers[name], level, query)
        gc.collect()
        gc.freeze()  # what one peer holds shall not slow the collections of another
        for at, query in enumerate(measured):
            for step in range(len(order)):
                name = order[(at + turn + step) % len(order)]
                seconds, total = _asked(peers[name], level, query)
                found[name][kind]["seconds"].append(seconds)
                found[name][kind]["totals"].append(total)
    return found


def memory(peer: str, folder: str, kinds: Kinds) -> Figures:
    """Return the resident megabytes after the queries; anonymous ones are not shared."""
    searched = load(peer, Path(folder))
    searched.open()
    asked = 0
    for kind, drawn in kinds.items():
        for words in drawn:
            searched.answer(searched.written(Query(kind, tuple(words))))
            asked += 1
    return {"rss_mb": resident("VmRSS"), "anonymous_mb": resident("RssAnon"), "queries": asked}


def add(peer: str, folder: str, articles: str, marker: str, count: int) -> Figures:
    """Return the wall seconds until articles added to an open index are found by their marker."""
    changed = load(peer, Path(folder))
    changed.open()
    query = changed.written(Query("term", (marker,)))
    changed.answer(query)
    began, began_cpu = time.perf_counter(), cpu()
    changed.add(Path(articles))
    total, _ = changed.answer(query)
    taken = time.perf_counter() - began
    if total != count:
        raise AssertionError(f"{peer} found {total} of {count} articles added")
    return {"wall_s": taken, "cpu_s": cpu() - began_cpu}


def cpu() -> float:
    """Return the CPU seconds of this process and its children so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def resident(line: str) -> float | None:
    """Return one of the kernel's figures of this process in megabytes, where it has them."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return None
    for row in status.splitlines():
        if row.startswith(f"{line}:"):
            return int(row.split()[1]) / 1024
    return None


def _asked(peer: Peer, level: str, query: Query) -> tuple[float, int]:
    written = peer.written(query)
    given = peer.prepared(written) if level == "engine" else written
    ask: Callable[[Any], Any] = {
        "engine": peer.ranked,
        "whole": peer.answer,
        "page": peer.page,
    }[level]
    began = time.process_time()
    found = ask(given)
    taken = time.process_time() - began
    return taken, len(found) if level == "page" else found[0]


TASKS: dict[str, Callable[..., Figures]] = {
    "build": build,
    "ask": ask,
    "memory": memory,
    "add": add,
}


def main() -> None:
    given = json.load(sys.stdin)
    json.dump(TASKS[given.pop("task")](**given), sys.stdout)


if __name__ == "__main__":
    main()
