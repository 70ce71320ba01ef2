"""`python -m bench [DOCS]`: build, query and start-up beside the tutorial stack, in one run.

DOCS is a `.jsonl` of `{"id", "title", "body"}`, plain or `.xz`; without it the two articles of
`seeds/` are cut into passages, which is enough to see that nothing is badly wrong and no more.
Timings are CPU seconds of one process; only the ratios mean anything.
"""

import argparse
import json
import lzma
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from bench.tutorial import Tutorial
from search.analysis import analyze_documents
from search.archive import Archive
from search.document import Document
from search.text import fold

ROOT = Path(__file__).parent.parent
KINDS = ("one word", "two words", "phrase", "page of ten snippets")
RUNS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("documents", nargs="?", type=Path, metavar="DOCS")
    parser.add_argument("--limit", type=int, default=5_000, help="documents at most [5000]")
    parser.add_argument("--queries", type=int, default=60, help="queries of each kind [60]")
    given = parser.parse_args()
    documents = list(islice(read(given.documents), given.limit))
    characters = sum(len(document.body) for document in documents)
    print(f"{len(documents):,} documents, {characters:,} characters; CPU, tutorial = 1")
    with tempfile.TemporaryDirectory() as folder:
        measure(documents, given.queries, Path(folder))


def measure(documents: list[Document], count: int, folder: Path) -> None:
    for name in ("ours", "tutorial"):
        (folder / name).mkdir()
    records = folder / "documents.jsonl"
    with records.open("w", encoding="utf-8") as file:
        for d in documents:
            line = json.dumps({"id": d.id, "title": d.title, "body": d.body}, ensure_ascii=False)
            file.write(line + "\n")
    next(iter(analyze_documents(documents[:1])))  # both load their dictionaries first
    tutorial = Tutorial(folder / "tutorial")
    theirs = cpu(lambda: tutorial.build(documents))
    ours = cpu(lambda: Archive.build([records], folder / "ours" / "index"))
    report("build", ours, theirs)
    archive = Archive.open(folder / "ours" / "index")
    searcher = tutorial.searcher()
    queries = draw_queries(documents, count)
    for kind in KINDS:
        asked = queries[kind]
        if kind == KINDS[-1]:
            ours = per_query(asked, lambda q: [h.snippets for h in archive.search(q).hits])
            theirs = per_query(asked, searcher.page)
        else:
            ours = per_query(asked, archive.search)
            theirs = per_query(asked, searcher.search)
        report(kind, ours, theirs)
    started = wall([sys.executable, "-m", "bench.start", str(folder / "ours" / "index"), "长三角"])
    bare = wall([sys.executable, "-c", "pass"])
    print(f"{'fresh process':<24}{started:8.3f} s wall; a bare interpreter {bare:.3f} s")


def read(path: Path | None) -> Iterator[Document]:
    if path is None:
        for file in sorted((ROOT / "seeds").glob("*.txt")):
            lines = [x for x in file.read_text("utf-8").splitlines() if len(x) > 40]
            for number, line in enumerate(lines):
                yield Document(f"{file.stem}-{number}", line[:20], line)
        return
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Document(record["id"], record.get("title", ""), record["body"])


def draw_queries(documents: list[Document], count: int) -> dict[str, list[str]]:
    """Return queries of each kind, drawn from the documents with a fixed seed."""
    draw = random.Random(20240628)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    while len(found["phrase"]) < count:
        analyzed = next(iter(analyze_documents([draw.choice(documents)])))
        words = [w for w in analyzed.body.words if len(w) > 1 and w.isalpha()]
        text = "".join(c for c in fold(analyzed.document.body).text if c.isalpha())
        if len(words) < 2 or len(text) < 8:
            continue
        start = draw.randrange(len(text) - 6)
        found["one word"].append(draw.choice(words))
        found["two words"].append(" ".join(draw.sample(words, 2)))
        found["phrase"].append(f'"{text[start : start + draw.randint(3, 6)]}"')
        found[KINDS[-1]].append(draw.choice(words))
    return found


def per_query(queries: list[str], ask: Callable[[str], object]) -> float:
    """Return the median CPU seconds of the queries, each asked once: nothing is answered twice."""
    return statistics.median(cpu(partial(ask, query)) for query in queries)


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def wall(command: list[str]) -> float:
    """Return the median wall seconds of fresh processes."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def report(name: str, ours: float, theirs: float) -> None:
    figures = f"({ours * 1000:.2f} against {theirs * 1000:.2f} ms)"
    print(f"{name:<24}{theirs / ours:8.1f} × faster  {figures}")


if __name__ == "__main__":
    main()
