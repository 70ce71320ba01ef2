"""What the tests of the archive share: a folder of articles, and short answers."""

import json
import os
from pathlib import Path

from search import Archive
from search.archive import Report


def write(path: Path, text: str | bytes) -> Path:
    """Write an article, its folders with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def write_records(path: Path, *records: dict[str, str] | str) -> Path:
    """Write a .jsonl file; a record that is a string stands as it is."""
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    return write(path, "".join(f"{line}\n" for line in lines))


def age(path: Path, seconds: int = 3600) -> None:
    """Date a file back, so that it is not too young to be trusted by its time."""
    then = path.stat().st_mtime_ns - seconds * 1_000_000_000
    os.utime(path, ns=(then, then))


def counts(report: Report) -> tuple[int, int, int, int]:
    """Return what a run added, changed, left unchanged and removed."""
    return (report.added, report.changed, report.unchanged, report.removed)


def told(report: Report) -> list[str]:
    """Return the line of each failure."""
    assert all(error.hint for error in report.failed)
    return [str(error) for error in report.failed]


def ids(archive: Archive, query: str) -> list[str]:
    """Return the ids that answer, in order."""
    return [hit.id for hit in archive.search(query, limit=10_000).hits]
