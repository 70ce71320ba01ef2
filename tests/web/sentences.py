"""All that the site says in words of its own: sentences of its templates and modules."""

import ast
from pathlib import Path

from jinja2 import Environment

WEB = Path(__file__).parents[2] / "web"
TRANSLATED_BY = ("_", "gettext", "many", "sentence")


def sentences() -> set[str]:
    """Return each sentence that is looked up in a catalog."""
    return _in_templates() | _in_modules()


def _in_templates() -> set[str]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    found: set[str] = set()
    for path in sorted((WEB / "templates").iterdir()):
        text = path.read_text("utf-8")
        for _, _, said in environment.extract_translations(text, TRANSLATED_BY):
            first = said if isinstance(said, str) else said[0]
            if first:
                found.add(first)
        # An expression that chooses between two sentences is called by neither's name.
        tree = environment.parse(text)
        found |= {one for one in _chosen(tree) if one}
    return found


def _chosen(tree: object) -> set[str]:
    from jinja2 import nodes

    found: set[str] = set()
    for call in tree.find_all(nodes.Call):  # type: ignore[attr-defined]
        is_ours = isinstance(call.node, nodes.Name) and call.node.name in TRANSLATED_BY
        if is_ours and call.args and isinstance(call.args[0], nodes.CondExpr):
            branches = (call.args[0].expr1, call.args[0].expr2)
            found |= {b.value for b in branches if isinstance(b, nodes.Const)}
    return found


def _in_modules() -> set[str]:
    found: set[str] = set()
    for path in sorted(WEB.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            said = node.args[0]
            if node.func.id in TRANSLATED_BY and isinstance(said, ast.Constant) and said.value:
                found.add(str(said.value))
    return found
