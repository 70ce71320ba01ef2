"""The folder of an index: generations side by side, `CURRENT` naming the one that answers.

A generation is written beside the live one and becomes it by one rename, so at every moment there
is either the old index or the new one. `meta.json` says by what rules a generation was built.
"""

import json
import shutil
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from search import durability
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
    note_sources,
    read_meta,
    write_dictionary,
    write_meta,
)
from search.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexUnreadableError,
    is_of_the_system,
)
from search.messages import message, system_cause

CURRENT = "CURRENT"
QUARANTINED = "damaged-"  # before the name of a generation that was found damaged


class Generations:
    """The generations in one index folder."""

    def __init__(self, index: Path) -> None:
        self.index = index
        self._current = index / CURRENT

    def current(self) -> str:
        """Return the name of the live generation; an IndexMissingError when there is none."""
        try:
            with self._current.open("rb", 0) as file:  # each search reads it: half of read_text
                name, _, checksum = file.read().decode("utf-8").strip().partition(" ")
        except (FileNotFoundError, NotADirectoryError):
            if not self.has_completed():
                raise IndexMissingError(str(self.index)) from None
            raise IndexDamagedError(
                str(self.index), message("{current} is missing", current=CURRENT)
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            if isinstance(error, OSError) and is_of_the_system(error):
                raise IndexUnreadableError(system_cause(error)) from error
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
        if checksum and checksum != _checksum(name):  # without one it was written by hand
            raise IndexDamagedError(
                str(self.index), message("{current} is damaged", current=CURRENT)
            )
        return name

    def folder(self, name: str) -> Path:
        """Return where the files of a generation lie."""
        return self.index / name

    def identity(self, name: str) -> tuple[str, int, int, int]:
        """Return what tells a generation from another of the same name put in its place."""
        try:
            found = (self.folder(name) / META).stat()
        except OSError:  # opening it will say what that means
            return name, 0, 0, 0
        return name, found.st_dev, found.st_ino, found.st_mtime_ns

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
        staged, live = _rules(dictionary), self._named()
        for path in sorted(self.index.glob(f"gen-*/{STAGED}"), reverse=True):
            try:
                if json.loads(path.read_bytes()) == staged and path.parent.name != live:
                    return path.parent.name
            except (OSError, ValueError, RecursionError):
                continue
        return None

    def is_staged(self, name: str) -> bool:
        """Return whether a generation is unfinished and has documents that were committed."""
        folder = self.folder(name)
        return (
            name != self._named() and (folder / STAGED).exists() and any(folder.glob("manifest-*"))
        )

    def write_meta(self, name: str, built: Built) -> None:
        """Write into a generation just built what code built it and what it holds so far."""
        write_meta(self.folder(name), built)

    def note_dictionary(self, name: str, path: str, file: str) -> None:
        """Note where the words of a generation come from now: other lines, the same words."""
        note_dictionary(self.folder(name), path, file)

    def note_sources(self, name: str, sources: Sequence[str]) -> None:
        """Note what sources a generation has now, where its meta says otherwise."""
        if list(self.meta(name).sources) != list(sources):
            note_sources(self.folder(name), sources)

    def switch(self, name: str, keep: int = 1, aside: str | None = None) -> None:
        """Make `name` the live generation, durably; `keep` before it stay for slow readers.

        And `aside`, whatever is the matter with it.
        """
        for path in self.folder(name).iterdir():
            if path.is_file():
                durability.sync(path)
        durability.sync(self.folder(name))
        content = f"{name} {_checksum(name)}\n".encode()
        durability.replace(self.index / CURRENT, content)
        (self.folder(name) / STAGED).unlink(missing_ok=True)
        self._discard_old(name, keep, aside)

    def quarantine(self, name: str) -> Path:
        """Put a damaged generation aside, in place of one before, and return its folder."""
        for old in self.index.glob(f"{QUARANTINED}*"):
            shutil.rmtree(old, ignore_errors=True)
        aside = self.index / f"{QUARANTINED}{name}"
        self.folder(name).rename(aside)
        durability.sync(self.index)
        return aside

    def newest(self) -> str | None:
        """Return the newest generation that is not being built; it may lack its meta."""
        found = (path for path in self.index.glob("gen-*") if not (path / STAGED).exists())
        return max((path.name for path in found if any(path.iterdir())), default=None)

    def written_in_current(self) -> str | None:
        """Return the name in `CURRENT`, be it there or not; None where it cannot be told."""
        try:
            name, _, checksum = (self.index / CURRENT).read_text("utf-8").strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            return None
        return name if checksum == _checksum(name) else None

    def newest_completed(self) -> str | None:
        """Return the generation that was completed last, be it named or not."""
        return max(self._completed(), default=None)

    def has_completed(self) -> bool:
        """Return whether there is a generation that was completed, be it named or not."""
        return bool(self._completed())

    def tidy(self, keep: int = 1) -> None:
        """Take away what runs that were cut off have left; only the holder of the lock may."""
        live = self.current()
        self._discard_old(live, keep)
        for left in (self.index / CURRENT, self.folder(live) / META):
            left.with_name(left.name + durability.NEW).unlink(missing_ok=True)
        (self.folder(live) / STAGED).unlink(missing_ok=True)

    def _completed(self) -> list[str]:
        found = [path.parent for path in self.index.glob(f"gen-*/{META}")]
        return [folder.name for folder in found if not (folder / STAGED).exists()]

    def _named(self) -> str | None:
        """Return the live generation, None where that cannot be told."""
        try:
            return self.current()
        except (IndexMissingError, IndexDamagedError):
            return None

    def _discard_old(self, live: str, keep: int, aside: str | None = None) -> None:
        """Take away all generations but `keep` before the live one, those cut off included."""
        before = sorted(name for name in self._completed() if name < live)
        kept = {live, aside, *before[len(before) - min(keep, len(before)) :]}
        for old in self.index.glob("gen-*"):
            if old.is_dir() and old.name not in kept:
                self.discard(old.name)

    def abandon(self, name: str) -> None:
        """Take away a generation that was not completed; one that is live already stays."""
        if self._named() != name:
            self.discard(name)

    def discard(self, name: str) -> None:
        """Take a generation away; what another process holds open goes when it lets go."""
        shutil.rmtree(self.folder(name), ignore_errors=True)


def _rules(dictionary: Dictionary) -> dict[str, Any]:
    return {"format": FORMAT, "fingerprint": fingerprint(dictionary)}


def _checksum(name: str) -> str:
    return f"{zlib.crc32(name.encode()):08x}"
