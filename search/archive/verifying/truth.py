"""Which articles hold a string: looked for in their folded texts, many joined at a time.

Strings of Han, kana and Hangul alone with a plain `find`. Of others the longest stretch is found
so, and then the rule of `Literal` decides text by text. No string goes beyond a line, so none is
found where two texts meet.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from search.analysis import Literal
from search.analysis.literal import stretches


class Texts:
    """The folded texts of a batch, title and body of each article side by side."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.keys: list[int] = []  # of the article that each text is of
        self.size = 0

    def add(self, key: int, texts: Sequence[str]) -> None:
        """Add the texts of one more article, whose number is higher than those before."""
        self.texts += texts
        self.keys += [key] * len(texts)
        self.size += sum(map(len, texts))

    def joined(self) -> tuple[str, list[int]]:
        """Return all texts, a line end between each two, and where each begins."""
        starts, at = [], 0
        for text in self.texts:
            starts.append(at)
            at += len(text) + 1
        return "\n".join(self.texts), starts


class StringTruth:
    """For each of some strings, the articles that hold it."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self._held = {literal: array("I") for literal in literals}
        self._rows = [(literal, *_needle(literal)) for literal in self._held]

    def look(self, batch: Texts) -> None:
        """Take note of what one more batch holds."""
        text, starts = batch.joined()
        starts.append(len(text) + 1)
        present = set(text)
        for literal, needle, is_plain in self._rows:
            if present.issuperset(needle):
                self._find(literal, needle, is_plain, text, starts, batch)

    def holders(self, literal: Literal) -> "array[int]":
        """Return the articles that hold a string, rising."""
        return self._held[literal]

    def _find(
        self,
        literal: Literal,
        needle: str,
        is_plain: bool,
        text: str,
        starts: Sequence[int],
        batch: Texts,
    ) -> None:
        held = self._held[literal]
        at = text.find(needle)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            key = batch.keys[number]
            is_there = is_plain or literal.is_in(batch.texts[number])
            number += 1
            if is_there:
                held.append(key)
                while number < len(batch.keys) and batch.keys[number] == key:
                    number += 1
            at = text.find(needle, starts[number])


def _needle(literal: Literal) -> tuple[str, bool]:
    """Return what every text with a string holds as it stands, and whether that says it all."""
    parts = [(len(part), part, kind) for kind, part in stretches(literal.text) if kind != "GAP"]
    _, part, kind = max(parts)
    return part, part == literal.text and kind == "CJK"
