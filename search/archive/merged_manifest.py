"""The manifest of a whole that was built in parts, made of those of the parts."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from search.archive.digest import DIGEST_BYTES, FOUND_BY, content_of
from search.archive.manifest import Documents, FileRecord, Manifest, SourceRecord
from search.archive.reprint_run import is_record
from search.document import Document

Read = Callable[[Sequence[str]], Iterable[Document]]


def merged(parts: Sequence[Manifest], read: Read) -> Manifest:
    """Return the manifest that one run would have made; `read` gives documents by their ids."""
    found = Manifest()
    for path in _distinct(part.sources for part in parts):
        records = [part.sources.get(path, SourceRecord()).files for part in parts]
        files = found.sources.setdefault(path, SourceRecord()).files
        for file_id in _distinct(records):
            record = _file([one.get(file_id) for one in records])
            if len(record.documents):
                files[file_id] = record
    _merge_articles(found, parts)
    _merge_records(found, parts, read)
    return found


def _file(parts: Sequence[FileRecord | None]) -> FileRecord:
    """Return what is noted of a file of which each part has read its own documents.

    Where it was not the same for all of them it has no digest, so that the next run reads it again;
    nor does its time count where that differs, as it does between copies.
    """
    there = [part for part in parts if part is not None]
    is_same = len(there) == len(parts) and len({(one.size, one.digest) for one in there}) == 1
    times = {one.mtime_ns for one in there}
    digests: dict[str, bytes] = {}
    for one in there:
        digests |= one.documents.digests()
    return FileRecord(
        there[0].size,
        times.pop() if len(times) == 1 else 0,
        there[0].digest if is_same else "",
        min(one.read_ns for one in there),
        Documents.of(digests),
    )


def _merge_articles(found: Manifest, parts: Sequence[Manifest]) -> None:
    """Find the articles that are alike, among all."""
    rows: dict[str, bytes] = {}
    for part in parts:
        rows |= part.signatures.rows
    if not rows:
        return
    from search.archive.likeness import alike
    from search.archive.signatures import rules

    found.signatures.replace(rows, rules())
    ids = sorted(rows)
    found.copies.same  # noqa: B018 - unpacks the others
    found.copies.like = [[ids[at] for at in group] for group in alike([rows[i] for i in ids])]


def _merge_records(found: Manifest, parts: Sequence[Manifest], read: Read) -> None:
    """Find the records that are the same: those of one part are known, of others some are read."""
    groups: dict[bytes, list[str]] = {}
    for part in parts:
        for content, group in part.copies.same.items():
            groups.setdefault(content, []).extend(group)
    known = {document_id for group in groups.values() for document_id in group}
    for document in read([one for one in _may_be_copies(found) if one not in known]):
        if is_record(document.id, document.source):
            content = content_of(document.title, document.body)
            groups.setdefault(content, []).append(document.id)
    found.copies.same.update({c: group for c, group in groups.items() if len(group) > 1})


def _may_be_copies(manifest: Manifest) -> Iterator[str]:
    """Yield the ids of the records whose digest begins as that of another."""
    seen: set[bytes] = set()
    shared: set[bytes] = set()
    for record in _with_records(manifest):
        packed = record.documents.packed_digests
        for at in range(0, len(packed), DIGEST_BYTES):
            beginning = packed[at : at + FOUND_BY]
            (shared if beginning in seen else seen).add(beginning)
    for record in _with_records(manifest):
        for document_id, digest in record.documents.digests().items():
            if digest[:FOUND_BY] in shared:
                yield document_id


def _with_records(manifest: Manifest) -> Iterator[FileRecord]:
    for source in manifest.sources.values():
        for file_id, record in source.files.items():
            if len(record.documents) > 1 or record.documents.ids() != [file_id]:
                yield record


def _distinct(several: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(one for some in several for one in some))
