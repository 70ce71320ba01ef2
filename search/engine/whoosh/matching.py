"""Query tree → the documents that answer it, exactly.

Grams at their distances decide; where a literal holds what is no element (punctuation inside a
quotation), the folded text of each candidate is read, of very many those that are stored beside
them too. So what matches is what a plain `in` over the folded text would find.
"""

from collections.abc import Callable, Iterable, Sequence

from search.analysis import (
    MOST_NEAR,
    Adjacency,
    Literal,
    Step,
    adjacency,
    are_near,
    bare,
    holds_original,
    is_latin,
)
from search.deadline import check_deadline, checked
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.filters import Filters
from search.engine.whoosh.term_source import TermSource
from search.errors import UnsupportedError
from search.messages import message
from search.query import (
    And,
    Dated,
    Exact,
    Expanded,
    Expansion,
    Filter,
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

FEW = 6  # documents: so many are looked up one by one
FEW_READ = 128  # so many texts are read one by one, of more all that are stored beside them

FoldedText = Callable[[int, str], str]  # (document, field) → its folded text
Stored = Callable[[int, str], tuple[str, bytes]]  # the same → the author's text, its packed map


class Matcher:
    """Finds the documents that answer a query tree in the given text fields."""

    def __init__(
        self,
        terms: TermSource,
        sets: DocumentSets,
        folded: FoldedText,
        stored: Stored,
        filters: Filters,
    ) -> None:
        self._terms = terms
        self._sets = sets
        self._folded = folded
        self._stored = stored
        self._filters = filters

    def match(self, node: Node) -> Documents:
        """Return the documents that answer `node`, by rising number."""
        check_deadline()
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
            case In(field, child):
                return self._within(field).match(child)
            case Dated() | Held():
                return self._filtered(self._terms.documents, node)
            case Prefix(text):
                return self._beginning(text)
            case Fuzzy(text):
                return self._alike(text, node.allowed)
            case Near(parts, distance):
                return self._near([part.whole for part in parts], distance)
            case Original(text, exact):
                return self._original(text, exact.whole)

    def _match_and(self, children: Iterable[Node]) -> Documents:
        """Match the leaves together, so that texts are read only where all grams are present."""
        literals: list[Literal] = []
        others: list[Node] = []
        filters: list[Filter] = []
        excluded: list[Node] = []
        for child in children:
            match child:
                case Run(any_word=False, expansions=()) | Exact():
                    literals += child.literals
                case Not(inner):
                    excluded.append(inner)
                case Dated() | Held():
                    filters.append(child)
                case _:
                    others.append(child)
        found = self._all_of(literals) if literals else self._terms.documents
        for node in others:
            found = self._sets.both(found, self.match(node))
        for node in excluded:
            found = self._sets.without(found, self.match(node))
        for one in filters:
            found = self._filtered(found, one)
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
        check_deadline()
        return self._all_of([Literal.of(expansion.other)])

    def _within(self, field: str) -> "Matcher":
        source = self._terms.within(field)
        return Matcher(source, self._sets, self._folded, self._stored, self._filters)

    def _filtered(self, found: Documents, node: Filter) -> Documents:
        if isinstance(node, Dated):
            return self._filters.dated(found, node.since, node.until)
        return self._filters.holding(found, node.name, node.value)

    def _beginning(self, text: str) -> Documents:
        """Return the documents with a token that begins so."""
        if is_latin(text) and text:
            return self._terms.holders("beginnings", text)
        return self._text(text)

    def _alike(self, text: str, edits: int) -> Documents:
        """Return the documents with a token that so many edits make `text` of."""
        if not is_latin(text) or not text:
            return self._text(text)
        alike = checked(self._terms.alike(text, edits))
        found = [self._terms.holders("words", term) for term in alike]
        return self._sets.union(found)

    def _text(self, text: str) -> Documents:
        literal = Literal.of(text)
        return self._all_of([literal]) if literal.searchable else self._terms.documents[:0]

    def _near(self, parts: Sequence[Literal], distance: int) -> Documents:
        """Return the documents in one field of which all the parts stand so near."""
        if len(parts) > MOST_NEAR:
            raise UnsupportedError(
                message("cannot look for {count} texts near each other", count=len(parts)),
                message("name {most_near} at most", most_near=MOST_NEAR),
            )
        if all(adjacency(part).decided for part in parts):
            return self._terms.near(parts, distance)
        return self._read(
            self._holding([adjacency(part) for part in parts]),
            lambda number, field: are_near(parts, distance, self._folded(number, field)),
        )

    def _original(self, text: str, folded: Literal) -> Documents:
        """Return the documents in which the text stands in these very characters."""
        among = self._holding([adjacency(folded)])
        if len(among) > FEW_READ:
            typed = bare(text) if folded.is_plain else ""
            among = self._terms.looked_through(among, folded, typed)
            if typed:
                return among
        return self._read(
            among,
            lambda number, field: holds_original(text, folded, *self._stored(number, field)),
        )

    def _all_of(self, literals: Sequence[Literal]) -> Documents:
        """Return the documents that hold every literal, each in any of the fields."""
        ways = [adjacency(literal) for literal in literals]
        found = self._holding(ways)
        # Signs alone last: what is left for them is less to look through.
        pairs = sorted(zip(literals, ways, strict=True), key=lambda pair: not pair[1].parts)
        for literal, way in pairs:
            if not way.decided:
                found = self._verified(literal, found)
        return found

    def _holding(self, ways: Sequence[Adjacency]) -> Documents:
        """Return the documents with the parts of all literals, where these are enough or not."""
        parts = dict.fromkeys(part for way in ways for part in way.parts)
        if not parts:
            return self._terms.documents
        # Shorter lists first, so that of the longer ones little is read.
        first, *others = sorted(parts, key=self._extent)
        found = self._holders(first)
        for part in checked(others):
            if not len(found):
                break
            found = self._narrowed(found, part)
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
        if len(among) > FEW_READ:
            return self._terms.looked_through(among, literal)
        return self._read(among, lambda number, field: literal.is_in(self._folded(number, field)))

    def _read(self, among: Documents, is_right: Callable[[int, str], bool]) -> Documents:
        """Return those of `among` of which a field, by its text, is right."""
        fields = [*reversed(self._terms.fields)]  # most of what is there is in the body
        kept = [
            any(is_right(number, field) for field in fields) for number in checked(among.tolist())
        ]
        return among[kept] if kept else among
