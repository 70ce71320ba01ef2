"""Folded text → runs that are each cut in one way: Han, kana, Hangul, or a Latin term.

A Latin term is what a reader takes for one word of letters, digits and the symbols inside it:
5g, evtol, bim+gis, c++, 2gwh, 3.14, node.js, c#. A unit is a stretch of only letters or only digits
in it, the smallest thing that can be searched: 5g has the units 5 and g.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from search.text.characters import ALNUMS, CJK, DIGIT, HAN, HANGUL, KANA, LETTERS

JOINTS = r".\-_+&/@'’·:#*"  # symbols that join two parts of one term, as for a class of `re`
SIGNS = rf"(?:\+\+|\+(?!\w)|#(?![^\W{CJK}]))"  # that may end one: c++, c#
LATIN_TERM = rf"{ALNUMS}(?:[{JOINTS}]{ALNUMS})*{SIGNS}?"

_RUNS = f"(?P<HAN>[{HAN}]+)|(?P<KANA>[{KANA}]+)|(?P<HANGUL>[{HANGUL}]+)|(?P<LATIN>{LATIN_TERM})"
_UNITS = f"{LETTERS}|{DIGIT}+"
_ELEMENTS = f"(?P<CJK>[{CJK}]+)|{LETTERS}|{DIGIT}+"
# The same for plain Latin text, three times as fast.
_ascii_units = re.compile("[a-zA-Z]+|[0-9]+")
_ascii_alnums = re.compile("[a-zA-Z0-9]+")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first used: each takes 3 ms, and few searches all."""
    return re.compile(pattern)


class Script(Enum):
    """How a run is cut into words."""

    HAN = "HAN"
    KANA = "KANA"
    HANGUL = "HANGUL"
    LATIN = "LATIN"  # any alphabet and digits


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the folded text in one script."""

    script: Script
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the run ends in the folded text, exclusive."""
        return self.start + len(self.text)


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of folded `text` in order; what lies between them is not searchable alone.

    >>> [(run.script.name, run.text) for run in runs("用c++写5g,タワー")]
    [('HAN', '用'), ('LATIN', 'c++'), ('HAN', '写'), ('LATIN', '5g'), ('KANA', 'タワー')]
    """
    for match in _compiled(_RUNS).finditer(text):
        yield Run(Script[match.lastgroup or ""], match[0], match.start())


def scripts(text: str) -> list[tuple[str, str]]:
    """Return (name of the script, stretch) of each of the `runs` of folded `text`, in order."""
    return [(match.lastgroup or "", match[0]) for match in _compiled(_RUNS).finditer(text)]


def elements(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield what grams are made of: (stretch, start, whether it is Han, kana and Hangul) in order.

    Han, kana and Hangul that touch are one stretch; of the rest each unit is one.
    """
    for match in _compiled(_ELEMENTS).finditer(text):
        yield match[0], match.start(), match.lastgroup == "CJK"


def units(text: str) -> Iterator[Run]:
    """Yield the stretches of only letters or only digits in `text`, in order."""
    for match in _compiled(_UNITS).finditer(text):
        yield Run(Script.LATIN, match[0], match.start())


def alnum_texts(text: str) -> list[str]:
    """Return the texts of `alnums(text)`."""
    found: list[str] = (_ascii_alnums if text.isascii() else _compiled(ALNUMS)).findall(text)
    return found


def unit_texts(text: str) -> list[str]:
    """Return the texts of `units(text)`."""
    found: list[str] = (_ascii_units if text.isascii() else _compiled(_UNITS)).findall(text)
    return found


def alnums(text: str) -> Iterator[Run]:
    """Yield the stretches of letters and digits together: 5g of 5g+, bim and gis of bim+gis."""
    for match in _compiled(ALNUMS).finditer(text):
        yield Run(Script.LATIN, match[0], match.start())
