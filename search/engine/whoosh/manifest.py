"""Where the manifest that is committed with the documents lies."""

from pathlib import Path


def manifest_path(folder: Path, generation: int) -> Path:
    """Return where the manifest of Whoosh's commit number `generation` lies."""
    return folder / f"manifest-{generation}.json"
