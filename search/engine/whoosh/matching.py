"""Query tree → the documents that answer it, exactly.

Grams at their distances decide; where a literal holds what is no element (punctuation inside a
quotation), the folded text of each candidate is read. So what matches is what a plain `in` over the
folded text would find.
"""

from collections.abc import Callable, Iterable, Sequence

from search.analysis import Literal, Step, adjacency
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.term_source import TermSource
from search.errors import UnsupportedError
from search.query import And, Exact, Expanded, Expansion, Node, Not, Or, Run

FEW = 6  # documents: so many are looked up one by one

FoldedText = Callable[[int, str], str]  # (document, field) → its folded text


class Matcher:
    """Finds the documents that answer a query tree in the given text fields."""

    def __init__(self, terms: TermSource, sets: DocumentSets, folded: FoldedText) -> None:
        self._terms = terms
        self._sets = sets
        self._folded = folded

    def match(self, node: Node) -> Documents:
        """Return the documents that answer `node`, by rising number."""
        match node:
            case Run(expansions=(_, *_)):
                return self._match_expanded(node)
            case Expanded(child, others):
                return self._sets.union([self.match(child), *map(self._standing_for, others)])
            case Run(any_word=True):
                return self._sets.union([self._all_of([one]) for one in node.literals])
            case Run() | Exact():
                return self._all_of(node.literals)
            case Or(children):
                return self._sets.union([self.match(child) for child in children])
            case Not(child):
                return self._sets.without(self._terms.documents, self.match(child))
            case And(children):
                return self._match_and(children)
            case _:
                raise UnsupportedError(
                    f"this engine cannot answer {type(node).__name__}", "leave it out"
                )

    def _match_and(self, children: Iterable[Node]) -> Documents:
        """Match the leaves together, so that texts are read only where all grams are present."""
        literals: list[Literal] = []
        others: list[Node] = []
        excluded: list[Node] = []
        for child in children:
            match child:
                case Run(any_word=False, expansions=()) | Exact():
                    literals += child.literals
                case Not(inner):
                    excluded.append(inner)
                case _:
                    others.append(child)
        found = self._all_of(literals) if literals else self._terms.documents
        for node in others:
            found = self._sets.both(found, self.match(node))
        for node in excluded:
            found = self._sets.without(found, self.match(node))
        return found

    def _match_expanded(self, run: Run) -> Documents:
        """Match a run of which expansions of words, or of the whole, may stand in their place."""
        ways = []
        for word, literal in zip(run.words, run.literals, strict=True):
            others = [self._standing_for(other) for other in run.expansions if other.of == word]
            ways.append(self._sets.union([self._all_of([literal]), *others]))
        whole = [
            self._standing_for(other)
            for other in run.expansions
            if other.of == run.text and other.of not in run.words
        ]
        return self._sets.union([*(ways if run.any_word else [self._in_all(ways)]), *whole])

    def _in_all(self, sets: Sequence[Documents]) -> Documents:
        first, *others = sorted(sets, key=len)
        for other in others:
            first = self._sets.both(first, other)
        return first

    def _standing_for(self, expansion: Expansion) -> Documents:
        return self._all_of([Literal.of(expansion.other)])

    def _all_of(self, literals: Sequence[Literal]) -> Documents:
        """Return the documents that hold every literal, each in any of the fields."""
        ways = [adjacency(literal) for literal in literals]
        parts = dict.fromkeys(part for way in ways for part in way.parts)
        assert parts, "a literal without anything to search for"
        # Shorter lists first, so that of the longer ones little is read.
        first, *others = sorted(parts, key=self._extent)
        found = self._holders(first)
        for part in others:
            if not len(found):
                break
            found = self._narrowed(found, part)
        for literal, way in zip(literals, ways, strict=True):
            if not way.decided:
                found = self._verified(literal, found)
        return found

    def _extent(self, part: tuple[Step, ...]) -> int:
        """Return how many documents hold a part at most."""
        return min(self._terms.extent("grams", step.gram) for step in part)

    def _holders(self, part: tuple[Step, ...]) -> Documents:
        if len(part) == 1:
            return self._terms.holders("grams", part[0].gram)
        return self._terms.phrase(part)

    def _narrowed(self, found: Documents, part: tuple[Step, ...]) -> Documents:
        """Return those of `found` that hold a part too."""
        if len(part) > 1:
            return self._sets.both(found, self._terms.phrase(part))
        gram = part[0].gram
        if len(found) <= FEW:
            return found[[self._terms.holds("grams", gram, n) for n in found.tolist()]]
        held = self._terms.documents_of("grams", gram)
        if not self._terms.is_spread("grams", gram):
            return self._sets.both(found, held)
        # Only what is left of it has to be put in order.
        return self._sets.distinct(held[self._sets.among(held, found)])

    def _verified(self, literal: Literal, among: Documents) -> Documents:
        """Return those of `among` whose text, read in the fields, holds `literal`."""
        kept = [
            any(literal.is_in(self._folded(number, field)) for field in self._terms.fields)
            for number in among.tolist()
        ]
        return among[kept] if kept else among
