"""What prefixes and fuzzy tokens of a query stand for in the index: the words that score."""

from collections.abc import Mapping, Sequence

from search.analysis import is_latin
from search.deadline import checked
from search.engine.ranking import MOST_WORDS
from search.engine.whoosh.term_source import TermSource
from search.query import Exact, Fuzzy, Leaf, Node, Prefix, leaves


def resolve(tree: Node, source: TermSource) -> Mapping[Leaf, Sequence[str]]:
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


def _words(leaf: Prefix | Fuzzy, source: TermSource) -> Sequence[str]:
    if isinstance(leaf, Prefix):
        return source.commonest(leaf.text, MOST_WORDS)
    edits = source.alike(leaf.text, leaf.allowed)
    counts = {word: source.frequency("words", word) for word in edits}
    held = [word for word in edits if counts[word]]
    return sorted(held, key=lambda word: (edits[word], -counts[word], word))[:MOST_WORDS]
