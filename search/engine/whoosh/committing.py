"""A commit: all or nothing, through a crash and through a loss of power.

Segments and manifest are on disk, then the table of contents that names them is, and takes its name
in one step. Only then does what no table names any more go; readers have it open, or find the new
table.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from search import durability
from search.engine.whoosh import table
from search.engine.whoosh.manifest import manifest_path
from search.engine.whoosh.seals import Seal
from search.engine.whoosh.segment import EXTENSION

# What an engine writes: segments, tables of contents, manifests, and what Whoosh puts aside.
FILES = (f"{table.NAME}_", f"_{table.NAME}_", "manifest-", f"{table.NAME}.tmp")


def publish(
    folder: Path, number: int, segments: list[Any], manifest: bytes | None = None
) -> table.Table:
    """Make `segments`, which lie in `folder` and are on disk, the commit of this number."""
    seal = None
    if manifest is not None:
        seal = Seal.of(manifest)
        durability.write(manifest_path(folder, number), manifest)
    made = table.Table(number, segments, seal)
    durability.replace(table.path_of(folder, number), table.to_bytes(made))
    return made


def tidy(folder: Path, kept: table.Table) -> None:
    """Take away what a commit does not name: those before it, and what runs that ended left.

    What the system does not let go stays until the next time; nothing depends on it.
    """
    needed = names(kept)
    for path in list(folder.iterdir()):
        if path.name.startswith(FILES) and path.name not in needed:
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def names(commit: table.Table) -> set[str]:
    """Return the names of the files of a commit."""
    found = {str(segment.make_filename(EXTENSION)) for segment in commit.segments}
    found.add(table.path_of(Path(), commit.number).name)
    if commit.manifest:
        found.add(manifest_path(Path(), commit.number).name)
    return found
