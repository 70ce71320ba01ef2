"""What the tests of `reading` share: files on disk, and errors as the user meets them."""

from pathlib import Path

from search.errors import UnreadableArticleError
from search.reading import Source, SourceFile, documents, load, walk
from search.reading.format import Reading


def write(path: Path, content: str | bytes = "正文。") -> Path:
    """Write `content` to `path`, its folders with it, newlines as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def source_file(path: Path) -> SourceFile:
    """Return the only file found when `path` is named as a source."""
    (file,) = walk(Source.of(path)).files
    return file


def read_all(path: Path) -> list[Reading]:
    """Return everything that the file at `path` gives."""
    file = source_file(path)
    return list(documents(file, load(file)))


def told(reading: Reading) -> tuple[str, str]:
    """Return the two lines that a user sees of a failure."""
    assert isinstance(reading, UnreadableArticleError), reading
    return str(reading), reading.hint
