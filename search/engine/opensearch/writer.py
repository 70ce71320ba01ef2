"""Writing documents into an index of a cluster, all of them visible at one commit.

    begin     the record says who writes; what a writer before has left is taken away
    write     documents come under new numbers, which no reader looks at
    commit    the index is refreshed, and one record put in place of another

Documents that count no more are taken away by a later writer, when nobody can still be reading the
commit before.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from search.analysis.batch import Batch
from search.analysis.batching import Batching
from search.document import Document
from search.engine.opensearch.blobs import blob_of, pieces_of, put_blob
from search.engine.opensearch.bulk import Bulk
from search.engine.opensearch.client import Client, ConflictError, OpenSearchException
from search.engine.opensearch.documents import bodies_of, cut_key
from search.engine.opensearch.mapping import CHARACTERS, KEY, NUMBER
from search.engine.opensearch.record import (
    ERA_BITS,
    LENGTHS,
    Dead,
    Record,
    Version,
    first_number,
    new_token,
    read_record,
    write_record,
)
from search.engine.opensearch.scan import number_of, scan
from search.engine.opensearch.vocabulary import WordCounts
from search.engine.port import DamageError
from search.errors import IndexLockedError, SearchError
from search.messages import message

GRACE = 120  # seconds after which nobody reads the commit before any more
KEYS_AT_ONCE = 10_000
COUNTED = [CHARACTERS, *LENGTHS]
ENDS = " ends"  # behind the token of a writer that drops its changes


class ClusterWriter:
    """An `IndexWriter`."""

    def __init__(self, client: Client, index: str, batching: Batching, part: int = 0) -> None:
        self._client = client
        self._index = index
        self._part = part  # of a generation that is built in parts; 0 is all of it
        self._batching = batching
        self._token = new_token()
        self._bulk = Bulk(client, index)
        self._record, self._version = self._begun()
        self._client = client.seeing(self._record.seen)
        self._first = self._next = self._record.next_number()
        self._gone: dict[int, dict[str, int]] = {}  # number → what it counts
        self._added = dict.fromkeys(COUNTED, 0)
        self._words = WordCounts()
        self._has_blobs = False
        self._ended = False

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents; their ids are not in the index, or were deleted by this writer."""
        self._add(self._batching.add(documents))

    def delete(self, document_ids: Collection[str]) -> None:
        """Take the documents with these ids out; ids that are not there are passed over."""
        keys = [cut_key(one) for one in document_ids]
        for at in range(0, len(keys), KEYS_AT_ONCE):
            some = {"terms": {KEY: keys[at : at + KEYS_AT_ONCE]}}
            query = {"bool": {"filter": [self._record.visible(), some]}}
            for hit in scan(self._client, self._index, query, fields=COUNTED):
                counted = {name: int(hit["fields"][name][0]) for name in COUNTED}
                self._gone[int(hit["sort"][0])] = counted

    def flush(self) -> None:
        """Have all documents analysed that were written so far, and what is done aside with it."""
        self._add(self._batching.rest())

    def commit(self, manifest: bytes) -> None:
        """Make all changes and `manifest` durable and visible at once.

        An IndexLockedError where another writer has taken over.
        """
        self.flush()
        self._bulk.settle()
        self._has_blobs = True
        key = put_blob(self._client, self._index, f"manifest-{self._token}", manifest)
        words, merged = self._kept_words()
        left = [piece for name in (self._record.manifest, *merged) for piece in pieces_of(name)]
        refresh(self._client, self._index)
        self._publish(self._committed(key, words, left))
        self._ended = True
        self._bulk.close()

    def cancel(self) -> None:
        """Drop all changes; what fails of that, the next writer does."""
        self._batching.close()
        if self._ended:
            return
        self._ended = True
        self._bulk.close()
        with suppress(SearchError, OpenSearchException):
            self._take_back()

    def _take_back(self) -> None:
        """Take away what was written; first of all see that a commit on its way comes too late."""
        ending = replace(self._record, writer=f"{self._token}{ENDS}")
        try:
            version = write_record(self._client, self._index, ending, self._version, self._part)
        except ConflictError:
            self._take_own_away()
            return
        take_away(self._client, self._index, _left_by(self._record, self._part))
        ended = replace(ending, writer="")
        if self._next > self._first:
            # A request that was given up may still be on its way, with documents of these numbers.
            ended = _next_era(ended)
        if self._has_blobs:
            take_blobs_away(self._client, self._index, self._token)
        write_record(self._client, self._index, ended, version, self._part)

    def _take_own_away(self) -> None:
        """Take away what was written after another writer had taken over."""
        found = read_record(self._client, self._index, self._part)
        if found is None or self._token in str(found[0]):
            return
        own = {"range": {NUMBER: {"gte": self._first, "lt": self._next}}}
        left = {"bool": {"filter": [_left_by(found[0], self._part), own]}}
        take_away(self._client, self._index, left)
        take_blobs_away(self._client, self._index, self._token)

    def _begun(self) -> tuple[Record, Version]:
        """Return the record as it is while this writer is at work, and its version."""
        found = read_record(self._client, self._index, self._part)
        if found is None:
            raise DamageError(message("the record of the newest commit is missing"))
        record, version = found
        begun = replace(record, writer=self._token)
        if record.writer:  # it ended without a word, or has not ended
            begun = _next_era(begun)
            take_away(self._client, self._index, _left_by(record, self._part))
            take_blobs_away(self._client, self._index, record.writer.removesuffix(ENDS))
        old = [one for one in record.dead if time.time() - one.since > GRACE]
        if old:
            drop(self._client, self._index, (str(n) for one in old for n in one.numbers))
            drop(self._client, self._index, (piece for one in old for piece in one.pieces))
            refresh(self._client, self._index)
            kept = [one for one in record.dead if one not in old]
            seen = self._client.seen()
            begun = replace(begun, dead=kept, oldest=record.commit, seen=seen)
        try:
            return begun, write_record(self._client, self._index, begun, version, self._part)
        except ConflictError:
            raise self._locked() from None

    def _add(self, batches: Iterable[Batch]) -> None:
        for batch in batches:
            self._words.add(batch)
            self._bulk.index(self._counted(bodies_of(batch, self._next)))
            self._next += len(batch.documents)

    def _counted(self, bodies: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        for body in bodies:
            for name in COUNTED:
                self._added[name] += body[name]
            yield str(body[NUMBER]), body

    def _committed(
        self, manifest: str, words: Sequence[Sequence[Any]], left: Sequence[str]
    ) -> Record:
        """Return the record of what was changed."""
        before = self._record
        gone = list(self._gone.values())

        def count(name: str) -> int:
            return self._added[name] - sum(one[name] for one in gone)

        *_, (start, _) = before.ranges
        dead = [*before.dead]
        if gone or left:
            dead.append(Dead(time.time(), sorted(self._gone), left))
        return replace(
            before,
            commit=before.commit + 1,
            token=self._token,
            writer="",
            ranges=[*_not_empty(before.ranges[:-1]), (start, self._next)],
            dead=dead,
            documents=before.documents + self._next - self._first - len(gone),
            characters=before.characters + count(CHARACTERS),
            lengths={name: before.lengths[name] + count(name) for name in LENGTHS},
            manifest=manifest,
            words=words,
            seen=self._client.seen(),
        )

    def _publish(self, record: Record) -> None:
        """Put the record in its place."""
        try:
            write_record(self._client, self._index, record, self._version, self._part)
        except ConflictError:
            raise self._locked() from None

    def _kept_words(self) -> tuple[Sequence[Sequence[Any]], list[str]]:
        """Keep the words of this commit, with those of commits before of no more; see `words`.

        Returns what there is now, and the blobs that are in it.
        """
        kept, counts = list(self._record.words), self._words
        merged: list[str] = []
        if not counts:
            return kept, merged
        while kept and kept[-1][1] <= 2 * len(counts):
            name, _ = kept.pop()
            merged.append(name)
            counts.update(WordCounts.from_bytes(blob_of(self._client, self._index, name)))
        name = put_blob(self._client, self._index, f"words-{self._token}", counts.to_bytes())
        return [*kept, (name, len(counts))], merged

    def _locked(self) -> IndexLockedError:
        return IndexLockedError(str(self._client.cluster), message("another process"))


def refresh(client: Client, index: str) -> None:
    """Make what was written visible on all copies; an error where one of them cannot do so."""
    answer = client.call(lambda one: one.indices.refresh(index=index))
    if answer["_shards"]["failed"]:
        raise client.unavailable(message("not all parts of the index could be refreshed"))


def drop(client: Client, index: str, documents: Iterable[str]) -> None:
    """Take documents away by their ids."""
    bulk = Bulk(client, index)
    try:
        bulk.delete(documents)
        bulk.settle()
    finally:
        bulk.close()


def take_away(client: Client, index: str, query: dict[str, Any]) -> None:
    """Take away all documents that answer a query."""
    refresh(client, index)
    drop(client, index, (str(number_of(hit)) for hit in scan(client, index, query)))


def take_blobs_away(client: Client, index: str, token: str) -> None:
    """Take away what a writer has kept for a commit that it did not make."""
    for key in (f"manifest-{token}", f"words-{token}"):
        at = 0
        while client.get(index, f"{key}-{at}"):
            client.delete(index, f"{key}-{at}")
            at += 1


def _next_era(record: Record) -> Record:
    """Return the record under which documents get numbers that nobody has used before."""
    era = record.era + 1
    start = era << ERA_BITS
    return replace(record, era=era, ranges=[*_not_empty(record.ranges), (start, start)])


def _not_empty(ranges: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    return [one for one in ranges if one[0] < one[1]]


def _left_by(record: Record, part: int) -> dict[str, Any]:
    """Return the query that documents answer which were written and never committed.

    Of one part those that are its own: others may be at work.
    """
    ranges = [{"range": {NUMBER: {"gte": start, "lt": end}}} for start, end in record.ranges]
    own: dict[str, Any] = {"exists": {"field": NUMBER}}
    if part:
        own = {"range": {NUMBER: {"gte": first_number(part), "lt": first_number(part + 1)}}}
    return {"bool": {"filter": [own], "must_not": ranges}}
