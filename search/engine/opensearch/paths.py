"""Paths as a cluster can keep them: it takes UTF-8 alone, and names of folders need not be that."""

import json


def escaped(path: str) -> str:
    r"""Return a path as it is, or as JSON writes it where the cluster would not take it.

    >>> escaped("/news/a.txt"), escaped("/\udcd0")
    ('/news/a.txt', '"/\\udcd0"')
    """
    return path if path.isprintable() and not path.startswith('"') else json.dumps(path)


def unescaped(path: str) -> str:
    """Return the path of which `escaped` made this."""
    return str(json.loads(path)) if path.startswith('"') else path
