"""What prefixes and fuzzy tokens of a query stand for in the index: the words that score."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from search.analysis import is_latin
from search.deadline import checked
from search.engine.ranking import MOST_WORDS
from search.query import Exact, Fuzzy, Leaf, Node, Prefix, leaves


class Words(Protocol):
    """The words of an index in the fields of one search."""

    def commonest(self, beginning: str, most: int) -> Sequence[str]:
        """Return the words that begin so and are in most documents, of equals the least first."""

    def alike(self, text: str, edits: int) -> Mapping[str, int]:
        """Return each token that so many edits make `text` of, with how many these are."""

    def frequencies_of(self, words: Sequence[str]) -> Sequence[int]:
        """Return how many documents hold each word."""


def resolve(tree: Node, source: Words) -> Mapping[Leaf, Sequence[str]]:
    """Return the words of each prefix and fuzzy token that is not asked to be absent.

    Those of a prefix are the commonest, of a fuzzy token the most alike, of equals the commonest.
    """
    found: dict[Leaf, Sequence[str]] = {}
    for leaf, negated in checked(leaves(tree)):
        if isinstance(leaf, Prefix | Fuzzy) and not negated and leaf.text and is_latin(leaf.text):
            found[leaf] = tuple(_words(leaf, source))
    return found


def words_of(resolved: Mapping[Leaf, Sequence[str]]) -> list[Exact]:
    """Return each of the words as what scores."""
    return [Exact(word, (word,)) for words in resolved.values() for word in words]


def _words(leaf: Prefix | Fuzzy, source: Words) -> Sequence[str]:
    if isinstance(leaf, Prefix):
        return source.commonest(leaf.text, MOST_WORDS)
    edits = source.alike(leaf.text, leaf.allowed)
    counts = dict(zip(edits, source.frequencies_of(list(edits)), strict=True))
    held = [word for word in edits if counts[word]]
    return sorted(held, key=lambda word: (edits[word], -counts[word], word))[:MOST_WORDS]
