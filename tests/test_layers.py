"""Imports point one way, and each third-party library has one home. Read from the sources."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From left to right; a module imports from its own layer and those to its left.
LAYERS = [
    *("messages", "durability", "errors", "deadline", "document", "config"),
    *("text", "analysis", "query", "results", "engine", "archive", "evaluation", "web", "cli"),
]
EVALUATION_USES = {
    "messages",
    "errors",
    "archive",
    "evaluation",
}  # it measures what users get, no less
READING_USES = {"messages", "errors", "document", "config", "text", "reading"}

# The library, and the only modules that may import it (by the beginning of their names).
HOMES = {
    "opencc": ("search.text.",),
    "pypinyin": ("search.text.",),
    "jieba": ("search.analysis.segmenter",),
    "rjieba": ("search.analysis.segmenter",),
    "whoosh": ("search.engine.whoosh.",),
    "opensearchpy": ("search.engine.opensearch.",),
    "numpy": (
        "search.engine.",
        "search.analysis.classes",
        "search.analysis.batch",
        "search.analysis.latin",
        "search.text.even",
        "search.query.sounding",
        "search.query.vocabulary",
        "search.archive.signatures",
        "search.archive.likeness",
        "search.archive.phrase_table",
        "search.archive.verifying.",
    ),
    "ir_measures": ("search.evaluation.measures",),
    "yaml": ("search.reading.front_matter",),
    "lxml": ("search.reading.html", "search.reading.docx"),
    "pypdfium2": ("search.reading.pdf_pages",),
    "rensa": ("search.archive.signatures",),
    "flask": ("web.",),
    "flask_compress": ("web.app",),
    "limits": ("web.rates",),
    "waitress": ("web.server",),
    "gunicorn": ("web.arbiter",),
    "prometheus_client": ("web.metrics",),
    "click": ("search.cli.",),
    "rich": ("search.cli.",),
    "watchfiles": ("search.cli.watching",),
}


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for package in ("search", "web"):
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            yield name, ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports, wherever in it, as dotted names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(module: str) -> str:
    """Return the layer of a dotted name of this project, or '' for the package `search` itself."""
    parts = module.split(".")
    if parts[0] == "web":
        return "web"
    known = {*LAYERS, "reading"}
    return parts[1] if len(parts) > 1 and parts[1] in known else ""


def faults(root: Path) -> list[str]:
    """Return a line for each import that the design forbids."""
    found = []
    for module, tree in modules(root):
        for imported in imports(tree):
            top = imported.split(".")[0]
            if top in ("search", "web"):
                if not allowed(module, imported):
                    found.append(f"{module} imports {imported}")
            elif top in HOMES and not f"{module}.".startswith(HOMES[top]):
                found.append(f"{module} imports {imported}: its home is {HOMES[top][0]}")
    return found


def allowed(module: str, imported: str) -> bool:
    here, there = layer(module), layer(imported)
    if not here:  # search/__init__.py opens the only door
        return there == "archive"
    if here == "web":
        return there == "web" or imported.startswith("search.archive.")
    if here == "reading":
        return there in READING_USES
    if here == "evaluation":
        return there in EVALUATION_USES
    if there == "reading":
        return here == "archive"
    if there == "web":
        return module == "search.cli.serve"
    return bool(there) and LAYERS.index(there) <= LAYERS.index(here)


def test_imports_only_point_left() -> None:
    seen = [name for _, tree in modules(ROOT) for name in imports(tree)]
    assert sum(name.startswith("search.") for name in seen) > 100, "this check is broken"
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("search/text/fold.py", "from search.analysis import words"),
        ("search/results/hit.py", "from search.engine import Engine"),
        ("search/reading/walk.py", "from search.analysis import words"),
        ("search/query/tree.py", "from search.reading import walk"),
        ("search/archive/facade.py", "import web"),
        ("search/archive/facade.py", "from search.evaluation import ask"),
        ("search/evaluation/asking.py", "from search.query import parse"),
        ("search/cli/eval.py", "import ir_measures"),
        ("search/cli/query.py", "from web import create_app"),
        ("web/pages.py", "from search.engine import Engine"),
        ("search/archive/facade.py", "import whoosh.index"),
        ("search/analysis/words.py", "import jieba"),
        ("search/engine/port.py", "def late():\n    from search.archive import Archive"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, file: str, line: str) -> None:
    for package in ("search", "web"):
        shutil.copytree(ROOT / package, tmp_path / package)
    path = tmp_path / file
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    assert len(faults(tmp_path)) == 1
