"""Lines that Markdown marks: headings, lists, quotes, code, tables, rules, pictures, definitions.

Read more strictly than Markdown is where a text of none could be meant: a fence that nothing closes
is no code, nor are lines of prose that are set in by four blanks, and what is underlined with `---`
is a heading only where it could be one.
"""

import re
from collections.abc import Sequence
from functools import cache

from search.results.line import BLANK, Line, LineKind
from search.text.characters import HAN

_RULE_SIGNS = "-=_*~+#·•—–―─━═～＊＝※◇◆○●◎☆★□■△▲▽▼"
_RULE_LEAST = 3
_FENCES = ("```", "~~~")
_UNDERLINED_CHARS = 60  # of a heading with --- below; a longer line is followed by a rule
_FRONT_MATTER_LINES = 60
_PICTURE_CHARS = 1000
_INDENT = 4  # columns, of code
_LINE_HAN = 0.3  # the share of Han of which a line that is set in is prose
_PROSE_SHARE = 0.25  # of the lines of a block of code
_COMMENTS = ("#", "//", "/*", "*", ";", "--", "$", "<")
_ENGLISH_WORDS = 10  # in a line of prose, with a full stop behind
_SENTENCE_ENDS = tuple("。！？；：，、!?;:,….")
_CODE = Line(LineKind.CODE)
_GOES_ON = Line(LineKind.LIST)
_TABLE = Line(LineKind.TABLE)


def marked_lines(lines: Sequence[str]) -> list[Line | None]:
    """Return what each line is that is blank or that Markdown marks, and None for all others."""
    return _Reading(lines).read()


