"""Sources that lie in one another: each file is read once, for the source that was named first.

What counts is where a source lies once links in its path are followed. A later source gives what no
earlier one reaches: one within an earlier folder mostly nothing, one around an earlier source all
but that.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from search.config import ReadingSettings
from search.errors import ClusterName
from search.messages import message
from search.reading import Source, Walk
from search.reading.identity import printable
from search.reading.litter import is_litter


@dataclass
class Overlap:
    """The earlier sources that a source shares files with."""

    around: list[Source] = field(default_factory=list)  # it lies in these
    within: list[Source] = field(default_factory=list)  # these lie in it

    @property
    def is_any(self) -> bool:
        """Whether there are such sources."""
        return bool(self.around or self.within)


class Overlaps:
    """Which of some sources, in the order they were named, overlap; and the index with them."""

    def __init__(self, sources: Sequence[Source], index: str) -> None:
        self._real = {one: os.path.realpath(one.path) for one in sources}
        is_folder = not isinstance(index, ClusterName)
        self._index = [os.path.realpath(index)] if is_folder else []
        self._found: dict[Source, Overlap] = {}
        place = {source: number for number, source in enumerate(sources)}
        at: dict[str, list[Source]] = {}
        for source, real in self._real.items():
            at.setdefault(real, []).append(source)
        for source, real in self._real.items():
            for folder in (real, *map(str, PurePath(real).parents)):
                for other in at.get(folder, ()):
                    if place[other] < place[source]:
                        if not _is_hidden(_below(real, folder)):
                            self.of(source).around.append(other)
                    elif other != source:
                        self.of(other).within.append(source)

    def of(self, source: Source) -> Overlap:
        """Return the earlier sources that one shares files with."""
        return self._found.setdefault(source, Overlap())

    def not_to_enter(self, source: Source) -> frozenset[str]:
        """Return the paths below a source that are the index, or are read for earlier sources."""
        real = self._real[source]
        others = [*(self._real[other] for other in self.of(source).within), *self._index]
        below = [_below(other, real) for other in others]
        return frozenset(str(source.path / part) for part in below if part)

    def take_out(self, source: Source, found: Walk, settings: ReadingSettings) -> None:
        """Take out of a walk what is read for the folders around the source."""
        is_folder = source.path.is_dir()
        for outer in self.of(source).around:
            path = _below(self._real[source], self._real[outer])
            reaches = _Reach(outer, path, source.name if is_folder else "", settings)
            found.files = [file for file in found.files if file.id not in reaches]
            if is_folder:  # what is wrong with a file that was asked for is told
                found.failures = [one for one in found.failures if one.source not in reaches]
            found.skipped.clear()

    def notes(self, source: Source) -> list[str]:
        """Return what to say when a source that overlaps others is named for the first time."""
        overlap = self.of(source)
        notes: list[str] = [
            message(
                "{source} lies in {outer}, a source already: its files are read there",
                source=_named(source),
                outer=_named(outer),
            )
            for outer in overlap.around[:1]
        ]
        if overlap.within:
            more = len(overlap.within) - 1
            told = {"source": _named(source), "inner": _named(overlap.within[0])}
            if more:
                note = message(
                    "{source} holds {inner} and {more:,} more, sources already: "
                    "the files in these are read there",
                    more=more,
                    **told,
                )
            else:
                note = message(
                    "{source} holds {inner}, a source already: its files are read there", **told
                )
            notes.append(note)
        return notes


@dataclass(frozen=True, slots=True)
class _Reach:
    """Which of the ids in a source stand for files that a walk of another gives."""

    outer: Source
    path: str  # of the source below the outer one; nothing when it is the same folder
    name: str  # of the source where it is a folder: ids begin with it
    settings: ReadingSettings

    def __contains__(self, file_id: str) -> bool:
        below = file_id[len(self.name) :] if self.name else ""
        path = f"{self.path}{below}".strip("/")
        if not path:
            return True
        is_near = path.count("/") <= self.settings.limits.depth
        is_shown = is_near and not _is_hidden(path)
        return is_shown and self.settings.reads(f"{self.outer.name}/{path}")


def _is_hidden(path: str) -> bool:
    return any(map(is_litter, path.split("/")))


def _below(path: str, folder: str) -> str:
    """Return where a path lies below a folder; nothing when it does not, or is that folder."""
    try:
        below = PurePath(path).relative_to(folder).as_posix()
    except ValueError:
        return ""
    return "" if below == "." else below


def _named(source: Source) -> str:
    return f"'{printable(str(source.path))}'"
