"""What a query tree holds: its leaves, those that score, its words, its expansions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from search.analysis.interrogatives import INTERROGATIVES
from search.query.leaves import words_of
from search.query.tree import (
    SPELLING,
    And,
    Dated,
    Exact,
    Expanded,
    Expansion,
    Filter,
    Fuzzy,
    Held,
    In,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Run,
)


def leaves(node: Node, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Yield each leaf with whether it is asked to be absent, in the order of the query."""
    match node:
        case Not(child):
            yield from leaves(child, not negated)
        case In(_, child) | Expanded(child, _):
            yield from leaves(child, negated)
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child, negated)
        case Dated() | Held():
            pass
        case _:
            yield node, negated


def filters(node: Node) -> Iterator[Filter]:
    """Yield each date or column that is asked for, or asked to be absent, in the query's order."""
    match node:
        case Dated() | Held():
            yield node
        case Not(child) | In(_, child) | Expanded(child, _):
            yield from filters(child)
        case And(children) | Or(children):
            for child in children:
                yield from filters(child)
        case _:
            pass


def wanted(node: Node) -> list[Run | Exact]:
    """Return the texts that score and are marked: those not asked to be absent."""
    found: list[Run | Exact] = []
    for leaf, negated in leaves(node):
        match leaf:
            case _ if negated:
                pass
            case Run() | Exact():
                found.append(leaf)
            case Original(_, exact):
                found.append(exact)
            case Near(parts, _):
                found += parts
            case Prefix() | Fuzzy():
                pass  # what they stand for is in the index
    return found


def expansions(node: Node) -> list[Expansion]:
    """Return the expansions of all that is not asked to be absent, each once."""
    found: dict[Expansion, None] = {}

    def visit(node: Node) -> None:
        match node:
            case Run(expansions=others):
                found.update(dict.fromkeys(others))
            case Expanded(child, others):
                found.update(dict.fromkeys(others))
                visit(child)
            case In(_, child):
                visit(child)
            case And(children) | Or(children):
                for child in children:
                    visit(child)
            case _:
                pass

    visit(node)
    return list(found)


def literal(node: Node) -> Node:
    """Return the tree without its expansions, but for other spellings."""
    match node:
        case Run(expansions=(_, *_)):
            return replace(node, expansions=tuple(filter(_is_spelling, node.expansions)))
        case Expanded(child, _):
            return literal(child)
        case In(field, child):
            return In(field, literal(child))
        case Not(child):
            return Not(literal(child))
        case And(children):
            return And(tuple(map(literal, children)))
        case Or(children):
            return Or(tuple(map(literal, children)))
        case _:
            return node


def required_words(node: Node) -> list[tuple[str, bool]]:
    """Return each wanted word or quoted text once, with whether every hit has to hold it."""
    found: dict[str, bool] = {}

    def note(text: str, required: bool) -> None:
        found[text] = found.get(text, False) or required

    def visit(node: Node, required: bool) -> None:
        match node:
            case Run(_, words, any_word):
                for word in words:
                    note(word, required and not any_word)
            case Exact(text, _):
                note(text, required)
            case Original(_, exact):
                note(exact.text, required)
            case Prefix(text):
                note(f"{text}*", required)
            case Fuzzy(text, _):
                note(f"{text}~", required)
            case Near(parts, _):
                for part in parts:
                    note(part.text, required)
            case In(_, child) | Expanded(child, _):
                visit(child, required)
            case And(children):
                for child in children:
                    visit(child, required)
            case Or(children):
                for child in children:
                    visit(child, required and len(children) == 1)
            case Not() | Dated() | Held():
                pass

    visit(node, True)
    return list(found.items())


def _is_spelling(expansion: Expansion) -> bool:
    return expansion.kind == SPELLING


def expansion_leaves(node: Node) -> list[Exact]:
    """Return the texts of the expansions as what scores."""
    others = {expansion.other: expansion.words for expansion in expansions(node)}
    return [Exact(other, words or words_of(other)) for other, words in others.items()]


class Parts(NamedTuple):
    """What a query tree asks for, one by one."""

    named: list[tuple[str, Node]]  # of which an article need not hold each
    asking: list[str]  # words that only ask: what, who, how many
    strict: list[Node]  # exclusions and filters: to be answered in any case
    pairs: list[str]  # single characters side by side, which may be a name that was cut apart


def parts_of(node: Node) -> Parts:
    """Return the parts of a tree: each word of a run, and any other node that may hold text."""
    parts: dict[Node, str] = {}
    asking: list[str] = []
    pairs: list[str] = []
    strict: list[Node] = []

    def visit(node: Node) -> None:
        match node:
            case And(children):
                for child in children:
                    visit(child)
            case Run(any_word=False):
                before = ""
                for word in node.words:
                    # 什么 and 时候 are cut apart, and ask together.
                    if word in INTERROGATIVES or before + word in INTERROGATIVES:
                        asking.append(word)
                        before = word
                        continue
                    if len(before) == len(word) == 1 and before + word in node.text:
                        pairs.append(before + word)
                    before = word
                    others = tuple(other for other in node.expansions if other.of == word)
                    parts.setdefault(Run(word, (word,), expansions=others), word)
            case Not() | Dated() | Held():
                strict.append(node)
            case _:
                words = [word for word, _ in required_words(node)]
                parts.setdefault(node, " ".join(words))

    visit(node)
    return Parts([(name, part) for part, name in parts.items()], asking, strict, pairs)
