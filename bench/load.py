"""The results page under a constant rate of requests: `python -m bench.load`.

Open-loop: each request is due at its own time, whether those before it are answered or not, and its
latency counts from then, so that a server that stalls cannot hide it. The site is served as in
production, by gunicorn with worker processes, over the articles of a corpus; queries are drawn from
its texts with a seed: words, two words, alternatives, quotations, some sorted by date, on a later
page, in titles or from one year on.
"""

import argparse
import gzip
import http.client
import os
import random
import re
import select
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from urllib.parse import urlencode

from bench.corpora import DEFAULT_FOLDER, CorpusError, read_corpus
from bench.queries import SEED, draw_queries
from search import Archive
from search.document import Document

CORPUS = "lctt"
CONNECTIONS = 64  # kept open; more than are ever in use at once
WARMING_SECONDS = 5
EXTRAS = ({}, {}, {}, {"sort": "newest"}, {"page": "2"}, {"field": "title"}, {"since": "2019"})


# From a path to what, given the body of its answer, returns what is wrong with it, or nothing.
Watch = Callable[[str], Callable[[bytes], str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One request: milliseconds from when it was due, and of the server's own; or what failed."""

    latency_ms: float
    server_ms: float | None  # None where the server does not tell
    error: str = ""


def addresses(documents: Sequence[Document], count: int) -> list[str]:
    """Return the addresses of so many pages of results, the same for the same documents."""
    draw = random.Random(SEED)
    form = {"term": "{0}", "and": "{0} {1}", "or": "{0} OR {1}", "phrase": '"{0}{1}"'}
    queries = [
        form[kind].format(*query.words)
        for kind, drawn in draw_queries(documents, count).items()
        for query in drawn
    ]
    draw.shuffle(queries)
    return [
        f"/search?{urlencode({'q': queries[at % len(queries)], **draw.choice(EXTRAS)})}"
        for at in range(count)
    ]


@contextmanager
def served(index: Path, workers: int) -> Iterator[int]:
    """Give the port of the site over an index, served by gunicorn; ended by its process id."""
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-w", str(workers)]
    command += ["-k", "gthread", "--threads", "4", "-b", "127.0.0.1:0", "web.wsgi:app"]
    environment = {**os.environ, "SEARCH_INDEX": str(index)}
    with tempfile.TemporaryDirectory() as folder:
        # Elsewhere than here: no search.toml of this folder counts.
        environment["PYTHONPATH"] = str(Path(__file__).parents[1])
        Path(folder, "search.toml").write_text('[site]\nrate = "0/minute"\n', "utf-8")
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder
        ) as server:
            assert server.stderr is not None
            try:
                for line in server.stderr:
                    if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", line):
                        threading.Thread(target=server.stderr.read, daemon=True).start()
                        yield int(found[1])
                        break
                else:
                    raise RuntimeError("gunicorn did not start")
            finally:
                server.terminate()


def load(port: int, paths: Sequence[str], rate: float, watch: Watch | None = None) -> list[Answer]:
    """Return the answers to requests that are due one after another at `rate` a second.

    `watch` is called with each path before it is asked for, and returns what tells what is wrong
    with the answer, if anything is.
    """
    due: Queue[tuple[float, str] | None] = Queue()
    answers: list[Answer] = []
    began = time.perf_counter() + 0.5
    for at, path in enumerate(paths):
        due.put((began + at / rate, path))
    threads = [
        threading.Thread(target=_ask, args=(port, due, answers, watch)) for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        due.put(None)
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _ask(
    port: int,
    due: "Queue[tuple[float, str] | None]",
    answers: list[Answer],
    watch: Watch | None,
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while (one := due.get()) is not None:
        at, path = one
        time.sleep(max(0.0, at - time.perf_counter()))
        if connection.sock and select.select([connection.sock], [], [], 0)[0]:
            connection.close()  # the server has closed it meanwhile, and the next is a new one
        look = watch(path) if watch else None
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            error = "" if answer.status == 200 else f"{answer.status}"
            if look and not error:
                packed = answer.getheader("Content-Encoding") == "gzip"
                error = look(gzip.decompress(body) if packed else body)
            took = re.search(r"dur=([\d.]+)", answer.getheader("Server-Timing") or "")
            server_ms = float(took[1]) if took else None
        except (OSError, http.client.HTTPException) as failure:
            connection.close()
            error, server_ms = type(failure).__name__, None
        answers.append(Answer((time.perf_counter() - at) * 1000, server_ms, error))
    connection.close()


def told(name: str, values: Sequence[float]) -> str:
    """Return a line of percentiles, milliseconds; that there are none where too few were told."""
    if len(values) < 2:
        return f"{name}: not told"
    cuts = statistics.quantiles(values, n=1000, method="inclusive")
    parts = [f"p{p} {cuts[p * 10 - 1]:.1f}" for p in (50, 90, 95, 99)]
    return f"{name}: {', '.join(parts)}, most {max(values):.1f} ms"


def report(answers: Sequence[Answer], rate: float) -> list[str]:
    """Return the lines that say how it went; what failed is counted by kind."""
    failed = Counter(answer.error for answer in answers if answer.error)
    kinds = "".join(f", {count} × {error}" for error, count in sorted(failed.items()))
    served = [a.server_ms for a in answers if not a.error and a.server_ms is not None]
    return [
        f"{len(answers):,} requests at {rate:g} a second, {failed.total()} errors{kinds}",
        told("at the server", served),
        told("from when it was due", [answer.latency_ms for answer in answers]),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print and return 0 where no request failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_FOLDER, metavar="DIR")
    parser.add_argument("--rate", type=float, default=50, help="requests a second [50]")
    parser.add_argument("--seconds", type=float, default=30, help="of the measurement [30]")
    parser.add_argument("--workers", type=int, default=2, help="processes of gunicorn [2]")
    parser.add_argument("--index", type=Path, help="an index of the corpus, made before")
    chosen = parser.parse_args(argv)
    try:
        documents = read_corpus(CORPUS, chosen.corpora)
    except CorpusError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    warming = round(WARMING_SECONDS * chosen.rate)
    paths = addresses(documents, warming + round(chosen.seconds * chosen.rate))
    with tempfile.TemporaryDirectory() as folder:
        index = chosen.index or built(documents, Path(folder))
        with served(index.resolve(), chosen.workers) as port:
            load(port, paths[:warming], chosen.rate)
            answers = load(port, paths[warming:], chosen.rate)
    print(f"{CORPUS}: {len(documents):,} articles, {chosen.workers} workers")
    print("\n".join(report(answers, chosen.rate)))
    return int(any(answer.error for answer in answers))


def file_name(document: Document) -> str:
    """Return the name of the file that holds a document."""
    return document.id if Path(document.id).suffix else f"{document.id}.txt"


def written(documents: Sequence[Document], folder: Path) -> Path:
    """Return a folder of the documents as files, as a user has them."""
    files = folder / CORPUS
    for document in documents:
        path = files / file_name(document)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.body, "utf-8")
    return files


def built(documents: Sequence[Document], folder: Path) -> Path:
    """Return an index of the documents, made of files."""
    Archive.build([written(documents, folder)], folder / "index", jobs=2)
    return folder / "index"


if __name__ == "__main__":
    sys.exit(main())
