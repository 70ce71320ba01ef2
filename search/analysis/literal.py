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
from search.deadline import check_deadline
from search.text import Span
from search.text.characters import CJK, DIGIT, LETTER, MARKS, kind_of

_STRETCHES = {"CJK": "CJK", "LETTER": "LETTERS", "DIGIT": "DIGITS", "MARK": "MARKS"}
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
        """Whether it holds anything that is indexed: a character, a letter or a digit.

        One that holds none, signs alone, is found by looking through texts.
        """
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
    def lets_blanks_in(self) -> bool:
        """Whether it is found where blanks stand in it that its text need not have."""
        return len(self._pieces) > 1

    def is_in(self, folded: str) -> bool:
        """Return whether the folded text holds this string."""
        if self.is_plain:
            return self.text in folded
        return next(self._found(folded), None) is not None

    def spans(self, folded: str) -> list[Span]:
        """Return where this string stands in the folded text, without overlaps, in order."""
        if not self.is_plain:
            return list(self._found(folded))
        length = len(self.text)
        end = 0
        # A fifth of the time that `find` takes for 的, which stands 150 times in an article.
        between = folded.split(self.text)
        del between[-1]
        return [(start := end + len(part), end := start + length) for part in between]

    def every_span(self, folded: str) -> list[Span]:
        """Return where this string stands in the folded text, those too that overlap, in order."""
        if not self.is_plain:
            return list(self._found(folded, overlapping=True))
        found = []
        start = folded.find(self.text)
        while start >= 0:
            found.append((start, start + len(self.text)))
            start = folded.find(self.text, start + 1)
        return found

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is found wherever its characters stand: no end of it can cut a token.

        So are strings of Han, kana, Hangul and signs, without spaces.
        """
        found = list(elements(self.text))
        if len(found) == 1 and found[0][2] and found[0][0] == self.text:
            return True  # as most are
        return bool(self.text) and {kind for kind, _ in self._parts} <= {"CJK", ""}

    @property
    def head(self) -> str:
        """What it begins with: so much stands in one piece wherever it stands."""
        return self._pieces[0][0]

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        return stretches(self.text)

    @cached_property
    def _pieces(self) -> list[tuple[str, bool]]:
        """What stands unbroken, each with whether a space before it is needed, not only let in."""
        pieces = [("", False)]
        before = ""
        for kind, part in self._parts:
            if kind == "GAP":
                pieces.append(("", True))
            elif _spaces_are_free(before, kind):
                pieces.append((part, False))
            else:
                pieces[-1] = (pieces[-1][0] + part, pieces[-1][1])
            before = kind
        return pieces

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("".join(_pattern_parts(self.text)))

    def _found(self, folded: str, overlapping: bool = False) -> Iterator[Span]:
        """Yield the spans of a string that is not plain; the regular expression says the rule.

        Compiling one takes as long as looking through an article, and without a literal beginning
        it looks at every character, so only what begins oddly is left to it.
        """
        kinds = [kind for kind, _ in self._parts]
        if not kinds or kinds[0] in ("MARKS", "GAP") or kinds[-1] == "GAP":
            at = 0
            while match := self._pattern.search(folded, at):
                start, end = match.span("found")
                yield start, end
                at = start + 1 if overlapping else max(end, start + 1)
            return
        (head, _), *tail = self._pieces
        reach = 0
        start = folded.find(head)
        while start >= 0:
            check_deadline()
            end = _end_of(tail, folded, start + len(head))
            if (
                end >= 0
                and _is_clear_before(kinds[0], folded, start, reach)
                and _is_clear_after(kinds[-1], folded, end)
            ):
                yield start, end
                if not overlapping:
                    reach = end
                    start = folded.find(head, end)
                    continue
            start = folded.find(head, start + 1)


def _end_of(pieces: list[tuple[str, bool]], folded: str, at: int) -> int:
    """Return where the pieces end that stand from `at` on, or -1."""
    for piece, needs_space in pieces:
        before = at
        while folded[at : at + 1].isspace() and folded[at] != "\n":
            at += 1
        if (needs_space and at == before) or not folded.startswith(piece, at):
            return -1
        at += len(piece)
    return at


def _is_clear_before(kind: str, folded: str, start: int, reach: int) -> bool:
    """Return whether what begins with `kind` may begin at `start`, cutting nothing before it."""
    if kind == "DIGITS":
        return start == 0 or kind_of(folded[start - 1]) != "DIGIT"
    if kind != "LETTERS":
        return True
    at = start
    while at and kind_of(folded[at - 1]) == "MARK":
        at -= 1
    # Marks are looked back over as far as the match before, of which they may be a part.
    return at >= reach and (at == 0 or kind_of(folded[at - 1]) != "LETTER")


def _is_clear_after(kind: str, folded: str, end: int) -> bool:
    """Return whether what ends with `kind` may end at `end`, cutting nothing after it."""
    if end == len(folded):
        return True
    if kind == "DIGITS":
        return kind_of(folded[end]) != "DIGIT"
    return kind != "LETTERS" or kind_of(folded[end]) not in ("LETTER", "MARK")


def stretches(text: str) -> list[tuple[str, str]]:
    """Return the stretches of one kind that make up `text`, each as (kind, stretch).

    Kinds are CJK, LETTERS with their marks, DIGITS, MARKS, GAP, and "" for any other character.
    """
    parts: list[tuple[str, str]] = []
    for character in text:
        kind = _STRETCHES.get(kind_of(character), "GAP" if character.isspace() else "")
        before = parts[-1][0] if parts else ""
        if kind == "MARKS" and before == "LETTERS":
            kind = before
        if kind and kind == before:
            parts[-1] = (kind, parts[-1][1] + character)
        else:
            parts.append((kind, character))
    return parts


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
