"""Figures kept as JSON, so that tables and plot are made again without measuring.

`{"corpora": {corpus: {documents: {"text_bytes", "measures": {measure: {"at", "rows"}}}}}}`; a run
replaces the measures it took and leaves all others.
"""

import json
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.corpora import ROOT
from bench.measures import Rows

Figures = dict[str, Any]


def read_figures(path: Path) -> Figures:
    """Return the figures kept at `path`, none when there is no such file."""
    if not path.exists():
        return {"corpora": {}}
    figures: Figures = json.loads(path.read_text("utf-8"))
    return figures


def write_figures(figures: Figures, path: Path) -> None:
    """Keep the figures, four digits each: the rest is noise, and differences stay readable."""
    text = json.dumps(_rounded(figures), indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")


def record(
    figures: Figures,
    corpus: str,
    documents: int,
    text_bytes: int,
    measure: str,
    rows: Rows,
    at: str,
) -> None:
    """Put the rows of one measure in the place of those there were; `at` says how it was taken."""
    sizes = figures["corpora"].setdefault(corpus, {})
    size = sizes.setdefault(str(documents), {"measures": {}})
    size["text_bytes"] = text_bytes
    size["measures"][measure] = {"at": at, "rows": rows}


def circumstances(versions: Iterable[str], left_out: Iterable[str]) -> str:
    """Return when, of what commit, on what machine and beside what was measured."""
    parts = [
        f"{datetime.now(UTC):%Y-%m-%d}, commit {_commit()}",
        f"{_processor()}, one core, Python {platform.python_version()}",
        *versions,
    ]
    missing = ", ".join(left_out)
    return "; ".join(parts) + (f"; not installed and left out: {missing}" if missing else "")


def _commit() -> str:
    """Return the commit, `-changed` after it when the code is not as committed; docs may differ."""
    name = _git("rev-parse", "--short", "HEAD").stdout.decode("ascii", "replace").strip()
    changed = _git("diff", "--quiet", "HEAD", "--", "search", "bench").returncode
    return f"{name}-changed" if name and changed else name or "unknown"


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names and names[0] else platform.machine()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return value
