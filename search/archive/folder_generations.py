"""Generations in a folder: side by side, `CURRENT` naming the one that answers.

A generation becomes the live one by one rename. `meta.json` says by what rules it was built.
"""

import json
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from search import durability
from search.analysis.dictionary import Dictionary
from search.archive.meta import Built, Meta, check_format, check_rules, rules
from search.archive.meta_file import (
    META,
    change_meta,
    read_dictionary,
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
from search.messages import Message, message, system_cause

CURRENT = "CURRENT"
STAGED = "staged.json"  # of a generation that is being built: by what rules
QUARANTINED = "damaged-"  # before the name of a generation that was found damaged


class FolderGenerations:
    """The generations in one index folder; `search.archive.generations` says what each is for."""

    engine = "whoosh"

    def __init__(self, index: Path) -> None:
        self.index = index
        self._current = index / CURRENT

    @property
    def shown(self) -> str:
        """What the index is called in messages."""
        return str(self.index)

    @contextmanager
    def writing(self, wait: float, may_create: bool) -> Iterator[None]:
        """Hold the lock of the folder, made where it is missing and may be."""
        from search.archive.write_lock import writing  # searches do without

        if not self.index.is_dir():
            if not may_create:
                raise IndexMissingError(self.shown)
            above = [folder for folder in self.index.absolute().parents if not folder.is_dir()]
            self.index.mkdir(parents=True)
            for folder in [self.index.absolute(), *above]:  # each in the one that holds its name
                durability.sync(folder.parent)
        with writing(self.index, wait):
            yield

    def reading(self, _wait: float) -> AbstractContextManager[None]:
        """Do nothing: what a reader has open stays, whatever takes its place."""
        return nullcontext()

    def current(self) -> str:
        """Return the name of the live generation; an IndexMissingError when there is none."""
        try:
            with self._current.open("rb", 0) as file:  # each search reads it: half of read_text
                name, _, checksum = file.read().decode("utf-8").strip().partition(" ")
        except (FileNotFoundError, NotADirectoryError):
            if not self.has_completed():
                raise IndexMissingError(self.shown) from None
            raise IndexDamagedError(
                self.shown, message("{current} is missing", current=CURRENT)
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            if isinstance(error, OSError) and is_of_the_system(error):
                raise IndexUnreadableError(system_cause(error)) from error
            raise IndexDamagedError(
                self.shown, message("{current} cannot be read", current=CURRENT)
            ) from error
        if not name or name in (".", "..") or "/" in name or not (self.index / name).is_dir():
            raise IndexDamagedError(
                self.shown,
                message(
                    "{current} names '{name}', and that is not there", current=CURRENT, name=name
                ),
            )
        if checksum and checksum != _checksum(name):  # without one it was written by hand
            raise IndexDamagedError(self.shown, message("{current} is damaged", current=CURRENT))
        return name

    def place(self, name: str) -> Path:
        """Return where the files of a generation lie."""
        return self.index / name

    def identity(self, name: str) -> tuple[str, int, int, int]:
        """Return what tells a generation from another of the same name put in its place."""
        try:
            found = (self.place(name) / META).stat()
        except OSError:  # opening it will say what that means
            return name, 0, 0, 0
        return name, found.st_dev, found.st_ino, found.st_mtime_ns

    def meta(self, name: str) -> Meta:
        """Return what `name` was built by; an IndexDamagedError when that cannot be read."""
        return read_meta(self.place(name))

    def check_format(self, name: str) -> Meta:
        """Return the meta of `name`; an IndexMismatchError when its files cannot be read here."""
        return check_format(self.meta(name), self.shown)

    def check(self, name: str) -> tuple[Meta, Dictionary]:
        """Return the meta and dictionary of `name`; an IndexMismatchError when other code built it.

        Other rules, tables or libraries are other code, too.
        """
        meta, dictionary = self.check_format(name), self.dictionary(name)
        check_rules(meta, dictionary, self.shown, name)
        return meta, dictionary

    def dictionary(self, name: str) -> Dictionary:
        """Return the words by which `name` is cut; an IndexDamagedError when they are lost."""
        return read_dictionary(self.place(name))

    def begin(self) -> str:
        """Make an empty folder for a new generation and return its name."""
        self.index.mkdir(parents=True, exist_ok=True)
        taken = [int(p.name[4:]) for p in self.index.glob("gen-*") if p.name[4:].isdigit()]
        name = f"gen-{max(taken, default=0) + 1:06d}"
        self.place(name).mkdir()
        return name

    def begin_from(self, _before: str) -> str:
        """Make an empty folder, for the engine to share in it what the one before has."""
        return self.begin()

    def write_dictionary(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation the words by which it is cut."""
        write_dictionary(self.place(name), dictionary)

    def write_staged(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation by what rules it is being built, and by what dictionary."""
        self.write_dictionary(name, dictionary)
        # Not synced: of a build that the power was cut from nothing is gone on with.
        (self.place(name) / STAGED).write_text(json.dumps(rules(dictionary)), "utf-8")

    def staged(self, dictionary: Dictionary) -> str | None:
        """Return the newest generation that is unfinished and of the rules that are running."""
        staged, live = rules(dictionary), self._named()
        for path in sorted(self.index.glob(f"gen-*/{STAGED}"), reverse=True):
            try:
                if json.loads(path.read_bytes()) == staged and path.parent.name != live:
                    return path.parent.name
            except (OSError, ValueError, RecursionError):
                continue
        return None

    def is_staged(self, name: str) -> bool:
        """Return whether a generation is unfinished and has documents that were committed."""
        folder = self.place(name)
        return (
            name != self._named() and (folder / STAGED).exists() and any(folder.glob("manifest-*"))
        )

    def write_meta(self, name: str, built: Built) -> None:
        """Write into a generation just built what code built it and what it holds so far."""
        write_meta(self.place(name), built)

    def note_dictionary(self, name: str, path: str, file: str) -> None:
        """Note where the words of a generation come from now: other lines, the same words."""
        change_meta(self.place(name), {"dictionary": {"path": path, "file": file}})

    def note_sources(self, name: str, sources: Sequence[str]) -> None:
        """Note what sources a generation has now, in case its manifest is lost."""
        if list(self.meta(name).sources) != list(sources):
            change_meta(self.place(name), {"sources": list(sources)})

    def switch(self, name: str, keep: int = 1, aside: str | None = None) -> None:
        """Make `name` the live generation, durably; `keep` before it stay for slow readers.

        And `aside`, whatever is the matter with it.
        """
        for path in self.place(name).iterdir():
            if path.is_file():
                durability.sync(path)
        durability.sync(self.place(name))
        content = f"{name} {_checksum(name)}\n".encode()
        durability.replace(self.index / CURRENT, content)
        (self.place(name) / STAGED).unlink(missing_ok=True)
        self._discard_old(name, keep, aside)

    def put_aside(self, name: str) -> Message:
        """Rename a damaged generation, in place of one before, and return where it lies now."""
        for old in self.index.glob(f"{QUARANTINED}*"):
            shutil.rmtree(old, ignore_errors=True)
        aside = self.index / f"{QUARANTINED}{name}"
        self.place(name).rename(aside)
        durability.sync(self.index)
        return message("what was damaged lies in '{folder}'; remove it at will", folder=aside)

    def newest(self) -> str | None:
        """Return the newest generation that is not being built; it may lack its meta."""
        found = (path for path in self.index.glob("gen-*") if not (path / STAGED).exists())
        return max((path.name for path in found if any(path.iterdir())), default=None)

    def may_be_named(self, name: str) -> bool:
        """Return whether `CURRENT` does not name another generation, which is not there."""
        try:
            named, _, checksum = self._current.read_text("utf-8").strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            return True
        return named == name or checksum != _checksum(named)

    def named_again(self, name: str) -> Message:
        """Return what is said where `name` answers again."""
        return message("CURRENT was damaged: '{name}' answers again", name=name)

    def newest_completed(self) -> str | None:
        """Return the generation that was completed last, be it named or not."""
        return max(self._completed(), default=None)

    def has_completed(self) -> bool:
        """Return whether there is a generation that was completed, be it named or not."""
        return bool(self._completed())

    def parts_done(self) -> None:
        """Return None: what is in a folder is built by one machine."""

    def tidy(self, keep: int = 1) -> None:
        """Take away what runs that were cut off have left; only the holder of the lock may."""
        live = self.current()
        self._discard_old(live, keep)
        for left in (self.index / CURRENT, self.place(live) / META):
            left.with_name(left.name + durability.NEW).unlink(missing_ok=True)
        (self.place(live) / STAGED).unlink(missing_ok=True)

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
        shutil.rmtree(self.place(name), ignore_errors=True)


def _checksum(name: str) -> str:
    return f"{zlib.crc32(name.encode()):08x}"
