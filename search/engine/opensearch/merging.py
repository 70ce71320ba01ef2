"""One index out of parts that were written side by side: their records become the record.

No document is touched: the numbers of each part are its own (`record`), and all count together.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.config.cluster import Generation
from search.document import Document
from search.engine.opensearch.blobs import blob_of, pieces_of, put_blob
from search.engine.opensearch.client import ConflictError, client_of
from search.engine.opensearch.documents import cut_key
from search.engine.opensearch.mapping import KEY
from search.engine.opensearch.reader import ClusterReader
from search.engine.opensearch.record import (
    LENGTHS,
    PART_ERAS,
    Dead,
    Record,
    first_number,
    new_token,
    read_record,
    record_id,
    write_record,
)
from search.engine.opensearch.scan import TEXTS_AT_ONCE, number_of, scan
from search.engine.opensearch.vocabulary import WordCounts
from search.engine.opensearch.writer import refresh
from search.engine.port import DamageError
from search.errors import IndexLockedError
from search.messages import message

ABSENT = (-1, 0)  # the version of a document that must not be there
MERGED = "parts"  # in the keys of blobs: whoever tries again writes the same in their place


class Merging:
    """The parts of a generation that all are done."""

    def __init__(self, generation: Generation, of: int) -> None:
        self._client = client_of(generation.cluster)
        self._index = generation.index
        self._of = of

    def is_committed(self) -> bool:
        """Return whether the parts are one index already."""
        return read_record(self._client, self._index) is not None

    def manifests(self) -> list[bytes]:
        """Return what each part has committed with its documents; nothing of one without any."""
        return [
            blob_of(self._client, self._index, record.manifest) if record.manifest else b""
            for record in self._records()
        ]

    def documents(self, document_ids: Sequence[str]) -> Iterator[Document]:
        """Yield documents of any part, texts and all."""
        refresh(self._client, self._index)
        whole = self._whole()
        reader = ClusterReader(self._client, self._index, whole)
        keys = [cut_key(one) for one in document_ids]
        for at in range(0, len(keys), TEXTS_AT_ONCE):
            some = {"terms": {KEY: keys[at : at + TEXTS_AT_ONCE]}}
            query = {"bool": {"filter": [whole.visible(), some]}}
            yield from reader.documents(
                [number_of(hit) for hit in scan(self._client, self._index, query)]
            )

    def commit(self, manifest: bytes) -> None:
        """Make all parts one index, and `manifest` that of it.

        An IndexLockedError where another run has done so meanwhile.
        """
        key = put_blob(self._client, self._index, f"manifest-{MERGED}", manifest)
        words = self._words()
        refresh(self._client, self._index)
        whole = replace(self._whole(), manifest=key, words=words)
        try:
            write_record(self._client, self._index, whole, ABSENT)
        except ConflictError:
            cluster = str(self._client.cluster)
            raise IndexLockedError(cluster, message("another process")) from None

    def _words(self) -> Sequence[tuple[str, int]]:
        """Keep the words of all parts together, as those of one that wrote all at once."""
        counts = WordCounts()
        for record in self._records():
            for name, _ in record.words:
                counts.update(WordCounts.from_bytes(blob_of(self._client, self._index, name)))
        if not counts:
            return ()
        name = put_blob(self._client, self._index, f"words-{MERGED}", counts.to_bytes())
        return [(name, len(counts))]

    def _whole(self) -> Record:
        """Return the record of all parts, but for what is kept in blobs."""
        records = self._records()
        ranges = sorted(tuple(one) for record in records for one in record.ranges)
        start = first_number(self._of + 1)  # who writes next does so behind all parts
        left = [record_id(part) for part in range(1, self._of + 1)]
        for record in records:
            names = [record.manifest, *(name for name, _ in record.words)]
            left += [piece for name in names for piece in pieces_of(name)]
        return Record(
            commit=1,
            token=new_token(),
            era=(self._of + 1) * PART_ERAS,
            ranges=[*(one for one in ranges if one[0] < one[1]), (start, start)],
            dead=[*(one for record in records for one in record.dead), Dead(time.time(), (), left)],
            oldest=1,
            seen=self._client.seen(),
            documents=sum(record.documents for record in records),
            characters=sum(record.characters for record in records),
            lengths={name: sum(one.lengths[name] for one in records) for name in LENGTHS},
        )

    def _records(self) -> list[Record]:
        found = []
        for part in range(1, self._of + 1):
            record = read_record(self._client, self._index, part)
            if record is None:
                raise DamageError(message("the record of the newest commit is missing"))
            found.append(record[0])
        return found
