"""What a search returns: results, hits and snippets, all positions in the author's own text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from search.results.explanation import Explanation
from search.results.pieces import Piece, Span, cut_pieces


class Marked(NamedTuple):
    """A stretch of an author's text with what is to be marked in it.

    `spans`, `glosses` and `breaks` are code-point ranges inside `text`; `start` is where `text`
    begins in the title or body it was taken from.
    """

    text: str
    start: int = 0
    spans: Sequence[Span] = ()
    glosses: Sequence[Span] = ()
    breaks: Sequence[Span] = ()
    cut_before: bool = False  # whether the author's text goes on before it
    cut_after: bool = False  # whether it goes on after it

    @property
    def pieces(self) -> list[Piece]:
        """The text cut into uniformly shown pieces; joined they give `text`."""
        return cut_pieces(self.text, self.spans, self.glosses, self.breaks)


class Snippet(Marked):
    """A passage of an article's body, chosen because the query is found in it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of the query, as folded, and whether every hit has to hold it."""

    text: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one term added to a hit's score: the term, where it counted, by how much."""

    term: str
    # "word", "gram", "coverage": what having so much of all the words adds, "recency": what the
    # date adds
    kind: str
    title_count: int
    body_count: int
    score: float


@dataclass(frozen=True, slots=True)
class Marking:
    """The parts of a hit that need its stored text: loaded when first asked for."""

    title: Marked
    snippets: Sequence[Snippet]


@dataclass
class Hit:
    """One article that answers the query; its marked title and snippets load when asked for."""

    rank: int
    id: str
    title: str
    author: str
    date: str
    source: str
    score: float
    path: str = ""  # where the source lies on this machine; never shown by the site
    metadata: Mapping[str, str] = field(default_factory=dict)
    copies: Sequence[Mapping[str, str]] = ()
    contributions: Sequence[Contribution] = ()  # filled when an explanation was asked for
    reading: str = "literal"  # or "expanded", or "relaxed": with most of the words only
    mark: Callable[[], Marking] = field(default=lambda: Marking(Marked(""), ()), repr=False)
    tell_script: Callable[[], str] = field(default=str, repr=False, compare=False)
    _marked: Marking | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def _marking(self) -> Marking:
        if self._marked is None:  # not a cached_property, whose lock takes as long as a title
            self._marked = self.mark()
        return self._marked

    @property
    def script(self) -> str:
        """The script of the body: "traditional", "simplified", "mixed" or "other"."""
        return self.tell_script()

    @property
    def marked_title(self) -> Marked:
        """The title with the query's places in it."""
        return self._marking.title

    @property
    def title_spans(self) -> Sequence[Span]:
        """The query's places inside `title`, code points."""
        return self._marking.title.spans

    @property
    def snippets(self) -> Sequence[Snippet]:
        """The passages of the body that show the query best, in the order of the text."""
        return self._marking.snippets


@dataclass(frozen=True, slots=True)
class RelaxedReason:
    """A word that kept all others from being found, and how many articles have these."""

    word: str
    without_it: int


@dataclass
class Results:
    """The answer to a search: how many articles match in all, and this page's hits."""

    query: str
    total: int
    took_ms: float
    hits: Sequence[Hit]
    words: Sequence[QueryWord] = ()
    notes: Sequence[str] = ()  # what the query parser set aside
    total_exact: bool = True
    relaxed: bool = False  # no article has all the words: these have most of them
    relaxed_reason: RelaxedReason | None = None
    expansions: Sequence[Mapping[str, str]] = ()
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)  # those asked for
    # Word → in how many articles it is found: with an explanation, and where nothing is found.
    word_counts: Mapping[str, int] = field(default_factory=dict)
    explanation: Explanation | None = None  # where it was asked for
    correct: Callable[[], str | None] = field(default=lambda: None, repr=False, compare=False)
    lead_on: Callable[[Sequence[Hit]], Sequence[str]] = field(
        default=lambda _: (), repr=False, compare=False
    )

    @cached_property
    def did_you_mean(self) -> str | None:
        """The query that may have been meant, as it would be typed; looked for when asked for."""
        return self.correct()

    @cached_property
    def related_queries(self) -> Sequence[str]:
        """Queries that lead on from this one, by words that its hits show; made when asked for."""
        return self.lead_on(self.hits)


@dataclass(frozen=True, slots=True)
class Article:
    """One whole article, its text as the author wrote it, with the query's places marked."""

    id: str
    author: str
    date: str
    source: str
    title: Marked
    body: Marked
    path: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    script: str = ""  # of the body: "traditional", "simplified", "mixed" or "other"
