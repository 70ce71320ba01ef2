"""What an index run would read, and how, told without writing anything."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from search.archive.collisions import Collisions
from search.archive.live import LiveIndex
from search.archive.manifest import FileRecord, Manifest, Owner
from search.archive.owners import Owners
from search.archive.report import Report
from search.archive.sources import walk_sources
from search.config import ReadingSettings
from search.document import Document
from search.errors import IndexMissingError, SearchError, UnreadableArticleError
from search.reading import Source, SourceFile, Walk, documents, load
from search.reading.formats import format_of

State = Literal["new", "changed", "unchanged", "gone", "failed"]
READ = ("new", "changed", "failed")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file and what a run would do with it. What nobody has looked at is empty, or None.

    One in which anything could not be read has failed; `articles` are those that could be.
    """

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
    manifest = _manifest(live, needed=not paths)
    known = [Source.of(path) for path in manifest.sources]
    named = [Source.of(path) for path in paths]
    chosen = list(dict.fromkeys([*named, *known] if rebuild else named)) or known
    planned = _Planning(Manifest() if rebuild else manifest, settings)
    report = planned.plan.report
    index = live.generations.shown
    walks = walk_sources(chosen, report, known, index, settings, needs_known=rebuild)
    for source, walk in walks.items():
        planned.add(str(source.path), walk)
    planned.settle()
    return planned.plan


def _manifest(live: LiveIndex, needed: bool) -> Manifest:
    """Return the manifest of the live index; an empty one where there is none and need not be."""
    try:
        return live.manifest(live.reader())
    except IndexMissingError:
        if needed:
            raise
        return Manifest()


class _Planning:
    """Goes through the files as a run would, ids that are taken included."""

    def __init__(self, manifest: Manifest, settings: ReadingSettings) -> None:
        self.plan = Plan()
        self._manifest = manifest
        self._settings = settings
        self._owners = Owners(manifest)
        self._collisions = Collisions(self.plan.report.failed, settings)
        self._waiting: list[tuple[int, Document, Owner]] = []  # the first is its file's place

    def add(self, source: str, walk: Walk) -> None:
        """Take the files of one source into the plan."""
        record = self._manifest.sources.get(source)
        known = record.files if record else {}
        gone = self._gone(walk, known)
        for file in walk.files:
            self.plan.files.append(self._file(file, known.get(file.id), Owner(source, file.id)))
        self.plan.files += (PlannedFile(one.source, "failed") for one in walk.failures)
        self.plan.files += gone

    def settle(self) -> None:
        """Tell which ids are still taken by another file, now that all files were looked at."""
        for place, document, owner in self._waiting:
            if self._owners.claim(document.id, owner):
                continue
            self._collisions.add(document, owner, self._owners.of(document.id) or owner)
            file = self.plan.files[place]
            left = (file.articles or 0) - 1
            self.plan.files[place] = replace(file, state="failed", articles=left)

    def _gone(self, walk: Walk, known: dict[str, FileRecord]) -> list[PlannedFile]:
        """Return the files that have vanished; their ids are free."""
        failed = tuple(failure.source for failure in walk.failures)
        present = {file.id for file in walk.files}
        found = []
        for file_id in [known_id for known_id in known if known_id not in present]:
            # What lies in a folder that cannot be read has not vanished.
            if not any(file_id == at or file_id.startswith(f"{at}/") for at in failed):
                record = known[file_id]
                count = len(record.documents)
                found.append(PlannedFile(file_id, "gone", _kind(file_id), "", record.size, count))
                self._release(record.documents.ids())
        return found

    def _file(self, file: SourceFile, known: FileRecord | None, owner: Owner) -> PlannedFile:
        kind = _kind(file.path)
        if known and known.is_unchanged(file.size, file.mtime_ns):
            count = len(known.documents)
            return PlannedFile(file.id, "unchanged", kind, "", file.size, count)
        failed = self._failures()
        encoding, articles, raw = "", 0, b""
        try:
            raw = load(file, self._settings)
            before = set(known.documents.ids()) if known else set()
            for document in self._documents(file, raw, owner, before):
                articles += 1
                encoding = encoding or document.metadata.get("encoding", "utf-8")
        except SearchError as error:
            self.plan.report.failed.append(error)
        state: State = "changed" if known else "new"
        if failed != self._failures():
            state = "failed"
        elif known and known.digest == hashlib.sha256(raw).hexdigest():
            state = "unchanged"
        return PlannedFile(file.id, state, kind, encoding, file.size, articles)

    def _documents(
        self, file: SourceFile, raw: bytes, owner: Owner, before: set[str]
    ) -> Iterator[Document]:
        """Yield what a file gives; what it gave `before` and no more is free for others."""
        failed = self._failures()
        found: set[str] = set()
        for document in documents(file, raw, self._settings, self.plan.report.skipped):
            if isinstance(document, UnreadableArticleError):
                self.plan.report.failed.append(document)
            elif document.id in found:
                self._collisions.add(document, owner, owner)
            else:
                found.add(document.id)
                if document.id not in before and not self._owners.claim(document.id, owner):
                    self._waiting.append((len(self.plan.files), document, owner))
                yield document
        if failed == self._failures():
            self._release(before - found)

    def _release(self, ids: Collection[str]) -> None:
        for document_id in ids:
            self._owners.release(document_id)

    def _failures(self) -> int:
        return len(self.plan.report.failed) + self._collisions.count


def _kind(name: str) -> str:
    reader = format_of(name)
    return reader.name if reader else ""
