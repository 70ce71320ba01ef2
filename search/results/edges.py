"""Where a passage of folded text may begin or end: never inside a word of letters or a number."""

from collections.abc import Set

from search.analysis.runs import JOINTS
from search.text.characters import kind_of

LONGEST_TOKEN = 80  # characters; what is longer is no word but a key or an address without end

_PART = {"LETTER", "DIGIT", "MARK"}
_SIGNS = {",", *JOINTS.replace("\\", "")}  # those that may stand inside a token


def parts_token(text: str, at: int) -> bool:
    """Return whether a cut before `at` parts letters and digits that are read as one.

    >>> [parts_token("用node.js和c++", at) for at in (1, 5, 6, 8, 10)]
    [False, True, True, False, True]
    """
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left not in _SIGNS and right not in _SIGNS:
        return kind_of(left) in _PART and kind_of(right) in _PART
    if right in "+#" and (kind_of(left) in _PART or left == right):  # c++, c#
        return True
    if left == "," or right == ",":  # 10,000
        return _is_between({"DIGIT"}, text, at if right == "," else at - 1)
    return _is_between(_PART, text, at if right in _SIGNS else at - 1)


def token_edge(text: str, at: int, forward: bool) -> int:
    """Return the nearest place from `at` on, or back, where a cut parts no token."""
    moved = at
    while parts_token(text, moved):
        moved += 1 if forward else -1
        if abs(moved - at) > LONGEST_TOKEN:
            return at
    return moved


def _is_between(kinds: Set[str], text: str, at: int) -> bool:
    """Return whether the character at `at` has one of `kinds` on either side."""
    return (
        0 < at < len(text) - 1 and kind_of(text[at - 1]) in kinds and kind_of(text[at + 1]) in kinds
    )
