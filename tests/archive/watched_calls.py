"""Hearing of each of the system's calls that change an index, before it is made."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHANGING = ("fsync", "rename", "replace", "mkdir", "remove", "unlink")


def watch(index: Path, tell: Callable[[str], object], set_attribute: Callable[..., object]) -> None:
    """Have `tell` called with the name of each call and of its file, as 'replace CURRENT.new'."""
    for name in CHANGING:
        set_attribute(os, name, _watched(name, getattr(os, name), index, tell))


def _watched(
    name: str, call: Callable[..., Any], index: Path, tell: Callable[[str], object]
) -> Callable[..., Any]:
    def watched(target: Any, *args: Any, **kwargs: Any) -> Any:
        tell(f"{name} {_name_of(target, index)}")
        return call(target, *args, **kwargs)

    return watched


def _name_of(target: Any, index: Path) -> str:
    """Return the name of a file or folder that is given as a path or is open."""
    if not isinstance(target, int):
        return Path(target).name
    opened = os.fstat(target)
    found = [p for p in [index, *index.rglob("*")] if os.path.samestat(p.stat(), opened)]
    return found[0].name if found else ""
