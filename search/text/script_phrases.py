"""Words that folding by character leaves apart, though one is the other in the other script.

瞭解 is 了解 in Simplified, but 瞭 alone stays 瞭: all that OpenCC's phrase table turns into another
text than `search.text.script` does.
"""

from collections.abc import Mapping
from functools import cache

from search.text.fold import fold
from search.text.script import table


@cache
def script_phrases() -> Mapping[str, tuple[str, ...]]:
    """Return folded word → the words it is written as when folded from the other script.

    >>> script_phrases()["瞭解"], script_phrases()["了解"]
    (('了解',), ('瞭解',))
    """
    found: dict[str, dict[str, None]] = {}
    for traditional, others in table("TSPhrases.txt").items():
        one, other = fold(traditional).text, fold(others[0]).text
        if one != other and len(one) > 1:
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None
    return {word: tuple(others) for word, others in found.items()}
