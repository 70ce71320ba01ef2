"""What a query becomes, part by part: what it is looked for by, and how many articles have it.

For people; a search does less. Without a reader of an index nothing is counted, nor read as pinyin.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.analysis import Adjacency, Literal, adjacency
from search.analysis.dictionary import Dictionary
from search.analysis.kinds import kind_alone
from search.analysis.literal import stretches
from search.engine import IndexReader, SearchRequest
from search.messages import message
from search.query import (
    SPELLING,
    Exact,
    Expansion,
    Fuzzy,
    In,
    Leaf,
    Near,
    Node,
    Original,
    Query,
    Run,
    expansions,
    filters,
    leaves,
    parts_of,
    printed,
    words_of,
)
from search.query.expansion import Expander
from search.query.signs import TEXT_FIELDS
from search.query.steps import Step, steps_with_nodes, told
from search.results import RelaxedReason

MOST_COUNTED = 200  # texts and parts, each by a search of its own


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word that was asked for, its kind, and how many articles hold it as text."""

    text: str
    kind: str  # one of `search.analysis.kinds`
    articles: int | None  # None: not counted


@dataclass(frozen=True, slots=True)
class LookedFor:
    """A text that has to stand in an article, and the grams by which it is looked for.

    `decided` says that the places of the grams are enough; else the texts are read.
    """

    text: str
    grams: Adjacency
    decided: bool
    rules: Sequence[str]  # what besides its characters counts, or does not


