"""The query tree with what else may stand for its words, each with the reason.

Only what is typed plainly and asked for is expanded: nothing quoted, nothing excluded. What the
expansions are worth is the engine's matter.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from search.analysis.dictionary import NONE, Dictionary
from search.deadline import check_deadline, checked
from search.query.leaves import words_of
from search.query.numbers import other_ways, ways_of_words
from search.query.pinyin import MOST_SYLLABLES, initials, syllable_ways, windows
from search.query.sounding import Sounding
from search.query.synonyms import Synonyms
from search.query.tree import And, Expanded, Expansion, In, Node, Or, Run
from search.text.regional import regional_words

KINDS = ("regional", "synonym", "number", "pinyin")

# What is a word of the archive as it stands is pinyin only from so many syllables on: `name` is not
# 那么 where articles speak of names; `changsanjiao` is 长三角 though one of them spells it so.
SURE_SYLLABLES = 3

_letters = re.compile("[a-z]+(?:['’-][a-z]+)*")


@dataclass(frozen=True)
class Expander:
    """What a query may be expanded by. Without `sounding` no pinyin is read."""

    kinds: Collection[str] = KINDS
    synonyms: Synonyms = field(default_factory=dict)
    sounding: Sounding | None = None
    dictionary: Dictionary = NONE  # by which the articles were cut

    def expand(self, tree: Node) -> Node:
        """Return the tree with its expansions; the same object where there are none."""
        check_deadline()
        match tree:
            case Run():
                found = tuple(dict.fromkeys(self._of_run(tree)))
                return replace(tree, expansions=(*tree.expansions, *found)) if found else tree
            case In(name, child):
                return In(name, self.expand(child))
            case Or(children):
                return Or(tuple(map(self.expand, children)))
            case And(children):
                return self._conjunction(children)
            case _:
                return tree

    def _of_run(self, run: Run) -> Iterator[Expansion]:
        texts = dict.fromkeys((*run.words, run.text))
        if "regional" in self.kinds:
            regional = regional_words()
            for text in texts:
                yield from self._stand_for(text, regional.get(text, ()), "regional")
        if "synonym" in self.kinds:
            for text in texts:
                yield from self._stand_for(text, self.synonyms.get(text, ()), "synonym")
        if "number" in self.kinds:
            ways = {**ways_of_words(run.text, run.words), run.text: other_ways(run.text)}
            for text, others in ways.items():
                yield from self._stand_for(text, others, "number")
        for word in checked(run.words):
            if _letters.fullmatch(word):
                yield from self._stand_for(word, self._sounding_as([word]), "pinyin")

    def _stand_for(self, text: str, others: Sequence[str], kind: str) -> Iterator[Expansion]:
        for other in others:
            if other != text:
                words = words_of(other, self.dictionary) if self.dictionary else ()
                yield Expansion(text, other, kind, words)

    def _conjunction(self, children: Sequence[Node]) -> Node:
        """Return what all children are asked of, those expanded together that are one in pinyin."""
        expanded = tuple(map(self.expand, children))
        parts: list[Node] = []
        at = 0
        for start, end, others in self._groups(children):
            group = " ".join(child.text for child in children[start:end] if isinstance(child, Run))
            found = tuple(self._stand_for(group, others, "pinyin"))
            parts += [*expanded[at:start], Expanded(And(expanded[start:end]), found)]
            at = end
        parts += expanded[at:]
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _groups(self, children: Sequence[Node]) -> list[tuple[int, int, list[str]]]:
        """Return which neighbours are pinyin together, in order and apart, and what they are."""
        found: list[tuple[int, int, list[str]]] = []
        for first, last in _latin_stretches(children):
            words = [child.text for child in children[first:last] if isinstance(child, Run)]
            for start, end in checked(windows(len(words))):
                start_at, end_at = first + start, first + end
                if any(start_at < other_end and end_at > other for other, other_end, _ in found):
                    continue
                others = self._sounding_as(words[start:end])
                if others:
                    found.append((start_at, end_at, others))
        return sorted(found)

    def _sounding_as(self, words: Sequence[str]) -> list[str]:
        """Return the Han words that are read as the Latin ones, or begin with their letters."""
        if self.sounding is None or "pinyin" not in self.kinds:
            return []
        text = " ".join(words)
        ways = [way for way in syllable_ways(text) if len(way) > 1]
        letters = initials(text) if not ways else ()
        if not ways and not letters:
            return []
        are_words = all(map(self.sounding.vocabulary.frequency, words))
        if are_words and (not ways or len(ways[0]) < SURE_SYLLABLES):
            return []
        if not ways:
            return self.sounding.by_initials(letters)
        # Almost any row of English words with vowels is some row of Chinese ones: `make a list`.
        return self.sounding.by_syllables(ways, phrases=not are_words)


def _latin_stretches(children: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Yield from where to where neighbours are runs of Latin syllables; no long texts."""
    start = 0
    for at in range(len(children) + 1):
        child = children[at] if at < len(children) else None
        if isinstance(child, Run) and _letters.fullmatch(child.text) and syllable_ways(child.text):
            continue
        if 2 <= at - start <= MOST_SYLLABLES:
            yield start, at
        start = at + 1
