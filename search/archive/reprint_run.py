"""Keeping the groups of copies right through one index run, whatever comes, changes and goes."""

from collections.abc import Iterator

from search.archive.digest import DIGEST_BYTES, FOUND_BY, content_of
from search.archive.manifest import Manifest, SourceRecord
from search.archive.owners import FEW
from search.engine import Engine


def is_record(document_id: str, source: str) -> bool:
    """Return whether a document is one of many of its file: a file's own id is its source."""
    return document_id != source


class ReprintRun:
    """Takes note of what a run writes and takes out; `settle` puts it into the manifest."""

    def __init__(self, engine: Engine, manifest: Manifest) -> None:
        self._engine = engine
        self._manifest = manifest
        self._before = StoredRecords(manifest)
        self._gone: set[str] = set()  # since it was settled last
        self._signed: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        self._contents: dict[str, bytes] = {}  # of all records of this run that are still there
        self._first: dict[bytes, str] = {}  # a record of this run with that text
        self._touched: set[str] = set()  # of the records before this run

    def note(self, document_id: str, content: bytes) -> None:
        """Take note of a document that is written; `content` is that of a record."""
        if content:
            self._new[document_id] = self._contents[document_id] = content

    def sign(self, document_id: str, signed: bytes) -> None:
        """Take note of the signature of an article that is written."""
        if signed:
            self._signed[document_id] = signed

    def drop(self, document_id: str) -> None:
        """Take note that a document leaves the index, or that its text is about to change."""
        self._gone.add(document_id)
        self._touched.add(document_id)
        self._signed.pop(document_id, None)
        self._new.pop(document_id, None)
        self._contents.pop(document_id, None)

    def settle(self) -> None:
        """Bring the groups in the manifest up to all that was noted."""
        if self._gone or self._signed:
            self._settle_articles()
        if self._gone or self._new:
            self._settle_records()
        self._gone, self._signed, self._new = set(), {}, {}

    def _settle_articles(self) -> None:
        signatures, copies = self._manifest.signatures, self._manifest.copies
        if not self._signed and self._gone.isdisjoint(signatures.rows):
            return
        from search.archive.likeness import alike
        from search.archive.signatures import rules

        rows = signatures.rows
        for document_id in self._gone:
            rows.pop(document_id, None)
        if signatures.rules() not in ("", rules()):
            rows = dict(self._signed_again(rows))
        rows.update(self._signed)
        signatures.replace(rows, rules())
        ids = sorted(rows)
        copies.same  # noqa: B018 - unpacks the others
        copies.like = [[ids[at] for at in group] for group in alike([rows[i] for i in ids])]

    def _signed_again(self, rows: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """Yield id and signature of all articles there were, from their stored texts."""
        from search.archive.signatures import signature

        reader = self._engine.reader()
        for document_id in rows:
            number = reader.find(document_id)
            if number is not None:
                title, body = (reader.text(number, field).raw for field in ("title", "body"))
                yield document_id, signature(title, body)

    def _settle_records(self) -> None:
        same = self._manifest.copies.same
        if self._gone and same:
            for content, group in same.items():
                if not self._gone.isdisjoint(group):
                    same[content] = [i for i in group if i not in self._gone]
        for document_id, content in self._new.items():
            found = same.get(content) or self._other_with(content)
            if found:
                same[content] = [*found, document_id]
            self._first[content] = document_id
        for content in [content for content, group in same.items() if len(group) < 2]:
            for document_id in same.pop(content):
                self._first[content] = document_id

    def _other_with(self, content: bytes) -> list[str]:
        """Return the record with this text that is in no group yet, if there is one."""
        first = self._first.get(content)
        if first is not None and self._contents.get(first) == content:
            return [first]
        reader = self._engine.reader()
        for document_id in self._before.beginning(content[:FOUND_BY]):
            number = None if document_id in self._touched else reader.find(document_id)
            if number is None or not is_record(document_id, reader.headings([number])[0].source):
                continue
            title, body = (reader.text(number, field).raw for field in ("title", "body"))
            if content_of(title, body) == content:
                return [document_id]
        return []


class StoredRecords:
    """The records of a manifest as it was read, found by the beginnings of their digests."""

    def __init__(self, manifest: Manifest) -> None:
        self._stored = [source.stored for source in manifest.sources.values() if source.stored]
        self._digests: list[bytes] | None = None
        self._asked = 0
        self._beginnings: set[bytes] | None = None
        self._ids: dict[bytes, list[str]] | None = None

    def beginning(self, part: bytes) -> list[str]:
        """Return the ids of documents whose digest begins with `part`."""
        if not self._may_begin(part):
            return []
        if self._ids is None:
            self._ids = {}
            for document_id, digest in self._all():
                self._ids.setdefault(digest[:FOUND_BY], []).append(document_id)
        return self._ids.get(part, [])

    def _may_begin(self, part: bytes) -> bool:
        if self._digests is None:
            self._digests = [
                record.documents.packed_digests
                for stored in self._stored
                for file_id, record in SourceRecord(stored).files.items()
                if len(record.documents) > 1 or record.documents.ids() != [file_id]
            ]
        self._asked += 1
        if self._asked <= FEW:
            return any(_begins(digests, part) for digests in self._digests)
        if self._beginnings is None:
            self._beginnings = {
                digests[at : at + FOUND_BY]
                for digests in self._digests
                for at in range(0, len(digests), DIGEST_BYTES)
            }
        return part in self._beginnings

    def _all(self) -> Iterator[tuple[str, bytes]]:
        for stored in self._stored:
            for record in SourceRecord(stored).files.values():
                yield from record.documents.digests().items()


def _begins(digests: bytes, part: bytes) -> bool:
    """Return whether one of the digests begins with `part`."""
    at = digests.find(part)
    while at >= 0 and at % DIGEST_BYTES:
        at = digests.find(part, at + 1)
    return at >= 0
