"""What an index run would read, and how, told without writing anything."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from search.archive.live import LiveIndex
from search.archive.manifest import FileRecord, Manifest
from search.archive.report import Report
from search.archive.sources import walk_sources
from search.config import ReadingSettings
from search.errors import IndexMissingError, SearchError, UnreadableArticleError
from search.reading import Source, SourceFile, Walk, documents, load
from search.reading.formats import format_of

State = Literal["new", "changed", "unchanged", "gone", "failed"]
READ = ("new", "changed", "failed")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file and what a run would do with it. What nobody has looked at is empty, or None."""

    id: str
    state: State
    kind: str = ""  # the name of its format
    encoding: str = ""
    size: int = 0  # bytes
    articles: int | None = None


@dataclass
class Plan:
    """The files of an index run, source by source, and what is wrong with the others."""

    files: list[PlannedFile] = field(default_factory=list)
    report: Report = field(default_factory=Report)  # its failures, and the kinds that are not read

    @property
    def size(self) -> int:
        """Bytes of the files that are to be read."""
        return sum(file.size for file in self.files if file.state in READ)

    def count(self, state: State) -> int:
        """Return how many files are in a state."""
        return sum(file.state == state for file in self.files)


def plan(
    live: LiveIndex, paths: Sequence[str | Path], settings: ReadingSettings, rebuild: bool = False
) -> Plan:
    """Return what an update of `paths`, or of all sources there are, would read.

    New and changed files are read, so that what fails is known; a rebuild takes all for new.
    """
    found = Plan()
    manifest = _manifest(live, needed=not paths)
    known = [Source.of(path) for path in manifest.sources]
    named = [Source.of(path) for path in paths]
    chosen = list(dict.fromkeys([*named, *known] if rebuild else named)) or known
    index = str(live.generations.index)
    walks = walk_sources(chosen, found.report, known, index, settings, needs_known=rebuild)
    for source, walk in walks.items():
        record = manifest.sources.get(str(source.path))
        files = record.files if record and not rebuild else {}
        found.files += _planned(walk, files, found.report, settings)
    return found


def _manifest(live: LiveIndex, needed: bool) -> Manifest:
    """Return the manifest of the live index; an empty one where there is none and need not be."""
    try:
        return live.manifest(live.reader())
    except IndexMissingError:
        if needed:
            raise
        return Manifest()


def _planned(
    walk: Walk, known: dict[str, FileRecord], report: Report, settings: ReadingSettings
) -> Iterator[PlannedFile]:
    failed = tuple(failure.source for failure in walk.failures)
    for file in walk.files:
        yield _file(file, known.get(file.id), report, settings)
    for failure in walk.failures:
        yield PlannedFile(failure.source, "failed")
    present = {file.id for file in walk.files}
    for file_id in known.keys() - present:
        # What lies in a folder that cannot be read has not vanished.
        if not any(file_id == at or file_id.startswith(f"{at}/") for at in failed):
            record = known[file_id]
            yield PlannedFile(
                file_id, "gone", _kind(file_id), "", record.size, len(record.documents)
            )


def _file(
    file: SourceFile, known: FileRecord | None, report: Report, settings: ReadingSettings
) -> PlannedFile:
    kind = _kind(file.path)
    if known and known.is_unchanged(file.size, file.mtime_ns):
        return PlannedFile(file.id, "unchanged", kind, "", file.size, len(known.documents))
    failed = len(report.failed)
    encoding, articles, raw = "", 0, b""
    try:
        raw = load(file)
        for found in documents(file, raw, settings):
            if isinstance(found, UnreadableArticleError):
                report.failed.append(found)
            else:
                articles += 1
                encoding = encoding or found.metadata.get("encoding", "utf-8")
    except SearchError as error:
        report.failed.append(error)
    state: State = "changed" if known else "new"
    if failed != len(report.failed):
        state = "failed"
    elif known and known.digest == hashlib.sha256(raw).hexdigest():
        state = "unchanged"
    return PlannedFile(file.id, state, kind, encoding, file.size, articles)


def _kind(name: str) -> str:
    reader = format_of(name)
    return reader.name if reader else ""