class _Reading:
    """One pass over the lines, each looked at once and after what stands before it is known."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._found: list[Line | None] = [None] * len(lines)
        self._item = 0  # columns before the text of the list's item that lines may go on with
        self._prose_until = 0
        self._rows: list[int] = []  # lines with a bar in them
        self._tabbed: list[int] = []
        self._longest_closing: list[dict[str, int]] | None = None

    def read(self) -> list[Line | None]:
        lines, found = self._lines, self._found
        number = self._front_matter()
        while number < len(lines):
            line = lines[number]
            text = line.strip()
            if not text:
                found[number] = BLANK
                number += 1
                continue
            if "|" in line:
                self._rows.append(number)
            elif "\t" in text:
                self._tabbed.append(number)
            # Of most lines no more is asked: nothing that Markdown marks begins with a letter.
            if line[0].isalpha():
                self._item = 0
                number += 1
                continue
            number = self._take(number, line, text)
        self._take_tables()
        return found

    def _front_matter(self) -> int:
        """Take the properties between two lines of --- at the beginning; return what is next."""
        lines = self._lines
        start = next((n for n, line in enumerate(lines[:_RULE_LEAST]) if line.strip()), 0)
        fence = lines[start].rstrip() if lines else ""
        if fence not in ("---", "+++"):
            return 0
        for number in range(start + 1, min(len(lines), start + _FRONT_MATTER_LINES)):
            line = lines[number].rstrip()
            if line in (fence, "..."):
                if number == start + 1:
                    return 0
                for at in range(number + 1):
                    is_fence = at in (start, number)
                    sign = len(lines[at]) if is_fence else 0
                    blank = not lines[at].strip()
                    self._found[at] = BLANK if blank else Line(LineKind.DEFINITION, sign=sign)
                return number + 1
            if line and not _property().match(line):
                return 0
        return 0

    def _take(self, number: int, line: str, text: str) -> int:
        """Take a line that begins with a sign, a digit or a blank; return the next to look at."""
        if text.startswith(_FENCES) and (end := self._fence_end(number, text)):
            for at in range(number, end + 1):
                self._found[at] = _CODE
            self._found[number] = Line(LineKind.CODE, sign=len(line))
            self._found[end] = Line(LineKind.CODE, sign=len(self._lines[end]))
            return end + 1
        indent = _columns(line)
        if self._item and indent < 2 and not _item().match(text):
            self._item = 0
        is_code_before = number > 0 and self._found[number - 1] is _CODE
        may_be_code = indent >= _INDENT and number >= self._prose_until
        if may_be_code and (is_code_before or self._stands_apart(number)):
            block = self._indented(number)
            if self._is_code(block, indent):
                for at in block:
                    self._found[at] = _CODE
                return block.stop
            self._prose_until = block.stop  # asked once: the block may be as long as the text
        self._found[number] = self._marked(number, line, text, indent)
        return number + 1

    def _marked(self, number: int, line: str, text: str, indent: int) -> Line | None:
        before = len(line) - len(line.lstrip())
        first = text[0]
        if not text.strip(_RULE_SIGNS + " \t"):
            return self._rule(number, line, text)
        if first == "#" and indent < _INDENT:
            return _heading(line, text, before)
        if first == ">" and indent < _INDENT:
            return Line(LineKind.QUOTE, sign=len(line) - len(line.lstrip("> \t")))
        if first in "[!]" and (picture := self._picture(number, line, text)):
            return picture
        if first == "[" and _definition().match(text):
            return Line(LineKind.DEFINITION)
        if text.startswith("<!--") and text.endswith("-->"):
            return Line(LineKind.DEFINITION)
        if item := _item().match(text):
            self._item = indent + item.end()
            return Line(LineKind.LIST, sign=before + item.end())
        if self._item and indent >= 2:
            return _GOES_ON
        return None

    def _rule(self, number: int, line: str, text: str) -> Line | None:
        underline = len(text) > 1 and text[0] in "=-" and not text.strip(text[0])
        if underline and self._is_underlined(number, text[0]):
            self._found[number - 1] = Line(LineKind.CROSSHEAD, level=1 if text[0] == "=" else 2)
            return Line(LineKind.RULE, sign=len(line))
        signs = len(text) if " " not in text and "\t" not in text else len("".join(text.split()))
        return Line(LineKind.RULE, sign=len(line)) if signs >= _RULE_LEAST else None

    def _is_underlined(self, number: int, mark: str) -> bool:
        if number == 0 or self._found[number - 1] is not None or not self._stands_apart(number - 1):
            return False
        heading = self._lines[number - 1].strip()
        if mark == "=":
            return True
        return len(heading) <= _UNDERLINED_CHARS and not heading.endswith(_SENTENCE_ENDS)

    def _stands_apart(self, number: int) -> bool:
        before = self._found[number - 1] if number else BLANK
        return before is not None and before.kind not in (LineKind.LIST, LineKind.QUOTE)

    def _fence_end(self, number: int, text: str) -> int:
        """Return the line that closes the fence which a line opens, or 0 if none does."""
        mark = text[0]
        size = len(text) - len(text.lstrip(mark))
        if mark in text[size:]:
            return 0
        if self._longest_closing is None:
            self._longest_closing = _longest_closing(self._lines)
        if self._longest_closing[number + 1].get(mark, 0) < size:
            return 0
        for at in range(number + 1, len(self._lines)):
            line = self._lines[at].strip()
            if line.startswith(text[:size]) and not line.strip(mark):
                return at
        return 0

    def _indented(self, number: int) -> range:
        """Return the lines from one on that are set in as code is, blank ones between included."""
        end = after = number + 1
        while after < len(self._lines):
            line = self._lines[after]
            if not line.strip():
                if self._item:
                    break
            else:
                if _columns(line) < _INDENT or line.lstrip().startswith(_FENCES):
                    break
                end = after + 1
            after += 1
        return range(number, end)

    def _is_code(self, block: range, indent: int) -> bool:
        lines = [text for number in block if (text := self._lines[number].strip())]
        is_of_item = self._item and indent < self._item + _INDENT
        if is_of_item and (_item().match(lines[0]) or any(map(_han().search, lines))):
            return False
        return sum(map(_is_prose, lines)) <= _PROSE_SHARE * len(lines)

    def _picture(self, number: int, line: str, text: str) -> Line | None:
        """Return a picture as the caption that stands for it where it cannot be seen."""
        lines, whole = self._lines, Line(LineKind.CAPTION, sign=len(line))
        if len(text) > _PICTURE_CHARS:
            return None
        if found := _picture().fullmatch(text):
            before = len(line) - len(line.lstrip())
            sign = before + found.start("shown")
            return Line(LineKind.CAPTION, 0, sign, len(line) - before - found.end("shown"))
        if text == "[" and number + 1 < len(lines):
            after = lines[number + 1].strip()
            return whole if after.startswith("![") else None
        if text[0] == "]" and number and _link_end().fullmatch(text):
            return whole if lines[number - 1].lstrip().startswith("![") else None
        return None

    def _take_tables(self) -> None:
        found = self._found
        for rows in _runs(self._rows):
            texts = [self._lines[number].strip() for number in rows]
            rules = [_is_table_rule(text) for text in texts]
            if len(rows) < 2 or not (any(rules) or all(text[0] == "|" for text in texts)):
                continue
            for number, is_rule in zip(rows, rules, strict=True):
                if found[number] is None:
                    sign = len(self._lines[number]) if is_rule else 0
                    found[number] = Line(LineKind.TABLE, sign=sign)
        for rows in _runs(self._tabbed):
            counts = {self._lines[number].strip().count("\t") for number in rows}
            if len(rows) > 1 and len(counts) == 1 and all(found[n] is None for n in rows):
                for number in rows:
                    found[number] = _TABLE


def _heading(line: str, text: str, before: int) -> Line | None:
    """Return a heading of Markdown: `## 招商`, also `##招商`, but not `#话题#`.

    The blank is often forgotten behind two marks and more: in 806 of 43,784 headings of lctt.
    """
    body = text.lstrip("#")
    marks = len(text) - len(body)
    bare = body.rstrip("# \t")
    if not bare or marks > 6 or not (body[0].isspace() or (marks > 1 and "#" not in bare)):
        return None
    if body[0].isspace() and not body.rstrip("#")[-1:].isspace() and body[-1] == "#":
        bare = body  # C#
    start = before + marks + len(body) - len(body.lstrip())
    end = before + marks + len(bare)
    return Line(LineKind.CROSSHEAD, marks, start, len(line) - end if bare != body else 0)


def _columns(line: str) -> int:
    """Return by how many columns a line is set in; the blanks of Chinese paragraphs are none."""
    if line[0] not in " \t":
        return 0
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    return len(blanks.expandtabs(_INDENT)) if "\t" in blanks else len(blanks)


def _longest_closing(lines: Sequence[str]) -> list[dict[str, int]]:
    """Return for each line the longest fences, by their mark, that it and those below can close."""
    longest: list[dict[str, int]] = [{}]
    for line in reversed(lines):
        text = line.strip()
        below = longest[-1]
        if (
            text.startswith(_FENCES)
            and not text.strip(text[0])
            and len(text) > below.get(text[0], 0)
        ):
            below = below | {text[0]: len(text)}
        longest.append(below)
    return longest[::-1]


def _is_prose(line: str) -> bool:
    """Return whether a line that is set in is Chinese or English prose rather than code."""
    if line.startswith(_COMMENTS):
        return False
    if len(_han().findall(line)) > _LINE_HAN * len(line):
        return True
    return line.endswith(".") and line.count(" ") >= _ENGLISH_WORDS


def _is_table_rule(text: str) -> bool:
    return "-" in text and not text.strip("|-:+= \t")


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return the numbers in stretches of which each follows the one before."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


# Compiled when first used: a search in a terminal asks for no lines.
@cache
def _property() -> re.Pattern[str]:
    return re.compile(
        r"(?:[A-Za-z][\w-]*|标题|標題|作者|日期|来源|來源|标签|分类)[ \t]*[:：=]"
        r"|[ \t]|- |#|\[\[?\w|\]|\}"
    )


@cache
def _definition() -> re.Pattern[str]:
    return re.compile(
        r"\[(?:#|//|comment)\]:"
        r"|\[[^\[\]]{1,100}\]:[ \t]*(?:<?[a-zA-Z][a-zA-Z+.-]*:|/|#|\.{1,2}/|www\.|\Z)"
    )


@cache
def _item() -> re.Pattern[str]:
    return re.compile(r"(?:[-*+]|[0-9]{1,3}[.)])(?:[ \t]{1,8}\[[ xX]\])?[ \t]{1,8}(?=\S)")


@cache
def _picture() -> re.Pattern[str]:
    target = r"(?:\(.*\)|\[[^\]]*\])?"
    return re.compile(rf"(?:\[\s*)?!\[(?P<shown>[^\]]*)\]{target}(?:\s*\]{target})?")


@cache
def _link_end() -> re.Pattern[str]:
    return re.compile(r"\](?:\([^)]*\)|\[[^\]]*\])")


@cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")
