"""Query string → lexemes: words, quotations, brackets, fields, operators.

What belongs to text stays text. Four rules decide:

- A bracket opens a group only where a word could begin: `(a OR b)`, `-(a b)`, `title:(a b)`. One
  inside a word is text, and so is the one that closes it: `f(x)`, `f(x, y)`, 红楼梦（上）.
- A colon ends a field only behind one of the known names at a word's beginning, with the value at
  once behind it. 题目：中国, 12:30, 3:1, std::sort and https://… are words.
- A minus means without only at a word's beginning.
- Stars and tildes stay in the word; `search.query.leaves` decides what they mean there.

Half and full width mean the same. No nesting, nor number of signs, takes more than linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from search.messages import message
from search.query.signs import (
    BOTH,
    CLOSING,
    CLOSING_BRACKETS,
    COLONS,
    EITHER,
    ESCAPED,
    EXCLUDE,
    FIELDS,
    MINUS,
    OPENING_BRACKETS,
    TILDES,
    unescaped_quotation,
)
from search.text import fold

MAX_DEPTH = 32  # groups inside one another
_LONGEST_NAME = 2 * max(
    map(len, FIELDS)
)  # of a field; characters that fold to nothing may be in it

_brackets = OPENING_BRACKETS + CLOSING_BRACKETS
# What a word is made of but for brackets and colons, at which something may have to be decided.
_plain = re.compile(rf"(?:{ESCAPED}|[^\s{_brackets}{COLONS}{''.join(CLOSING)}])+")
_near = re.compile(rf"[{TILDES}](\d*)(?=\s|[{CLOSING_BRACKETS}]|\Z)").match


class Kind(Enum):
    """What a lexeme stands for."""

    WORD = "word"  # with its backslashes
    QUOTED = "quoted"
    NEAR = "near"  # a quotation with a distance
    FIELD = "field"  # a word, quotation or group always follows
    OPEN = "open"  # and what it opens is always closed, if only by the end
    CLOSE = "close"
    OR = "or"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One part of the query string, unfolded."""

    kind: Kind
    text: str = ""
    value: str = ""  # of a field what it means, of NEAR the number


class _Bracket(Enum):
    """What an open bracket is."""

    GROUP = "group"
    TEXT = "text"
    LEFT_OUT = "left out"


def lex(query: str, notes: list[str]) -> Iterator[Lexeme]:
    """Yield the lexemes of `query` in order, adding to `notes` what is not read as typed."""
    return _Lexer(query, notes).lexemes()


