"""One committed state of a Whoosh index, answering query trees."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from whoosh.reading import IndexReader as WhooshIndexReader

from search.deadline import check_deadline, checked
from search.document import Document
from search.engine.column_names import SCRIPT
from search.engine.port import (
    FIELDS,
    FILLED,
    Heading,
    Ranking,
    Relaxation,
    ScoredDocument,
    SearchRequest,
    Stats,
    StoredText,
)
from search.engine.resolving import resolve, words_of
from search.engine.whoosh.candidates import Candidates
from search.engine.whoosh.contenders import Contenders
from search.engine.whoosh.copies import Copies
from search.engine.whoosh.digests import digests
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.facets import frequent
from search.engine.whoosh.filters import Filters
from search.engine.whoosh.kept import Kept
from search.engine.whoosh.matching import Matcher
from search.engine.whoosh.readings import Answer, Tier, answer
from search.engine.whoosh.recency import Recency
from search.engine.whoosh.scoring import Lengths, Scorer
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Segments
from search.engine.whoosh.term_source import TermSource
from search.engine.whoosh.top import best
from search.query import Exact, Leaf
from search.text import unpack

MANY_TIES = 1024  # documents that are equal but for their ids: fewer ids are read in any case
CACHED_CHARACTERS = 1 << 22  # of folded texts, of those read last, to be looked through again
KEPT_POSTINGS = 1 << 21  # of an answer that is kept: of more the lists are read again


@dataclass(frozen=True, slots=True)
class _Answered:
    """What answers a request, and what its prefixes and fuzzy tokens stand for."""

    request: SearchRequest
    source: TermSource
    resolved: Mapping[Leaf, Sequence[str]]
    answer: Answer


class _Lately(threading.local):
    """What this thread was answered last: a page's facets are asked for after its hits."""

    answered: _Answered | None = None


