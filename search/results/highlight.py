"""Where the query stands in a folded text: what is marked.

A run or a quotation is marked whole where it stands as such; elsewhere its words are, and whatever
stands for one of them. A word of a
single Han character is marked only beside another match, since 的 or 区 alone tells a reader
nothing. No word is cut here again: the query's strings are looked for in the text. So are tokens
that begin as a prefix does, or are like a fuzzy one: all of them, whichever of them score. What is
asked for in one field is marked in that alone, texts near each other only where they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.analysis import Literal, beginning_so, much_alike, near_spans, original_spans
from search.deadline import check_deadline, checked
from search.query import (
    And,
    Dated,
    Exact,
    Expanded,
    Fuzzy,
    Held,
    In,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Run,
)
from search.text import Folded, Span

_Other = Prefix | Fuzzy | Original | Near
_Row = tuple[int, int, str]  # start, end, string
_Marked = Run | Exact | _Other


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
        self._tree = tree
        self._strings: dict[str, _Strings] = {}

    def matches(self, folded: str, field: str = "") -> Matches:
        """Return what is to be marked in a folded text, of which it is not told how it was written.

        `field` is "title" or "body"; without it all counts, whatever field was asked for.
        """
        return self._of(field).matches(folded)

    def matches_in(self, raw: str, folded: Folded, field: str) -> Matches:
        """Return what is to be marked in a title or a body; `raw` is what its author wrote."""
        return self._of(field).matches(folded.text, (raw, folded))

    def spans(self, folded: str) -> list[Span]:
        """Return the spans of `matches`."""
        return self.matches(folded).spans()

    def _of(self, field: str) -> "_Strings":
        found = self._strings.get(field)
        if found is None:
            leaves = _marked(self._tree, field) if self._tree is not None else ()
            found = self._strings[field] = _Strings(leaves)
        return found


class _Strings:
    """What is marked in one field."""

    def __init__(self, leaves: Iterable[_Marked]) -> None:
        texts: list[Run | Exact] = []
        self._others: list[_Other] = []
        for leaf in leaves:
            if isinstance(leaf, Run | Exact):
                texts.append(leaf)
            else:
                self._others.append(leaf)
        wholes = _distinct(leaf.whole for leaf in texts)
        # Signs alone are asked for on purpose. A single character is marked wherever it stands only
        # when nothing longer is asked for.
        signs = [whole for whole in wholes if not whole.searchable]
        wholes = [whole for whole in wholes if whole.searchable]
        longer = [whole for whole in wholes if len(whole.text) > 1]
        self._whole = [*(longer or wholes), *signs]
        words = [literal for leaf in texts for literal in _words_of(leaf)]
        self._words = _distinct(w for w in words if len(w.text) > 1 and w not in self._whole)
        self._characters = _distinct(w for w in words if len(w.text) == 1 and w not in self._whole)
        strings = [*self._whole, *self._words, *self._characters]
        self._only = strings[0] if len(strings) == 1 and not self._others else None

    def matches(self, folded: str, written: tuple[str, Folded] | None = None) -> Matches:
        """Return what is to be marked in `folded`."""
        if self._only is not None:
            return Matches.of_one(self._only, folded)
        rows = _find([*self._whole, *self._words], folded)
        if self._others:
            for leaf in checked(self._others):
                rows += _rows_of(leaf, folded, written)
            rows.sort(key=lambda row: (row[0], -row[1]))
        check_deadline()
        found = _longest(rows)
        if self._characters:
            check_deadline()
            lone = _clear_of(found, _find(self._characters, folded))
            found = sorted([*found, *_beside(found, lone)])
        return Matches(found)


def _marked(node: Node, field: str, negated: bool = False) -> Iterator[_Marked]:
    """Yield what is marked in a field: not what is asked to be absent, or to be in the other."""
    match node:
        case Not(child):
            yield from _marked(child, field, not negated)
        case In(asked, child):
            if field in ("", asked):
                yield from _marked(child, "", negated)
        case Expanded(child, others):
            yield from _marked(child, field, negated)
            if not negated:
                yield from (Exact(expansion.other, ()) for expansion in others)
        case And(children) | Or(children):
            for child in children:
                yield from _marked(child, field, negated)
        case Dated() | Held():
            pass
        case _ if not negated:
            yield node


def _rows_of(leaf: _Other, folded: str, written: tuple[str, Folded] | None) -> list[_Row]:
    match leaf:
        case Prefix(text):
            spans = beginning_so(folded, text)
        case Fuzzy(text):
            spans = much_alike(folded, text, leaf.allowed)
        case Near(parts, distance):
            spans = near_spans([part.whole for part in parts], distance, folded)
            return [(start, end, folded[start:end]) for start, end in spans]
        case Original(text, exact) if written is not None:
            spans = original_spans(text, exact.whole, *written)
        case Original(text, exact):
            spans = exact.whole.spans(folded)
    return [(start, end, text) for start, end in spans]


def _words_of(leaf: Run | Exact) -> Sequence[Literal]:
    """Return the words of a run, and whatever stands for one of them."""
    if isinstance(leaf, Exact):
        return ()
    return [*leaf.literals, *(Literal.of(expansion.other) for expansion in leaf.expansions)]


def _distinct(literals: Iterable[Literal]) -> list[Literal]:
    return list(dict.fromkeys(literals))


def _find(literals: Sequence[Literal], folded: str) -> list[_Row]:
    """Return where the literals stand, in order, of those that begin together the longest first."""
    found = [
        (start, end, literal.text)
        for literal in checked(literals)
        for start, end in literal.spans(folded)
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
