"""A word or a quotation → the leaves of the tree that it stands for, by the field it is in.

Stars and tildes mean something at the end of a word only, and only behind letters or digits:

- `x*` with two or more letters or digits is a prefix. Behind Han it asks for the text itself, which
  is found inside longer words anyway. `C*`, `2*3` and `*x` are text, with a note.
- `x~`, `x~1` and `x~2` are fuzzy, as far as `Fuzzy.allowed` says. `3~5`, `~/bin` and `a~b` are
  text; a tilde behind Han is left out with a note.
- `"a b"~5` is near: its parts are parted by blanks, or are the words of a text without any.

Signs without a letter, digit or character of Chinese are looked for in quotations and behind
`exact:`; elsewhere, and among what is near, they count for nothing.

In the value of `author:`, `source:`, `format:`, `date:` and `exact:` none of them means anything.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.analysis import MOST_NEAR, Literal
from search.analysis.cutting import cut
from search.analysis.dictionary import NONE, Dictionary
from search.analysis.runs import Run as Stretch
from search.analysis.runs import Script, alnums, runs
from search.messages import message
from search.query.dates import dated
from search.query.lexer import Kind, Lexeme
from search.query.signs import STARS, TILDES, unescaped_word
from search.query.tree import (
    SPELLING,
    Exact,
    Expansion,
    Fuzzy,
    Held,
    Near,
    Node,
    Original,
    Prefix,
    Run,
)
from search.text import fold
from search.text.characters import kind_of
from search.text.gloss import drop_glosses
from search.text.spellings import spelt_otherwise, spelt_usually

SHORTEST_PREFIX = 2  # letters and digits; one begins a large share of all tokens
MAX_DISTANCE = 100  # of texts that are near each other
LONGEST_SHOWN = 40  # characters of the query in a note

_HELD = "\ud800"  # a blank inside a word; no text holds it

_star = re.compile(rf"(?<!\\)[{STARS}]").search
_fuzzy = re.compile(rf"(.+)(?<!\\)[{TILDES}](\d?)", re.DOTALL).fullmatch


def leaves_of(
    lexeme: Lexeme, field: str, notes: list[str], dictionary: Dictionary = NONE
) -> Sequence[Node]:
    """Return what a word or quotation asks for in `field`, "" for none; all of it has to be there.

    Nothing when it holds nothing to search for. What is not read as typed is added to `notes`.
    `dictionary` is the one by which the articles were cut.
    """
    return _Leaves(notes, dictionary).of(lexeme, field)


def words_of(folded: str, dictionary: Dictionary = NONE) -> tuple[str, ...]:
    """Return the words of folded text as a query asks for them: Latin terms only whole.

    >>> words_of("长三角bim+gis")
    ('长三角', 'bim+gis')
    """
    found: dict[str, None] = {}
    at = 0
    for (start, end), word in dictionary.mixed_apart(folded) if dictionary.mixed else ():
        found.update(dict.fromkeys(_cut(runs(folded[at:start]), dictionary)))
        found[word] = None
        at = end
    found.update(dict.fromkeys(_cut(runs(folded[at:]), dictionary)))
    return tuple(found)


def without_glosses(text: str) -> str:
    """Return `text` without glosses, and without those that are there once others are gone."""
    while (plain := drop_glosses(text)[0]) != text:
        text = plain
    return text


class _Leaves:
    """Makes leaves; adds to `notes` what is not read as typed."""

    def __init__(self, notes: list[str], dictionary: Dictionary) -> None:
        self._notes = notes
        self._dictionary = dictionary

    def of(self, lexeme: Lexeme, field: str) -> Sequence[Node]:
        quoted = lexeme.kind is not Kind.WORD
        text = lexeme.text if quoted else unescaped_word(lexeme.text)
        if field:
            if lexeme.kind is Kind.NEAR:
                self._notes.append(
                    message(
                        "'~{value}' counts in title and body only; it was left out",
                        value=_shown(lexeme.value),
                    )
                )
            return self._of_field(text, field, quoted)
        if lexeme.kind is Kind.NEAR:
            return self._near(text, lexeme.value)
        if quoted:
            return self._exact(fold(_on_one_line(text)).text)
        if self._dictionary.mixed and Literal.of(fold(text).text).text in self._dictionary.mixed:
            return self._runs(fold(text).text)  # a star or tilde in it is its own
        if _star(lexeme.text):
            return self._starred(lexeme.text)
        if (fuzzy := _fuzzy(lexeme.text)) is not None:
            return self._with_tilde(text, unescaped_word(fuzzy[1]), fuzzy[2])
        return self._runs(fold(text).text)

    def _of_field(self, text: str, field: str, quoted: bool) -> Sequence[Node]:
        """Return what a value asks for: of a date, the original characters, or a column."""
        value = without_glosses(text).strip()
        if field == "date":
            if (found := dated(fold(value).text)) is not None:
                return [found]
            if value:
                self._notes.append(
                    message(
                        "'{value}' is no date such as 2024-06-28; it was searched as text",
                        value=_shown(value),
                    )
                )
            return self._exact(fold(value).text) if quoted else self._runs(fold(value).text)
        if field == "exact":
            value = _on_one_line(value)
            return [Original(value, exact) for exact in self._exact(fold(value).text)]
        return [Held(field, value)] if value else []

    def _exact(self, folded: str) -> list[Exact]:
        text = Literal.of(folded).text
        return [Exact(text, words_of(text, self._dictionary))] if text else []

    def _runs(self, folded: str) -> list[Run]:
        """Return the runs of folded text: what blanks part, punctuation at the ends taken off."""
        return [
            self._run(text, words_of(text, self._dictionary))
            for part in self._parted(spelt_usually(folded))
            if (text := self._bare(part))
        ]

    def _parted(self, text: str) -> list[str]:
        """Return what blanks part, but for those inside words of the dictionary."""
        if not self._dictionary.has_spaced:
            return text.split()
        held = list(text)
        for (start, end), _ in self._dictionary.mixed_apart(text):
            held[start:end] = (_HELD if one.isspace() else one for one in text[start:end])
        return [part.replace(_HELD, " ") for part in "".join(held).split()]

    def _bare(self, part: str) -> str:
        """Return a part without punctuation at its ends that belongs to no word."""
        spans = [(run.start, run.end) for run in runs(part)]
        if self._dictionary.mixed:
            spans += [span for span, _ in self._dictionary.mixed_apart(part)]
        return part[min(spans)[0] : max(end for _, end in spans)] if spans else ""

    def _run(self, text: str, words: tuple[str, ...]) -> Run:
        """Return a run, for whose words their other spelling will do."""
        ways = {one: spelt_otherwise(one) for one in (*words, text)}
        return Run(
            text,
            words,
            expansions=tuple(
                Expansion(one, other, SPELLING) for one, other in ways.items() if other != one
            ),
        )

    def _starred(self, raw: str) -> Sequence[Node]:
        """Return what a word asks for that has stars in it, which count only at its end."""
        typed = unescaped_word(raw)
        base = raw.rstrip(STARS)
        if base.endswith("\\"):
            base = raw[: len(base) + 1]
        if base in ("", raw) or _star(base):
            found = self._runs(fold(typed).text)
            outcome = message("searched as text") if found else message("left out")
            self._notes.append(
                message(
                    "a star counts only at the end of a word; '{typed}' was {outcome}",
                    typed=_shown(typed),
                    outcome=outcome,
                )
            )
            return found
        *before, last = fold(unescaped_word(base)).text.split() or [""]
        begun = [run for part in before for run in self._runs(part)]
        stretches = list(runs(last))
        if not stretches:
            return begun
        if stretches[-1].script is not Script.LATIN:
            return [*begun, *self._exact(last[stretches[0].start : stretches[-1].end])]
        if len(stretches[-1].text) < SHORTEST_PREFIX:
            self._notes.append(
                message(
                    "one character is no prefix; '{typed}' was searched as text",
                    typed=_shown(typed),
                )
            )
            return [*begun, *self._runs(last)]
        return [*begun, *self._runs(last[: stretches[-1].start]), Prefix(stretches[-1].text)]

    def _with_tilde(self, typed: str, base: str, edits: str) -> Sequence[Node]:
        """Return what a word asks for that ends in a tilde and perhaps a digit."""
        folded = fold(base).text
        stretches = list(runs(folded))
        if any(stretch.script is not Script.LATIN for stretch in stretches):
            self._notes.append(
                message(
                    "only letters can be fuzzy; '{typed}' was searched as it stands",
                    typed=_shown(typed),
                )
            )
            return self._runs(fold(typed).text if edits else folded)
        if not any(kind_of(character) == "LETTER" for character in folded) or len(stretches) != 1:
            return self._runs(fold(typed).text)
        number = int(edits or 1)
        fuzzy = Fuzzy(stretches[0].text, number)
        if number and not fuzzy.allowed:
            self._notes.append(
                message(
                    "so few letters are not fuzzy; '{typed}' was searched as text",
                    typed=_shown(typed),
                )
            )
        elif number > fuzzy.allowed:
            most = message("at most {allowed} of its letters may differ", allowed=fuzzy.allowed)
            self._notes.append(
                message("{most}; '{typed}' was searched so", most=most, typed=_shown(typed))
            )
        return [replace(fuzzy, edits=fuzzy.allowed)] if fuzzy.allowed else self._runs(folded)

    def _near(self, text: str, distance: str) -> Sequence[Node]:
        """Return what a quotation with a distance asks for; one of a single part asks for that."""
        folded = fold(text).text
        blanked = folded.split()
        texts = blanked if len(blanked) > 1 else words_of(folded, self._dictionary)
        found = dict.fromkeys(part for one in texts for part in self._exact(one))
        parts = [part for part in found if part.whole.searchable]  # signs have no distance
        if len(parts) < 2:
            self._notes.append(
                message(
                    "'~{distance}' needs two words before it; it was left out",
                    distance=_shown(distance),
                )
            )
            return self._exact(folded)
        if len(parts) > MOST_NEAR:
            self._notes.append(
                message(
                    "more than {most_near} words cannot be near; the rest was left out",
                    most_near=MOST_NEAR,
                )
            )
        # A number of more digits than this is not worth reading, and a thousand of them cost time.
        number = int(distance) if len(distance) <= 4 else MAX_DISTANCE + 1
        if number > MAX_DISTANCE:
            self._notes.append(
                message(
                    "near is {max_distance} at most; '~{distance}' was read so",
                    max_distance=MAX_DISTANCE,
                    distance=_shown(distance),
                )
            )
        return [Near(tuple(parts[:MOST_NEAR]), min(number, MAX_DISTANCE))]


def _on_one_line(text: str) -> str:
    """Return a quotation without line ends, as what layout cut in two is copied from a page.

    Nothing matches across a line end that is real. So one beside Chinese stands for nothing, as
    where lines are joined (`search.text.layout`), one within Latin for a blank.
    """
    lines = text.splitlines()
    if len(lines) < 2:
        return text
    joined = ""
    for line in filter(None, map(str.strip, lines)):
        blank = " " if joined and _is_narrow(joined[-1]) and _is_narrow(line[0]) else ""
        joined += blank + line
    return joined


def _is_narrow(character: str) -> bool:
    """Return whether a character is of no Chinese text."""
    return character.isascii() or kind_of(character) in ("LETTER", "DIGIT", "MARK")


def _shown(text: str) -> str:
    """Return text as a note shows it: on one line, and not too long for it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


def _cut(stretches: Iterable[Stretch], dictionary: Dictionary) -> list[str]:
    """Return the words of runs; Latin terms whole, but for those that are kept apart."""
    found: list[str] = []
    for run in stretches:
        if run.script is Script.HAN:
            found += cut(run.text, dictionary)
        elif run.text in dictionary.apart:
            found += [part.text for part in alnums(run.text)]
        else:
            found.append(run.text)
    return found
