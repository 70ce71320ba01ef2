"""Figures of relevance as Markdown tables, put between two marks of docs/relevance.md."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.relevance.ablations import ABLATIONS
from bench.relevance.engines import ENGINES
from bench.relevance.figures import ALL, Figures
from bench.relevance.task import HALVES, KINDS, SETS
from search.evaluation import MEASURES

BEGIN = "<!-- figures: python -m bench.relevance --render -->"
END = "<!-- end of figures -->"
FULL = "everything on"


def put_tables(kept: Figures, page: Path) -> None:
    """Replace what stands between the marks of `page`; a ValueError when it has none."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no place for tables in '{page}': it needs '{BEGIN}' and '{END}'")
    page.write_text(f"{before}{BEGIN}\n\n{tables(kept)}\n\n{END}{after}", "utf-8")


def tables(kept: Figures) -> str:
    """Return a table for each judged set and kind of query, then that of the ablations."""
    parts = []
    for name in SETS:
        for kind in KINDS:
            engines = kept.get("results", {}).get(name, {}).get(kind, {})
            if engines:
                parts += [f"### {name}: {kind}", _table(engines, kind)]
    if kept.get("ablations"):
        parts += ["### Parts of our ranking switched off", _ablations(kept["ablations"])]
    seen = {taken["at"] for taken in _leaves(kept) if "at" in taken}
    return "\n\n".join([*parts, *(f"*{at}.*" for at in sorted(seen))])


def _table(engines: Mapping[str, Any], kind: str) -> str:
    """Return figures of all queries, MRR@10 of each half, and what differs in the other script."""
    heads = ["", *MEASURES.values(), *(f"MRR@10, {half}" for half in HALVES)]
    heads += ["no result", *(["other hits"] if kind == KINDS[1] else []), "queries", "seconds"]
    lines = [_line(heads), _line(["---", *["--:"] * (len(heads) - 1)])]
    for name in ENGINES:
        taken = engines.get(name)
        if taken:
            lines.append(_line([name, *_cells(taken, kind)]))
    return "\n".join(lines)


def _cells(taken: Mapping[str, Any], kind: str) -> Iterator[str]:
    halves = taken["halves"]
    whole = halves.get(ALL, {})
    for measure in MEASURES:
        yield _share(whole.get(measure))
    for half in HALVES:
        yield _share(halves.get(half, {}).get("mrr_10"))
    yield f"{whole['no_result']:.1%}" if whole else "–"
    if kind == KINDS[1]:
        yield f"{taken['differing']:,}" if "differing" in taken else "–"
    yield f"{whole['queries']:,}" if whole else "–"
    yield f"{whole['seconds']:.0f}" if whole else "–"


def _ablations(kept: Mapping[str, Any]) -> str:
    """Return MRR@10 with everything on, then what each part switched off changes, by half."""
    columns = [(name, kind, half) for name in SETS for kind in KINDS for half in HALVES]
    columns = [c for c in columns if _found(kept.get(FULL, {}), c) is not None]
    heads = [" ".join(column) for column in columns]
    lines = [_line(["MRR@10", *heads]), _line(["---", *["--:"] * len(heads)])]
    full = [_found(kept[FULL], column) for column in columns] if FULL in kept else []
    lines.append(_line([FULL, *map(_share, full)]))
    for name, ablation in ABLATIONS.items():
        if name in kept:
            found = [_found(kept[name], column) for column in columns]
            cells = [_change(one, usual) for one, usual in zip(found, full, strict=True)]
            lines.append(_line([f"{name}: {ablation.says}", *cells]))
    return "\n".join(lines)


def _found(kept: Mapping[str, Any], column: Sequence[str]) -> float | None:
    name, kind, half = column
    halves = kept.get(name, {}).get(kind, {}).get("halves", {})
    value: float | None = halves.get(half, {}).get("mrr_10")
    return value


def _change(value: float | None, usual: float | None) -> str:
    return "–" if value is None or usual is None else f"{value - usual:+.4f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _leaves(kept: Any) -> Iterator[Mapping[str, Any]]:
    """Yield all that has figures."""
    if isinstance(kept, dict):
        if "halves" in kept:
            yield kept
        else:
            for inner in kept.values():
                yield from _leaves(inner)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
