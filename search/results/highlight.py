"""Where the query stands in a folded text: what is marked.

A run or a quotation is marked whole where it stands as such; elsewhere its words are. A word of a
single Han character is marked only beside another match, since 的 or 区 alone tells a reader
nothing. No word is cut here again: the query's strings are looked for in the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Literal
from search.query import Exact, Node, Run, wanted
from search.text import Span


@dataclass(frozen=True, slots=True)
class Match:
    """A place in the folded text that is to be marked, and which string of the query it is."""

    start: int
    end: int
    text: str


class Highlighter:
    """Finds the strings of one query in any number of folded texts."""

    def __init__(self, tree: Node | None) -> None:
        leaves = wanted(tree) if tree is not None else []
        wholes = _distinct(leaf.whole for leaf in leaves)
        # A single character is marked wherever it stands only when nothing longer is asked for.
        longer = [whole for whole in wholes if len(whole.text) > 1]
        self._whole = longer or wholes
        words = [literal for leaf in leaves for literal in _words_of(leaf)]
        self._words = _distinct(w for w in words if len(w.text) > 1 and w not in self._whole)
        self._characters = _distinct(w for w in words if len(w.text) == 1 and w not in self._whole)

    def matches(self, folded: str) -> list[Match]:
        """Return what is to be marked in `folded`, in order, without overlaps."""
        found = list(_find(self._whole, folded))
        found += _find(self._words, folded)
        found = _longest(found)
        if self._characters:
            lone = _clear_of(found, _find(self._characters, folded))
            found = sorted([*found, *_beside(found, lone)], key=lambda match: match.start)
        return found

    def spans(self, folded: str) -> list[Span]:
        """Return the spans of `matches`."""
        return [(match.start, match.end) for match in self.matches(folded)]


def _words_of(leaf: Run | Exact) -> Sequence[Literal]:
    return leaf.literals if isinstance(leaf, Run) else ()


def _distinct(literals: Iterable[Literal]) -> list[Literal]:
    return list(dict.fromkeys(literals))


def _find(literals: Iterable[Literal], folded: str) -> Iterator[Match]:
    for literal in literals:
        for start, end in literal.spans(folded):
            yield Match(start, end, literal.text)


def _longest(found: Iterable[Match]) -> list[Match]:
    """Return the matches in order, of those that overlap the one that begins first, longest first.

    A match that reaches beyond the one before it is cut to the rest, so that nothing found goes
    unmarked.
    """
    kept: list[Match] = []
    reach = 0
    for match in sorted(found, key=lambda match: (match.start, -match.end)):
        if match.end > reach:
            kept.append(Match(max(match.start, reach), match.end, match.text))
            reach = match.end
    return kept


def _clear_of(found: Sequence[Match], lone: Iterable[Match]) -> list[Match]:
    """Return those of the single characters `lone` that lie in none of `found`, in order."""
    taken = {at for match in found for at in range(match.start, match.end)}
    return sorted((m for m in lone if m.start not in taken), key=lambda match: match.start)


def _beside(found: Sequence[Match], lone: Sequence[Match]) -> Iterator[Match]:
    """Yield the single characters that touch a match, or a different single character."""
    starts = {match.start for match in found}
    ends = {match.end for match in found}
    group: list[Match] = []
    for match in [*lone, None]:
        if group and (match is None or match.start != group[-1].end):
            touches = group[0].start in ends or group[-1].end in starts
            if touches or len({m.text for m in group}) > 1:
                yield from group
            group = []
        if match is not None:
            group.append(match)
