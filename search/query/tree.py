"""The query tree: what is asked for, in our own terms, whatever engine answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from search.analysis import Literal


@dataclass(frozen=True)
class Run:
    """Unquoted text without spaces: each of its words, or any, must be present as text.

    `text` is folded and is marked whole where it stands as such; `words` are what it was cut into.
    """

    text: str
    words: tuple[str, ...]
    any_word: bool = False

    @cached_property
    def literals(self) -> tuple[Literal, ...]:
        """What an article must hold, one literal a word: all, or any."""
        return tuple(Literal.of(word) for word in self.words)

    @cached_property
    def whole(self) -> Literal:
        """The run as it was typed."""
        return Literal.of(self.text)


@dataclass(frozen=True)
class Exact:
    """Quoted text: its characters must stand one after another. `words` only score."""

    text: str
    words: tuple[str, ...]

    @cached_property
    def literals(self) -> tuple[Literal, ...]:
        """The one literal an article must hold."""
        return (self.whole,)

    @cached_property
    def whole(self) -> Literal:
        """The quoted text."""
        return Literal.of(self.text)


@dataclass(frozen=True)
class And:
    """All of the children."""

    children: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """At least one of the children."""

    children: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """Articles that do not answer the child."""

    child: Node


Node: TypeAlias = Run | Exact | And | Or | Not


def leaves(node: Node, negated: bool = False) -> Iterator[tuple[Run | Exact, bool]]:
    """Yield each leaf with whether it is asked to be absent, in the order of the query."""
    match node:
        case Run() | Exact():
            yield node, negated
        case Not(child):
            yield from leaves(child, not negated)
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child, negated)


def wanted(node: Node) -> list[Run | Exact]:
    """Return the leaves that score and are marked: those not asked to be absent."""
    return [leaf for leaf, negated in leaves(node) if not negated]


def required_words(node: Node) -> list[tuple[str, bool]]:
    """Return each wanted word or quoted text once, with whether every hit has to hold it."""
    found: dict[str, bool] = {}

    def visit(node: Node, required: bool) -> None:
        match node:
            case Run(_, words, any_word):
                for word in words:
                    found[word] = found.get(word, False) or (required and not any_word)
            case Exact(text, _):
                found[text] = found.get(text, False) or required
            case And(children):
                for child in children:
                    visit(child, required)
            case Or(children):
                for child in children:
                    visit(child, required and len(children) == 1)
            case Not():
                pass

    visit(node, True)
    return list(found.items())
