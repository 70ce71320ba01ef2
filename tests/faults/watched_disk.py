"""Every operation that changes the files under a folder, heard of before it is made.

Python's own calls are replaced while a test watches: opening to write, each write that reaches the
system, fsync, rename, replace, link, unlink, mkdir, rmdir. Buffers are small, so that a file of
some kilobytes is written in many operations and can be cut off anywhere.
"""

import builtins
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

BUFFER = 128  # bytes
MOVING = ("rename", "replace", "link")
ON_PATH = ("unlink", "remove", "mkdir", "rmdir", "truncate")


class Operation(NamedTuple):
    """What is about to be done, to which file or folder."""

    name: str  # of the system's call
    path: Path  # where the file lies; of one without a name, the folder it is made in

    def __str__(self) -> str:
        return f"{self.name} {self.path.name}"


Hook = Callable[[Operation], None]


@contextmanager
def watched(folder: Path, before: Hook) -> Iterator[None]:
    """Have `before` called with each operation on `folder` and what is below it."""
    watch = _Watch(folder, before)
    with ExitStack() as stack:
        for name in MOVING:
            stack.enter_context(mock.patch.object(os, name, watch.moving(name)))
        for name in ON_PATH:
            stack.enter_context(mock.patch.object(os, name, watch.on_path(name)))
        stack.enter_context(mock.patch.object(os, "fsync", watch.fsync))
        for module in (builtins, io):
            stack.enter_context(mock.patch.object(module, "open", watch.open))
        temporary = mock.patch.object(tempfile, "TemporaryFile", watch.temporary_file)
        stack.enter_context(temporary)
        yield


class _Watch:
    def __init__(self, folder: Path, before: Hook) -> None:
        self._folder = str(folder)
        self._before = before
        self._fsync = os.fsync
        self._open: Callable[..., Any] = io.open
        self._plain = {name: getattr(os, name) for name in (*MOVING, *ON_PATH)}
        self._temporary_file: Callable[..., Any] = tempfile.TemporaryFile

    def tell(self, name: str, path: str | Path) -> None:
        if str(path).startswith(self._folder):
            self._before(Operation(name, Path(path)))

    def on_path(self, name: str) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, dir_fd: int | None = None, **named: Any) -> Any:
            if isinstance(path, int):  # an open file is cut to a length
                self.tell(name, _path_of(path))
            elif dir_fd is None:
                self.tell(name, os.fsdecode(path))
            else:
                self.tell(name, _path_of(dir_fd) / os.fsdecode(path))
                named["dir_fd"] = dir_fd
            return self._plain[name](path, *rest, **named)

        return call

    def moving(self, name: str) -> Callable[..., Any]:
        def call(source: Any, target: Any, *rest: Any, **named: Any) -> Any:
            self.tell(name, os.fspath(target))
            return self._plain[name](source, target, *rest, **named)

        return call

    def fsync(self, file: int) -> None:
        self.tell("fsync", _path_of(file))
        self._fsync(file)

    def open(
        self, file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any
    ) -> Any:
        is_ours = isinstance(file, str | os.PathLike) and str(file).startswith(self._folder)
        if not is_ours or "opener" in named or not set(mode) & set("wax+"):
            return self._open(file, mode, buffering, *rest, **named)
        self.tell("open", Path(file))
        raw = _Told(self, str(file), mode.replace("b", "").replace("t", ""))
        if buffering == 0:
            return raw
        buffered = io.BufferedWriter(raw, BUFFER)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *rest, **named)

    def temporary_file(self, *rest: Any, **named: Any) -> Any:
        folder = str(named.get("dir", ""))
        if not folder.startswith(self._folder):
            return self._temporary_file(*rest, **named)
        self.tell("open", folder)
        with self._temporary_file(*rest, **named) as made:
            return _Told(self, os.dup(made.fileno()), "r+", folder)


class _Told(io.FileIO):
    """A file that tells of each write before it is made."""

    def __init__(self, watch: _Watch, file: str | int, mode: str, path: str = "") -> None:
        super().__init__(file, mode)
        self._watch = watch
        self._path = path or str(file)

    def write(self, content: Any) -> int:
        self._watch.tell("write", self._path)
        return super().write(content)


def _path_of(file: int) -> Path:
    return Path(f"/proc/self/fd/{file}").readlink()
