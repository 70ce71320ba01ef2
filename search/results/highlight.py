"""Where the query stands in a folded text: what is marked.

A run or a quotation is marked whole where it stands as such; elsewhere its words are, and whatever
stands for one of them. A word of a single Han character is marked only beside another match, since
的 or 区 alone tells a reader nothing. No word is cut here again: the query's strings are looked for
in the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.analysis import Literal
from search.query import Exact, Node, Run, expansions, wanted
from search.text import Span

_Row = tuple[int, int, str]  # start, end, string


class Match(NamedTuple):
    """A place in the folded text that is to be marked, and which string of the query it is."""

    start: int
    end: int
    text: str


class Matches:
    """Places in a folded text, in order and apart: a column each of starts, ends and strings.

    Not a list of `Match`, since to make these of a common character takes longer than to find it.
    """

    __slots__ = ("ends", "starts", "texts")

    def __init__(self, found: Iterable[_Row] = ()) -> None:
        rows = list(found)
        self.starts = [start for start, _, _ in rows]
        self.ends = [end for _, end, _ in rows]
        self.texts = [text for _, _, text in rows]

    @classmethod
    def of_one(cls, literal: Literal, folded: str) -> "Matches":
        """Return where one string stands."""
        found = cls()
        spans = literal.spans(folded)
        if spans:
            found.starts = [start for start, _ in spans]
            found.ends = [end for _, end in spans]
            found.texts = [literal.text] * len(spans)
        return found

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Match]:
        return map(Match, self.starts, self.ends, self.texts)

    def spans(self, first: int = 0, last: int | None = None) -> list[Span]:
        """Return the places from the match `first` on, up to `last`."""
        return list(zip(self.starts[first:last], self.ends[first:last], strict=True))


class Highlighter:
    """Finds the strings of one query in any number of folded texts."""

    def __init__(self, tree: Node | None) -> None:
        leaves = wanted(tree) if tree is not None else []
        wholes = _distinct(leaf.whole for leaf in leaves)
        # A single character is marked wherever it stands only when nothing longer is asked for.
        longer = [whole for whole in wholes if len(whole.text) > 1]
        self._whole = longer or wholes
        words = [literal for leaf in leaves for literal in _words_of(leaf)]
        words += [Literal.of(one.other) for one in expansions(tree)] if tree is not None else []
        self._words = _distinct(w for w in words if len(w.text) > 1 and w not in self._whole)
        self._characters = _distinct(w for w in words if len(w.text) == 1 and w not in self._whole)
        strings = [*self._whole, *self._words, *self._characters]
        self._only = strings[0] if len(strings) == 1 else None

    def matches(self, folded: str) -> Matches:
        """Return what is to be marked in `folded`."""
        if self._only is not None:
            return Matches.of_one(self._only, folded)
        found = _longest(_find([*self._whole, *self._words], folded))
        if self._characters:
            lone = _clear_of(found, _find(self._characters, folded))
            found = sorted([*found, *_beside(found, lone)])
        return Matches(found)

    def spans(self, folded: str) -> list[Span]:
        """Return the spans of `matches`."""
        return self.matches(folded).spans()


def _words_of(leaf: Run | Exact) -> Sequence[Literal]:
    return leaf.literals if isinstance(leaf, Run) else ()


def _distinct(literals: Iterable[Literal]) -> list[Literal]:
    return list(dict.fromkeys(literals))


def _find(literals: Sequence[Literal], folded: str) -> list[_Row]:
    """Return where the literals stand, in order, of those that begin together the longest first."""
    found = [
        (start, end, literal.text) for literal in literals for start, end in literal.spans(folded)
    ]
    if len(literals) > 1:
        found.sort(key=lambda row: (row[0], -row[1]))
    return found


def _longest(found: Iterable[_Row]) -> list[_Row]:
    """Return the matches in order, of those that overlap the one that begins first, longest first.

    A match that reaches beyond the one before it is cut to the rest, so that nothing found goes
    unmarked.
    """
    kept: list[_Row] = []
    reach = 0
    for start, end, text in found:
        if end > reach:
            kept.append((max(start, reach), end, text))
            reach = end
    return kept


def _clear_of(found: Sequence[_Row], lone: Sequence[_Row]) -> list[_Row]:
    """Return those of the single characters `lone` that lie in none of `found`."""
    taken = set().union(*[range(start, end) for start, end, _ in found])
    return [row for row in lone if row[0] not in taken]


def _beside(found: Sequence[_Row], lone: Sequence[_Row]) -> Iterator[_Row]:
    """Yield the single characters that touch a match, or a different single character."""
    starts = {start for start, _, _ in found}
    ends = {end for _, end, _ in found}
    group: list[_Row] = []
    for row in [*lone, (-1, -1, "")]:
        if group and row[0] != group[-1][1]:
            touches = group[0][0] in ends or group[-1][1] in starts
            if touches or (len(group) > 1 and len({text for _, _, text in group}) > 1):
                yield from group
            group = []
        group.append(row)
