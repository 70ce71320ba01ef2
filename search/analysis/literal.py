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

from search.analysis.grams import head
from search.analysis.runs import elements
from search.text import Span
from search.text.characters import CJK, DIGIT, LETTER, MARKS

_tight = re.compile(rf"(?<=[{CJK}])[^\S\n]+(?={LETTER}|{DIGIT})|(?<=[^\W_])[^\S\n]+(?=[{CJK}])")
_part = re.compile(rf"(?P<CJK>[{CJK}]+)|(?P<LETTERS>{LETTER}+)|(?P<DIGITS>{DIGIT}+)|(?P<GAP>\s+)|.")
_GAP = r"[^\S\n]"
_BEFORE = {"LETTERS": rf"(?<![^\W\d_{CJK}])(?<![{MARKS}])", "DIGITS": rf"(?<!{DIGIT})"}
_AFTER = {"LETTERS": rf"(?!{LETTER}|[{MARKS}])", "DIGITS": rf"(?!{DIGIT})"}


@dataclass(frozen=True)
class Literal:
    """A folded string that a text either contains, as text, or does not."""

    text: str

    @classmethod
    def of(cls, folded: str) -> "Literal":
        """Return the literal of `folded` with the spaces that count for nothing taken out."""
        return cls(_tight.sub("", " ".join(folded.split())))

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
        return len(stretch) <= 2 if is_cjk else head(stretch) == stretch

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
            yield match.span()


def _pattern_parts(text: str) -> Iterator[str]:
    """Yield the parts of the regular expression that finds `text` by the rule of this module."""
    parts = [(match.lastgroup or "", match[0]) for match in _part.finditer(text)]
    yield _BEFORE.get(parts[0][0], "") if parts else ""
    before = ""
    for kind, part in parts:
        if before and {before, kind} & {"CJK"} and {before, kind} & {"LETTERS", "DIGITS"}:
            yield f"{_GAP}*"
        yield f"{_GAP}+" if kind == "GAP" else re.escape(part)
        before = kind
    yield _AFTER.get(before, "")
