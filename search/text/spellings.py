"""Words that are written with one character or another: 凭借 and 憑藉, 计划 and 計畫.

Folding, which goes character by character, leaves them apart. Queries are read in the usual
spelling, and the other one answers as well. The table is spellings.txt beside this module;
search/text/usual_spellings.py makes it.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

SPELLINGS = Path(__file__).parent / "spellings.txt"


def spelt_usually(folded: str) -> str:
    """Return folded text with the usual spelling of its words; its length stays.

    >>> spelt_usually("凭藉计画")
    '凭借计划'
    """
    return _any_of(_usual).sub(lambda match: _usual()[match[0]], folded)


def spelt_otherwise(folded: str) -> str:
    """Return folded text in its usual spelling with the other spelling of all words that have one.

    >>> spelt_otherwise("凭借"), spelt_otherwise("长三角")
    ('凭藉', '长三角')
    """
    return _any_of(_other).sub(lambda match: _other()[match[0]], folded)


@cache
def _other() -> Mapping[str, str]:
    """Return usual spelling → the other."""
    lines = SPELLINGS.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def _usual() -> Mapping[str, str]:
    return {other: usual for usual, other in _other().items()}


@cache
def _any_of(table: Callable[[], Mapping[str, str]]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table(), key=len, reverse=True)))
