"""Query string → lexemes: quoted texts, words, operators. Half and full width mean the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

# What opens a quotation, and what closes it. ASCII quotes close only by themselves, so that
# "他说“好”了" is one quotation.
CLOSING = {'"': '"＂', "＂": '"＂', "“": "”", "”": "”", "「": "」", "『": "』", "〝": "〞"}
_OPENING = "".join(CLOSING)
_MINUS = "-－−"
_MARKS = _OPENING + "".join(CLOSING.values())
_escaped = re.compile(rf"\\([{_MARKS}])")  # \" is the character, in a quotation and outside
_word = re.compile(rf"(?:\\[{_MARKS}]|[^\s{_OPENING}])+")
_EITHER = {"OR", "|", "｜", "ＯＲ"}
_EXCLUDE = {"NOT", "ＮＯＴ"}
_BOTH = {"AND", "ＡＮＤ"}


class Kind(Enum):
    """What a lexeme stands for."""

    WORD = "word"
    QUOTED = "quoted"
    OR = "or"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One part of the query string, unfolded."""

    kind: Kind
    text: str = ""


def lex(query: str, notes: list[str]) -> Iterator[Lexeme]:
    """Yield the lexemes of `query` in order, adding to `notes` what is not read as typed."""
    at = 0
    while at < len(query):
        character = query[at]
        if character.isspace():
            at += 1
        elif character in CLOSING:
            end = _closing(query, at)
            if end < 0:
                notes.append(f"the quotation mark {character} is not closed; it was left out")
                at += 1
                continue
            yield Lexeme(Kind.QUOTED, _unescaped(query[at + 1 : end]))
            at = end + 1
        elif character in _MINUS and _begins_a_word(query, at) and at + 1 < len(query):
            if not query[at + 1].isspace():
                yield Lexeme(Kind.NOT)
            at += 1
        else:
            match = _word.match(query, at)
            assert match is not None  # whatever is neither blank nor a quotation mark is a word
            yield _of_word(match[0])
            at = match.end()


def _of_word(word: str) -> Lexeme:
    if word in _EITHER:
        return Lexeme(Kind.OR)
    if word in _EXCLUDE:
        return Lexeme(Kind.NOT)
    return Lexeme(Kind.WORD, "" if word in _BOTH else _unescaped(word))


def _unescaped(text: str) -> str:
    return _escaped.sub(r"\1", text)


def _begins_a_word(query: str, at: int) -> bool:
    return at == 0 or query[at - 1].isspace()


def _closing(query: str, opening: int) -> int:
    """Return where the quotation that opens at `opening` closes, or -1; skips escaped marks."""
    closers = CLOSING[query[opening]]
    for at in range(opening + 1, len(query)):
        if query[at] in closers and query[at - 1] != "\\":
            return at
    return -1
