"""Where a passage of folded text may begin or end: never inside a word of letters or a number."""

import re
from collections.abc import Callable

from search.analysis.runs import JOINTS
from search.text.characters import DIGIT, LETTER, MARKS

LONGEST_TOKEN = 80  # characters; what is longer is no word but a key or an address without end

_part = re.compile(rf"{LETTER}|{DIGIT}|[{MARKS}]").match
_digit = re.compile(DIGIT).match
_joint = re.compile(f"[{JOINTS}]").match


def parts_token(text: str, at: int) -> bool:
    """Return whether a cut before `at` parts letters and digits that are read as one.

    >>> [parts_token("用node.js和c++", at) for at in (1, 5, 6, 8, 10)]
    [False, True, True, False, True]
    """
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if _part(left) and _part(right):
        return True
    if right in "+#" and (_part(left) or left == right):  # c++, c#
        return True
    if left == "," or right == ",":  # 10,000
        return _is_between(_digit, text, at if right == "," else at - 1)
    joint = at if _joint(right) else at - 1
    return _joint(text[joint]) is not None and _is_between(_part, text, joint)


def token_edge(text: str, at: int, forward: bool) -> int:
    """Return the nearest place from `at` on, or back, where a cut parts no token."""
    moved = at
    while parts_token(text, moved):
        moved += 1 if forward else -1
        if abs(moved - at) > LONGEST_TOKEN:
            return at
    return moved


def _is_between(matches: Callable[[str], object], text: str, at: int) -> bool:
    """Return whether the character at `at` has one that `matches` on either side."""
    return bool(at > 0 and matches(text[at - 1]) and matches(text[at + 1 : at + 2]))
