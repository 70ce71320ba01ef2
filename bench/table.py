"""Figures as Markdown tables, put between two marks of a page."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figures
from bench.measures import BARE, JOBS
from bench.peers import KINDS, OURS, PEERS

BEGIN = "<!-- figures: python -m bench.speed --render -->"
END = "<!-- end of figures -->"
NAMES = {"term": "one term", "and": "AND", "or": "OR", "phrase": "phrase"}
RATIOS = ("tantivy", "tutorial")  # the peers that targets are set by

# (measure, row, what it is called), in the order of the table.
ROWS = [
    ("build", "build", "build, CPU"),
    ("build", "peak", "build, most memory"),
    *(
        ("index", f"{what}-{jobs}", f"{what}, {jobs} job{'s' * (jobs > 1)}, wall")
        for jobs in JOBS
        for what in ("articles", "megabytes")
    ),
    *(("latency", f"engine-{kind}", f"engine: {NAMES[kind]}") for kind in KINDS),
    *(("latency", f"whole-{kind}", f"whole: {NAMES[kind]}") for kind in KINDS),
    ("page", "page", "page of ten snippets"),
    ("cold", "cold", "fresh process, wall"),
    ("size", "size", "index / text"),
    ("memory", "memory", "resident after 300 queries"),
    ("memory", "anonymous", "of that, not shared"),
    ("add", "add", "ten articles added, wall"),
]


def put_tables(figures: Figures, page: Path) -> None:
    """Replace what stands between the marks of `page`; a ValueError when it has none."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no place for tables in '{page}': it needs '{BEGIN}' and '{END}'")
    tables = "\n\n".join(_section(name, figures) for name in sorted(figures["corpora"]))
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", "utf-8")


def table(corpus: Mapping[str, Any]) -> str:
    """Return the table of one corpus: a row for each figure and size, a column for each peer."""
    heads = ["", "documents", *PEERS, *(f"{OURS} ÷ {name}" for name in RATIOS)]
    lines = [_line(heads), _line(["---", *["--:"] * (len(heads) - 1)])]
    lines += [_line(cells) for cells in _rows(corpus)]
    return "\n".join(lines)


def _section(name: str, figures: Figures) -> str:
    corpus = figures["corpora"][name]
    sizes = ", ".join(
        f"{int(size):,} documents ({corpus[size]['text_bytes'] / 1e6:.1f} MB)"
        for size in _sizes(corpus)
    )
    parts = [f"### {name}: {sizes}", table(corpus)]
    parts += [f"*{said}*" for said in (*_found(corpus), *_bare(corpus), *_taken(corpus))]
    return "\n\n".join(parts)


def _rows(corpus: Mapping[str, Any]) -> Iterator[list[str]]:
    for measure, key, called in ROWS:
        for size in _sizes(corpus):
            row = _row(corpus, size, measure, key)
            if row:
                cells = [_cell(row["values"].get(name), row["unit"]) for name in PEERS]
                ratios = [_cell(row["ratios"].get(name), "×") for name in RATIOS]
                yield [called, f"{int(size):,}", *cells, *ratios]
                called = ""


def _found(corpus: Mapping[str, Any]) -> Iterator[str]:
    """Yield what share of the queries has a hit at all, of the smallest size: all peers have it."""
    sizes = [size for size in _sizes(corpus) if "latency" in corpus[size]["measures"]]
    if not sizes:
        return
    parts = []
    for kind in KINDS:
        row = _row(corpus, sizes[0], "latency", f"found-{kind}")
        shares = [
            f"{name} {row['values'][name][0]:.0f} %" for name in PEERS if name in row["values"]
        ]
        parts.append(f"{NAMES[kind]}: {', '.join(shares)}")
    yield f"Queries with a hit, {int(sizes[0]):,} documents: {'; '.join(parts)}."


def _bare(corpus: Mapping[str, Any]) -> Iterator[str]:
    rows = [_row(corpus, size, "cold", "cold") for size in _sizes(corpus)]
    taken = [_cell(row["values"][BARE], "ms") for row in rows if row and BARE in row["values"]]
    if taken:
        yield f"A bare interpreter starts and ends in {' / '.join(taken)}."


def _taken(corpus: Mapping[str, Any]) -> Iterator[str]:
    """Yield the circumstances, each once, with the measures taken in them."""
    seen: dict[str, list[str]] = {}
    for size in _sizes(corpus):
        for measure, taken in corpus[size]["measures"].items():
            seen.setdefault(taken["at"], []).append(f"{measure} {int(size):,}")
    for at, parts in seen.items():
        yield at + (f" ({', '.join(parts)})" if len(seen) > 1 else "") + "."


def _row(corpus: Mapping[str, Any], size: str, measure: str, key: str) -> dict[str, Any]:
    row: dict[str, Any] = corpus[size]["measures"].get(measure, {}).get("rows", {}).get(key, {})
    return row


def _sizes(corpus: Mapping[str, Any]) -> list[str]:
    return sorted(corpus, key=int)


def _cell(figures: Sequence[float] | None, unit: str) -> str:
    """Return figures with their unit, or a dash.

    >>> _cell([0.123, 4.56], "ms"), _cell(None, "s")
    ('0.12 / 4.6 ms', '–')
    """
    if not figures:
        return "–"
    joined = " / ".join(map(_number, figures))
    return f"{joined}{unit}" if unit == "×" else f"{joined} {unit}"


def _number(value: float) -> str:
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.3f}" if value < 0.01 else f"{value:.2g}" if value < 9.95 else f"{value:.0f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
