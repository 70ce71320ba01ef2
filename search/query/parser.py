"""Query string → query tree. Never raises on what a user types; what it sets aside, it says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.analysis import Literal
from search.analysis.runs import Run as Stretch
from search.analysis.runs import Script, runs
from search.analysis.segmenter import cut
from search.query.lexer import Kind, Lexeme, lex
from search.query.tree import And, Exact, Node, Not, Or, Run
from search.text import fold
from search.text.gloss import drop_glosses


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: `tree` is None when it holds nothing that could be searched."""

    text: str
    tree: Node | None
    notes: tuple[str, ...] = ()


def parse(text: str, any_word: bool = False) -> Query:
    """Return the tree of `text` with notes on what was not read as typed.

    Side by side means all; `OR` or `|` between means either, binding weaker; `-` or `NOT` before
    means without; quotation marks mean exactly. With `any_word` side by side means either.
    """
    notes: list[str] = []
    # Glosses go first: their brackets are not the user's syntax.
    lexemes = list(lex(drop_glosses(text)[0], notes))
    alternatives = [_conjunction(part, any_word, notes) for part in _split(lexemes)]
    found = [node for node in alternatives if node is not None]
    return Query(text, _joined(found, either=True), tuple(notes))


def _split(lexemes: Iterable[Lexeme]) -> list[list[Lexeme]]:
    parts: list[list[Lexeme]] = [[]]
    for lexeme in lexemes:
        if lexeme.kind is Kind.OR:
            parts.append([])
        else:
            parts[-1].append(lexeme)
    return parts


def _conjunction(lexemes: Iterable[Lexeme], any_word: bool, notes: list[str]) -> Node | None:
    wanted: list[Node] = []
    excluded: list[Node] = []
    negated = False
    for lexeme in lexemes:
        if lexeme.kind is Kind.NOT:
            negated = True
            continue
        leaves = _leaves(lexeme)
        if not leaves:
            if negated:  # what comes next is not what it was put before
                notes.append("a minus before nothing to search for was left out")
            negated = False
            continue
        if negated:
            node = _joined(leaves, either=False)
            assert node is not None
            excluded.append(Not(node))
        else:
            wanted += leaves
        negated = False
    if any_word:
        wanted = [_any_of(wanted)] if wanted else []
    return _joined([*wanted, *excluded], either=False)


def _joined(nodes: list[Node], either: bool) -> Node | None:
    if not nodes:
        return None
    if len(nodes) == 1:
        return nodes[0]
    return Or(tuple(nodes)) if either else And(tuple(nodes))


def _any_of(nodes: list[Node]) -> Node:
    """Return the nodes as one that any word of a run, or any quotation, answers."""
    loose = [
        replace(node, any_word=True) if isinstance(node, Run) and len(node.words) > 1 else node
        for node in nodes
    ]
    return loose[0] if len(loose) == 1 else Or(tuple(loose))


def _leaves(lexeme: Lexeme) -> list[Node]:
    folded = fold(lexeme.text).text
    if lexeme.kind is Kind.QUOTED:
        literal = Literal.of(folded)
        return [Exact(literal.text, words_of(literal.text))] if literal.searchable else []
    return [run for part in folded.split() if (run := _run(part)) is not None]


def _run(folded: str) -> Run | None:
    """Return the run of folded text without spaces, punctuation at its ends taken off."""
    found = list(runs(folded))
    if not found:
        return None
    return Run(folded[found[0].start : found[-1].end], _words_of(found))


def words_of(folded: str) -> tuple[str, ...]:
    """Return the words of folded text as a query asks for them: Latin terms only whole.

    >>> words_of("长三角bim+gis")
    ('长三角', 'bim+gis')
    """
    return _words_of(runs(folded))


def _words_of(stretches: Iterable[Stretch]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for run in stretches:
        parts = cut(run.text) if run.script is Script.HAN else [run.text]
        found.update(dict.fromkeys(parts))
    return tuple(found)
