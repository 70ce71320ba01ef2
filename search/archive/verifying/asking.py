"""Asking the index as a user would, and comparing the answer with the articles' texts."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis import Literal
from search.analysis.dictionary import Dictionary
from search.archive.verifying.rereading import stored
from search.archive.verifying.showing import wrong_marks
from search.archive.verifying.storing import context
from search.archive.verifying.verification import Failure, Verification
from search.engine import IndexReader, SearchRequest
from search.messages import message
from search.query import Exact, parse, quoted
from search.results import Hit, Results
from search.text import fold

PAGE = 10  # hits whose snippets and marks are looked at
NAMED = 100  # misses and extras of one query; the others are counted

Page = Callable[[str], Results]  # what a user is shown of a query, no more than PAGE hits


class Known(NamedTuple):
    """The articles that were read again, by their number."""

    ids: list[str]
    places: list[str]
    numbers: dict[str, int]  # of each id


class Asking:
    """Asks one string after the other; what is wrong goes to `found`."""

    def __init__(
        self,
        reader: IndexReader,
        dictionary: Dictionary,
        page: Page,
        known: Known,
        found: Verification,
    ) -> None:
        self._reader = reader
        self._dictionary = dictionary
        self._page = page
        self._known = known
        self._found = found
        self._documents = max(1, reader.stats().documents)

    def ask(self, typed: str, literal: Literal, holders: npt.NDArray[Any], shows: bool) -> None:
        """Ask for a string that these articles hold, rising; `shows`: and look at the hits."""
        query = quoted(typed)
        tree = parse(query, dictionary=self._dictionary).tree
        if not isinstance(tree, Exact) or Literal.of(tree.text) != literal:
            text = message("is not read as the quotation of '{text}'", text=literal.text)
            self._found.fail(Failure("query", text, query=query))
            return
        ranking = self._reader.search(SearchRequest(tree, self._documents))
        ids = [document.id for document in ranking.documents]
        self._compare(query, literal, ids, holders)
        if len(set(ids)) != len(ids) or ranking.total != len(ids):
            text = message(
                "finds {found:,} articles, {different:,} of them different, and says {total:,}",
                found=len(ids),
                different=len(set(ids)),
                total=ranking.total,
            )
            self._found.fail(Failure("page", text, query=query))
        if shows:
            self._look_at_page(query, literal, ids)

    def _compare(
        self, query: str, literal: Literal, ids: Sequence[str], holders: npt.NDArray[Any]
    ) -> None:
        numbers = self._known.numbers
        strangers = [one for one in ids if one not in numbers]
        found = np.unique(np.array([numbers[one] for one in ids if one in numbers], np.int64))
        right = np.intersect1d(found, holders, assume_unique=True)
        self._found.found += len(ids)
        self._found.held += len(holders)
        self._found.right += len(right)
        if len(right) < len(holders):
            missed = np.setdiff1d(holders, right, assume_unique=True)
            named = [self._miss(query, literal, n) for n in missed[:NAMED].tolist()]
            self._found.fail_each(named, len(missed))
        if len(right) < len(found):
            extra = np.setdiff1d(found, right, assume_unique=True)
            named = [self._extra(query, self._known.ids[n]) for n in extra[:NAMED].tolist()]
            self._found.fail_each(named, len(extra))
        self._found.fail_each(
            [self._extra(query, one) for one in strangers[:NAMED]], len(strangers)
        )

    def _miss(self, query: str, literal: Literal, number: int) -> Failure:
        """Return a failure that says where in the article the string stands."""
        article_id, place = self._known.ids[number], self._known.places[number]
        text = message("is not found in an article that holds it")
        document = stored(self._reader, article_id)
        for field in ("title", "body") if document else ():
            raw: str = getattr(document, field)
            folded = fold(raw)
            for span in literal.every_span(folded.text)[:1]:
                start, end = folded.offsets.raw_span(*span)
                cut = context(raw, start, end)
                return Failure("miss", text, article_id, place, field, start, query, cut)
        return Failure("miss", text, article_id, place, query=query)

    def _extra(self, query: str, article_id: str) -> Failure:
        number = self._known.numbers.get(article_id)
        place = "" if number is None else self._known.places[number]
        text = message("is found in an article that does not hold it")
        return Failure("extra", text, article_id, place, query=query)

    def _look_at_page(self, query: str, literal: Literal, ids: Sequence[str]) -> None:
        """Look at the hits as a user is shown them."""
        results = self._page(query)
        hits: Sequence[Hit] = results.hits
        if [hit.id for hit in hits] != ids[:PAGE] or results.total != len(ids):
            text = message("has a page of other articles, or another total, than the whole answer")
            self._found.fail(Failure("page", text, query=query))
        for hit in hits:
            number = self._reader.find(hit.id)
            if number is not None:
                self._found.hits_shown += 1
                self._found.fail(*wrong_marks(self._reader, number, hit, literal, query))
