"""The query tree: what is asked for, in our own terms, whatever engine answers it.

Texts in it are folded, but for those of `Original` and of `Held`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from search.analysis import Literal

MOST_EDITS = 2  # of a fuzzy token; with three most short words are like one another


SPELLING = "spelling"  # the kind of an expansion that is the same word, otherwise written


@dataclass(frozen=True)
class Expansion:
    """Another text that may stand for a word of the query, and why: "regional", "synonym", …

    One by spelling is as good as what was typed, and is part of every reading of it.
    """

    of: str
    other: str
    kind: str
    words: tuple[str, ...] = ()  # of `other`, where the user's dictionary may have cut it


@dataclass(frozen=True)
class Run:
    """Unquoted text without spaces: each of its words, or any, must be present as text.

    `text` is marked whole where it stands as such; `words` are what it was cut into. An expansion
    of a word, or of the whole text, answers in its place.
    """

    text: str
    words: tuple[str, ...]
    any_word: bool = False
    expansions: tuple[Expansion, ...] = ()

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
    """Quoted text: its characters must stand one after another. `words` only score.

    It may be signs alone, without a word; then no term of an index holds it.
    """

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
class Original:
    """Text whose very characters must stand in what the author wrote: 後 is not 后 here.

    `exact` is the same folded, which has to be there too; glosses and line ends that folding takes
    out count for nothing.
    """

    text: str
    exact: Exact


@dataclass(frozen=True)
class Prefix:
    """Letters or digits with which a token has to begin."""

    text: str


@dataclass(frozen=True)
class Fuzzy:
    """A Latin token, or one that so many letters added, left out or changed make of it.

    Two neighbours that changed places count as one. Digits are changed in no number.
    """

    text: str
    edits: int = 1

    @property
    def allowed(self) -> int:
        """How many edits are let pass: none in up to two letters, one in up to five."""
        letters = sum(map(str.isalpha, self.text))
        return min(self.edits, MOST_EDITS, 0 if letters < 3 else 1 if letters < 6 else MOST_EDITS)


@dataclass(frozen=True)
class Near:
    """Texts that must stand near each other, in any order, in one field.

    No more than `distance` characters or tokens lie between them in all.
    """

    parts: tuple[Exact, ...]
    distance: int


@dataclass(frozen=True)
class Dated:
    """Articles with a date from `since` to `until`: ISO dates, whole or cut, or nothing."""

    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Held:
    """Articles that have a value in a column: author, source, format or a name of the metadata."""

    name: str
    value: str


@dataclass(frozen=True)
class In:
    """What answers the child in one field alone, "title" or "body"."""

    field: str
    child: Node


@dataclass(frozen=True)
class Expanded:
    """The child, or in its place any of the expansions."""

    child: Node
    expansions: tuple[Expansion, ...]


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


Leaf: TypeAlias = Run | Exact | Original | Prefix | Fuzzy | Near
Filter: TypeAlias = Dated | Held
Node: TypeAlias = Leaf | Filter | In | Expanded | And | Or | Not
