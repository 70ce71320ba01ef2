"""One committed state of an index on a cluster, answering query trees."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy.typing as npt

from search.analysis.terms import gram_terms
from search.deadline import checked
from search.document import Document
from search.engine.opensearch.answering import Answer, Answering
from search.engine.opensearch.blobs import blob_of
from search.engine.opensearch.client import Client
from search.engine.opensearch.copies import Copies
from search.engine.opensearch.documents import (
    LONGEST_KEY,
    cut_key,
    document_of,
    heading_of,
    text_of,
)
from search.engine.opensearch.mapping import CHARACTERS, KEY, STORED, TITLE
from search.engine.opensearch.record import LENGTHS, Record
from search.engine.opensearch.scan import TEXTS_AT_ONCE, number_of, scan
from search.engine.opensearch.state import State
from search.engine.port import (
    FIELDS,
    DamageError,
    Heading,
    Ranking,
    Relaxation,
    ScoredDocument,
    SearchRequest,
    Stats,
    StoredText,
)
from search.messages import message

Array = npt.NDArray[Any]


class _Lately(threading.local):
    """What this thread was answered last: a page's facets are asked for after its hits."""

    answer: Answer | None = None


class ClusterReader:
    """An `IndexReader`. Searches of several threads run side by side."""

    def __init__(self, client: Client, index: str, record: Record) -> None:
        self.record = record
        self._client = client = client.seeing(record.seen)
        self._index = index
        self._visible = record.visible()
        self._state = State(client, index, record)
        self._copies: Copies | None = None  # those of the last request that had any
        self._lately = _Lately()

    def search(self, request: SearchRequest) -> Ranking:
        """Return the documents that answer `request`."""
        answering = Answering(self._state, request, self._copies_of(request))
        answer = answering.answer()
        self._lately.answer = answer
        documents = []
        for row in answer.page:
            if "_source" in row.hit:
                self._state.documents.keep(row.number, row.hit["_source"][STORED])
            tier = answer.tiers[row.tier]
            told = tier.contributions(row.hit, answer.scorer) if request.explain else ()
            documents.append(
                ScoredDocument(row.number, self._id(row.hit), row.score, told, tier.reading)
            )
        relaxation = None
        if answer.relaxed is not None:
            count = answering.without_word(answer.relaxed)
            relaxation = Relaxation(answer.relaxed.word, count)
        return Ranking(answer.total, documents, relaxation, answer.resolved)

    def facets(
        self, request: SearchRequest, names: Sequence[str], most: int | Mapping[str, int] = 20
    ) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return of each column its values in all documents that answer, and how many have each."""
        answering = Answering(self._state, request, self._copies_of(request))
        answer = self._lately.answer
        if answer is None or answer.request is not request:
            answer = answering.answer()
        wanted = {name: max(most if isinstance(most, int) else most[name], 0) for name in names}
        return self._state.columns.frequent(answering.shown(answer), wanted)

    def headings(self, numbers: Sequence[int]) -> list[Heading]:
        """Return what a list of hits shows of each document."""
        return [heading_of(stored) for stored in self._state.documents.headings_of(numbers)]

    def script(self, number: int) -> str:
        """Return the script of a document's body."""
        (stored,) = self._state.documents.of([number])
        return str(stored["script"])

    def text(self, number: int, field: str) -> StoredText:
        """Return the stored text of `field` ("title" or "body") of a document."""
        (stored,) = self._state.documents.of([number])
        return text_of(stored, field)

    def numbers(self) -> list[int]:
        """Return the numbers of all documents, rising."""
        return [number_of(hit) for hit in self._all()]

    def documents(self, numbers: Sequence[int]) -> Iterator[Document]:
        """Yield documents as they were written, texts and all."""
        for at in range(0, len(numbers), TEXTS_AT_ONCE):
            some = numbers[at : at + TEXTS_AT_ONCE]
            yield from map(document_of, self._state.documents.of(some))

    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        if any("\ud800" <= c <= "\udfff" for c in document_id):
            return None  # no text, so no document bears it
        query = {"bool": {"filter": [self._visible, {"term": {KEY: cut_key(document_id)}}]}}
        found = list(scan(self._client, self._index, query))
        return number_of(found[0]) if found else None

    def terms(self, kind: str, prefix: str = "") -> Iterable[str]:
        """Return the terms of a kind that begin with `prefix`, sorted; grams by reading all texts.

        Words that only deleted documents had are there too.
        """
        if kind == "words":
            return list(self._state.words.vocabulary.beginning(prefix))
        found = {
            term
            for hit in self._all([STORED], TEXTS_AT_ONCE)
            for name in FIELDS
            for term in gram_terms(text_of(hit["_source"][STORED], name).folded.text)
        }
        return sorted(term for term in found if term.startswith(prefix))

    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the words of so many Han characters, and how many documents hold each."""
        return self._state.words.vocabulary.han_words(length)

    def frequency(self, word: str) -> int:
        """Return how many documents hold a word."""
        return self._state.words.frequencies([word], FIELDS)[0]

    def titles(self) -> list[str]:
        """Return the title of every document as its author wrote it."""
        return [hit["_source"][STORED][TITLE] for hit in self._all([f"{STORED}.{TITLE}"])]

    def ids(self) -> list[str]:
        """Return the id of every document, in the order of their numbers."""
        hits = self._all(fields=[KEY])
        return [self._id({"sort": [hit["fields"][KEY][0]], **_numbered(hit)}) for hit in hits]

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Yield id and digest of every document."""
        for hit in self._all([f"{STORED}.id", f"{STORED}.digest"]):
            stored = hit["_source"][STORED]
            yield stored["id"], bytes.fromhex(stored["digest"])

    def columns(self) -> list[str]:
        """Return the names by which documents can be told apart beside title, text and date."""
        return list(self._state.columns.names)

    def stats(self) -> Stats:
        """Return how much the index holds."""
        return Stats(self.record.documents, self.record.characters, self._client.cluster.shards)

    def manifest(self) -> bytes:
        """Return what was committed with the documents."""
        if not self.record.manifest:
            return b""
        return blob_of(self._client, self._index, self.record.manifest)

    def verify(self) -> None:
        """Count all that is stored; a DamageError where it is not as much as was written."""
        self.manifest()
        _ = self._state.words.vocabulary
        sums = {name: {"sum": {"field": name}} for name in (CHARACTERS, *LENGTHS)}
        found = self._state.statistics.aggregated(sums)
        (count,) = self._state.statistics.counts([{"match_all": {}}])
        told = {CHARACTERS: self.record.characters, **self.record.lengths}
        counted = {name: round(one["value"]) for name, one in found.items()}
        if count != self.record.documents or counted != told:
            raise DamageError(
                message(
                    "it holds {count:,} documents, and {written:,} were written",
                    count=count,
                    written=self.record.documents,
                )
            )

    def state(self) -> str:
        """Return a short name of this state of the index: another after each commit."""
        return f"{self.record.commit}-{self.record.token[:8]}"

    def close(self) -> None:
        """Nothing: the connections are those of all readers."""

    def _all(
        self, source: Sequence[str] | bool = False, at_once: int = 1_000, fields: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        hits = scan(self._client, self._index, self._visible, source, fields, at_once)
        return iter(checked(hits))

    def _id(self, hit: Mapping[str, Any]) -> str:
        key = str(hit["sort"][-1])
        if len(key) <= LONGEST_KEY:
            return key
        (stored,) = self._state.documents.of([int(hit["fields"]["n"][0])])
        return str(stored["id"])

    def _copies_of(self, request: SearchRequest) -> Copies | None:
        """Return the copies that a request tells, those of the last that had any being kept."""
        if not request.copies:
            return None
        known = self._copies
        if known is None or known.groups is not request.copies:
            known = Copies(self._client, self._index, self._visible, request.copies)
            self._copies = known
        return known


def _numbered(hit: Mapping[str, Any]) -> dict[str, Any]:
    return {"fields": {"n": [number_of(hit)]}}
