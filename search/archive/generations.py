"""The folder of an index: generations side by side, `CURRENT` naming the one that answers.

A generation is written beside the live one and becomes it by one rename, so at every moment there
is either the old index or the new one. `meta.json` says by what rules a generation was built.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.archive.fingerprint import fingerprint
from search.engine import Stats
from search.errors import IndexDamagedError, IndexMismatchError, IndexMissingError

FORMAT = 6  # of the files in a generation; raise when older ones cannot be read any more
CURRENT = "CURRENT"
META = "meta.json"
STAGED = "staged.json"  # of a generation that is being built: by what rules


@dataclass(frozen=True, slots=True)
class Meta:
    """What a generation was built by: engine, format, rules and time."""

    engine: str
    built: str  # ISO 8601, UTC
    format: int
    fingerprint: dict[str, str]


class Generations:
    """The generations in one index folder."""

    def __init__(self, index: Path) -> None:
        self.index = index
        self._current = index / CURRENT

    def current(self) -> str:
        """Return the name of the live generation; an IndexMissingError when there is none."""
        try:
            with self._current.open("rb", 0) as file:  # each search reads it: half of read_text
                name = file.read().decode("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissingError(str(self.index)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamagedError(str(self.index), f"{CURRENT} cannot be read") from error
        if not name or name in (".", "..") or "/" in name or not (self.index / name).is_dir():
            raise IndexDamagedError(
                str(self.index), f"{CURRENT} names '{name}', and that is not there"
            )
        return name

    def folder(self, name: str) -> Path:
        """Return where the files of a generation lie."""
        return self.index / name

    def meta(self, name: str) -> Meta:
        """Return what `name` was built by; an IndexDamagedError when that cannot be read."""
        try:
            stored: dict[str, Any] = json.loads((self.folder(name) / META).read_bytes())
            return Meta(
                str(stored["engine"]),
                str(stored["built"]),
                int(stored["format"]),
                {str(k): str(v) for k, v in stored["fingerprint"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(str(self.index), f"{name}/{META} cannot be read") from error

    def check_format(self, name: str) -> Meta:
        """Return the meta of `name`; an IndexMismatchError when its files cannot be read here."""
        meta = self.meta(name)
        if meta.format != FORMAT:
            raise IndexMismatchError(
                str(self.index), f"format {meta.format}, and this version reads format {FORMAT}"
            )
        return meta

    def check(self, name: str) -> Meta:
        """Return the meta of `name`; an IndexMismatchError when other rules or code built it."""
        meta = self.check_format(name)
        running = fingerprint()
        for part in sorted(running.keys() | meta.fingerprint.keys()):
            built_by, runs = meta.fingerprint.get(part, "none"), running.get(part, "none")
            if built_by != runs:
                raise IndexMismatchError(
                    str(self.index), f"{part} {built_by}, and {part} {runs} is running"
                )
        return meta

    def begin(self) -> str:
        """Make an empty folder for a new generation and return its name."""
        self.index.mkdir(parents=True, exist_ok=True)
        taken = [int(p.name[4:]) for p in self.index.glob("gen-*") if p.name[4:].isdigit()]
        name = f"gen-{max(taken, default=0) + 1:06d}"
        self.folder(name).mkdir()
        return name

    def write_staged(self, name: str) -> None:
        """Write into a generation by what rules it is being built."""
        staged = {"format": FORMAT, "fingerprint": fingerprint()}
        # Not synced: of a build that the power was cut from nothing is gone on with.
        (self.folder(name) / STAGED).write_text(json.dumps(staged), "utf-8")

    def staged(self) -> str | None:
        """Return the newest generation that is unfinished and of the rules that are running."""
        staged = {"format": FORMAT, "fingerprint": fingerprint()}
        for path in sorted(self.index.glob(f"gen-*/{STAGED}"), reverse=True):
            try:
                if json.loads(path.read_bytes()) == staged and not (path.parent / META).exists():
                    return path.parent.name
            except (OSError, ValueError):
                continue
        return None

    def is_staged(self, name: str) -> bool:
        """Return whether a generation is unfinished and has documents that were committed."""
        folder = self.folder(name)
        return (
            (folder / STAGED).exists()
            and not (folder / META).exists()
            and any(folder.glob("manifest-*"))
        )

    def write_meta(self, name: str, engine: str, built: str, stats: Stats) -> None:
        """Write into a generation just built what code built it and what it holds so far."""
        meta = {
            "format": FORMAT,
            "engine": engine,
            "built": built,
            "counts": {"articles": stats.documents, "characters": stats.characters},
            "fingerprint": fingerprint(),
        }
        _write(self.folder(name) / META, json.dumps(meta, indent=2, ensure_ascii=False))
        (self.folder(name) / STAGED).unlink(missing_ok=True)

    def switch(self, name: str) -> None:
        """Make `name` the live generation, durably; the one before it stays for slow readers."""
        try:
            before = self.current()
        except (IndexMissingError, IndexDamagedError):
            before = name
        for path in self.folder(name).iterdir():
            if path.is_file():
                _sync(path)
        _sync(self.folder(name))
        _write(self.index / f"{CURRENT}.new", name + "\n")
        (self.index / f"{CURRENT}.new").replace(self.index / CURRENT)
        _sync(self.index)
        self.discard_all_but(name, before)

    def has_completed(self) -> bool:
        """Return whether there is a generation that was completed, be it named or not."""
        return bool(self._completed())

    def tidy(self) -> None:
        """Take away what runs that were cut off have left; only the holder of the lock may."""
        live = self.current()
        before = max((name for name in self._completed() if name < live), default=live)
        self.discard_all_but(live, before)
        (self.index / f"{CURRENT}.new").unlink(missing_ok=True)

    def _completed(self) -> list[str]:
        return [path.parent.name for path in self.index.glob(f"gen-*/{META}")]

    def discard_all_but(self, *kept: str) -> None:
        """Take away generations that no reader needs, those of runs that were cut off included."""
        for old in self.index.glob("gen-*"):
            if old.is_dir() and old.name not in kept:
                self.discard(old.name)

    def abandon(self, name: str) -> None:
        """Take away a generation that was not completed; one that is live already stays."""
        try:
            live = self.current() == name
        except (IndexMissingError, IndexDamagedError):
            live = False
        if not live:
            self.discard(name)

    def discard(self, name: str) -> None:
        """Take a generation away; what another process holds open goes when it lets go."""
        import shutil  # searches do without

        shutil.rmtree(self.folder(name), ignore_errors=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
