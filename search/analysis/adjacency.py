"""A literal as grams at fixed distances: how it is found by numbers, without reading texts.

Distances are those by which `search.analysis.batch` numbers the elements of a document.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.grams import LONGEST_UNIT, head
from search.analysis.literal import Literal, stretches
from search.analysis.steps import NEXT

_UNITS = {"LETTERS", "DIGITS"}


@dataclass(frozen=True, slots=True)
class Step:
    """A gram and how far behind the beginning of its part it stands.

    A gram of one character stands for all that begin with it. Of a unit that follows a unit,
    `spaced` says whether spaces part them.
    """

    gram: str
    offset: int
    spaced: bool | None = None


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The parts of a literal, each of grams at fixed distances; all must be in a text.

    `decided` says that this is enough; else the text itself has to be read.
    """

    parts: tuple[tuple[Step, ...], ...]
    decided: bool


def adjacency(literal: Literal) -> Adjacency:
    """Return how `literal` is found.

    >>> [(s.gram, s.offset) for s in adjacency(Literal.of("使用Docker部署")).parts[0]]
    [('使用', 0), ('Docker', 2), ('部署', 3)]
    """
    parts: list[tuple[Step, ...]] = []
    steps: list[Step] = []
    decided = True
    at = 0  # the ordinal of the next element
    before, gap = "", False
    for kind, text in stretches(literal.text):
        if kind == "GAP":
            gap = True
            continue
        is_unit = kind in _UNITS
        if not is_unit and (kind != "CJK" or (gap and before == "CJK")):
            decided = False
            parts.append(tuple(steps))
            steps, at, before = [], 0, ""
        if is_unit:
            spaced = gap if before in _UNITS else None
            steps.append(Step(head(text), at, spaced))
            decided = decided and len(text) < LONGEST_UNIT  # it may be the head of a longer one
            at += NEXT
        elif kind == "CJK":
            steps += _cover(text, at)
            at += len(text) * NEXT
        before, gap = (kind if is_unit or kind == "CJK" else ""), False
    parts.append(tuple(steps))
    return Adjacency(tuple(part for part in parts if part), decided)


def _cover(text: str, start: int) -> Iterator[Step]:
    """Yield as few pairs as hold every character of `text`."""
    if len(text) == 1:
        yield Step(text, start)
    for at in range(0, len(text) - 1, 2):
        yield Step(text[at : at + 2], start + at)
    if len(text) > 1 and len(text) % 2:
        yield Step(text[-2:], start + len(text) - 2)
