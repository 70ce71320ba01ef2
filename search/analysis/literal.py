"""A string to be found as text: the grams that any text with it must hold, and where it stands.

The rule of what counts as found, which `search verify` uses too: the characters stand in the folded
text one after another; an end of the string may not cut a stretch of letters or digits (`is` is not
in `this`, `5` is not in `15`); spaces between Han, kana, Hangul and letters or digits count for
nothing; other spaces match any spaces of one line. Nothing matches across a line end that is real.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from search.analysis.grams import LONGEST_UNIT, head
from search.analysis.runs import elements
from search.text import Span
from search.text.characters import CJK, DIGIT, LETTER, MARKS

_part = re.compile(
    rf"(?P<CJK>[{CJK}]+)|(?P<LETTERS>{LETTER}+)|(?P<DIGITS>{DIGIT}+)|(?P<MARKS>[{MARKS}]+)"
    r"|(?P<GAP>\s+)|."
)
_GAP = r"[^\S\n]"
# Marks that belong to no letter, as of a keycap, may stand before: they are not of this stretch.
_NO_LETTER_BEFORE = rf"(?<![^\W\d_{CJK}])(?<![{MARKS}])[{MARKS}]*"
_BEFORE = {
    "LETTERS": _NO_LETTER_BEFORE,
    "MARKS": _NO_LETTER_BEFORE,
    "DIGITS": rf"(?<!{DIGIT})",
}
_AFTER = {"LETTERS": rf"(?!{LETTER}|[{MARKS}])", "DIGITS": rf"(?!{DIGIT})"}


@dataclass(frozen=True)
class Literal:
    """A folded string that a text either contains, as text, or does not."""

    text: str

    @classmethod
    def of(cls, folded: str) -> "Literal":
        """Return the literal of `folded` with the spaces that count for nothing taken out."""
        parts = stretches(" ".join(folded.split()))
        kinds = [kind for kind, _ in parts]
        kept = (
            part
            for at, (kind, part) in enumerate(parts)
            if kind != "GAP" or not _spaces_are_free(kinds[at - 1], kinds[at + 1])
        )
        return cls("".join(kept))

    @cached_property
    def searchable(self) -> bool:
        """Whether it holds anything that is indexed: a character, a letter or a digit."""
        return any(True for _ in elements(self.text))

    @cached_property
    def grams(self) -> tuple[str, ...]:
        """The terms that every text with this string holds, each once; see also `prefixes`."""
        required: dict[str, None] = {}
        for stretch, _, is_cjk in elements(self.text):
            if not is_cjk:
                required[head(stretch)] = None
            for at in range(len(stretch) - 1 if is_cjk else 0):
                required[stretch[at : at + 2]] = None
        return tuple(required)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Single characters of which the texts must hold some term that begins with it."""
        return tuple({s: None for s, _, is_cjk in elements(self.text) if is_cjk and len(s) == 1})

    @cached_property
    def decided_by_terms(self) -> bool:
        """Whether holding the terms is the same as holding the string, so no text need be read."""
        found = list(elements(self.text))
        if len(found) != 1 or found[0][0] != self.text:
            return False
        stretch, _, is_cjk = found[0]
        # A unit of that length may be the head of a longer one.
        return len(stretch) <= 2 if is_cjk else len(stretch) < LONGEST_UNIT

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("".join(_pattern_parts(self.text)))

    @cached_property
    def _is_plain(self) -> bool:
        found = list(elements(self.text))
        return len(found) == 1 and found[0][2] and found[0][0] == self.text

    def is_in(self, folded: str) -> bool:
        """Return whether the folded text holds this string."""
        if self._is_plain:
            return self.text in folded
        return self._pattern.search(folded) is not None

    def spans(self, folded: str) -> Iterator[Span]:
        """Yield where this string stands in the folded text, without overlaps, in order."""
        for match in self._pattern.finditer(folded):
            yield match.span("found")


def stretches(text: str) -> list[tuple[str, str]]:
    """Return the stretches of one kind that make up `text`, each as (kind, stretch).

    Kinds are CJK, LETTERS, DIGITS, MARKS, GAP, and "" for any other character.
    """
    return [(match.lastgroup or "", match[0]) for match in _part.finditer(text)]


def _spaces_are_free(before: str, after: str) -> bool:
    """Return whether spaces between stretches of these kinds count for nothing."""
    other = {"LETTERS", "DIGITS"}
    return (before == "CJK" and after in other) or (before in other and after == "CJK")


def _pattern_parts(text: str) -> Iterator[str]:
    """Yield the parts of the regular expression that finds `text` by the rule of this module."""
    parts = stretches(text)
    yield _BEFORE.get(parts[0][0], "") if parts else ""
    yield "(?P<found>"
    before = ""
    for kind, part in parts:
        if _spaces_are_free(before, kind):
            yield f"{_GAP}*"
        yield f"{_GAP}+" if kind == "GAP" else re.escape(part)
        before = kind
    yield ")"
    yield _AFTER.get(before, "")
