"""The words of one commit, read when first asked for, and what parts of a query stand for."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from search.analysis import is_latin
from search.deadline import checked
from search.engine.opensearch.blobs import blob_of
from search.engine.opensearch.client import Client
from search.engine.opensearch.record import Record
from search.engine.opensearch.statistics import Statistics
from search.engine.opensearch.vocabulary import Vocabulary, WordCounts
from search.engine.ranking import MOST_WORDS, ScoringTerm
from search.query import Exact, Fuzzy, Leaf, Node, Prefix, leaves

COUNTED_AT_ONCE = 2 * MOST_WORDS


class Words:
    """The words of one commit."""

    def __init__(self, client: Client, index: str, record: Record, statistics: Statistics) -> None:
        self._client = client
        self._index = index
        self._record = record
        self._statistics = statistics

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All words, those included that only deleted documents had."""
        names = [str(name) for name, _ in self._record.words]
        parts = [blob_of(self._client, self._index, name) for name in names]
        return Vocabulary(map(WordCounts.from_bytes, parts))

    def alike(self, text: str, edits: int) -> Mapping[str, int]:
        """Return each token that so many edits make `text` of, with how many these are."""
        return self.vocabulary.latin.alike(text, edits)

    def commonest(self, beginning: str, fields: Sequence[str]) -> list[str]:
        """Return the words that begin so and are in most documents, of equals the least first.

        What is known of a word is how many documents hold it at most; so the likeliest are counted
        until none that is left can be among the best.
        """
        vocabulary = self.vocabulary
        words = sorted(
            vocabulary.beginning(beginning), key=lambda word: (-vocabulary.count(word), word)
        )
        counted: list[tuple[int, str]] = []
        for at in range(0, len(words), COUNTED_AT_ONCE):
            if len(counted) >= MOST_WORDS and -counted[MOST_WORDS - 1][0] > vocabulary.count(
                words[at]
            ):
                break
            some = words[at : at + COUNTED_AT_ONCE]
            counts = self.frequencies(some, fields)
            counted += [(-n, word) for n, word in zip(counts, some, strict=True) if n]
            counted.sort()
        return [word for _, word in counted[:MOST_WORDS]]

    def frequencies(self, words: Sequence[str], fields: Sequence[str]) -> list[int]:
        """Return in how many documents each word is, in any of the fields."""
        return self._statistics.frequencies([ScoringTerm("words", word) for word in words], fields)


def resolve(tree: Node, words: Words, fields: Sequence[str]) -> Mapping[Leaf, Sequence[str]]:
    """Return the words of each prefix and fuzzy token that is not asked to be absent.

    Those of a prefix are the commonest, of a fuzzy token the most alike, of equals the commonest.
    """
    found: dict[Leaf, Sequence[str]] = {}
    for leaf, negated in checked(leaves(tree)):
        if isinstance(leaf, Prefix | Fuzzy) and not negated and leaf.text and is_latin(leaf.text):
            found[leaf] = tuple(_words(leaf, words, fields))
    return found


def words_of(resolved: Mapping[Leaf, Sequence[str]]) -> list[Exact]:
    """Return each of the words as what scores."""
    return [Exact(word, (word,)) for words in resolved.values() for word in words]


def _words(leaf: Prefix | Fuzzy, words: Words, fields: Sequence[str]) -> Sequence[str]:
    if isinstance(leaf, Prefix):
        return words.commonest(leaf.text, fields)
    edits = words.alike(leaf.text, leaf.allowed)
    counts = dict(zip(edits, words.frequencies(list(edits), fields), strict=True))
    held = [word for word in edits if counts[word]]
    return sorted(held, key=lambda word: (edits[word], -counts[word], word))[:MOST_WORDS]
