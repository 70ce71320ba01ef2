"""Where the sources of a build in parts lie: for all parts, and on this machine.

The paths are those of the machine that began. On another the same folder may be mounted elsewhere,
or be a copy, of the same name: ids, which begin with it, are then the same.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from search.reading import Source


def begun(named: Sequence[Source], known: Sequence[Source]) -> dict[str, Source]:
    """Return path for all parts → source here, of a build that begins.

    A known source that is not here, and is named as it lies here, stays what it is.
    """
    found: dict[str, Source] = {}
    paths = [str(source.path) for source in known]
    for own in named:
        found[_of_same_name(own, (p for p in paths if p not in found)) or str(own.path)] = own
    for source in known:
        found.setdefault(str(source.path), source)
    return found


def joined(paths: Sequence[str], named: Sequence[Source]) -> tuple[dict[str, Source], list[Source]]:
    """Return path for all parts → source here, of a build that others began; and what is not of it.

    What is not named lies where it does for all.
    """
    found = {path: Source.of(path) for path in paths}
    others = []
    for own in named:
        if str(own.path) not in found:
            free = (path for path in paths if str(found[path].path) == path)
            path = _of_same_name(own, free)
            if path is None:
                others.append(own)
            else:
                found[path] = own
    return found, others


def _of_same_name(own: Source, paths: Iterable[str]) -> str | None:
    """Return the path at which nothing is here, and of which the ids would begin the same."""
    for one in paths:
        path = Path(one)
        is_same = path.name == own.path.name and own.name in (path.name, path.parent.name)
        if is_same and path != own.path and not path.exists():
            return one
    return None
