"""Engines by name. What is stored of a generation says which one it was built by."""

from importlib import import_module
from pathlib import Path

from search.config.cluster import Generation
from search.engine.port import Engine
from search.errors import UnsupportedError
from search.messages import Message, message

Place = Path | Generation  # where a generation lies: in a folder, or on a cluster
# Name → module, loaded when used, with `create(place)`, `open_(place)`, `fork(place, new)`,
# `stored_manifest(place)` and `damage_in(place)`.
IN_FOLDERS = {"whoosh": "search.engine.whoosh"}
ON_CLUSTERS = {"opensearch": "search.engine.opensearch"}


def create_engine(name: str, place: Place) -> Engine:
    """Return a new, empty index of the engine `name` in `place`, which is there and empty."""
    engine: Engine = import_module(_module(name, place)).create(place)
    return engine


def open_engine(name: str, place: Place) -> Engine:
    """Return the index of engine `name` in `place`; a DamageError when there is no whole one."""
    engine: Engine = import_module(_module(name, place)).open_(place)
    return engine


def fork_engine(name: str, place: Place, new: Place) -> Engine:
    """Return an index in `new` that holds what the one in `place` holds.

    What changes in one does not in the other; what both hold may be shared.
    """
    engine: Engine = import_module(_module(name, place)).fork(place, new)
    return engine


def stored_manifest(name: str, place: Place) -> bytes:
    """Return the manifest of the newest commit in `place`, though all else there be damaged.

    A DamageError when it cannot be told.
    """
    found: bytes = import_module(_module(name, place)).stored_manifest(place)
    return found


def damage_in(name: str, place: Place) -> list[Message]:
    """Return what of the newest commit in `place` is not as it was written; all of it is read."""
    found: list[Message] = import_module(_module(name, place)).damage_in(place)
    return found


def _module(name: str, place: Place) -> str:
    """Return the module of an engine; an UnsupportedError when this version has none so named."""
    engines = IN_FOLDERS if isinstance(place, Path) else ON_CLUSTERS
    if name not in engines:
        raise UnsupportedError(
            message(
                "cannot use engine '{name}': this version knows {engines}",
                name=name,
                engines=", ".join(engines),
            ),
            message("install the version that built the index, or build it again with '--rebuild'"),
        )
    return engines[name]
