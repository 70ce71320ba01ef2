"""Where the manifest that is committed with the documents lies."""

from pathlib import Path

from search.engine.port import DamageError
from search.engine.whoosh import table
from search.engine.whoosh.seals import Seal
from search.messages import message


def manifest_path(folder: Path, number: int) -> Path:
    """Return where the manifest of commit `number` lies."""
    return folder / f"manifest-{number}.json"


def read_manifest(folder: Path, number: int, seal: Seal | None) -> bytes:
    """Return the manifest of a commit, which has none before anything was committed.

    A DamageError when it is not the one that was committed.
    """
    if seal is None:
        return b""
    try:
        content = manifest_path(folder, number).read_bytes()
    except FileNotFoundError:
        if table.newest(folder) != number:
            raise  # a commit has taken its place
        raise DamageError(
            message("the manifest in '{name}' is missing", name=folder.name)
        ) from None
    if Seal.of(content) != seal:
        raise DamageError(message("the manifest in '{name}' is damaged", name=folder.name))
    return content


def newest_manifest(folder: Path) -> bytes:
    """Return the manifest of the newest commit, damaged or not; a DamageError without one."""
    try:
        return manifest_path(folder, table.newest(folder)).read_bytes()
    except OSError as error:
        raise DamageError(message("no manifest in '{name}'", name=folder.name)) from error
