"""What may be misspelt in a query, and as which words of the archive it may have been meant.

Latin words that a few letters make another of; Han words that sound or look like another, or are
written otherwise in the other script. Only what was typed plainly is looked at: nothing quoted,
nothing in a field, nothing excluded, and nothing that expansion has understood.

What stands in the archive is not doubted lightly, since it may be a name: not for its sound, and
otherwise only where the other word is far more frequent. Nor is a word of the dictionary doubted
for its sound: 市长 is no misspelt 市场 where no article has it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.analysis.cutting import cut, in_dictionary
from search.analysis.dictionary import Dictionary
from search.analysis.runs import Script, runs
from search.deadline import checked
from search.query.likeness import edits, looking_like, sounding_like
from search.query.sounding import LONGEST_WORD, Sounding
from search.query.tree import And, Exact, Node, Or, Run

FEW = 3  # articles: of what fewer have, it may be asked whether something else was meant
RARE = 500  # of more than so many articles one may have any misspelling, and that makes it no word
TIMES = 10  # as many articles have what is offered, where fewer than FEW have what was typed
MANY_TIMES = 50  # where more have it
SHORTEST_LATIN = 4  # letters; among shorter words each is like many
LONG_LATIN = 6  # letters from which on the first may be wrong, and a word that stands somewhere
MOST_WORDS = 3  # that a Latin word is taken for
MOST_PLACES = 64  # that are looked at


class Counts(Protocol):
    """What correcting asks of an archive."""

    few: int  # articles: what as many have is not doubted
    dictionary: Dictionary  # by which they were cut

    def articles(self, text: str) -> int:
        """Return how many articles hold a folded text."""
        ...

    def alike(self, word: str, edits: int) -> Sequence[str]:
        """Return Latin words that so many edits make `word` of, the most alike first."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """Another word for a part of a run, and how many characters or letters of it differ."""

    run: Run
    start: int
    end: int
    other: str
    edits: int

    @property
    def of(self) -> str:
        """What stands there."""
        return self.run.text[self.start : self.end]


def few_of(articles: int) -> int:
    """Return how many articles are few in an archive of so many: in 7,823, three hold kubernets.

    >>> few_of(2), few_of(7823)
    (3, 15)
    """
    return max(FEW, articles // RARE)


def clearly_more(found: int, before: int) -> bool:
    """Return whether so many articles are worth leaving what was typed, which so few have.

    >>> clearly_more(1, 0), clearly_more(9, 1), clearly_more(20, 2), clearly_more(99, 3)
    (True, False, True, False)
    """
    if not before:
        return found > 0
    return found >= before * (TIMES if before < FEW else MANY_TIMES)


def changes(
    tree: Node, understood: Collection[str], sounding: Sounding, counts: Counts
) -> list[Change]:
    """Return what may have been meant, fewest edits first; no more than a few for each place."""
    found: dict[Change, None] = {}
    for at, (run, start, end, script) in enumerate(checked(_places(tree, counts.dictionary))):
        if at == MOST_PLACES:
            break
        text = run.text[start:end]
        if text not in understood:
            others = _latin if script is Script.LATIN else _han
            for other, edits in others(text, sounding, counts):
                found[Change(run, start, end, other, edits)] = None
    return sorted(found, key=lambda change: change.edits)


def whole(tree: Node) -> Node:
    """Return the tree with short Han runs that were cut asked for as they were typed.

    The words of 程序圆 are in many articles, 程序圆 itself is in none. The same object where there
    is no such run.
    """
    match tree:
        case Run(text, words) if len(words) > 1 and len(text) <= LONGEST_WORD:
            is_han = all(stretch.script is Script.HAN for stretch in runs(text))
            return Exact(text, words) if is_han else tree
        case And(children) | Or(children):
            parts = tuple(map(whole, children))
            same = all(one is other for one, other in zip(parts, children, strict=True))
            return tree if same else type(tree)(parts)
        case _:
            return tree


def _places(tree: Node, dictionary: Dictionary) -> Iterator[tuple[Run, int, int, Script]]:
    """Yield what may be misspelt: Latin terms, and Han words with those beside them."""
    for run in dict.fromkeys(_runs(tree)):
        for stretch in runs(run.text):
            if stretch.script is Script.LATIN:
                yield run, stretch.start, stretch.end, stretch.script
            elif stretch.script is Script.HAN:
                edges = [stretch.start]
                for word in cut(stretch.text, dictionary):
                    edges.append(edges[-1] + len(word))
                for at, start in enumerate(edges):
                    for end in edges[at + 1 :]:
                        if 2 <= end - start <= LONGEST_WORD:
                            yield run, start, end, stretch.script


def _runs(node: Node) -> Iterator[Run]:
    """Yield the runs of a tree without expansions that are in no field and not excluded."""
    match node:
        case Run():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _runs(child)
        case _:
            pass


def _latin(word: str, _: Sounding, counts: Counts) -> Iterator[tuple[str, int]]:
    letters = sum(map(str.isalpha, word))
    held = counts.articles(word) if letters >= SHORTEST_LATIN else counts.few
    if held >= counts.few or (held and letters < LONG_LATIN):
        return
    for number in (1, 2):
        found = [
            (other, number)
            for other in counts.alike(word, number)
            if _digits(other) == _digits(word)
            and (other[0] == word[0] or letters >= LONG_LATIN)
            and clearly_more(counts.articles(other), held)
        ]
        yield from found[:MOST_WORDS]
        if found or held:
            return


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _han(text: str, sounding: Sounding, counts: Counts) -> Iterator[tuple[str, int]]:
    if len(text) == 2 and counts.articles(text) >= counts.few:
        return
    looking, heard = looking_like(text, sounding), sounding_like(text, sounding)
    if not looking and not heard:
        return
    held = counts.articles(text)
    if held >= counts.few:
        return
    is_word = held > 0 or in_dictionary(text, counts.dictionary)
    for word in dict.fromkeys([*looking, *([] if is_word else heard)]):
        if clearly_more(counts.articles(word), held):
            yield word, edits(word, text)
