"""Words that differ by region, from OpenCC's phrase tables: 软件 of the mainland is 軟體 in Taiwan.

The tables for Taiwan and Hong Kong, read in both directions and folded as all texts are. Most rows
of some differ only in the shape of characters (喫 and 吃), which folding has done away with.
"""

from collections.abc import Mapping
from functools import cache

from search.text.fold import fold
from search.text.script import table

MOST = 4  # words that one word may stand for
_TABLES = (
    "TWPhrases.txt",
    "TWPhrasesRev.txt",
    "TWVariantsRevPhrases.txt",
    "HKVariantsPhrases.txt",
    "HKVariantsRevPhrases.txt",
)


@cache
def regional_words() -> Mapping[str, tuple[str, ...]]:
    """Return folded word → the words it is in other regions, at most four; made when first asked.

    Words and others have two characters or more: 宏 is 巨集 in programs, but in no other text.

    >>> regional_words()["计程车"]
    ('出租车', '的士')
    """
    found: dict[str, dict[str, None]] = {}
    for first, second in _pairs():
        found.setdefault(first, {})[second] = None
    return {word: tuple(others)[:MOST] for word, others in found.items()}


def _pairs() -> list[tuple[str, str]]:
    """Return the pairs of the tables, folded: those a table gives, then the same turned round."""
    given = [
        (_folded(word), _folded(other))
        for name in _TABLES
        for word, others in table(name).items()
        for other in others
        if word != other
    ]
    told = [pair for pair in given if pair[0] != pair[1] and min(map(len, pair)) > 1]
    return told + [(other, word) for word, other in told]


@cache
def _folded(word: str) -> str:
    return fold(word).text