@dataclass(frozen=True, slots=True)
class OtherText:
    """What may stand for a word, or for all of a part: why, and how many articles hold it."""

    of: str
    text: str
    kind: str
    articles: int | None


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A word or quotation as typed, and what it asks for."""

    typed: str
    folded: str
    kind: str  # as `Step.kind`
    field: str
    excluded: bool
    left_out: bool  # there was too much in the query
    any_word: bool  # not all of the words have to be there
    words: Sequence[QueryTerm]
    looked_for: Sequence[LookedFor]
    others: Sequence[OtherText]
    articles: int | None  # with it, or with what stands for it
    distance: int | None = None  # of what is near
    edits: int | None = None  # of what is fuzzy


@dataclass(frozen=True, slots=True)
class QueryAnalysis:
    """A query as it was read. `problem` says why no index was used; nothing where one was."""

    query: str
    read_as: str
    notes: Sequence[str]
    parts: Sequence[QueryPart]
    together: Sequence[OtherText]  # for several words: pinyin that was typed apart
    asking: Sequence[str]  # words that only ask: articles need not hold them
    total: int | None
    relaxed_reason: RelaxedReason | None
    documents: int | None  # in the index
    problem: str = ""


class Counting:
    """Counts the articles that answer a part of a query, copies once, as a search does."""

    def __init__(self, reader: IndexReader, copies: Sequence[Sequence[str]]) -> None:
        self._reader, self._copies = reader, copies
        self._known: dict[Node, int] = {}

    @property
    def documents(self) -> int:
        """How many documents the index holds."""
        return self._reader.stats().documents

    def articles(self, node: Node) -> int | None:
        """Return how many articles answer; None when too much was counted already."""
        if node not in self._known:
            if len(self._known) == MOST_COUNTED:
                return None
            request = SearchRequest(node, limit=0, copies=self._copies)
            self._known[node] = self._reader.search(request).total
        return self._known[node]

    def total(self, tree: Node) -> tuple[int, RelaxedReason | None, Mapping[Leaf, Sequence[str]]]:
        """Return how many articles a search finds, why some lack a word, and what leaves meant."""
        ranking = self._reader.search(SearchRequest(tree, limit=0, copies=self._copies, relax=True))
        why = ranking.relaxation
        reason = RelaxedReason(why.word, why.without_it) if why else None
        return ranking.total, reason, ranking.terms


def analyze_query(
    query: Query, expander: Expander, counting: Counting | None, problem: str = ""
) -> QueryAnalysis:
    """Return how `query` was read, and what it is looked for by."""
    tree = query.tree and expander.expand(query.tree)
    total, reason, terms = counting.total(tree) if counting and tree else (None, None, {})
    return QueryAnalysis(
        query.text,
        printed(tree) if tree else "",
        query.notes,
        list(_parts(query, tree, terms, counting, expander.dictionary)),
        [_other(one, "", counting) for one in _together(tree)] if tree else (),
        parts_of(tree).asking if tree else (),
        total,
        reason,
        counting.documents if counting else None,
        problem,
    )


def _parts(
    query: Query,
    tree: Node | None,
    terms: Mapping[Leaf, Sequence[str]],
    counting: Counting | None,
    dictionary: Dictionary,
) -> Iterator[QueryPart]:
    asked = {_plain(leaf): leaf for leaf, negated in leaves(tree) if not negated} if tree else {}
    known = {*asked, *(_plain(leaf) for leaf, _ in leaves(tree)), *filters(tree)} if tree else set()
    for step, nodes in steps_with_nodes(query.text, terms, dictionary):
        for node in nodes:
            left_out = _plain(node) not in known
            found = node if step.excluded else asked.get(_plain(node), node)
            yield _part(step, found, left_out, terms, None if left_out else counting, dictionary)
        if not nodes:
            yield QueryPart(
                step.typed, "", step.kind, step.field, step.excluded, False, False, (), (), (), None
            )


def _part(
    step: Step,
    node: Node,
    left_out: bool,
    terms: Mapping[Leaf, Sequence[str]],
    counting: Counting | None,
    dictionary: Dictionary,
) -> QueryPart:
    field = step.field if step.field in TEXT_FIELDS else ""
    folded, words, kind = told(node, terms)
    return QueryPart(
        step.typed,
        folded,
        kind,
        step.field,
        step.excluded,
        left_out,
        isinstance(node, Run) and node.any_word,
        [
            QueryTerm(
                word,
                kind_alone(word, dictionary),
                _count(_alone(word, node), field, counting),
            )
            for word in words
        ],
        [_looked_for(one, isinstance(node, Original)) for one in _literals(node)],
        [_other(one, field, counting) for one in expansions(node)],
        _count(node, field, counting),
        node.distance if isinstance(node, Near) else None,
        node.allowed if isinstance(node, Fuzzy) else None,
    )


def _plain(node: Node) -> Node:
    """Return a leaf as it was read, whatever may stand for it."""
    return replace(node, any_word=False, expansions=()) if isinstance(node, Run) else node


def _together(tree: Node) -> list[Expansion]:
    """Return what may stand for several words together: what no single run has."""
    own = {one for leaf, _ in leaves(tree) for one in expansions(leaf)}
    return [one for one in expansions(tree) if one not in own]


def _alone(word: str, node: Node) -> Node:
    """Return what asks for one word of a leaf alone, in either of its spellings."""
    if not isinstance(node, Run):
        return Exact(word, words_of(word))
    spellings = (one for one in node.expansions if one.of == word and one.kind == SPELLING)
    return Run(word, (word,), expansions=tuple(spellings))


def _other(one: Expansion, field: str, counting: Counting | None) -> OtherText:
    articles = _count(Exact(one.other, words_of(one.other)), field, counting)
    return OtherText(one.of, one.other, one.kind, articles)


def _count(node: Node, field: str, counting: Counting | None) -> int | None:
    return counting.articles(In(field, node) if field else node) if counting else None


def _literals(node: Node) -> Sequence[Literal]:
    """Return the texts that have to stand in an article."""
    match node:
        case Run() | Exact():
            return node.literals
        case Original(_, exact):
            return exact.literals
        case Near(parts, _):
            return [part.whole for part in parts]
        case _:
            return ()


def _looked_for(literal: Literal, is_original: bool) -> LookedFor:
    """Return how a text is found; the author's characters are not what grams are made of."""
    found = adjacency(literal)
    decided = found.decided and not is_original
    return LookedFor(literal.text, found, decided, list(_rules(literal.text)))


def _rules(text: str) -> Iterator[str]:
    """Yield what counts for nothing in a text that is looked for, and what may not be cut."""
    found = stretches(text)
    kinds = [kind for kind, _ in found]
    units = {"LETTERS", "DIGITS"}
    if {kinds[0], kinds[-1]} & units:
        yield message("its letters and digits are whole, not part of a longer word or number")
    if any("CJK" in pair and units & {*pair} for pair in pairwise(kinds)):
        yield message("spaces between Chinese and Latin count for nothing")
    if "GAP" in kinds:
        yield message("a space stands for any spaces of one line")
