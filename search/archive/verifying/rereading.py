"""The articles as their files have them now; of files that have changed, as they are stored.

The manifest tells which files are as the last run read them. Only of these can be said what the
index has to hold; the others are noted, and their articles given as the index has them.
"""

import hashlib
from collections.abc import Collection, Iterator
from typing import NamedTuple

from search.archive.manifest import FileRecord, Manifest, SourceRecord
from search.archive.report import Done, Progress, Report
from search.archive.sources import walk_sources
from search.archive.verifying.verification import Failure, Note, Verification
from search.config import ReadingSettings
from search.document import Document
from search.engine import IndexReader
from search.errors import SearchError, UnreadableArticleError, index_command
from search.messages import message, plural, said_by
from search.reading import Source, SourceFile, Walk, documents, load


class Reread(NamedTuple):
    """An article, and whether its file says so or only the index."""

    document: Document
    is_from_file: bool


def stored(reader: IndexReader, article_id: str) -> Document | None:
    """Return an article as the index has it, or None."""
    number = reader.find(article_id)
    return None if number is None else next(iter(reader.documents([number])))


class Rereading:
    """Reads all that the manifest names once more; what is not as it was goes to `found`."""

    def __init__(
        self,
        reader: IndexReader,
        manifest: Manifest,
        found: Verification,
        settings: ReadingSettings,
        progress: Progress | None = None,
    ) -> None:
        self._reader = reader
        self._manifest = manifest
        self._found = found
        self._settings = settings
        self._progress = progress
        self._update = message("run '{command}' to bring it in", command=index_command(found.index))

    def articles(self, ids: Collection[str]) -> Iterator[Reread]:
        """Yield the articles of all files that the manifest names; `ids` are those of the index."""
        walks = self._walks()
        all_files = [file for walk in walks.values() for file in walk.files]
        all_size, size, number = sum(file.size for file in all_files), 0, 0
        for path, record in self._manifest.sources.items():
            walk = walks.get(Source.of(path), Walk())
            failed = tuple(failure.source for failure in walk.failures)
            for file in walk.files:
                known = record.files.get(file.id)
                if known is None:
                    self._note_new(file, ids)
                else:
                    yield from self._of_file(file, known)
                number, size = number + 1, size + file.size
                if self._progress:
                    done = self._found.articles
                    self._progress(Done(number, len(all_files), size, all_size, done))
            is_read = Source.of(path) in walks
            yield from self._not_walked(record, walk, failed if is_read else None)

    def _walks(self) -> dict[Source, Walk]:
        """Return what the sources hold; those that cannot be walked are noted."""
        sources = [Source.of(path) for path in self._manifest.sources]
        report = Report()
        walks: dict[Source, Walk] = {}
        try:
            walks = walk_sources(sources, report, sources, self._found.index, self._settings)
        except SearchError as error:  # of the only one there is
            report.failed.append(error)
        for failure in report.failed:
            self._note_failure(failure)
        return walks

    def _not_walked(
        self, record: SourceRecord, walk: Walk, failed: tuple[str, ...] | None
    ) -> Iterator[Reread]:
        """Yield what is stored of files that were not found; `failed` is what cannot be read."""
        present = {file.id for file in walk.files}
        for file_id, known in record.files.items():
            if file_id in present:
                continue
            is_noted = failed is None or any(
                file_id == at or file_id.startswith(f"{at}/") for at in failed
            )
            if not is_noted:
                self._note(
                    "gone", file_id, message("is not there any more, or left out"), self._update
                )
            yield from self._stored(known.documents.ids())

    def _of_file(self, file: SourceFile, known: FileRecord) -> Iterator[Reread]:
        """Yield the articles of a file that the manifest knows."""
        listed = known.documents.ids()
        try:
            raw = load(file, self._settings)
        except UnreadableArticleError as error:
            self._note_failure(error)
            yield from self._stored(listed)
            return
        if known.digest != hashlib.sha256(raw).hexdigest():
            if known.digest:
                self._note(
                    "changed", file.id, message("has changed since it was indexed"), self._update
                )
            else:
                text = message("was not read whole by the last index run")
                self._note("unfinished", file.id, text, self._update)
            yield from self._stored(listed)
            return
        self._found.files += 1
        left = dict.fromkeys(listed)
        failures = 0
        for one in documents(file, raw, self._settings):
            if isinstance(one, UnreadableArticleError):
                failures += 1
                self._note_failure(one)
            elif one.id in left:
                del left[one.id]
                yield Reread(one, True)
            else:
                text = message(
                    "is in a file that was indexed, but is not listed as indexed from it"
                )
                self._found.fail(Failure("count", text, one.id, one.place))
        if left and not failures:
            text = message("is listed as indexed from a file that does not hold it")
            self._found.fail(*(Failure("count", text, one, file.id) for one in left))
        yield from self._stored(left)

    def _stored(self, ids: Collection[str]) -> Iterator[Reread]:
        for article_id in ids:
            document = stored(self._reader, article_id)
            if document is None:
                text = message("is listed as indexed, but not in the index")
                self._found.fail(Failure("missing", text, article_id))
            else:
                yield Reread(document, False)

    def _note_new(self, file: SourceFile, ids: Collection[str]) -> None:
        """Note a file that the manifest does not know, by what it holds."""
        taken = new = 0
        failures: list[UnreadableArticleError] = []
        try:
            for one in documents(file, load(file, self._settings), self._settings):
                if isinstance(one, UnreadableArticleError):
                    failures.append(one)
                else:
                    taken, new = taken + (one.id in ids), new + (one.id not in ids)
        except UnreadableArticleError as error:
            failures.append(error)
        if new:
            text = plural(
                "is not in the index yet: {count:,} article",
                "is not in the index yet: {count:,} articles",
                count=new,
            )
            self._note("new", file.id, text, self._update)
        for failure in failures if not new else ():
            self._note_failure(failure)
        if taken and not new:
            self._note(
                "taken",
                file.id,
                message("bears the ids of other articles"),
                message("run 'search doctor'"),
            )

    def _note_failure(self, error: SearchError) -> None:
        source = getattr(error, "source", "")
        cause = (
            message("cannot be read: {error}", error=getattr(error, "cause", said_by(error)))
            if source
            else said_by(error)
        )
        self._note("unreadable", source, cause, error.hint)

    def _note(self, kind: str, source: str, text: str, hint: str) -> None:
        self._found.notes.append(Note(kind, source, text, hint))
