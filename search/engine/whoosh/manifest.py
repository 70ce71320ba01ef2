"""Where the manifest that is committed with the documents lies."""

import re
from pathlib import Path

from search.engine.port import DamageError
from search.messages import message

_table = re.compile(r"_MAIN_(\d+)\.toc").fullmatch


def manifest_path(folder: Path, generation: int) -> Path:
    """Return where the manifest of Whoosh's commit number `generation` lies."""
    return folder / f"manifest-{generation}.json"


def newest_manifest(folder: Path) -> bytes:
    """Return the manifest of the newest table of contents; a DamageError when there is none."""
    try:
        numbers = [int(found[1]) for path in folder.iterdir() if (found := _table(path.name))]
        return manifest_path(folder, max(numbers)).read_bytes()
    except (OSError, ValueError) as error:
        raise DamageError(message("no manifest in '{name}'", name=folder.name)) from error
