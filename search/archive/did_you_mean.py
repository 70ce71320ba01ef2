"""The query that may have been meant, offered only where it finds clearly more.

What may be misspelt is told by `search.query.misspelling`; here the engine itself counts what the
corrected query finds, under the same filters. The two texts are compared as they stand: without
expansions, and without articles that have only some of the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from search.analysis.dictionary import NONE, Dictionary
from search.archive.request import MAX_QUERY
from search.engine import IndexReader, SearchRequest
from search.query import Exact, Expansion, Fuzzy, Node, Run, leaves
from search.query.misspelling import FEW, Change, changes, clearly_more, few_of, whole
from search.query.retyping import corrected, retyped
from search.query.sounding import Sounding

MOST_TRIED = 12  # corrected queries with one change, and as many with two
MOST_TRIED_OF_DEAR = 2  # where something is in the query for which texts may have to be read
SUREST = 3  # characters of a word that is like another by no accident
MOST_PAIRED = 6  # changes of which pairs are made


@dataclass(frozen=True, slots=True)
class Doubted:
    """A search that was answered, and how many articles have all that it asks for."""

    query: str
    tree: Node  # as parsed, without expansions
    request: SearchRequest
    total: int
    any_word: bool = False
    dictionary: Dictionary = NONE  # by which the articles were cut
    expansions: Sequence[Expansion] = ()


def did_you_mean(asked: Doubted, reader: IndexReader, sounding: Sounding) -> str | None:
    """Return the query that may have been meant, or None: it finds clearly more, or is not told."""
    search = _Search(asked, reader)
    if not search.is_doubtful:
        return None
    understood = {part for one in asked.expansions for part in (one.of, *one.of.split())}
    found = changes(asked.tree, understood, sounding, search)
    most = MOST_TRIED if _is_cheap(asked.tree) else MOST_TRIED_OF_DEAR
    singles = [(one,) for one in found[:most]]
    pairs = [pair for pair in combinations(found[:MOST_PAIRED], 2) if _are_apart(*pair)]
    for ways in (singles, pairs[:most]):
        better = []
        for way in ways:
            total = search.gain(way)
            if total:
                better.append((sum(one.edits for one in way), -total, way))
        if better:
            best = min(better, key=lambda one: one[:2])[2]
            meant = retyped(asked.query, asked.tree, best, asked.any_word, asked.dictionary)
            return meant if len(meant) <= MAX_QUERY else None
    return None


def _is_cheap(tree: Node) -> bool:
    return all(isinstance(leaf, Run | Exact) for leaf, _ in leaves(tree))


def _are_apart(one: Change, other: Change) -> bool:
    return one.run != other.run or one.end <= other.start or other.end <= one.start


def _is_sure(change: Change) -> bool:
    """Return whether a change is sure enough where the words of a run are found, only apart."""
    return change.edits == 1 and len(change.other) >= SUREST


class _Search:
    """A search whose query may be misspelt, and what an archive has beside it."""

    def __init__(self, asked: Doubted, reader: IndexReader) -> None:
        self._asked = asked
        self._reader = reader
        self.dictionary = asked.dictionary
        self._articles: dict[str, int] = {}
        self.few = few_of(reader.stats().documents)
        self._finds_few = asked.total < self.few
        self._is_cut = whole(asked.tree) is not asked.tree
        self._whole = self._total(whole(asked.tree)) if self._is_cut else asked.total

    @property
    def is_doubtful(self) -> bool:
        """Whether it finds few articles, or none in which a run stands that was cut."""
        return self._finds_few or (self._is_cut and not self._whole)

    def gain(self, way: Sequence[Change]) -> int:
        """Return how many articles hold the corrected query if they are clearly more, else 0."""
        tree = corrected(self._asked.tree, way, self.dictionary)
        if self._finds_few:
            total = self._total(tree)
            if clearly_more(total, self._asked.total):
                return total
        if not self._is_cut or self._whole or not all(map(_is_sure, way)):
            return 0
        total = self._total(whole(tree))
        return total if total >= FEW else 0

    def articles(self, text: str) -> int:
        """Return how many articles hold a folded text."""
        if text not in self._articles:
            request = SearchRequest(Exact(text, (text,)), limit=0)
            self._articles[text] = self._reader.search(request).total
        return self._articles[text]

    def alike(self, word: str, edits: int) -> Sequence[str]:
        """Return Latin words that so many edits make `word` of, the most alike first."""
        fuzzy = Fuzzy(word, edits)
        if fuzzy.allowed < edits:
            return ()
        terms = self._reader.search(SearchRequest(fuzzy, limit=0)).terms
        return [other for other in terms.get(fuzzy, ()) if other != word]

    def _total(self, tree: Node) -> int:
        request = replace(
            self._asked.request, tree=tree, limit=0, offset=0, relax=False, explain=False
        )
        return self._reader.search(request).total
