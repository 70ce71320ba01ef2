"""One committed state of a Whoosh index, answering query trees."""

import threading
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from whoosh.reading import IndexReader as WhooshIndexReader

from search.engine.port import (
    FIELDS,
    Heading,
    Ranking,
    ScoredDocument,
    SearchRequest,
    Stats,
    StoredText,
)
from search.engine.whoosh.articles import date_number, last_day
from search.engine.whoosh.contenders import Contenders
from search.engine.whoosh.copies import Copies
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.matching import Matcher
from search.engine.whoosh.scoring import Lengths, Scorer, ScoringTerm, scoring_terms
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Floats, Segments
from search.engine.whoosh.term_source import TermSource
from search.engine.whoosh.top import best
from search.query import wanted
from search.text import fold, unpack

CACHED_TEXTS = 512  # folded texts kept, of those read last, to be looked through again


class WhooshReader:
    """An `IndexReader`. One lock guards it: searches share rows that they mark documents on."""

    def __init__(self, reader: WhooshIndexReader, manifest: bytes, folder: str) -> None:
        self._reader = reader
        self._segments = Segments(reader, folder)
        self._sets = DocumentSets(self._segments.count)
        self._lengths = Lengths(self._segments)
        self._contenders = Contenders(self._segments.count, self._sets)
        self._copies: Copies | None = None  # those of the last request that had any
        self._manifest = manifest
        self._lock = threading.RLock()
        self._folded = lru_cache(CACHED_TEXTS)(self._read_folded)

    def search(self, request: SearchRequest) -> Ranking:
        """Return the documents that answer `request`."""
        with self._lock:
            return self._ranking(request)

    def _ranking(self, request: SearchRequest) -> Ranking:
        source = TermSource(self._segments, request.fields, self._sets)
        found = Matcher(source, self._sets, self._folded).match(request.tree)
        found = self._dated(found, request.since, request.until)
        for name, value in request.where.items():
            found = found[self._holding(name, value)[found]]
        if not len(found):
            return Ranking(0, ())
        scorer = Scorer(source, self._lengths, self._sets)
        terms = scoring_terms(wanted(request.tree))
        doubled, surplus = self._doubled(found, request)
        # Of so many more the best are scored as copies that are not shown may stand before them.
        chosen = self._chosen(found, request, terms, scorer, surplus)
        scores = scorer.scores(chosen, terms)
        if surplus:
            kept = self._without_copies(chosen, scores, doubled, request.sort)
            chosen, scores = chosen[kept], scores[kept]
        documents = [
            ScoredDocument(
                number,
                document_id,
                score,
                scorer.explain(number, terms) if request.explain else (),
            )
            for number, document_id, score in self._page(chosen, scores, request)
        ]
        return Ranking(len(found) - surplus, documents)

    def headings(self, numbers: Sequence[int]) -> list[Heading]:
        """Return what a list of hits shows of each document."""
        with self._lock:
            return [self._heading(number) for number in numbers]

    def text(self, number: int, field: str) -> StoredText:
        """Return the stored text of `field` ("title" or "body") of a document."""
        with self._lock:
            raw, folding = self._segments.text(number, field)
            with self._segments.reading():
                return StoredText(raw, unpack(raw, folding))

    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        if any("\ud800" <= c <= "\udfff" for c in document_id):
            return None  # no text, so no document bears it
        with self._lock:
            return self._segments.find(document_id)

    def terms(self, kind: str, prefix: str = "") -> Iterable[str]:
        """Return the terms of a kind that begin with `prefix`, sorted by their UTF-8."""
        with self._lock:
            return list(self._segments.terms(kind, prefix))

    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the words of so many Han characters, and how many documents hold each."""
        with self._lock:
            return self._segments.han_words(length)

    def frequency(self, word: str) -> int:
        """Return how many documents hold a word."""
        with self._lock:
            return TermSource(self._segments, FIELDS, self._sets).frequency("words", word)

    def columns(self) -> list[str]:
        """Return the names by which documents can be told apart beside title, text and date."""
        with self._lock:
            return self._segments.columns()

    def stats(self) -> Stats:
        """Return how much the index holds."""
        with self._lock:
            return Stats(len(self._segments.documents), self._lengths.characters)

    def manifest(self) -> bytes:
        """Return what was committed with the documents."""
        return self._manifest

    def close(self) -> None:
        """Let go of files; the reader may not be used again."""
        self._reader.close()

    def _chosen(
        self,
        found: Documents,
        request: SearchRequest,
        terms: Sequence[ScoringTerm],
        scorer: Scorer,
        surplus: int,
    ) -> Documents:
        """Return those of `found` that may be on the page asked for or before."""
        last = request.offset + request.limit + surplus
        if request.sort == "relevance":
            return self._contenders.among(found, terms, last, scorer)
        return np.sort(found[best(self._by_date(found, request.sort), last)])

    def _doubled(self, found: Documents, request: SearchRequest) -> tuple[Documents, int]:
        """Return which of `found` are copies of one another, and how many are not to be shown."""
        if not request.copies:
            return found[:0], 0
        if self._copies is None or self._copies.groups is not request.copies:
            self._copies = Copies(self._segments, request.copies)
        return self._copies.doubled(found)

    def _without_copies(
        self, chosen: Documents, scores: Floats, doubled: Documents, sort: str
    ) -> Array:
        """Return which of `chosen` are shown: of each group of copies the best by the sort.

        A copy that is not of the best may stand for its group here; it is on no page.
        """
        assert self._copies is not None
        among = self._sets.among(chosen, doubled).nonzero()[0]
        some = chosen[among]
        keys: list[Array] = [-scores[among]]
        if sort != "relevance":
            keys = [*self._by_date(some, sort), *keys]
        return ~self._sets.among(chosen, self._copies.worse(some, keys))

    def _by_date(self, documents: Documents, sort: str) -> list[Array]:
        """Return the keys by which documents sort by date, least first, undated ones last."""
        dates = self._dates[documents]
        return [dates == 0, -dates if sort == "newest" else dates]

    def _page(
        self, found: Documents, scores: Floats, request: SearchRequest
    ) -> list[tuple[int, str, float]]:
        """Return document, id and score of each on the page asked for, in order, ties by id."""
        last = request.offset + request.limit
        keys: list[Array] = [-scores]
        if request.sort != "relevance":
            keys = [*self._by_date(found, request.sort), -scores]
        chosen = best(keys, last)
        numbers = found[chosen].tolist()
        ids = self._segments.ids(numbers)
        order = zip(*(key[chosen].tolist() for key in keys), ids, strict=True)
        rows = zip(numbers, scores[chosen].tolist(), strict=True)
        ranked = sorted(zip(order, rows, strict=True), key=lambda row: row[0])
        return [
            (number, keys[-1].decode("utf-8", "surrogatepass"), score)
            for keys, (number, score) in ranked[request.offset : last]
        ]

    def _dated(self, found: Documents, since: str, until: str) -> Documents:
        """Return those of `found` whose date can lie between `since` and `until`, inclusive."""
        if not since and not until:
            return found
        dates = self._dates[found]
        latest = dates + np.where(dates % 10_000 == 0, 9999, np.where(dates % 100 == 0, 99, 0))
        kept = dates > 0
        if since:
            kept &= latest >= date_number(since)
        if until:
            kept &= dates <= last_day(until)
        return found[kept]

    def _holding(self, name: str, value: str) -> Array:
        """Return of each document whether its value is the one given, however it is written."""
        wanted = fold(value).text
        return self._segments.holding(name, lambda held: fold(held).text == wanted)

    @cached_property
    def _dates(self) -> Array:
        return self._segments.dates().astype(np.int64)

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
