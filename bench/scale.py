"""`python -m bench.scale`: an archive on a cluster beside the embedded one, at growing sizes.

Builds the same records with both engines and asks both the same queries by turns: documents a
second, bytes a document, milliseconds of a page. Of three machines only what one of them does is
measured here, a node on this one: what docs/scale.md works out for a billion articles begins with
these figures. Nothing is written but what is printed.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.corpora import DEFAULT_FOLDER, CorpusError, read_corpus, sample
from bench.measures import percentile
from bench.peers import KINDS
from bench.queries import draw_queries
from search import Archive, Cluster
from search.document import Document

ASKED = 60  # queries of each kind
SIZES = {"poetry": (10_000, 100_000, 0), "lctt": (0,)}  # 0: all there are
CHANGED = 1_000  # articles of one more commit
DICTIONARY = ["山中", "江上", "相見", "開源", "命令行"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    add = parser.add_argument
    add("--hosts", default="", metavar="URL[,URL]", help="a cluster to use [a node of its own]")
    add("--corpora", type=Path, default=DEFAULT_FOLDER, metavar="DIR")
    add("--corpus", nargs="+", choices=SIZES, default=list(SIZES))
    add("--size", nargs="+", type=int, metavar="N", help="documents [as in SIZES]")
    add("--jobs", type=int, default=2, metavar="N", help="processes that cut texts")
    given = parser.parse_args(arguments)
    try:
        with _hosts(given.hosts) as hosts, tempfile.TemporaryDirectory() as folder:
            for name in given.corpus:
                documents = read_corpus(name, given.corpora)
                for size in given.size or SIZES[name]:
                    chosen = sample(documents, size) if size else documents
                    _measure(name, chosen, hosts, given.jobs, Path(folder))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


@contextmanager
def _hosts(named: str) -> Iterator[tuple[str, ...]]:
    """Give the hosts that were named, or a node of this machine for as long as it is needed."""
    if named:
        yield tuple(named.split(","))
        return
    from tests.opensearch import fetching
    from tests.opensearch.nodes import started

    # As a server is started, not as tests are, which end before a compiler pays.
    left_out = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms512m", "-Xmx512m")
    fetching.JVM[:] = [*(one for one in fetching.JVM if one not in left_out), "-Xms2g", "-Xmx2g"]
    with tempfile.TemporaryDirectory() as folder, started(fetching.fetch(), Path(folder)) as nodes:
        yield tuple(nodes.addresses)


def _measure(
    name: str, documents: Sequence[Document], hosts: tuple[str, ...], jobs: int, folder: Path
) -> None:
    """Print the figures of one corpus at one size."""
    records, changed, words = (folder / one for one in ("records.jsonl", "changed", "words.txt"))
    records.write_text("".join(map(_line, documents)), "utf-8")
    changed.write_text("".join(map(_line, documents[:CHANGED])), "utf-8")
    words.write_text("\n".join(DICTIONARY), "utf-8")
    cluster = Cluster(hosts, name=f"scale-{name}-{len(documents)}", replicas=0)
    size = records.stat().st_size
    print(f"\n{name}: {len(documents):,} documents, {size / len(documents):,.0f} bytes each")
    archives = {}
    for engine, place in (("embedded", folder / "index"), ("cluster", cluster)):
        shutil.rmtree(folder / "index", ignore_errors=True) if engine == "embedded" else None
        began = time.perf_counter()
        archives[engine] = archive = Archive.build([records], place, jobs=jobs)
        seconds = time.perf_counter() - began
        stored = _stored(folder / "index") if engine == "embedded" else _stored_on(cluster)
        print(
            f"{engine:>9}: {len(documents) / seconds:,.0f} documents/s,"
            f" {stored / len(documents):,.0f} bytes/document, {stored / size:.2f} of the text"
        )
        _changes(archive, records, documents, words, jobs)
    _ask(archives, documents)


def _changes(
    archive: Archive, records: Path, documents: Sequence[Document], words: Path, jobs: int
) -> None:
    """Print how long one more commit takes, and another dictionary."""
    other = documents[: min(CHANGED, len(documents) // 10)]
    text = "".join(_line(one, "改") for one in other)
    more = records.with_name("more.jsonl")
    more.write_text(text.replace('{"id": "', '{"id": "more-'), "utf-8")
    began = time.perf_counter()
    report = archive.update([more], jobs=jobs)
    added = time.perf_counter() - began
    began = time.perf_counter()
    report = archive.update([more], jobs=jobs, dictionary=words)
    recut = time.perf_counter() - began
    print(
        f"           {len(other):,} more: {added:.1f} s; another dictionary:"
        f" {report.recut:,} cut again, {recut:.1f} s"
    )


def _ask(archives: dict[str, Archive], documents: Sequence[Document]) -> None:
    """Print how long a page of ten takes, first to last, of each kind of query."""
    for kind, queries in draw_queries(documents, ASKED).items():
        taken: dict[str, list[float]] = {engine: [] for engine in archives}
        differing = 0
        for query in queries:
            totals = set()
            for engine, archive in archives.items():
                began = time.perf_counter()
                results = archive.search(_typed(query))
                _ = [hit.snippets for hit in results.hits]
                taken[engine].append(1000 * (time.perf_counter() - began))
                totals.add((results.total, tuple(hit.id for hit in results.hits)))
            differing += len(totals) > 1
        figures = ", ".join(
            f"{engine} p50 {median(ms):.1f} p95 {percentile(ms, 0.95):.1f} ms"
            for engine, ms in taken.items()
        )
        print(f"{kind:>9}: {figures}; {differing} of {len(queries)} answers differ")


def _typed(query: Any) -> str:
    words = query.words
    match query.kind:
        case "phrase":
            return f'"{"".join(words)}"'
        case "or":
            return " OR ".join(words)
        case _:
            return " ".join(words)


def _line(document: Document, behind: str = "") -> str:
    record = {"id": document.id, "title": document.title, "body": document.body + behind}
    return f"{json.dumps(record, ensure_ascii=False)}\n"


def _stored(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _stored_on(cluster: Cluster) -> int:
    """Return the bytes of the live generation, each part counted once, what was merged left out."""
    from urllib.request import Request, urlopen

    for command in ("_refresh", "_flush?force=true&wait_if_ongoing=true"):
        urlopen(Request(f"{cluster.hosts[0]}/{cluster.name}/{command}", method="POST")).close()
    with urlopen(f"{cluster.hosts[0]}/{cluster.name}/_stats/store") as answer:
        told = json.load(answer)
    return int(told["_all"]["primaries"]["store"]["size_in_bytes"])


assert set(KINDS) >= {"term", "and", "or", "phrase"}

if __name__ == "__main__":
    sys.exit(main())
