"""The terms of one segment: of each, its posting list, or what a single document holds of it.

To look one document up costs a few steps whatever the length of the list; to read the list pays as
soon as more than a few documents are asked about.
"""

from typing import Protocol

from search.analysis.grams import is_pair
from search.analysis.runs import unit_texts
from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.pair_words import pair_word, pair_word_frequency
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.segment import Segment
from search.engine.whoosh.term_postings import NOTHING, TermPostings
from search.text.characters import is_cjk

SHORT = 1024  # postings: so many are read in the time that looking a document up takes


class SegmentTerm(Protocol):
    """A term in one segment. Deleted documents are not told from others."""

    @property
    def is_spread(self) -> bool:
        """Whether a document may be named repeatedly, and documents come in any order."""
        ...

    @property
    def documents(self) -> Documents:
        """The document of each posting."""
        ...

    @property
    def postings(self) -> TermPostings:
        """All postings, read once."""
        ...

    @property
    def extent(self) -> int:
        """How many postings there are at most."""
        ...

    @property
    def frequency(self) -> int:
        """In how many documents the term is."""
        ...

    def counts(self, document: int) -> tuple[int, int]:
        """Return how often the term is in the title and in the body of a document."""
        ...


class ListedTerm:
    """A term with a list of its own, or with those of `first:last` for one."""

    # No cached properties: those of Python 3.11 take a lock, as long as reading a short list.
    __slots__ = (
        "_documents",
        "_found",
        "_postings",
        "extent",
        "first",
        "frequency",
        "is_spread",
        "last",
        "lists",
        "start",
    )

    def __init__(
        self, lists: ListReader, first: int, last: int, frequency: int | None = None
    ) -> None:
        self.lists = lists
        self.first = first
        self.last = last
        self.start, end = lists.bounds(first, last) if last > first else (0, 0)
        self.extent = end - self.start
        self.frequency = self.extent if frequency is None else frequency
        self.is_spread = last - first > 1
        self._documents: Documents | None = None
        self._postings: TermPostings | None = None
        self._found: dict[int, list[int]] = {}

    @property
    def documents(self) -> Documents:
        """The document of each posting."""
        if self._documents is None:
            if self.extent:
                self._documents = self.lists.documents(self.first, self.last)
            else:
                self._documents = NOTHING.documents
        return self._documents

    @property
    def postings(self) -> TermPostings:
        """All postings, read once."""
        if self._postings is None:
            start, end = self.start, self.start + self.extent
            repeats, titles = self.lists.repeats(start, end), self.lists.titles(start, end)
            self._postings = TermPostings(self.documents, repeats, titles, self.is_spread)
        return self._postings

    def found(self, document: int) -> list[int]:
        """Return the postings of a document."""
        known = self._found.get(document)
        if known is None:
            known = self._found[document] = self._find(document)
        return known

    def counts(self, document: int) -> tuple[int, int]:
        """Return how often the term is in the title and in the body of a document."""
        counts = titles = 0
        for posting in self.found(document):
            count, of_title = self.lists.counts_at(posting)
            counts, titles = counts + count, titles + of_title
        return titles, counts - titles

    def _find(self, document: int) -> list[int]:
        if self._documents is None and self.extent > SHORT:
            return self.lists.find_all(self.first, self.last, document)
        if self.is_spread:
            places = (self.documents == document).nonzero()[0] + self.start
            found: list[int] = places.tolist()
            return found
        at = int(self.documents.searchsorted(document))
        is_there = at < self.extent and self.documents[at] == document
        return [self.start + at] if is_there else []


class PairWord:
    """A word of two characters: occurrences of their pair that are marked."""

    __slots__ = ("_frequency", "_pair", "_postings", "extent")

    is_spread = False

    def __init__(self, pair: ListedTerm) -> None:
        self._pair = pair
        self.extent = pair.extent
        self._postings: TermPostings | None = None
        self._frequency: int | None = None

    @property
    def documents(self) -> Documents:
        """The document of each posting."""
        return self.postings.documents

    @property
    def postings(self) -> TermPostings:
        """All postings, read once."""
        if self._postings is None:
            pair = self._pair
            self._postings = pair_word(pair.lists, pair.first, pair.postings)
            self._frequency = len(self._postings.documents)
        return self._postings

    @property
    def frequency(self) -> int:
        """In how many documents the word is."""
        if self._frequency is None:
            pair = self._pair
            self._frequency = pair_word_frequency(pair.lists, pair.start, pair.start + pair.extent)
        return self._frequency

    def counts(self, document: int) -> tuple[int, int]:
        """Return how often the word is in the title and in the body of a document."""
        lists = self._pair.lists
        for posting in self._pair.found(document):
            count, titles = lists.counts_at(posting)
            first = lists.first_occurrence(posting)
            marks = lists.begins(first, first + count).tolist()
            return sum(marks[:titles]), sum(marks[titles:])
        return 0, 0


class SegmentTerms:
    """The terms of a segment, each looked up once."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._known: dict[tuple[str, str], SegmentTerm] = {}
        self._located: dict[str, ListedTerm] = {}

    def term(self, kind: str, text: str) -> SegmentTerm:
        """Return a term of a kind, "words", "grams", or "beginnings": all tokens that begin so.

        A gram of a single character is all that begin with it.
        """
        found = self._known.get((kind, text))
        if found is None:
            look_up = {"words": self._word, "grams": self._gram, "beginnings": self._beginning}
            found = self._known[kind, text] = look_up[kind](text)
        return found

    @property
    def size(self) -> int:
        """How many postings the terms have, at most, that were looked up so far."""
        return sum([term.extent for term in (*self._known.values(), *self._located.values())])

    def words_beginning(self, text: str) -> ListedTerm:
        """Return all words that begin with `text` as one."""
        return ListedTerm(self._segment.word_lists, *self._segment.words.prefixed(text))

    def located(self, gram: str) -> ListedTerm:
        """Return a gram with the lists that know its places: of a character, those of its pairs."""
        found = self._located.get(gram)
        if found is None:
            found = self._located[gram] = self._locate(gram)
        return found

    def _word(self, text: str) -> SegmentTerm:
        if is_pair(text):
            return PairWord(self.located(text))
        return _listed(self._segment.word_lists, self._segment.words.place(text.encode("utf-8")))

    def _beginning(self, text: str) -> SegmentTerm:
        if len(unit_texts(text)) == 1 and unit_texts(text)[0] == text:
            # Whatever token begins so, its first unit does; units are known by their heads as well.
            places = self._segment.units.prefixed(text.encode("utf-8"))
            return ListedTerm(self._segment.unit_lists, *places)
        return self.words_beginning(text)

    def _gram(self, text: str) -> SegmentTerm:
        if len(text) == 1 and is_cjk(text):
            place = self._segment.characters.place(text)
            if place is not None:
                return _listed(self._segment.character_lists, place)
        return self.located(text)

    def _locate(self, gram: str) -> ListedTerm:
        segment = self._segment
        if not is_cjk(gram[0]):
            return _listed(segment.unit_lists, segment.units.place(gram.encode("utf-8")))
        if len(gram) == 1:
            places = segment.pairs.beginning(gram)
            return ListedTerm(segment.pair_lists, *places, segment.pairs.holders(gram))
        return _listed(segment.pair_lists, segment.pairs.pair(gram[0], gram[1]))


def _listed(lists: ListReader, place: int | None) -> ListedTerm:
    """Return the term at a place; without one it has no postings."""
    return ListedTerm(lists, 0, 0) if place is None else ListedTerm(lists, place, place + 1)
