"""Figures as a plot of growth: one row of panels a corpus, one line a peer, both axes by tens."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.figures import Figures
from bench.peers import KINDS, PEERS

COLOURS = {"ours": "#c0392b", "tantivy": "#2c3e50", "tutorial": "#e0a030", "fts5": "#7fa7c9"}
PANELS = (
    ("build, CPU seconds", "build", ("build",)),
    ("a query, ms: p50; hollow: p95", "latency", tuple(f"whole-{kind}" for kind in KINDS)),
    ("page of ten snippets, ms: p50; hollow: p95", "page", ("page",)),
)


def draw_plot(figures: Figures, path: Path) -> None:
    """Write the plot as PNG; an ImportError without matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    corpora = sorted(figures["corpora"])
    if not corpora:
        return
    shown, grid = pyplot.subplots(
        len(corpora), len(PANELS), figsize=(13, 3.9 * len(corpora)), squeeze=False
    )
    for axes, corpus in zip(grid, corpora, strict=True):
        for panel, (title, measure, rows) in zip(axes, PANELS, strict=True):
            for peer in PEERS:
                points = _points(figures["corpora"][corpus], measure, rows, peer)
                look = {"color": COLOURS[peer], "marker": "o", "ms": 5}
                sizes = [size for size, _ in points]
                if sizes:
                    panel.plot(sizes, [values[0] for _, values in points], label=peer, **look)
                if sizes and len(points[0][1]) > 1:
                    p95 = [values[1] for _, values in points]
                    panel.plot(sizes, p95, linestyle="--", markerfacecolor="white", **look)
            panel.set(xscale="log", yscale="log", title=f"{corpus}: {title}", xlabel="documents")
            panel.title.set_fontsize(10)
            panel.grid(True, which="major", alpha=0.3)
            if panel.lines:
                panel.legend(fontsize=8)
    shown.tight_layout()
    shown.savefig(path, dpi=110)
    pyplot.close(shown)


def _points(
    corpus: Mapping[str, Any], measure: str, rows: tuple[str, ...], peer: str
) -> list[tuple[int, list[float]]]:
    """Return for each size the figures of a peer, of several rows their geometric mean."""
    found = []
    for size in sorted(corpus, key=int):
        taken = corpus[size]["measures"].get(measure, {}).get("rows", {})
        values = (
            [taken[row]["values"][peer] for row in rows if peer in taken[row]["values"]]
            if taken
            else []
        )
        if values:
            means = [
                math.exp(sum(math.log(max(value, 1e-9)) for value in figure) / len(values))
                for figure in zip(*values, strict=True)
            ]
            found.append((int(size), means))
    return found
