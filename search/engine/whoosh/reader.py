"""One committed state of a Whoosh index, answering query trees."""

import json
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from whoosh.reading import IndexReader as WhooshIndexReader

from search.engine.port import Heading, Ranking, ScoredDocument, SearchRequest, Stats, StoredText
from search.engine.whoosh.matching import Matcher
from search.engine.whoosh.postings import Floats, Numbers, Segments
from search.engine.whoosh.scoring import Lengths, Scorer, scoring_terms
from search.query import wanted
from search.text import Folded, Offsets

CACHED_TEXTS = 512  # folded texts kept, of those read last, to be looked through again


class WhooshReader:
    """An `IndexReader`. One lock guards it: Whoosh's open files share a position."""

    def __init__(self, reader: WhooshIndexReader, manifest: bytes, folder: str) -> None:
        self._reader = reader
        self._segments = Segments(reader, folder)
        self._lengths = Lengths(self._segments)
        self._manifest = manifest
        self._lock = threading.RLock()
        self._folded = lru_cache(CACHED_TEXTS)(self._read_folded)

    def search(self, request: SearchRequest) -> Ranking:
        """Return the documents that answer `request`."""
        with self._lock:
            matcher = Matcher(self._segments, self._folded, request.fields)
            found = self._dated(matcher.match(request.tree), request.since, request.until)
            scorer = Scorer(self._segments, request.fields, self._lengths)
            terms = scoring_terms(wanted(request.tree))
            scores = scorer.scores(found, terms)
            page = self._page(found, scores, request)
            documents = [
                ScoredDocument(
                    number, score, scorer.explain(number, terms) if request.explain else ()
                )
                for number, score in page
            ]
            return Ranking(len(found), documents)

    def headings(self, numbers: Sequence[int]) -> list[Heading]:
        """Return what a list of hits shows of each document."""
        with self._lock:
            return [self._heading(number) for number in numbers]

    def text(self, number: int, field: str) -> StoredText:
        """Return the stored text of `field` ("title" or "body") of a document."""
        with self._lock:
            raw = self._segments.text(field, number)
            with self._segments.reading():
                offsets = Offsets.from_bytes(self._segments.value(f"{field}_offsets", number))
            return StoredText(raw, Folded(self._folded(number, field), offsets))

    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        if any("\ud800" <= c <= "\udfff" for c in document_id):
            return None  # no text, so no document bears it
        with self._lock:
            return self._segments.find(document_id)

    def terms(self, field: str, prefix: str = "") -> Iterable[str]:
        """Return the terms of `field` that begin with `prefix`, sorted by their UTF-8."""
        with self._lock:
            return list(self._segments.terms(field, prefix))

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

    def _page(
        self, found: Numbers, scores: Floats, request: SearchRequest
    ) -> list[tuple[int, float]]:
        """Return the (document, score) pairs of the page asked for, in order, ties by id."""
        last = request.offset + request.limit
        if request.sort == "relevance" and len(found) > last > 0:
            # Only what scores as the last of the page or better needs to be put in order.
            least = np.partition(scores, len(scores) - last)[len(scores) - last]
            keep = scores >= least
            found, scores = found[keep], scores[keep]
        rows = [(int(n), float(s)) for n, s in zip(found, scores, strict=True)]
        rows.sort(key=lambda row: self._id(row[0]))
        if request.sort == "relevance":
            rows.sort(key=lambda row: -row[1])
        else:
            rows = self._by_date(rows, newest=request.sort == "newest")
        return rows[request.offset : last]

    def _by_date(self, rows: list[tuple[int, float]], newest: bool) -> list[tuple[int, float]]:
        dated = [row for row in rows if self._date(row[0])]
        undated = [row for row in rows if not self._date(row[0])]
        return sorted(dated, key=lambda row: self._date(row[0]), reverse=newest) + undated

    def _dated(self, found: Numbers, since: str, until: str) -> Numbers:
        """Return those of `found` whose date can lie between `since` and `until`, inclusive."""
        if not since and not until:
            return found
        kept = [
            number
            for number in found
            if (date := self._date(number))
            and date[: len(since)] >= since[: len(date)]
            and (not until or date[: len(until)] <= until[: len(date)])
        ]
        return np.array(kept, np.int64)

    def _date(self, number: int) -> str:
        return self._segments.text("date", int(number))

    def _id(self, number: int) -> str:
        return self._segments.text("id", number)

    def _heading(self, number: int) -> Heading:
        with self._segments.reading():
            heading = json.loads(self._segments.value("heading", number))
            return Heading(
                self._id(number),
                self._segments.text("title", number),
                heading["author"],
                self._date(number),
                heading["source"],
                heading["path"],
                heading["metadata"],
            )

    def _read_folded(self, number: int, field: str) -> str:
        return self._segments.text(f"{field}_folded", number)
