"""One index run: what changed in the sources since the manifest, written to the index.

Only new and changed files are read, and of those only new and changed documents are analysed. What
fails is reported and tried again by the next run; what it gave before stays in the index.
"""

import hashlib
import time
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from search.archive.collisions import Collisions
from search.archive.commits import Commits
from search.archive.digest import content_of, digest_of
from search.archive.manifest import Documents, FileRecord, Manifest, Owner, SourceRecord
from search.archive.owners import Owners
from search.archive.report import Done, Progress, Report
from search.archive.reprint_run import is_record
from search.config import ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import Source, SourceFile, Walk, documents, load

AT_ONCE = 1000  # documents of a file that are written before it is asked whether to commit


class IndexRun:
    """Brings an index and its manifest up to what the sources hold now."""

    remembers_empty = False  # files of which no document is in the index

    def __init__(
        self,
        commits: Commits,
        manifest: Manifest,
        report: Report,
        settings: ReadingSettings,
    ) -> None:
        self._settings = settings
        self._commits = commits
        self._manifest = manifest
        self._report = report
        self._owners = Owners(manifest)
        self._collisions = Collisions(report.failed, settings)
        self._waiting: list[tuple[Document, Owner]] = []  # their ids are still another file's
        self._progress: Progress | None = None
        self._files = self._all_files = self._size = self._all_size = 0  # for `_progress`

    def update(self, walks: dict[Source, Walk], progress: Progress | None = None) -> None:
        """Write what is new and changed in the walked sources, take out what has vanished."""
        self._begin(walks, progress)
        for source, found in walks.items():
            path = str(source.path)
            if not found.files and path not in self._manifest.sources:
                continue  # what never gave anything to read is not remembered
            record = self._manifest.sources.setdefault(path, SourceRecord())
            self._remove_vanished(record.files, found)
            for file in found.files:
                self._update_file(file, Owner(path, file.id))
                if self._commits.is_due:
                    self._commits.commit()
                self._files += 1
                self._tell()
        self._write_waiting()

    def _begin(self, walks: dict[Source, Walk], progress: Progress | None) -> None:
        """Tell `progress` from now on how far the run is, of all that the walks have found."""
        self._progress = progress
        if progress is None:
            return
        for source, found in walks.items():
            record = self._manifest.sources.get(str(source.path), SourceRecord())
            self._all_files += len(found.files)
            for file in found.files:
                known = record.files.get(file.id)
                if not (known and known.is_unchanged(file.size, file.mtime_ns)):
                    self._all_size += file.size

    def _tell(self) -> None:
        if self._progress:
            report = self._report
            articles = report.added + report.changed + report.unchanged
            self._progress(Done(self._files, self._all_files, self._size, self._all_size, articles))

    def forget(self, source: Source) -> None:
        """Take a source of the archive and all its documents out."""
        for record in self._manifest.sources.pop(str(source.path)).files.values():
            self._remove(record.documents.ids())

    def forget_all_but(self, sources: Collection[Source]) -> None:
        """Take out every source but these."""
        kept = {str(source.path) for source in sources}
        for path in [known for known in self._manifest.sources if known not in kept]:
            self.forget(Source.of(path))

    def _remove_vanished(self, files: dict[str, FileRecord], found: Walk) -> None:
        present = {file.id for file in found.files}
        failed = tuple(failure.source for failure in found.failures)
        for file_id in [known for known in files if known not in present]:
            # What lies in a folder that cannot be read has not vanished.
            if not any(file_id == at or file_id.startswith(f"{at}/") for at in failed):
                self._remove(files.pop(file_id).documents.ids())

    def _update_file(self, file: SourceFile, owner: Owner) -> None:
        files = self._manifest.sources[owner.source].files
        known = files.get(file.id)
        if known and known.is_unchanged(file.size, file.mtime_ns):
            self._report.unchanged += len(known.documents)
            return
        read_ns = time.time_ns()
        self._size += file.size
        try:
            raw = load(file, self._settings)
        except UnreadableArticleError as error:
            self._report.failed.append(error)
            self._distrust(known)
            return
        digest = hashlib.sha256(raw).hexdigest()
        if known and known.digest == digest:
            self._report.unchanged += len(known.documents)
            known.note_unchanged(file.size, file.mtime_ns, read_ns)
            return
        before = known.documents.digests() if known else {}
        found: dict[str, bytes] = {}
        failed, waiting = self._failures(), len(self._waiting)
        fresh = self._fresh(file, raw, owner, before, found)
        while some := list(islice(fresh, AT_ONCE)):
            self._commits.writer.write(some)
            self._tell()
            if self._commits.is_due:
                # Without a digest: the next run reads the file again, and knows these of it.
                held = Documents.of(found | before)
                files[file.id] = FileRecord(file.size, file.mtime_ns, "", read_ns, held)
                self._commits.commit()
        if failed == self._failures():
            self._remove(before)
        else:  # what cannot be read now may be one of these, so they stay
            self._report.unchanged += len(before)
            found |= before
        whole = (failed, waiting) == (self._failures(), len(self._waiting))
        files.pop(file.id, None)
        if found or self.remembers_empty:
            digest = digest if whole else ""
            documents_found = Documents.of(found)
            files[file.id] = FileRecord(file.size, file.mtime_ns, digest, read_ns, documents_found)

    def _fresh(
        self,
        file: SourceFile,
        raw: bytes,
        owner: Owner,
        before: dict[str, bytes],
        found: dict[str, bytes],
    ) -> Iterator[Document]:
        """Yield what is new or changed in a file; all it gives goes to `found`, out of `before`."""
        for document in self._read(file, raw, owner):
            if isinstance(document, UnreadableArticleError):
                self._report.failed.append(document)
                continue
            document_id = document.id
            if document_id in found:
                self._collisions.add(document, owner, owner)
                continue
            known = before.pop(document_id, None)
            if known is None and not self._owners.claim(document_id, owner):
                self._waiting.append((document, owner))
                continue
            content = _content(document)
            found[document_id] = digest = digest_of(document, content)
            if known == digest:
                self._report.unchanged += 1
                continue
            if known is None:
                self._report.added += 1
            else:
                self._report.changed += 1
                self._delete([document_id])
            self._commits.reprints.note(document_id, content)
            yield document

    def _read(
        self, file: SourceFile, raw: bytes, _: Owner
    ) -> Iterator[Document | UnreadableArticleError]:
        """Yield what a file gives, and what of it cannot be read."""
        return documents(file, raw, self._settings, self._report.skipped)

    def _write_waiting(self) -> None:
        """Write the documents whose ids have become free in this run; of the others, say so."""
        written: dict[Owner, dict[str, bytes]] = {}
        for document, owner in self._waiting:
            if not self._owners.claim(document.id, owner):
                self._collisions.add(document, owner, self._owners.of(document.id) or owner)
                continue
            self._commits.writer.write([document])
            content = _content(document)
            self._commits.reprints.note(document.id, content)
            self._report.added += 1
            written.setdefault(owner, {})[document.id] = digest_of(document, content)
        for owner, digests in written.items():
            files = self._manifest.sources[owner.source].files
            # Without a digest: the next run reads the file again, and knows the document.
            record = files.setdefault(owner.file, FileRecord(0, 0, "", 0, Documents()))
            record.documents = Documents.of(record.documents.digests() | digests)

    def _remove(self, gone: Iterable[str]) -> None:
        ids = list(gone)
        self._delete(ids)
        self._report.removed += len(ids)
        for document_id in ids:
            self._owners.release(document_id)

    def _delete(self, ids: Collection[str]) -> None:
        self._commits.writer.delete(ids)
        for document_id in ids:
            self._commits.reprints.drop(document_id)

    def _failures(self) -> int:
        """Return a number that grows with each failure and each id that was taken."""
        return len(self._report.failed) + self._collisions.count

    def _distrust(self, known: FileRecord | None) -> None:
        """Let the next run read the file again; what it gave before stays in the index."""
        if known:
            known.digest = ""
            self._report.unchanged += len(known.documents)


def _content(document: Document) -> bytes:
    """Return the digest of a record's text, by which others that are the same are found."""
    if not is_record(document.id, document.source):
        return b""
    return content_of(document.title, document.body)
