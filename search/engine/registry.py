"""Engines by name. A generation's `meta.json` says which one it was built by."""

from importlib import import_module
from pathlib import Path

from search.engine.port import Engine
from search.errors import UnsupportedError
from search.messages import Message, message

DEFAULT = "whoosh"
# Name → module, loaded when used, with `create(folder)`, `open_(folder)`,
# `fork(folder, new)`, `stored_manifest(folder)` and `damage_in(folder)`.
ENGINES = {"whoosh": "search.engine.whoosh"}


def create_engine(name: str, folder: Path) -> Engine:
    """Return a new, empty index of the engine `name` in `folder`, which is there and empty."""
    engine: Engine = import_module(_module(name)).create(folder)
    return engine


def open_engine(name: str, folder: Path) -> Engine:
    """Return the index of engine `name` in `folder`; a DamageError when there is no whole one."""
    engine: Engine = import_module(_module(name)).open_(folder)
    return engine


def fork_engine(name: str, folder: Path, new: Path) -> Engine:
    """Return an index in the empty folder `new` that holds what the one in `folder` holds.

    What changes in one does not in the other; what both hold may be shared.
    """
    engine: Engine = import_module(_module(name)).fork(folder, new)
    return engine


def stored_manifest(name: str, folder: Path) -> bytes:
    """Return the manifest of the newest commit in `folder`, though all else there be damaged.

    A DamageError when it cannot be told.
    """
    found: bytes = import_module(_module(name)).stored_manifest(folder)
    return found


def damage_in(name: str, folder: Path) -> list[Message]:
    """Return what of the newest commit in `folder` is not as it was written; all of it is read."""
    found: list[Message] = import_module(_module(name)).damage_in(folder)
    return found


def _module(name: str) -> str:
    """Return the module of an engine; an UnsupportedError when this version has none so named."""
    if name not in ENGINES:
        raise UnsupportedError(
            message(
                "cannot use engine '{name}': this version knows {engines}",
                name=name,
                engines=", ".join(ENGINES),
            ),
            message("install the version that built the index, or build it again with '--rebuild'"),
        )
    return ENGINES[name]
