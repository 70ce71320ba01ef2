"""Query tree → the documents that answer it, exactly.

Grams name the candidates; where they do not decide (`Literal.decided_by_terms`), the folded text of
each candidate is read. So what matches is what a plain `in` over the folded text would find.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import numpy as np

from search.analysis import Literal
from search.engine.whoosh.postings import Numbers, Segments
from search.query import And, Exact, Node, Not, Or, Run

FoldedText = Callable[[int, str], str]  # (document, field) → its folded text


class Matcher:
    """Finds the documents of `segments` that answer a query tree in the given text fields."""

    def __init__(self, segments: Segments, folded: FoldedText, fields: Sequence[str]) -> None:
        self._segments = segments
        self._folded = folded
        self._fields = fields

    def match(self, node: Node) -> Numbers:
        """Return the documents that answer `node`, by rising number."""
        match node:
            case Run(any_word=True):
                return reduce(np.union1d, (self._all_of([one]) for one in node.literals))
            case Run() | Exact():
                return self._all_of(node.literals)
            case Or(children):
                return reduce(np.union1d, (self.match(child) for child in children))
            case Not(child):
                return _without(self._segments.documents, self.match(child))
            case And(children):
                return self._match_and(children)

    def _match_and(self, children: Iterable[Node]) -> Numbers:
        """Match the leaves together, so that texts are read only where all grams are present."""
        literals: list[Literal] = []
        others: list[Node] = []
        excluded: list[Node] = []
        for child in children:
            match child:
                case Run(any_word=False) | Exact():
                    literals += child.literals
                case Not(inner):
                    excluded.append(inner)
                case _:
                    others.append(child)
        found = self._all_of(literals) if literals else self._segments.documents
        for node in others:
            found = _both(found, self.match(node))
        for node in excluded:
            found = _without(found, self.match(node))
        return found

    def _all_of(self, literals: Sequence[Literal]) -> Numbers:
        """Return the documents that hold every literal, each in any of the fields."""
        candidates = [
            {field: self._candidates(literal, field) for field in self._fields}
            for literal in literals
        ]
        anywhere = [reduce(np.union1d, fields.values()) for fields in candidates]
        found = reduce(_both, sorted(anywhere, key=len))
        for literal, fields in zip(literals, candidates, strict=True):
            if not literal.decided_by_terms:
                found = self._verified(literal, fields, found)
        return found

    def _candidates(self, literal: Literal, field: str) -> Numbers:
        """Return the documents whose `field` holds all the terms that `literal` needs."""
        column = f"{field}_grams"
        lists = [self._segments.postings(column, term)[0] for term in literal.grams]
        lists += [self._segments.prefix_postings(column, one)[0] for one in literal.prefixes]
        return reduce(_both, sorted(lists, key=len))

    def _verified(self, literal: Literal, fields: dict[str, Numbers], among: Numbers) -> Numbers:
        """Return those of `among` whose text, read in the fields it may be in, holds `literal`."""
        kept = np.zeros(len(among), bool)
        for field, candidates in fields.items():
            for at in np.flatnonzero(np.isin(among, candidates, assume_unique=True)):
                kept[at] = kept[at] or literal.is_in(self._folded(int(among[at]), field))
        return among[kept]


def _both(left: Numbers, right: Numbers) -> Numbers:
    return np.intersect1d(left, right, assume_unique=True)


def _without(left: Numbers, right: Numbers) -> Numbers:
    return np.setdiff1d(left, right, assume_unique=True)
