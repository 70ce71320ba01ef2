"""What counts as found, written out character by character: the slow twin of `Literal`.

No regular expressions and nothing shared with the code under test but which code points are Han,
kana and Hangul, and which are marks.
"""

from search.text.characters import CJK, MARKS


def _code_points(ranges: str) -> set[str]:
    found: set[str] = set()
    at = 0
    while at < len(ranges):
        first = last = ord(ranges[at])
        if ranges[at + 1 : at + 2] == "-":
            last, at = ord(ranges[at + 2]), at + 2
        found.update(map(chr, range(first, last + 1)))
        at += 1
    return found


_CJK = _code_points(CJK)
_MARKS = _code_points(MARKS)


def kinds(text: str) -> list[str]:
    """Return what each character is: cjk, letter, digit, mark, space, end of line or other.

    A mark that follows a letter is part of that letter.
    """
    found: list[str] = []
    for character in text:
        if character in _CJK:
            found.append("cjk")
        elif character in _MARKS:
            found.append("letter" if found and found[-1] == "letter" else "mark")
        elif character.isdecimal():
            found.append("digit")
        elif character.isalnum():
            found.append("letter")
        elif character == "\n":
            found.append("end of line")
        else:
            found.append("space" if character.isspace() else "other")
    return found


def _touch(left: str, right: str) -> bool:
    """Return whether spaces between the two kinds count for nothing."""
    return (left == "cjk" and right in ("letter", "digit")) or (
        right == "cjk" and left in ("letter", "digit")
    )


def _end_of_match(
    wanted: str, wanted_kinds: list[str], text: str, text_kinds: list[str], start: int
) -> int:
    """Return where `wanted` ends that begins at `start` of `text`, or -1; ends may cut tokens."""
    at = start
    for index, character in enumerate(wanted):
        if character == " ":
            if at == len(text) or text_kinds[at] != "space":
                return -1
            while at < len(text) and text_kinds[at] == "space":
                at += 1
            continue
        if index and _touch(wanted_kinds[index - 1], wanted_kinds[index]):
            while at < len(text) and text_kinds[at] == "space":
                at += 1
        if at == len(text) or text[at] != character:
            return -1
        at += 1
    return at


def _cuts_a_stretch(text_kinds: list[str], at: int) -> bool:
    """Return whether a cut before `at` parts letters from letters or digits from digits."""
    return (
        0 < at < len(text_kinds)
        and text_kinds[at] == text_kinds[at - 1]
        and text_kinds[at] in ("letter", "digit")
    )


def _without_needless_spaces(text: str) -> str:
    wanted = " ".join(text.split())
    of_each = kinds(wanted)
    return "".join(
        character
        for at, character in enumerate(wanted)
        if character != " " or not _touch(of_each[at - 1], of_each[at + 1])
    )


def plain_spans(folded_query: str, folded: str) -> list[tuple[int, int]]:
    """Return every place of `folded` where the query stands, places that overlap included."""
    wanted = _without_needless_spaces(folded_query)
    wanted_kinds, text_kinds = kinds(wanted), kinds(folded)
    found = []
    for start in range(len(folded)):
        end = _end_of_match(wanted, wanted_kinds, folded, text_kinds, start)
        if end > start and not (
            _cuts_a_stretch(text_kinds, start) or _cuts_a_stretch(text_kinds, end)
        ):
            found.append((start, end))
    return found
