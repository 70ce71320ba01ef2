"""The words of one commit, read when first asked for."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from search.engine.opensearch.blobs import blob_of
from search.engine.opensearch.client import Client
from search.engine.opensearch.record import Record
from search.engine.opensearch.statistics import Statistics
from search.engine.opensearch.vocabulary import Vocabulary, WordCounts
from search.engine.ranking import MOST_WORDS, ScoringTerm

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


class WordsOfFields:
    """The words of one commit in the fields of one search, as `search.engine.resolving` asks."""

    def __init__(self, words: Words, fields: Sequence[str]) -> None:
        self._words = words
        self._fields = fields
        self.alike = words.alike

    def commonest(self, beginning: str, most: int) -> Sequence[str]:
        """Return the words that begin so and are in most documents, of equals the least first."""
        return self._words.commonest(beginning, self._fields)[:most]

    def frequencies_of(self, words: Sequence[str]) -> Sequence[int]:
        """Return how many documents hold each word."""
        return self._words.frequencies(words, self._fields)
