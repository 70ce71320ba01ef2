"""What the tests of the archive share: a folder of articles, and short answers."""

import json
import os
from pathlib import Path
from typing import Any

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


def stored_meta(folder: Path) -> dict[str, Any]:
    """Return what is stored of a generation, to be changed by hand: without its checksum."""
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    del meta["checksum"]
    return meta


def change_all(news: Path) -> None:
    """Change an article, take one away and add one."""
    write(news / "a.txt", "第一篇\n新的产业。")
    (news / "b.txt").unlink()
    write(news / "c.txt", "第三篇\n新的产业。")


def assert_next_run_tidies_up(archive: Archive, index: Path) -> None:
    """Assert that an update sees all of `change_all` and leaves nothing half done."""
    archive.update()
    assert not (index / "CURRENT.new").exists()
    assert all((folder / "meta.json").exists() for folder in index.glob("gen-*"))
    assert set(ids(archive, "新的产业")) == {"news/a.txt", "news/c.txt"}
    assert counts(archive.update()) == (0, 0, 2, 0)
    Archive.build([], index)
    Archive.build([], index)
    kept = {path.name for path in index.iterdir()}
    assert kept - {".lock", "CURRENT"} == {path.name for path in index.glob("gen-*")}
    assert len(kept) <= 4
    for folder in index.glob("gen-*"):
        assert len(list(folder.iterdir())) <= 5, sorted(folder.iterdir())
