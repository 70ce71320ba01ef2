"""The files of a folder as they are, kept and put back."""

import shutil
from pathlib import Path

Files = dict[str, bytes | None]  # path below the folder → content, None for a folder


def read(folder: Path) -> Files:
    """Return all files and folders below a folder; none where there is no such folder."""
    if not folder.exists():
        return {}
    paths = sorted(folder.rglob("*"))
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in paths
    }


def write(folder: Path, files: Files) -> None:
    """Make a folder hold these files and no others; without any it is not there."""
    shutil.rmtree(folder, ignore_errors=True)
    if not files:
        return
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
