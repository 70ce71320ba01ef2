"""`python -m bench.speed`: us and our peers side by side, in one run, on one core.

Tables go into docs/performance.md, the plot beside it, all figures into docs/performance.json; a
run replaces only what it measured. Without the corpora, and none named, the two articles of seeds/
are measured: that shows that all runs, and is only printed. Queries, pages and builds are CPU time.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.corpora import (
    CORPORA,
    DEFAULT_FOLDER,
    ROOT,
    SEEDS,
    CorpusError,
    check_corpus,
    read_corpus,
    sample,
    text_bytes,
)
from bench.figures import Figures, circumstances, read_figures, record, write_figures
from bench.measures import ADDED, MEASURES, Bench, MeasureError, build, pin
from bench.peers import OURS, PEERS, version
from bench.plot import draw_plot
from bench.queries import draw_queries
from bench.records import write_records
from bench.table import put_tables, table
from search.document import Document

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "all": sys.maxsize}
UP_TO = {"tutorial": 10.0}  # megabytes of text: a query of it takes seconds beyond


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; 2 when it cannot be."""
    given = _parser().parse_args(arguments)
    try:
        if given.render:
            _render(read_figures(given.docs / "performance.json"), given.docs)
        else:
            _run(given)
    except (CorpusError, MeasureError, ValueError, OSError) as error:
        print(f"speed: {error}", file=sys.stderr)
        return 2
    return 0


def _run(given: argparse.Namespace) -> None:
    corpora = given.corpus or list(CORPORA)
    fallback = not given.corpus and given.corpora is None and not DEFAULT_FOLDER.is_dir()
    if fallback:
        _say(f"no corpora in '{DEFAULT_FOLDER}': seeds/ is measured, and only printed")
        corpora = [SEEDS]
    for corpus in corpora:  # at once: nothing is worse than to hear of it after hours
        check_corpus(corpus, given.corpora or DEFAULT_FOLDER)
    versions, left_out = _installed(given.peer or list(PEERS))
    for name, why in left_out.items():
        _say(f"{name} is left out, it is not installed: {why}")
    core = pin(given.core)
    _say("not pinned to a core" if core is None else f"pinned to core {core}")
    at = circumstances(list(versions.values())[1:], left_out)
    keeps = not fallback and not given.no_write
    figures = read_figures(given.docs / "performance.json") if keeps else {"corpora": {}}
    for corpus in corpora:
        documents = read_corpus(corpus, given.corpora or DEFAULT_FOLDER)
        for size in sorted({min(size, len(documents)) for size in given.size}):
            with _bench(given, corpus, sample(documents, size), list(versions)) as bench:
                for measure in given.measure:
                    _say(f"{corpus}, {size:,} documents: {measure}")
                    rows = MEASURES[measure](bench)
                    record(figures, corpus, size, bench.text_bytes, measure, rows, at)
                    if keeps:  # at once: a long run may be cut off
                        write_figures(figures, given.docs / "performance.json")
        print(f"{corpus}\n\n{table(figures['corpora'][corpus])}\n")
    if keeps:
        _render(read_figures(given.docs / "performance.json"), given.docs)


@contextmanager
def _bench(
    given: argparse.Namespace, corpus: str, documents: Sequence[Document], peers: Sequence[str]
) -> Iterator[Bench]:
    """Yield what is measured, with indexes built where the run does not measure building."""
    size = text_bytes(documents)
    kept = [name for name in peers if size <= given.up_to.get(name, float("inf")) * 1e6]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.keep or Path(temporary)) / f"{corpus}-{len(documents)}"
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(
            folder.resolve(),
            kept,
            size,
            draw_queries(documents, given.queries),
            [(d.id, d.title, d.body) for d in sample(documents, ADDED)],
            given.rounds,
            given.builds,
        )
        write_records(((d.id, d.title, d.body) for d in documents), bench.records)
        if "build" not in given.measure:
            for name in kept:
                # Ours is what changes between runs; an index of a peer is as good as new.
                if name == OURS or not bench.index(name).exists():
                    _say(f"{corpus}, {len(documents):,} documents: index of {name}, not measured")
                    build(bench, name)
        yield bench
        if not given.keep:
            shutil.rmtree(folder)


def _render(figures: Figures, docs: Path) -> None:
    if (docs / "performance.md").exists():
        put_tables(figures, docs / "performance.md")
    try:
        draw_plot(figures, docs / "performance.png")
    except ImportError as error:
        _say(f"no plot was drawn: {error}")


def _installed(names: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the version of each peer that is there, and why the others are not."""
    there, missing = {}, {}
    for name in dict.fromkeys([OURS, *names]):
        try:
            there[name] = version(name)
        except ImportError as error:
            missing[name] = str(error)
    return there, missing


def _say(line: str) -> None:
    print(f"speed: {line}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="for example: python -m bench.speed --corpus poetry --size 10k --measure latency",
    )
    add = parser.add_argument
    add("--corpora", type=Path, metavar="DIR", help="where the corpora lie [../shared/corpora]")
    add("--corpus", nargs="+", choices=CORPORA, help="which of them [all]")
    add("--size", nargs="+", type=_size, default=[1_000], metavar="N", help="1k, 10k … all [1k]")
    add("--measure", nargs="+", choices=MEASURES, default=list(MEASURES), help="what [all]")
    add("--peer", nargs="+", choices=PEERS, help="beside which peers [all]")
    add(
        "--up-to",
        nargs="+",
        type=_limit,
        action=_Limits,
        default=UP_TO,
        metavar="PEER=MB",
        help="measure a peer up to so many megabytes of text [tutorial=10]",
    )
    add("--queries", type=_count, default=200, help="queries of a kind beside the commonest [200]")
    add("--rounds", type=_count, default=3, help="how often each query is asked [3]")
    add("--builds", type=_count, default=3, help="how often each index is built [3]")
    add("--core", type=int, help="which core is used [the last that may be]")
    add(
        "--keep", type=Path, metavar="DIR", help="keep indexes there; those of peers are used again"
    )
    add("--docs", type=Path, default=ROOT / "docs", metavar="DIR", help="where results go [docs]")
    add("--no-write", action="store_true", help="print tables and change no file")
    add("--render", action="store_true", help="make tables and plot of the figures there are")
    return parser


class _Limits(argparse.Action):
    def __call__(
        self, _: object, namespace: argparse.Namespace, values: Any, __: object = None
    ) -> None:
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), **dict(values)})


def _size(text: str) -> int:
    size = SIZES.get(text) or int(text)
    if size < 1:
        raise ValueError(text)
    return size


def _count(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _limit(text: str) -> tuple[str, float]:
    name, _, megabytes = text.partition("=")
    if name not in PEERS:
        raise ValueError(text)
    return name, float(megabytes)


if __name__ == "__main__":
    sys.exit(main())
