"""Files that are on disk for good before anything goes on: after a loss of power they are whole."""

import os
from pathlib import Path

NEW = ".new"  # behind the name of a file that is about to take another's place


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until its content is on disk; its name is with `sync` of the folder."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes) -> None:
    """Put a file in the place of the one there is, if any: at every moment one of them is whole.

    What else was written into the folder before is on disk before that, and this when it returns.
    """
    new = path.with_name(path.name + NEW)
    write(new, content)
    sync(path.parent)
    new.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        if os.name == "nt":
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
