"""The power goes, or the process is killed, before any operation of any run on an index.

A run is made once, and before each operation it is worked out what would be left:

- killed: all that was written, since the system goes on;
- names lost: what was not synced is gone, contents and names;
- contents lost: names are there as they were last, contents that were not synced are zeros.

What is left must open as the index before or as the one after, and the next run must make it the
one after and leave nothing lying about.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fault_cases import RUNS, Home, some, state, strays
from left_files import Files, read, write
from watched_disk import Operation, watched

from search import Archive


class Recorder:
    """Keeps what would be left of a folder, before each operation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.left: list[tuple[str, Files]] = []
        self.count = 0
        self._contents: dict[int, bytes] = {}  # of each file by its number, as last synced
        self._names: dict[str, dict[str, tuple[int, bool]]] = {}  # of each folder, as last synced
        self._known: set[bytes] = set()
        if folder.exists():
            for path in [folder, *folder.rglob("*")]:
                self._sync(path)

    def before(self, operation: Operation) -> None:
        """Keep what is left now, and what will be synced."""
        self.count += 1
        for kind, files in self.now().items():
            told = repr(sorted(files.items())).encode()
            known = hashlib.sha256(told).digest()
            if known not in self._known:
                self._known.add(known)
                self.left.append((f"{kind} before {self.count}: {operation}", files))
        if operation.name == "fsync":
            self._sync(operation.path)

    def now(self) -> dict[str, Files]:
        """Return what would be left at this moment, by how it ends."""
        return {
            "killed": read(self.folder),
            "names lost": dict(self._synced("", self.folder)),
            "contents lost": self._zeroed(),
        }

    def _sync(self, path: Path) -> None:
        if path.is_dir():
            inside = {p.name: (p.stat().st_ino, p.is_dir()) for p in path.iterdir()}
            self._names[str(path)] = inside
        elif path.exists():
            self._contents[path.stat().st_ino] = path.read_bytes()

    def _synced(self, name: str, folder: Path) -> Iterator[tuple[str, bytes | None]]:
        for child, (number, is_folder) in self._names.get(str(folder), {}).items():
            if is_folder:
                yield f"{name}{child}", None
                yield from self._synced(f"{name}{child}/", folder / child)
            else:
                yield f"{name}{child}", self._contents.get(number, b"")

    def _zeroed(self) -> Files:
        found: Files = {}
        for name, content in read(self.folder).items():
            if content is not None:
                number = (self.folder / name).stat().st_ino
                content = self._contents.get(number, bytes(len(content)))
            found[name] = content
        return found


class Recorded(NamedTuple):
    """A run that was made once, and all that would have been left of it."""

    home: Home
    before: str
    after: str
    recorder: Recorder
    ended: dict[str, Files]  # what would be left when it had returned


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recorded]:
    found = {}
    for name, (prepare, run) in RUNS.items():
        home = Home(tmp_path_factory.mktemp(name))
        prepare(home)
        before = state(home.index)
        recorder = Recorder(home.index)
        with watched(home.index, recorder.before):
            run(home)
        ended = recorder.now()
        found[name] = Recorded(home, before, state(home.index), recorder, ended)
        assert before != found[name].after
    return found


def test_there_are_many_moments_at_which_it_can_end(recorded: dict[str, Recorded]) -> None:
    assert sum(one.recorder.count for one in recorded.values()) > 600
    assert sum(len(one.recorder.left) for one in recorded.values()) > 500, "different things left"


@pytest.mark.parametrize("name", RUNS)
def test_whatever_is_left_is_the_index_before_or_the_one_after(
    recorded: dict[str, Recorded], name: str
) -> None:
    home, before, after, recorder, _ = recorded[name]
    for what, files in some(recorder.left, salt=name):
        write(home.index, files)
        assert state(home.index) in (before, after), what
        if name == "forget" and state(home.index) == after:
            continue  # there is nothing more to forget
        RUNS[name].run(home)
        assert state(home.index) == after, what
        assert strays(home.index) == set(), what
        assert name == "forget" or Archive(home.index).verify(20).is_well, what


@pytest.mark.parametrize("name", RUNS)
def test_what_a_run_has_done_when_it_returns_is_done_for_good(
    recorded: dict[str, Recorded], name: str
) -> None:
    for what, files in recorded[name].ended.items():
        write(recorded[name].home.index, files)
        assert state(recorded[name].home.index) == recorded[name].after, what


def test_an_operation_that_is_not_synced_is_seen(tmp_path: Path) -> None:
    """The recorder tells a rename that was made before its content was on disk."""
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "CURRENT").write_bytes(b"old")
    recorder = Recorder(folder)
    with watched(folder, recorder.before):
        (folder / "new").write_bytes(b"new")
        (folder / "new").rename(folder / "CURRENT")
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        (folder / "end").touch()
    left = [files.get("CURRENT") for _, files in recorder.left]
    assert {b"old", b"new", bytes(3)} <= set(left)
