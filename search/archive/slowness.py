"""Which part of a query takes longest, so that who is refused knows what to leave out."""

from search.query import Exact, Fuzzy, Near, Node, Original, Prefix, Run, leaves, parse, printed

# The dearest first: places of several texts are compared, then texts are read, then many lists.
_KINDS: tuple[type[Node], ...] = (Near, Original, Exact, Fuzzy, Prefix, Run)


def dearest(query: str) -> str:
    """Return the part of a query that takes longest by its kind; nothing where it has one alone.

    >>> dearest('港口 原文:"後" 产业'), dearest("港口")
    ('exact:"後"', '')
    """
    tree = parse(query).tree
    parts = list(dict.fromkeys(leaf for leaf, _ in leaves(tree))) if tree else []
    if len(parts) < 2:
        return ""
    return printed(min(parts, key=lambda part: _KINDS.index(type(part))))
