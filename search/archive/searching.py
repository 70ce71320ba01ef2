"""One search: the query is read and expanded, the engine asked, its answer made results."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from search.archive.did_you_mean import Doubted, did_you_mean
from search.archive.explaining import word_counts
from search.archive.hits import Guard, make_hits
from search.archive.live import LiveIndex, Snapshot
from search.archive.reprints import Groups
from search.archive.request import (
    check,
    check_columns,
    check_facets,
    kinds_of,
    notes_on_columns,
    understand,
)
from search.archive.slowness import dearest
from search.deadline import within
from search.engine import IndexReader, SearchRequest
from search.errors import QueryTimeoutError
from search.query import SPELLING, Node, expansions, filters, required_words
from search.query.expansion import Expander
from search.query.steps import steps
from search.query.synonyms import NONE, SynonymFile
from search.results import Explanation, Hit, QueryWord, RelaxedReason, Results
from search.results.highlight import Highlighter

NO_COPIES = Groups(())


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its user asked for it: see `Archive.search`."""

    query: str
    any_word: bool
    expand: bool | Collection[str]
    fold: bool
    facets: Sequence[str]
    facet_values: int | Mapping[str, int]
    options: Mapping[str, Any]  # of the `SearchRequest`
    seconds: float  # that the answer may take, and each part of it that is made later; 0 for any


class _Guarding(AbstractContextManager[None]):
    """One context in another; without `contextlib`, as both: each hit of a page is marked in it."""

    def __init__(
        self, outer: AbstractContextManager[None], inner: AbstractContextManager[None]
    ) -> None:
        self._outer, self._inner = outer, inner

    def __enter__(self) -> None:
        self._outer.__enter__()
        self._inner.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self._inner.__exit__(kind, error, traceback)
        finally:
            self._outer.__exit__(kind, error, traceback)


class Searching:
    """Answers searches of the live index, each by one state of it and one dictionary."""

    def __init__(self, live: LiveIndex, synonyms: SynonymFile | None) -> None:
        self._live = live
        self._synonyms = synonyms

    def state(self) -> str:
        """Return what tells the synonyms there are now from those of before."""
        return self._synonyms.state() if self._synonyms else ""

    def results(self, asked: Asked) -> Results:
        """Return what a search finds; a QueryTimeoutError that names the dearest of its parts."""
        with within(asked.seconds):
            try:
                return self._results(asked)
            except QueryTimeoutError as error:
                raise QueryTimeoutError(error.seconds, dearest(asked.query)) from None

    def _results(self, asked: Asked) -> Results:
        began = time.perf_counter()
        snapshot = self._live.snapshot()
        reader, dictionary = snapshot.reader, snapshot.dictionary
        understood, typed = understand(asked.query, asked.any_word, dictionary)
        tree = self.expanded(typed, snapshot, asked.expand)
        copies = self._live.copies(reader) if asked.fold else NO_COPIES
        request = SearchRequest(tree, copies=copies.groups, **asked.options)
        check(request)
        with self._live.damage_named():
            notes = self._notes(reader, request, asked.facets)
            ranking = reader.search(request)
            guard, highlighter = self._guard(asked.seconds), Highlighter(tree)
            hits = make_hits(reader, ranking.documents, copies, highlighter, guard, request.offset)
            counted = (
                reader.facets(request, asked.facets, asked.facet_values) if asked.facets else {}
            )
            required = required_words(tree)
            is_to_be_told = request.explain or (not ranking.total and len(required) > 1)
            words_found = word_counts(reader, request) if is_to_be_told else {}
        took_ms = (time.perf_counter() - began) * 1000
        also = [one for one in expansions(tree) if one.kind != SPELLING]
        why = ranking.relaxation
        doubted = Doubted(
            asked.query,
            typed,
            request,
            0 if why else ranking.total,
            asked.any_word,
            dictionary,
            expansions(tree),
        )
        return Results(
            asked.query,
            ranking.total,
            took_ms,
            hits,
            [QueryWord(word, is_required) for word, is_required in required],
            (*understood.notes, *notes),
            relaxed=why is not None,
            relaxed_reason=RelaxedReason(why.word, why.without_it) if why else None,
            expansions=[{"from": one.of, "to": one.other, "kind": one.kind} for one in also],
            facets=counted,
            word_counts=words_found,
            explanation=Explanation(steps(asked.query, ranking.terms, dictionary))
            if request.explain
            else None,
            correct=self._correction(doubted, reader, asked.seconds),
            lead_on=self._leading_on(asked, tree, snapshot),
        )

    def expanded(self, tree: Node, snapshot: Snapshot, expand: bool | Collection[str]) -> Node:
        """Return the tree with what may stand for its words; a QueryError for an unknown kind."""
        if not kinds_of(expand):
            return tree
        with self._live.damage_named():
            return self.expander(snapshot, expand).expand(tree)

    def expander(self, snapshot: Snapshot | None, expand: bool | Collection[str]) -> Expander:
        """Return what expands queries by the words of a state of the index, if there is one."""
        kinds = kinds_of(expand)
        synonyms = self._synonyms.synonyms() if self._synonyms else NONE
        if snapshot is None:
            return Expander(kinds, synonyms)
        sounding = self._live.sounding(snapshot.reader)
        return Expander(kinds, synonyms, sounding, snapshot.dictionary)

    def _notes(
        self, reader: IndexReader, request: SearchRequest, facets: Sequence[str]
    ) -> Sequence[str]:
        """Return what is to be said of columns; a QueryError for one that there is not."""
        if request.where:
            check_columns(request.where, reader.columns())
        if facets:
            check_facets(facets, reader.columns())
        return (
            notes_on_columns(request.tree, reader.columns()) if any(filters(request.tree)) else ()
        )

    def _guard(self, seconds: float) -> Guard:
        """Return what is put around each part of an answer that is made later."""
        return lambda: _Guarding(within(seconds), self._live.damage_named())

    def _leading_on(
        self, asked: Asked, tree: Node, snapshot: Snapshot
    ) -> Callable[[Sequence[Hit]], Sequence[str]]:
        """Return what makes related queries of the hits, when they are first asked for."""

        def look(hits: Sequence[Hit]) -> Sequence[str]:
            from search.archive.related_queries import related_queries  # few ask

            with within(asked.seconds), self._live.damage_named():
                documents = snapshot.reader.stats().documents
                frequency = self._live.frequency(snapshot.reader)
                return related_queries(
                    asked.query, tree, hits, documents, frequency, snapshot.dictionary
                )

        return look

    def _correction(
        self, doubted: Doubted, reader: IndexReader, seconds: float
    ) -> Callable[[], str | None]:
        """Return what looks for the query that may have been meant, when it is first asked for."""

        def look() -> str | None:
            with within(seconds), self._live.damage_named():
                return did_you_mean(doubted, reader, self._live.sounding(reader))

        return look
