"""The port: what every engine does for the archive, in terms of our query tree.

An engine stores analysed documents, answers query trees with documents and scores, and gives stored
texts back. A feature it lacks is an `UnsupportedError` when the query arrives; an outage is an
exception, lost or damaged files a `DamageError`. None of them is ever an empty result.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from search.analysis.dictionary import NONE, Dictionary
from search.document import Document
from search.query import Leaf, Node
from search.results import Contribution
from search.text import Folded

if TYPE_CHECKING:
    from search.analysis.batching import Aside
    from search.query.vocabulary import Array


class DamageError(OSError):
    """Files of the index are gone, or are not what was written: it has to be built again."""


FIELDS = ("title", "body")
SORTS = ("relevance", "newest", "oldest")

# How a document answers: with all that was typed, with expansions of it, with most of its words.
LITERAL, EXPANDED, RELAXED = "literal", "expanded", "relaxed"
FILLED = 10  # hits: so many are shown in all when fewer documents answer and `relax` is asked for


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of answers to a query tree.

    `since` and `until` are ISO dates, whole or cut; a document dated only `2024` answers a request
    for June 2024. Undated documents answer no request that names a date, and sort last. `where`
    names columns (`author`, names in the metadata) and the value that documents must have there,
    compared as folded.
    A quotation of signs alone (`Exact` with a text that is not `searchable`: "😀", "——") is found
    like any other text, and adds nothing to scores.
    Documents that answer the tree literally come first, then those that answer by its expansions.
    With `relax`, documents with most of the words follow where fewer than `FILLED` answer; sorted
    by date only where none does. A query of a single word is never relaxed.
    `copies` are groups of ids, rising, no id in two; of each group the best that answers counts and
    is shown, the others are left out. Pass the same object again: an engine keeps what it finds.
    `recency`, 0 to 1, multiplies the scores of literal answers by 1 + recency · 2^(-age / year),
    the age counted from the newest date in the index; undated documents gain nothing.
    """

    tree: Node
    limit: int = 10
    offset: int = 0
    sort: str = "relevance"
    since: str = ""
    until: str = ""
    fields: Sequence[str] = FIELDS
    explain: bool = False
    where: Mapping[str, str] = field(default_factory=dict)
    copies: Sequence[Sequence[str]] = ()
    relax: bool = False
    recency: float = 0.0


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A document that answers, by its id and the engine's own number for it."""

    number: int
    id: str
    score: float
    contributions: Sequence[Contribution] = ()
    reading: str = LITERAL


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Why nothing answers strictly: a word of the query that keeps the others from being found."""

    word: str
    without_it: int  # documents that answer when it is left out; 0 when others are in the way too


@dataclass(frozen=True, slots=True)
class Ranking:
    """The page asked for, best first, ties by id, and how many documents answer in all.

    Relaxed documents count only where no other answers; then `relaxation` says why.
    """

    total: int
    documents: Sequence[ScoredDocument]
    relaxation: Relaxation | None = None
    # The words for which a prefix or a fuzzy token was taken: the commonest, by which it scores.
    terms: Mapping[Leaf, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of hits shows of a document without its texts."""

    id: str
    title: str
    author: str
    date: str
    source: str
    path: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredText:
    """One field of a document as stored: the author's text and its folded form with map."""

    raw: str
    folded: Folded


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the documents that are not deleted."""

    documents: int
    characters: int  # of all bodies, as the authors wrote them
    segments: int = field(default=0, compare=False)  # parts it is stored in


class IndexReader(Protocol):
    """The index as it was at one commit; later commits do not show in it. Safe across threads."""

    def search(self, request: SearchRequest) -> Ranking:
        """Return the documents that answer `request`."""

    def facets(
        self, request: SearchRequest, names: Sequence[str], most: int | Mapping[str, int] = 20
    ) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return of each column its values in all documents that answer, with how many have each.

        The most frequent first, then by value, `most` at most, of all or of each by its name; what
        folds alike is one value, shown as it is mostly written. Of each group of copies the one
        that is shown counts. Names are those of `columns`; of any other there is no value.
        """

    def headings(self, numbers: Sequence[int]) -> list[Heading]:
        """Return what a list of hits shows of each document."""

    def script(self, number: int) -> str:
        """Return the script of a document's body: "traditional", "simplified", "mixed", "other"."""

    def text(self, number: int, field: str) -> StoredText:
        """Return the stored text of `field` ("title" or "body") of a document."""

    def numbers(self) -> list[int]:
        """Return the numbers of all documents, rising."""

    def documents(self, numbers: Sequence[int]) -> Iterator[Document]:
        """Yield documents as they were written, texts and all."""

    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""

    def terms(self, kind: str, prefix: str = "") -> Iterable[str]:
        """Yield the terms of a kind ("words" or "grams") that begin with `prefix`, sorted."""

    def han_words(self, length: int) -> "tuple[Array, Array]":
        """Return the words of two or more Han characters, and how many documents hold each.

        Of those with `length` characters: a row of code points a word. Characters beyond the Basic
        Plane are left out; documents deleted since may still be counted.
        """

    def frequency(self, word: str) -> int:
        """Return how many documents hold a word, as the index cuts them."""

    def titles(self) -> list[str]:
        """Return the title of every document as its author wrote it, in the order they came in."""

    def ids(self) -> list[str]:
        """Return the id of every document, in the order they came in."""

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Yield id and digest of every document: of all that the index has of it.

        Of its texts, maps and headings, and of its terms as they are kept: the words and how often
        each stands in title and body, the grams with their places and marks, the exact lengths.
        What is not of the document is not in it: where its file lies on this machine, its number,
        what was there before, in how many parts or processes the index was made.
        """

    def columns(self) -> list[str]:
        """Return the names that `SearchRequest.where` may have, sorted."""

    def stats(self) -> Stats:
        """Return how much the index holds."""

    def manifest(self) -> bytes:
        """Return what was committed with the documents."""

    def verify(self) -> None:
        """Read all that is stored; a DamageError where it is not what was written."""

    def state(self) -> str:
        """Return a short name of this state of the index: another after each commit."""

    def close(self) -> None:
        """Let go of files; the reader may not be used again."""


class IndexWriter(Protocol):
    """Changes that become visible together at `commit`, or never."""

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents; their ids are not in the index, or were deleted by this writer."""

    def delete(self, document_ids: Collection[str]) -> None:
        """Take the documents with these ids out; ids that are not there are passed over."""

    def flush(self) -> None:
        """Have all documents analysed that were written so far, and what is done aside with it."""

    def commit(self, manifest: bytes) -> None:
        """Make all changes and `manifest` durable and visible at once."""

    def cancel(self) -> None:
        """Drop all changes."""


class Engine(Protocol):
    """One index of one engine, opened or created."""

    def reader(self) -> IndexReader:
        """Return the newest committed state; the same object as long as nothing changes."""

    def writer(
        self, jobs: int = 1, aside: "Aside | None" = None, dictionary: Dictionary = NONE
    ) -> IndexWriter:
        """Begin changes; `jobs` processes analyse documents, and do `aside` with them.

        Texts are cut with the words of `dictionary`. One writer at a time.
        """

    def close(self) -> None:
        """Let go of what is open."""
