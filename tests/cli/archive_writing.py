"""Writing articles for the tests of the command line."""

from pathlib import Path


def write(path: Path, text: str | bytes) -> Path:
    """Write an article, its folders with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
