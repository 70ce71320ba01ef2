r"""Query tree → query string that parses back to the same tree.

That holds for every tree that `parse` makes without `any_word`, of whose groups, written out, no
more than MAX_DEPTH lie inside one another. What the parser never makes is written as what answers
it: expansions are left out, since they are made anew, and a run of which any word will do is
written as its words with OR between.
"""

import re

from search.query.leaves import without_glosses
from search.query.signs import (
    CLOSING_BRACKETS,
    COLONS,
    FIELDS,
    MARKS,
    OPENING_BRACKETS,
    STARS,
    TILDES,
    wide_backslashes,
)
from search.query.tree import (
    And,
    Dated,
    Exact,
    Expanded,
    Fuzzy,
    Held,
    In,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Run,
)

_brackets = OPENING_BRACKETS + CLOSING_BRACKETS
# Signs of which each means something in a word: marks and stars anywhere, a tilde before its end.
_signs_of_words = re.compile(rf"[{MARKS}{STARS}]|[{TILDES}](?=\d?\Z)")
_bracket = re.compile(rf"[{_brackets}]")
_field = re.compile(rf"({'|'.join(FIELDS)})(?=[{COLONS}])")
# In quotations: the marks that close, and any that a backslash stands before.
_mark = re.compile(rf"[\"＂]|(?<=\\)[{MARKS}]")
_simple_value = re.compile(r"[^\W_]+").fullmatch


def printed(tree: Node) -> str:
    """Return the query that asks for `tree`.

    >>> from search.query.parser import parse
    >>> printed(parse("標題：（算力 ｜ 芯片） －上海").tree)
    'title:(算力 OR 芯片) -上海'
    """
    match tree:
        case Or(children):
            return " OR ".join(_operand(c) if isinstance(c, Or) else printed(c) for c in children)
        case And(children):
            return " ".join(map(_operand, children))
        case Expanded(child, _):
            return printed(child)
        case Run(_, words, any_word=True):
            return " OR ".join(map(_word, words))
        case Not(child):
            return f"-{_group(child) if isinstance(child, Not) else _operand(child)}"
        case In(field, child):
            return f"{field}:{_operand(child) if _is_plain(child) else _group(child)}"
        case Dated(since, until):
            return f"date:{since}" if since == until else f"date:{since}..{until}"
        case Held(name, value):
            return f"{name}:{value if _simple_value(value) else quoted(value)}"
        case Run(text):
            return _word(text)
        case Exact(text):
            return quoted(_protected(text))
        case Original(text, _):
            return f"exact:{quoted(text)}"
        case Prefix(text):
            return f"{_word(text)}*"
        case Fuzzy(text, edits):
            return f"{_word(text)}~{'' if edits == 1 else edits}"
        case Near(parts, distance):
            return f"{quoted(_protected(' '.join(part.text for part in parts)))}~{distance}"


def _operand(node: Node) -> str:
    """Return a node as it stands beside others, in brackets where it needs them."""
    match node:
        case And() | Or() | Run(any_word=True):
            return _group(node)
        case Expanded(child, _):
            return _operand(child)
        case _:
            return printed(node)


def _is_plain(node: Node) -> bool:
    """Return whether a node is a word or quotation, which a field takes without brackets."""
    return isinstance(node, (Run, Exact, Prefix, Fuzzy, Near))


def _group(node: Node) -> str:
    return f"({printed(node)})"


def _word(folded: str) -> str:
    """Return folded text without blanks as a word that means nothing but itself."""
    text = _signs_of_words.sub(r"\\\g<0>", _protected(folded))
    text = _field.sub(r"\1\\", text, count=1) if _field.match(text) else text
    closed = text + ")" * _unclosed(text)  # what was taken off as punctuation at the end
    is_itself = _unclosed(closed) == 0 and without_glosses(closed) == closed
    return closed if is_itself else _bracket.sub(r"\\\g<0>", text)


def quoted(text: str) -> str:
    """Return text as a quotation; a blank keeps a last backslash from the closing mark."""
    blank = " " if text.endswith("\\") else ""
    return f'"{_mark.sub(_escape, text)}{blank}"'


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _protected(folded: str) -> str:
    """Return text that folds to `folded` and has neither glosses nor escapes in it."""
    if without_glosses(folded) != folded:
        folded = folded.replace("(", "﹙")
    return wide_backslashes(folded)


def _unclosed(text: str) -> int:
    """Return how many brackets a word leaves open, or -1 when it closes one that is not open."""
    depth = 0
    for character in text:
        depth += (character in OPENING_BRACKETS) - (character in CLOSING_BRACKETS)
        if depth < 0:
            return -1
    return depth
