"""How a query was read, word by word: what was typed, what it is folded, what was made of it.

The same lexer and leaves as the parser's; for people, no search needs it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.analysis.dictionary import NONE, Dictionary
from search.query.leaves import leaves_of, without_glosses
from search.query.lexer import Kind, Lexeme, lex
from search.query.parser import MAX_CLAUSES
from search.query.signs import TEXT_FIELDS
from search.query.spaced_words import with_spaced
from search.query.tree import Dated, Exact, Fuzzy, Held, Leaf, Near, Node, Original, Prefix, Run


@dataclass(frozen=True, slots=True)
class Step:
    """One word or quotation of a query: as typed, folded, and the words it was cut into."""

    typed: str
    folded: str
    words: Sequence[str]  # of a prefix or a fuzzy word: those of the index that score for it
    kind: str  # "text", "exact", "original", "prefix", "fuzzy", "near", "date", "column", "nothing"
    field: str = ""  # in which alone it counts
    excluded: bool = False


def steps(
    query: str,
    terms: Mapping[Leaf, Sequence[str]] | None = None,
    dictionary: Dictionary = NONE,
) -> list[Step]:
    """Return what each word and quotation of `query` became, in order.

    `terms` are the words that prefixes and fuzzy words stand for, as an engine found them.
    """
    return [step for step, _ in steps_with_nodes(query, terms, dictionary)]


def steps_with_nodes(
    query: str,
    terms: Mapping[Leaf, Sequence[str]] | None = None,
    dictionary: Dictionary = NONE,
) -> Iterator[tuple[Step, Sequence[Node]]]:
    """Yield the `steps` of a query, each with the leaves of the tree that it stands for."""
    count = 0
    groups = [("", False)]  # the field of each open group, and whether it is excluded
    field, excluded = groups[-1]
    for lexeme in with_spaced(list(lex(without_glosses(query), [])), dictionary):
        match lexeme.kind:
            case Kind.FIELD:
                field = lexeme.value
                continue
            case Kind.NOT:
                excluded = not groups[-1][1]
                continue
            case Kind.OPEN:
                groups.append((field, excluded))
            case Kind.CLOSE if len(groups) > 1:
                groups.pop()
            case Kind.WORD | Kind.QUOTED | Kind.NEAR if count < MAX_CLAUSES:
                count += 1
                column = "" if field in TEXT_FIELDS else field
                nodes = leaves_of(lexeme, column, [], dictionary)
                yield _step(lexeme, nodes, field, excluded, terms or {}), nodes
            case _:
                pass
        field, excluded = groups[-1]


def _step(
    lexeme: Lexeme,
    nodes: Sequence[Node],
    field: str,
    excluded: bool,
    terms: Mapping[Leaf, Sequence[str]],
) -> Step:
    texts: list[str] = []
    words: list[str] = []
    kinds = ["nothing"]
    for node in nodes:
        text, own, kind = told(node, terms)
        texts.append(text)
        words += own
        kinds.append(kind)
    typed = lexeme.text if lexeme.kind is Kind.WORD else f'"{lexeme.text}"'
    if lexeme.kind is Kind.NEAR:
        typed += f"~{lexeme.value}"
    return Step(typed, " ".join(texts), tuple(dict.fromkeys(words)), kinds[-1], field, excluded)


def told(node: Node, terms: Mapping[Leaf, Sequence[str]]) -> tuple[str, Sequence[str], str]:
    """Return the folded text of a leaf, its words, and its kind."""
    match node:
        case Run(text, words):
            return text, words, "text"
        case Exact(text, words):
            return text, words, "exact"
        case Original(text, exact):
            return text, exact.words, "original"
        case Prefix(text):
            return text, terms.get(node, ()), "prefix"
        case Fuzzy(text):
            return text, terms.get(node, ()), "fuzzy"
        case Near(parts, _):
            return " ".join(part.text for part in parts), [p.text for p in parts], "near"
        case Dated(since, until):
            return since if since == until else f"{since}..{until}", (), "date"
        case Held(_, value):
            return value, (), "column"
        case _:
            raise AssertionError(node)  # leaves_of makes no other
