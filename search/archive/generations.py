"""The folder of an index: generations side by side, `CURRENT` naming the one that answers.

A generation is written beside the live one and becomes it by one rename, so at every moment there
is either the old index or the new one. `meta.json` says by what rules a generation was built.
"""

import json
import os
from pathlib import Path
from typing import Any

from search.analysis.dictionary import Dictionary
from search.archive.fingerprint import fingerprint
from search.archive.meta import (
    FORMAT,
    META,
    STAGED,
    Built,
    Meta,
    check,
    check_format,
    note_dictionary,
    read_meta,
    write_dictionary,
    write_durably,
    write_meta,
)
from search.errors import IndexDamagedError, IndexMissingError
from search.messages import message

CURRENT = "CURRENT"


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
            raise IndexDamagedError(
                str(self.index), message("{current} cannot be read", current=CURRENT)
            ) from error
        if not name or name in (".", "..") or "/" in name or not (self.index / name).is_dir():
            raise IndexDamagedError(
                str(self.index),
                message(
                    "{current} names '{name}', and that is not there", current=CURRENT, name=name
                ),
            )
        return name

    def folder(self, name: str) -> Path:
        """Return where the files of a generation lie."""
        return self.index / name

    def meta(self, name: str) -> Meta:
        """Return what `name` was built by; an IndexDamagedError when that cannot be read."""
        return read_meta(self.folder(name))

    def check_format(self, name: str) -> Meta:
        """Return the meta of `name`; an IndexMismatchError when its files cannot be read here."""
        return check_format(self.folder(name))

    def check(self, name: str) -> tuple[Meta, Dictionary]:
        """Return the meta and dictionary of `name`; an IndexMismatchError when other code built it.

        Other rules, tables or libraries are other code, too.
        """
        return check(self.folder(name))

    def begin(self) -> str:
        """Make an empty folder for a new generation and return its name."""
        self.index.mkdir(parents=True, exist_ok=True)
        taken = [int(p.name[4:]) for p in self.index.glob("gen-*") if p.name[4:].isdigit()]
        name = f"gen-{max(taken, default=0) + 1:06d}"
        self.folder(name).mkdir()
        return name

    def write_dictionary(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation the words by which it is cut."""
        write_dictionary(self.folder(name), dictionary)

    def write_staged(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation by what rules it is being built, and by what dictionary."""
        self.write_dictionary(name, dictionary)
        # Not synced: of a build that the power was cut from nothing is gone on with.
        (self.folder(name) / STAGED).write_text(json.dumps(_rules(dictionary)), "utf-8")

    def staged(self, dictionary: Dictionary) -> str | None:
        """Return the newest generation that is unfinished and of the rules that are running."""
        staged = _rules(dictionary)
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

    def write_meta(self, name: str, built: Built) -> None:
        """Write into a generation just built what code built it and what it holds so far."""
        write_meta(self.folder(name), built)

    def note_dictionary(self, name: str, path: str, file: str) -> None:
        """Note where the words of a generation come from now: other lines, the same words."""
        note_dictionary(self.folder(name), path, file)

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
        write_durably(self.index / f"{CURRENT}.new", f"{name}\n".encode())
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


def _rules(dictionary: Dictionary) -> dict[str, Any]:
    return {"format": FORMAT, "fingerprint": fingerprint(dictionary)}


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
