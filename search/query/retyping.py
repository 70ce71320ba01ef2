"""A query with other words in some places: its tree, and as its reader would have typed it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from search.analysis.dictionary import NONE, Dictionary
from search.query.leaves import words_of
from search.query.misspelling import Change
from search.query.parser import parse
from search.query.printer import printed
from search.query.tree import And, Node, Or, Run
from search.text import fold

MOST_PLACES = 6  # of a word in a query at which a change of it is tried


def corrected(tree: Node, changes: Sequence[Change], dictionary: Dictionary = NONE) -> Node:
    """Return the tree with the changes made in its runs, none of which overlap."""
    match tree:
        case Run():
            return _run(tree, [change for change in changes if change.run == tree], dictionary)
        case And(children):
            return And(tuple(corrected(child, changes, dictionary) for child in children))
        case Or(children):
            return Or(tuple(corrected(child, changes, dictionary) for child in children))
        case _:
            return tree


def retyped(
    typed: str,
    tree: Node,
    changes: Sequence[Change],
    any_word: bool = False,
    dictionary: Dictionary = NONE,
) -> str:
    """Return what was typed, of which `tree` was parsed, with the changes made in it.

    All else stays as it was typed. Where that is not to be told from what it is, the corrected tree
    is printed.
    """
    meant = corrected(tree, changes, dictionary)
    for text in _ways(typed, changes):
        if parse(text, any_word, dictionary).tree == meant:
            return text
    return printed(meant)


def _run(run: Run, changes: Sequence[Change], dictionary: Dictionary) -> Run:
    if not changes:
        return run
    text = run.text
    for change in sorted(changes, key=lambda change: -change.start):
        text = text[: change.start] + change.other + text[change.end :]
    words = words_of(text, dictionary)
    return replace(run, text=text, words=words, any_word=run.any_word and len(words) > 1)


def _ways(typed: str, changes: Sequence[Change]) -> Iterator[str]:
    """Yield the text with each change made at one of the places where it could be, or at all."""
    if not changes:
        yield typed
        return
    first, *others = changes
    folded = fold(typed)
    places = []
    at = folded.text.find(first.of)
    while at >= 0:
        places.append(at)
        at = folded.text.find(first.of, at + 1)
    for some in ([place] for place in places[:MOST_PLACES]):
        yield from _ways(_changed(typed, first, some), others)
    if len(places) > 1:
        yield from _ways(_changed(typed, first, places), others)


def _changed(typed: str, change: Change, places: Sequence[int]) -> str:
    """Return the text with a change made where it is said.

    The letters at both ends of an ASCII word stay, in their case; any other is changed whole, so
    that it is not in two scripts or widths.
    """
    offsets = fold(typed).offsets
    of, other = change.of, change.other
    for place in reversed(places):
        before = after = 0
        first, last = offsets.raw_span(place, place + len(of))
        if typed[first:last].isascii():
            before = _shared(of, other)
            after = _shared(of[before:][::-1], other[before:][::-1])
            first, last = first + before, last - after
        new = other[before : len(other) - after]
        typed = typed[:first] + (new.upper() if typed.isupper() else new) + typed[last:]
    return typed


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with that are the same."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
