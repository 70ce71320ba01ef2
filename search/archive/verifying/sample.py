"""One string to be asked: a part of an article, typed in one of the ways a user might.

It is one that can be asked by the rule of `search.analysis.literal`: on one line, cutting no
stretch of letters or digits, with something to search for in it, and folded to what it came from.
Which stretches an end would cut is told here character by character, apart from that module.
"""

from dataclasses import dataclass
from random import Random

from search.analysis import Literal
from search.query import quoted
from search.text import Folded, Kind, fold
from search.text.characters import kind_of
from search.text.script import counterparts

LONGEST = 40  # characters of folded text, before ends that would cut a token are moved
LONGEST_QUERY = 1_000  # characters, as typed
FAR = 300  # characters that are looked through for a boundary, or added for a whole token

PLACES = ("anywhere", "start", "end", "boundary", "dropped")
_PLACE_WEIGHTS = (6, 1, 1, 4, 2)
FORMS = ("raw", "folded", "other script", "full width", "upper case")
_FORM_WEIGHTS = (5, 4, 3, 2, 1)

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@dataclass(frozen=True, slots=True)
class Text:
    """A title or body: the author's, and folded anew."""

    id: str
    field: str
    raw: str
    folded: Folded

    @classmethod
    def of(cls, article_id: str, field: str, raw: str) -> "Text":
        """Return an author's text with what it folds to now."""
        return cls(article_id, field, raw, fold(raw))


@dataclass(frozen=True, slots=True)
class Sample:
    """A string that was drawn, and where from."""

    typed: str
    literal: Literal
    id: str
    field: str
    offset: int  # in the author's text

    @property
    def query(self) -> str:
        """The quotation that asks for it."""
        return quoted(self.typed)


def draw(text: Text, chance: Random, at: int | None = None) -> Sample | None:
    """Return a string of `text`, around the folded character `at` if given; None for a bad draw."""
    folded = text.folded.text
    span = _span(text, chance, at)
    if span is None:
        return None
    start, end = _whole(folded, *span)
    literal = Literal.of(folded[start:end])
    if end - start > LONGEST + FAR or not literal.text:
        return None
    first, last = text.folded.offsets.raw_span(start, end)
    form = chance.choices(FORMS, _FORM_WEIGHTS)[0]
    for one in (form, "raw", "folded"):
        typed = _typed(one, text.raw[first:last], folded[start:end], chance)
        sample = Sample(typed, literal, text.id, text.field, first)
        if Literal.of(fold(typed).text) == literal and len(sample.query) <= LONGEST_QUERY:
            return sample
    return None


def _span(text: Text, chance: Random, at: int | None) -> tuple[int, int] | None:
    """Return which part of the folded text is meant, on one line; nothing where there is none."""
    folded = text.folded.text
    length = 1 + int(LONGEST * chance.random() ** 3)
    before = chance.randrange(length)
    place = chance.choices(PLACES, _PLACE_WEIGHTS)[0] if at is None else "rare"
    if at is None:
        at = _place(text, place, chance)
    if at is None or not 0 <= at < len(folded) or folded[at] == "\n":
        return None
    start = {"start": at, "end": at - length + 1}.get(place, at - before)
    start = max(0, start, folded.rfind("\n", 0, at) + 1)
    line_end = folded.find("\n", at)
    end = min(start + length, len(folded) if line_end < 0 else line_end)
    return start, max(end, at + 1)


def _place(text: Text, place: str, chance: Random) -> int | None:
    """Return a character of the folded text that a string shall hold."""
    folded = text.folded.text
    if place == "start":
        return len(folded) - len(folded.lstrip())
    if place == "end":
        return len(folded.rstrip()) - 1
    if place == "dropped":
        dropped = [edit for edit in text.folded.offsets.edits if edit.kind is not Kind.WIDTH]
        return chance.choice(dropped).start if dropped else None
    at = chance.randrange(len(folded)) if folded else None
    if place == "boundary" and at is not None:
        ends = range(at, min(at + FAR, len(folded) - 1))
        return next((e for e in ends if kind_of(folded[e]) != kind_of(folded[e + 1])), None)
    return at


def _whole(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without blanks at its ends, these moved outwards where they cut a token."""
    while start < end and folded[start].isspace():
        start += 1
    while start < end and folded[end - 1].isspace():
        end -= 1
    first, last = start - FAR, end + FAR
    while start > first and _cuts(folded, start):
        start -= 1
    while end < last and _cuts(folded, end):
        end += 1
    return start, end


def _cuts(folded: str, at: int) -> bool:
    """Return whether a cut before `at` parts letters, with their marks, or digits."""
    if not 0 < at < len(folded):
        return False
    left = at - 1
    while left > 0 and kind_of(folded[left]) == "MARK":
        left -= 1
    before, after = kind_of(folded[left]), kind_of(folded[at])
    if before == "LETTER":
        return after in ("LETTER", "MARK")
    return left == at - 1 and before == after == "DIGIT"


def _typed(form: str, raw: str, folded: str, chance: Random) -> str:
    """Return what is typed for a part of a text."""
    if form == "other script":
        others = [sorted(counterparts(one) - {one}) or [one] for one in folded]
        return "".join(map(chance.choice, others))
    if form == "full width":
        return folded.translate(_WIDE)
    if form == "upper case":
        return folded.upper()
    return raw if form == "raw" else folded