class _Lexer:
    def __init__(self, query: str, notes: list[str]) -> None:
        self._query = query
        self._notes = notes
        self._at = 0
        self._opened = 0  # where the text of the last group, or of the query, begins
        self._open: list[tuple[_Bracket, str]] = []
        self._depth = 0  # groups that are open
        self._field: Lexeme | None = None  # whose value has to follow
        self._unclosed: set[str] = set()  # marks that no other closes from here on

    def lexemes(self) -> Iterator[Lexeme]:
        while self._at < len(self._query):
            character = self._query[self._at]
            if character.isspace():
                yield from self._without_value()
                self._at += 1
            elif character in CLOSING:
                yield from self._quotation()
            elif character in OPENING_BRACKETS:
                yield from self._opening(character)
            elif character in CLOSING_BRACKETS:
                yield from self._closing(character)
            elif character in MINUS and self._is_minus():
                if not self._query[self._at + 1].isspace():
                    yield Lexeme(Kind.NOT)
                self._at += 1
            else:
                yield from self._word()
        yield from self._without_value()
        for bracket, character in reversed(self._open):
            if bracket is _Bracket.GROUP:
                self._note(
                    message(
                        "the bracket {character} is not closed; it was closed at the end",
                        character=character,
                    )
                )
                yield Lexeme(Kind.CLOSE)

    def _note(self, text: str) -> None:
        self._notes.append(text)

    def _is_minus(self) -> bool:
        at = self._at
        begins_a_word = at == self._opened or self._query[at - 1].isspace()
        return begins_a_word and self._field is None and at + 1 < len(self._query)

    def _without_value(self) -> Iterator[Lexeme]:
        """Yield a field before nothing as the word that it then is."""
        if self._field is not None:
            typed, self._field = self._field.text, None
            self._note(
                message("'{typed}' has nothing behind it; it was searched as text", typed=typed)
            )
            yield Lexeme(Kind.WORD, typed)

    def _with_field(self, value: Lexeme) -> Iterator[Lexeme]:
        if self._field is not None:
            yield self._field
            self._field = None
        yield value

    def _quotation(self) -> Iterator[Lexeme]:
        start = self._at
        mark = self._query[start]
        end = -1 if mark in self._unclosed else self._end_of_quotation(start)
        self._at = max(start, end) + 1
        if end < 0:
            self._unclosed.add(mark)
            self._note(
                message("the quotation mark {mark} is not closed; it was left out", mark=mark)
            )
            return
        text = unescaped_quotation(self._query[start + 1 : end])
        near = _near(self._query, self._at)
        if near is None:
            yield from self._with_field(Lexeme(Kind.QUOTED, text))
            return
        self._at = near.end()
        if near[1]:
            yield from self._with_field(Lexeme(Kind.NEAR, text, near[1]))
        else:
            self._note(message("'~' behind a quotation needs a number; it was left out"))
            yield from self._with_field(Lexeme(Kind.QUOTED, text))

    def _end_of_quotation(self, opening: int) -> int:
        """Return where the quotation that opens at `opening` closes, or -1; skips escaped marks."""
        closers = CLOSING[self._query[opening]]
        for at in range(opening + 1, len(self._query)):
            if self._query[at] in closers and self._query[at - 1] != "\\":
                return at
        return -1

    def _opening(self, character: str) -> Iterator[Lexeme]:
        """Yield the beginning of a group."""
        self._at += 1
        self._opened = self._at
        if self._depth == MAX_DEPTH:
            self._note(
                message(
                    "brackets more than {max_depth} deep are too many; the rest was left out",
                    max_depth=MAX_DEPTH,
                )
            )
            self._open.append((_Bracket.LEFT_OUT, character))
            return
        self._depth += 1
        self._open.append((_Bracket.GROUP, character))
        yield from self._with_field(Lexeme(Kind.OPEN))

    def _closing(self, character: str) -> Iterator[Lexeme]:
        """Yield the end of a group, or nothing for a bracket that ends none."""
        self._at += 1
        yield from self._without_value()
        if not self._open:
            self._note(
                message(
                    "the bracket {character} closes nothing; it was left out", character=character
                )
            )
        elif self._open.pop()[0] is _Bracket.GROUP:
            self._depth -= 1
            yield Lexeme(Kind.CLOSE)

    def _word(self) -> Iterator[Lexeme]:
        start = self._at
        end, is_field = self._end_of_word(start)
        self._at = end
        raw = self._query[start:end]
        if is_field:
            name = fold(raw[:-1]).text
            self._field = Lexeme(Kind.FIELD, raw, FIELDS[name])
        elif self._field is None and raw in EITHER:
            yield Lexeme(Kind.OR)
        elif self._field is None and raw in EXCLUDE:
            yield Lexeme(Kind.NOT)
        elif self._field is None and raw in BOTH:
            yield Lexeme(Kind.WORD)
        else:
            yield from self._with_field(Lexeme(Kind.WORD, raw))

    def _end_of_word(self, start: int) -> tuple[int, bool]:
        """Return where the word ends that begins at `start`, and whether it is a field's name."""
        query, at = self._query, start
        may_be_field = self._field is None
        while at < len(query):
            character = query[at]
            if character in COLONS:
                if may_be_field and self._is_name(start, at):
                    return at + 1, True
                may_be_field = False
            elif character in OPENING_BRACKETS:
                self._open.append((_Bracket.TEXT, character))
            elif character in CLOSING_BRACKETS:
                if self._open and self._open[-1][0] is not _Bracket.TEXT:
                    break
                if self._open:
                    self._open.pop()
                else:
                    self._note(
                        message(
                            "the bracket {character} closes nothing; it was read as text",
                            character=character,
                        )
                    )
            elif (plain := _plain.match(query, at)) is not None:
                at = plain.end()
                continue
            else:
                break
            at += 1
        return at, False

    def _is_name(self, start: int, end: int) -> bool:
        """Return whether the word up to a colon is a field's name."""
        return end - start <= _LONGEST_NAME and fold(self._query[start:end]).text in FIELDS
