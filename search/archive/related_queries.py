"""Queries that lead on from one: with a word that stands beside it in the articles found."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from search.analysis.dictionary import NONE, Dictionary
from search.analysis.terms import word_terms
from search.deadline import checked
from search.query import Node, required_words
from search.query.tree import And, Run
from search.results import Hit
from search.results.written import as_written
from search.text import Folded, fold
from search.text.script import only_simplified, only_traditional

OFFERED = 6
MOST_HITS = 100  # whose snippets are read, those of a page at most
FEWEST_HITS = 2  # that show the word: a single one may be anything
MOST_LOOKED_UP = 24  # words, those that most hits show: a tenth of a millisecond each
FEWEST_HOLDERS = 2  # articles that hold it
COMMON = 8  # a word in one of so many articles tells nothing, in an archive of some size
FEW = 20  # articles: what no more than so many hold is never common


def related_queries(
    query: str,
    tree: Node,
    hits: Sequence[Hit],
    documents: int,
    frequency: Callable[[str], int],
    dictionary: Dictionary = NONE,
) -> Sequence[str]:
    """Return `query` with a word more, for each of the words that tell its hits' snippets best.

    Told by how many of the hits show a word, and how rare it is in the archive. Every one finds
    something, since an article was seen to hold both. None for a query with signs in it, of which
    a word more may change the sense. `documents` are all there are, `frequency` tells how many of
    them hold a word.
    """
    if not _is_plain(tree):
        return ()
    known = [word for word, _ in required_words(tree)]
    shown = [[(s.text, fold(s.text)) for s in hit.snippets] for hit in checked(hits[:MOST_HITS])]
    counts = Counter(
        word
        for passages in checked(shown)
        for word in {w for _, folded in passages for w in word_terms(folded.text, dictionary)}
        if len(word) > 1 and word.isalpha()
    )
    found = [
        (word, hits_with)
        for word, hits_with in counts.items()
        if hits_with >= FEWEST_HITS and not any(word in one or one in word for one in known)
    ]
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    weights: dict[str, float] = {}
    for word, hits_with in found[:MOST_LOOKED_UP]:
        holders = frequency(word)
        if FEWEST_HOLDERS <= holders <= max(documents // COMMON, FEW):
            rarity = log(1 + (documents - holders + 0.5) / (holders + 0.5))
            weights[word] = hits_with * rarity**2
    chosen = sorted(weights, key=lambda word: (-weights[word], word))[:OFFERED]
    passages = [passage for one in shown for passage in one]
    is_simplified = not only_simplified().isdisjoint(query)
    return [f"{query.strip()} {_written(word, passages, is_simplified)}" for word in chosen]


def _is_plain(tree: Node) -> bool:
    """Return whether a query is words alone, with spaces between them."""
    parts = tree.children if isinstance(tree, And) else (tree,)
    return all(isinstance(part, Run) and not part.any_word for part in parts)


def _written(word: str, passages: Sequence[tuple[str, Folded]], is_simplified: bool) -> str:
    """Return a word as it is first written, or in Simplified characters where these are typed."""
    for raw, folded in passages:
        at = folded.text.find(word)
        if at >= 0:
            written = as_written(raw, folded, at, at + len(word))
            is_other = is_simplified and not only_traditional().isdisjoint(written)
            return word if is_other else written
    return word
