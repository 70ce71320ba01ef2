"""Which words tell most about an article: those it is like others by."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from search.analysis.dictionary import NONE, Dictionary
from search.analysis.terms import word_terms
from search.engine import IndexReader, SearchRequest
from search.query import Exact, Or

MOST_WORDS = 25
MOST_LOOKED_UP = 200  # words: the most frequent of the article, of which the weight is asked for
TITLE_WEIGHT = 3  # as in scores
MOST_CHARACTERS = 50_000  # of the body that are read: enough to know what it is about
FEWEST_HOLDERS = 2  # a word that no other article holds leads nowhere


def related_request(
    reader: IndexReader,
    number: int,
    limit: int,
    copies: Sequence[Sequence[str]],
    frequency: Callable[[str], int],
    dictionary: Dictionary = NONE,
) -> SearchRequest | None:
    """Return the search for articles that share a document's weightiest words; None without any."""
    words = weighty_words(reader, number, frequency, dictionary)
    if not words:
        return None
    leaves = tuple(Exact(word, (word,)) for word in words)
    tree = Or(leaves) if len(leaves) > 1 else leaves[0]
    return SearchRequest(tree, limit, copies=copies)


def weighty_words(
    reader: IndexReader,
    number: int,
    frequency: Callable[[str], int],
    dictionary: Dictionary = NONE,
) -> list[str]:
    """Return a document's words of two or more characters by tf·idf, the weightiest first.

    `frequency` tells how many documents hold a word.
    Of letters or Han alone: `usr/lib/firefox` is told from its parts by places, 650 ms for 25 such.
    """
    counts: Counter[str] = Counter()
    for field, weight in (("title", TITLE_WEIGHT), ("body", 1)):
        text = reader.text(number, field).folded.text[:MOST_CHARACTERS]
        for word in word_terms(text, dictionary):
            if len(word) > 1 and word.isalpha():
                counts[word] += weight
    documents = reader.stats().documents
    weights = {}
    for word, count in counts.most_common(MOST_LOOKED_UP):
        holders = frequency(word)
        if holders >= FEWEST_HOLDERS:
            rarity = log(1 + (documents - holders + 0.5) / (holders + 0.5))
            weights[word] = (1 + log(count)) * rarity
    return sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