class WhooshReader:
    """An `IndexReader`. Searches of several threads run side by side, over the same segments.

    What they share is never changed once it is there: files, columns, lengths, copies. What one
    search alone changes it makes for itself (`TermSource`), or is lent (`Rows`).
    """

    def __init__(
        self, reader: WhooshIndexReader, manifest: bytes, folder: str, state: str = ""
    ) -> None:
        self._state = state
        self._reader = reader
        self._segments = Segments(reader, folder)
        self._sets = DocumentSets(self._segments.count)
        self._filters = Filters(self._segments)
        self._recency = Recency(self._segments, self._filters)
        self._lengths = Lengths(self._segments)
        self._contenders = Contenders(self._segments.count, self._sets)
        self._copies: Copies | None = None  # those of the last request that had any
        self._manifest = manifest
        self._lately = _Lately()
        self._folded = Kept(self._read_folded, len, CACHED_CHARACTERS)

    def search(self, request: SearchRequest) -> Ranking:
        """Return the documents that answer `request`."""
        found = self._answered(request)
        source, answered = found.source, found.answer
        scorer = Scorer(source, self._lengths, self._sets)
        chosen, surplus = self._candidates(answered, request, scorer)
        documents = [
            ScoredDocument(
                number,
                document_id,
                score,
                answered.tiers[tier].explain(number, scorer) if request.explain else (),
                answered.tiers[tier].reading,
            )
            for number, document_id, score, tier in checked(
                self._page(chosen, request, answered.fills)
            )
        ]
        total = len(answered.counted) - surplus
        relaxation = self._relaxation(answered, request)
        self._keep(found)
        return Ranking(total, documents, relaxation, found.resolved)

    def _relaxation(self, answered: Answer, request: SearchRequest) -> Relaxation | None:
        """Return why documents lack a word; copies count once, as in the total."""
        if answered.without is None:
            return None
        _, surplus = self._doubled(answered.without, request)
        return Relaxation(answered.word, len(answered.without) - surplus)

    def _answered(self, request: SearchRequest) -> _Answered:
        """Return what answers, unless it is what this thread was answered last."""
        known = self._lately.answered
        if known is not None and known.request is request:
            return known
        check_deadline()
        self._lately.answered = None  # two would be kept while the next is made
        source = TermSource(self._segments, request.fields, self._sets)
        resolved = resolve(request.tree, source)
        answered = self._answer(request, source, words_of(resolved))
        return _Answered(request, source, resolved, answered)

    def _keep(self, found: _Answered) -> None:
        """Keep an answer for what may be asked next, without what takes much room."""
        if found.source.size > KEPT_POSTINGS:
            source = TermSource(self._segments, found.request.fields, self._sets)
            found = replace(found, source=source)
        self._lately.answered = found

    def _answer(self, request: SearchRequest, source: TermSource, words: Sequence[Exact]) -> Answer:
        """Return the documents that answer, copies and all; `words` score beside the query's."""
        matcher = Matcher(source, self._sets, self._folded, self._segments.text, self._filters)

        def filtered(found: Documents) -> Documents:
            found = self._filters.dated(found, request.since, request.until)
            for name, value in request.where.items():
                found = self._filters.holding(found, name, value)
            return found

        factors = self._recency.factors(request.recency)
        return answer(request, matcher, self._sets, source.documents, filtered, words, factors)

    def facets(
        self, request: SearchRequest, names: Sequence[str], most: int | Mapping[str, int] = 20
    ) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return of each column its values in all documents that answer, and how many have each."""
        found = self._shown(request)
        return {
            name: frequent(
                self._filters.column(name), found, most if isinstance(most, int) else most[name]
            )
            for name in checked(names)
        }

    def numbers(self) -> list[int]:
        """Return the numbers of all documents, rising."""
        found: list[int] = self._segments.documents.tolist()
        return found

    def documents(self, numbers: Sequence[int]) -> Iterator[Document]:
        """Yield documents as they were written, texts and all."""
        for number in numbers:
            yield self._segments.document(number)

    def headings(self, numbers: Sequence[int]) -> list[Heading]:
        """Return what a list of hits shows of each document."""
        return [self._heading(number) for number in checked(numbers)]

    def script(self, number: int) -> str:
        """Return the script of a document's body."""
        return self._filters.value(number, SCRIPT)

    def text(self, number: int, field: str) -> StoredText:
        """Return the stored text of `field` ("title" or "body") of a document."""
        check_deadline()
        raw, folding = self._segments.text(number, field)
        with self._segments.reading():
            return StoredText(raw, unpack(raw, folding))

    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        if any("\ud800" <= c <= "\udfff" for c in document_id):
            return None  # no text, so no document bears it
        return self._segments.find(document_id)

    def terms(self, kind: str, prefix: str = "") -> Iterable[str]:
        """Return the terms of a kind that begin with `prefix`, sorted by their UTF-8."""
        return list(self._segments.terms(kind, prefix))

    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the words of so many Han characters, and how many documents hold each."""
        return self._segments.han_words(length)

    def frequency(self, word: str) -> int:
        """Return how many documents hold a word."""
        return TermSource(self._segments, FIELDS, self._sets).frequency("words", word)

    def titles(self) -> list[str]:
        """Return the title of every document as its author wrote it."""
        return self._segments.titles()

    def ids(self) -> list[str]:
        """Return the id of every document, in the order of their numbers."""
        raw = self._segments.ids(self._segments.documents.tolist())
        return [one.decode("utf-8", "surrogatepass") for one in raw]

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Yield id and digest of every document."""
        return digests(self._segments)

    def columns(self) -> list[str]:
        """Return the names by which documents can be told apart beside title, text and date."""
        return self._filters.names()

    def stats(self) -> Stats:
        """Return how much the index holds."""
        count = len(self._segments.leaves)
        return Stats(len(self._segments.documents), self._lengths.characters, count)

    def manifest(self) -> bytes:
        """Return what was committed with the documents."""
        return self._manifest

    def verify(self) -> None:
        """Read all that is stored; a DamageError where it is not what was written."""
        self._segments.verify()

    def state(self) -> str:
        """Return a short name of this state of the index: another after each commit."""
        return self._state

    def close(self) -> None:
        """Let go of files; the reader may not be used again."""
        self._reader.close()

    def _candidates(
        self, answered: Answer, request: SearchRequest, scorer: Scorer
    ) -> tuple[Candidates, int]:
        """Return what may be on the page asked for or before, and how many copies are left out."""
        every = self._sets.union([tier.documents for tier in answered.tiers])
        doubled, more = self._doubled(every, request)
        surplus = self._doubled(answered.counted, request)[1] if answered.fills else more
        # Of so many more the best are scored as copies that are not shown may stand before them.
        last = request.offset + request.limit + more
        parts: list[Candidates] = []
        for number, tier in enumerate(answered.tiers):
            check_deadline()
            if last <= 0:
                break
            chosen = self._chosen(tier, request.sort, last, scorer)
            tiers = np.full(len(chosen), number)
            parts.append(Candidates(chosen, tier.scores(chosen, scorer), tiers))
            if request.sort == "relevance":
                last -= len(tier.documents)
        found = Candidates.joined(parts)
        if more:
            found = found.kept(self._without_copies(found, doubled, request))
        return found, surplus

    def _chosen(self, tier: Tier, sort: str, wanted: int, scorer: Scorer) -> Documents:
        """Return those of a tier that may be among so many first ones, rising."""
        found = tier.documents
        if sort != "relevance":
            return np.sort(found[best(self._by_date(found, sort), wanted)])
        if tier.shares is not None or tier.factors is not None:
            return found  # what its terms alone add up to does not say what is among the best
        return self._contenders.among(found, tier.terms, wanted, scorer)

    def _shown(self, request: SearchRequest) -> Documents:
        """Return the documents that answer, of each group of copies the best by the sort alone."""
        known = self._answered(request)
        source, answered = known.source, known.answer
        doubled, surplus = self._doubled(answered.counted, request)
        if not surplus:
            return answered.counted
        scorer = Scorer(source, self._lengths, self._sets)
        parts: list[Candidates] = []
        for number, tier in enumerate(checked(answered.tiers)):
            some = self._sets.both(doubled, tier.documents)
            parts.append(Candidates(some, tier.scores(some, scorer), np.full(len(some), number)))
        found = Candidates.joined(parts)
        left_out = found.documents[~self._without_copies(found, doubled, request)]
        return self._sets.without(answered.counted, np.sort(left_out))

    def _doubled(self, found: Documents, request: SearchRequest) -> tuple[Documents, int]:
        """Return which of `found` are copies of one another, and how many are not to be shown."""
        check_deadline()
        return self._copies_of(request).doubled(found) if request.copies else (found[:0], 0)

    def _copies_of(self, request: SearchRequest) -> Copies:
        """Return the copies that a request tells, those of the last that had any being kept."""
        known = self._copies
        if known is None or known.groups is not request.copies:
            known = self._copies = Copies(self._segments, request.copies)
        return known

    def _without_copies(
        self, chosen: Candidates, doubled: Documents, request: SearchRequest
    ) -> Array:
        """Return which of `chosen` are shown: of each group of copies the best by the sort.

        A copy that is not of the best may stand for its group here; it is on no page.
        """
        among = self._sets.among(chosen.documents, doubled).nonzero()[0]
        some = chosen.kept(among)
        keys = self._keys(some, request.sort)
        worse = self._copies_of(request).worse(some.documents, keys)
        return ~self._sets.among(chosen.documents, worse)

    def _keys(self, some: Candidates, sort: str) -> list[Array]:
        """Return by what candidates sort, the first key deciding, least first."""
        keys: list[Array] = [some.tiers, -some.scores]
        return keys if sort == "relevance" else [*self._by_date(some.documents, sort), *keys]

    def _by_date(self, documents: Documents, sort: str) -> list[Array]:
        """Return the keys by which documents sort by date, least first, undated ones last."""
        dates = self._filters.dates[documents]
        return [dates == 0, -dates if sort == "newest" else dates]

    def _page(
        self, found: Candidates, request: SearchRequest, fills: bool
    ) -> list[tuple[int, str, float, int]]:
        """Return document, id, score and tier of each on the page, in order, ties by id."""
        last = request.offset + request.limit
        if fills:
            last = min(last, FILLED)
        keys = self._keys(found, request.sort)
        chosen = best(keys, last)
        if len(chosen) > last + MANY_TIES:
            chosen = self._first_by_id(found.documents, keys, chosen, last)
        numbers = found.documents[chosen].tolist()
        ids = self._segments.ids(numbers)
        order = zip(*(key[chosen].tolist() for key in keys), ids, strict=True)
        rows = zip(
            numbers, found.scores[chosen].tolist(), found.tiers[chosen].tolist(), strict=True
        )
        ranked = sorted(zip(order, rows, strict=True), key=lambda row: row[0])
        return [
            (number, keys[-1].decode("utf-8", "surrogatepass"), score, tier)
            for keys, (number, score, tier) in ranked[request.offset : last]
        ]

    def _first_by_id(
        self, documents: Documents, keys: Sequence[Array], places: Array, wanted: int
    ) -> Array:
        """Return those of the places that may be among the first, ids deciding between equals.

        A segment knows the order of its ids; to read those of 300,000 documents takes half a
        second.
        """
        kept = []
        for here, ranks in self._segments.id_ranks(documents[places]):
            some = places[here]
            kept.append(some[best([*(key[some] for key in keys), ranks], wanted)])
        return np.concatenate(kept)

    def _heading(self, number: int) -> Heading:
        article = self._segments.article(number)
        return Heading(
            article.id,
            article.title,
            article.author,
            article.date,
            article.source,
            article.path,
            article.metadata,
        )

    def _read_folded(self, number: int, field: str) -> str:
        return self.text(number, field).folded.text
