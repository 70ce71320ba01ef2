"""Query string → query tree. Never raises on what a user types; what it sets aside, it says.

Side by side means all and binds stronger than `OR`; brackets group. A tree is in normal form: no
And is in an And, no Or in an Or, each has two children at least, none of them twice, and what is
excluded stands last. So `search.query.printer` can write any tree that is made here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from search.analysis import adjacency
from search.analysis.dictionary import NONE, Dictionary
from search.messages import message
from search.query.leaves import leaves_of, without_glosses
from search.query.lexer import Kind, Lexeme, lex
from search.query.signs import TEXT_FIELDS
from search.query.spaced_words import with_spaced
from search.query.tree import And, Dated, Exact, Held, In, Near, Node, Not, Or, Original, Run

MAX_CLAUSES = 256  # words, quotations and filters
# Of these, those for which texts, or all places of common characters, are read: up to a second each
# in 7,823 articles, where 38 of them took 44 seconds. Signs alone are among them.
MOST_READING = 8
MAX_NOTES = 20


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: `tree` is None when it holds nothing that could be searched."""

    text: str
    tree: Node | None
    notes: tuple[str, ...] = ()


def parse(text: str, any_word: bool = False, dictionary: Dictionary = NONE) -> Query:
    """Return the tree of `text` with notes on what was not read as typed.

    Side by side means all; `OR` or `|` between means either, binding weaker; `-` or `NOT` before
    means without; quotation marks mean exactly. With `any_word` side by side means either, but for
    what is excluded, and for filters, which all hold. `dictionary` is the one by which the articles
    were cut: so is the query.
    """
    notes: list[str] = []
    # Glosses go first: their brackets are not the user's syntax.
    lexemes = with_spaced(list(lex(without_glosses(text), notes)), dictionary)
    parser = _Parser(lexemes, notes, dictionary)
    tree = parser.alternatives("", any_word)
    distinct = list(dict.fromkeys(notes))
    if len(distinct) > MAX_NOTES:
        distinct[MAX_NOTES - 1 :] = [message("and more of the kind; not all was read as typed")]
    return Query(text, tree, tuple(distinct))


class _Parser:
    """Reads lexemes one after another; as deep as their brackets, which the lexer bounds."""

    def __init__(self, lexemes: Sequence[Lexeme], notes: list[str], dictionary: Dictionary) -> None:
        self._lexemes = lexemes
        self._dictionary = dictionary
        self._at = 0
        self._clauses = 0
        self._reading = 0  # those of the clauses for which texts are read
        self._is_cut = False  # whether anything was left out for there being too much
        self._notes = notes

    def alternatives(self, field: str, loose: bool) -> Node | None:
        """Return what stands between here and the end of the group: in `field`, any if `loose`."""
        found = [self._conjunction(field, loose)]
        while self._next_is(Kind.OR):
            self._at += 1
            found.append(self._conjunction(field, loose))
        if len(found) > 1 and None in found and not self._is_cut:
            self._notes.append(message("an OR with nothing beside it was left out"))
        return either_of([node for node in found if node is not None])

    def _conjunction(self, field: str, loose: bool) -> Node | None:
        wanted: list[Node] = []
        excluded: list[Node] = []
        while self._at < len(self._lexemes) and not self._next_is(Kind.OR, Kind.CLOSE):
            negated = False
            while self._next_is(Kind.NOT):
                negated = True
                self._at += 1
            before = len(self._notes)
            node = self._operand(field, loose and not negated)
            if node is not None:
                node = Not(node) if negated else node
                (excluded if isinstance(node, Not) else wanted).append(node)
            elif negated and len(self._notes) == before:
                # What comes next is not what it was put before.
                self._notes.append(message("a minus before nothing to search for was left out"))
        if loose:
            filters = [node for node in wanted if _is_filter(node)]
            texts = either_of([node for node in wanted if not _is_filter(node)])
            wanted = filters if texts is None else [texts, *filters]
        return all_of([*wanted, *excluded])

    def _operand(self, field: str, loose: bool) -> Node | None:
        """Return the next word, quotation or group, in its field where it has one."""
        if self._at == len(self._lexemes) or self._next_is(Kind.OR, Kind.CLOSE):
            return None
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind is Kind.OPEN:
            node = self.alternatives(field, loose)
            self._at += 1  # the lexer closes all that it opens
            return node
        if lexeme.kind is not Kind.FIELD:
            return self._leaf(lexeme, field, loose)
        before = len(self._notes)
        of_text = lexeme.value in TEXT_FIELDS
        node = self._operand("" if of_text else lexeme.value, loose)
        if node is None and len(self._notes) == before:
            self._notes.append(
                message(
                    "'{text}' is before nothing to search for; it was left out", text=lexeme.text
                )
            )
        return In(lexeme.value, node) if node is not None and of_text else node

    def _leaf(self, lexeme: Lexeme, field: str, loose: bool) -> Node | None:
        left = MAX_CLAUSES - self._clauses
        leaves = leaves_of(lexeme, field, self._notes, self._dictionary) if left else []
        self._clauses += len(leaves)
        if not left or len(leaves) > left:
            self._clauses = MAX_CLAUSES
            self._is_cut = True
            self._notes.append(
                message(
                    "a query has {max_clauses} words at most; the rest was left out",
                    max_clauses=MAX_CLAUSES,
                )
            )
        leaves = [leaf for leaf in leaves[:left] if self._is_affordable(leaf)]
        return either_of(list(map(_loosened, leaves))) if loose else all_of(leaves)

    def _is_affordable(self, leaf: Node) -> bool:
        """Return whether a leaf is not one too many of those for which texts are read."""
        if not _reads_texts(leaf):
            return True
        self._reading += 1
        if self._reading <= MOST_READING:
            return True
        self._is_cut = True
        self._notes.append(
            message(
                "a query has {most_reading} near, exact: or punctuated quotations at "
                "most; the rest was left out",
                most_reading=MOST_READING,
            )
        )
        return False

    def _next_is(self, *kinds: Kind) -> bool:
        return self._at < len(self._lexemes) and self._lexemes[self._at].kind in kinds


def all_of(nodes: Sequence[Node]) -> Node | None:
    """Return the nodes joined by And in normal form: each once, what is excluded last."""
    parts = [node.children if isinstance(node, And) else (node,) for node in nodes]
    distinct = sorted(dict.fromkeys(chain(*parts)), key=lambda node: isinstance(node, Not))
    return And(tuple(distinct)) if len(distinct) > 1 else next(iter(distinct), None)


def either_of(nodes: Sequence[Node]) -> Node | None:
    """Return the nodes joined by Or in normal form: each once."""
    parts = [node.children if isinstance(node, Or) else (node,) for node in nodes]
    distinct = tuple(dict.fromkeys(chain(*parts)))
    return Or(distinct) if len(distinct) > 1 else next(iter(distinct), None)


def _loosened(node: Node) -> Node:
    """Return a run of several words as one that any of them answers."""
    if isinstance(node, Run) and len(node.words) > 1:
        return replace(node, any_word=True)
    return node


def _reads_texts(leaf: Node) -> bool:
    """Return whether places of grams are not enough to tell quickly which articles have a leaf."""
    match leaf:
        case Original() | Near():
            return True
        case Exact():
            return not adjacency(leaf.whole).decided
        case _:
            return False


def _is_filter(node: Node) -> bool:
    """Return whether a node asks for no text, only for dates and columns."""
    match node:
        case Dated() | Held():
            return True
        case And(children) | Or(children):
            return all(map(_is_filter, children))
        case Not(child):
            return _is_filter(child)
        case _:
            return False
