"""What the golden orders share: where the articles are, how orders are asked for and counted."""

import ast
from collections.abc import Iterator
from pathlib import Path

from search.text import fold

HERE = Path(__file__).parent
ARTICLES = HERE / "archive.jsonl"
SYNONYMS = HERE / "synonyms.txt"
SEEDS = HERE.parents[1] / "seeds"
FIRST = "seeds/000_414e468a296fc206.txt"
SECOND = "seeds/002_36eff7ae45c6ac4f.txt"

ASKING = {"order", "page", "answer"}  # the functions below: (archive, query, …)


def order(archive, query, **options):
    """Return the ids of all answers, best first.

    Articles of the same text are not folded here, nor do others follow that lack a word.
    """
    results = archive.search(query, limit=100, **{"fold": False, "relax": False, **options})
    assert results.total == len(results.hits)
    return [hit.id for hit in results.hits]


def page(archive, query, **options):
    """Return (id, how it answers) of each hit of the first page, as a reader gets it."""
    return [(hit.id, hit.reading) for hit in archive.search(query, **options).hits]


def answer(archive, query, **options):
    """Return all that a reader gets."""
    return archive.search(query, **options)


def queries_in(source: str) -> set[str]:
    """Return the distinct queries, folded, for which tests of a Python source expect an order.

    The two scripts of a query are one, and so is a query asked again with other options.
    """
    return {fold(query).text for node in ast.parse(source).body for query in _asked(node)}


def _asked(node: ast.stmt) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
        return
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Name) and call.func.id in ASKING:
            yield from _texts(call.args[1:2])
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "parametrize":
            yield from _parameters(call)


def _parameters(call: ast.Call) -> Iterator[str]:
    """Yield the values of a parameter `query`, which is the first of those that there are."""
    names, values = ast.literal_eval(call.args[0]), call.args[1]
    if not isinstance(values, ast.List):
        return
    if names == "query":
        yield from _texts(values.elts)
    elif names[0] == "query":
        yield from _texts([row.elts[0] for row in values.elts if isinstance(row, ast.Tuple)])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    """Yield those of the nodes that are strings."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
