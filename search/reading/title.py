"""The title of an article that does not name its own: its first line, else its first sentence."""

import re
from dataclasses import dataclass

from search.reading.byline import byline, is_caption, named
from search.reading.dateline import date_of_line, dateline_of
from search.reading.dates import date_in
from search.reading.labels import fields_of
from search.reading.title_markup import without_markup

_LINES_LOOKED_AT = 6
_PICTURES_LOOKED_AT = 30
_APART_CHARS = 120  # a longer line is text
_TITLE_CHARS = 40
_SENTENCE_CHARS = 60
_CUT_CHARS = 10  # a cut at a comma nearer than this leaves no more than 据悉 or 近日
_GLOSS_CHARS = 10  # the longest gloss, brackets included, its marks written apart: (zhuāng)

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
# Whether the gloss is a reading of its character is asked in `text`: a title is cut, not folded.
_GLOSS = re.compile(
    rf"(?<=[{_HAN}])[(（](?=[^)）]*[{_TONED}])[a-zêü\u0302\u0308{_TONED}]{{1,8}}[)）]"
)
_LINE = re.compile(r"\S[^\n\v\f\r\x1c-\x1e\x85\u2028\u2029]*")
_CLOSERS = "”’」』）)》〉】"
_OPENERS = "“‘「『（(《〈【"
_UNDERLINE = re.compile(r"[ \t]*\r?\n {0,3}(?:=+|-+)[ \t]*(?:\r?\n|\Z)")
_PICTURES = re.compile(
    r"(?:\[?!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])(?:\](?:\([^)\n]*\)|\[[^\]\n]*\]))?\s*)+"
)
_WORD = re.compile(r"[^\W_]")
_PAGE = re.compile(r"第?\s*[0-9A-Z]{1,4}\s*版\s*[:：]?.{0,8}|[【［][^】］]{1,8}[】］]")
_SENTENCE = re.compile(rf"\W*\w.*?[。！？!?…]+[{_CLOSERS}]*")
_LINE_GOES_ON = tuple("。；;，,、：:")  # ends a sentence or a part of one, never a title
_LOOSE_ENDS = "，、；：—,;:" + _OPENERS + " \t\u3000"
_PAUSE = re.compile(r"[，、；：—]|[,;:](?![0-9/])|\.(?=\s)")  # not those of 3,000, 10:30, https://
_LATIN_TAIL = re.compile(r"[A-Za-z0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and whether it is only the beginning of a text that has none."""

    text: str
    is_sentence: bool


def title_of(body: str, start: int = 0) -> str:
    r"""Return the first line of `body` that can be its title, else its first sentence, cut at 60.

    The answer is a stripped slice of one line of `body`, markup of Markdown and HTML left out, and
    empty only when `body` is blank. Bylines, dates, captions and the like are no titles, unless
    there is nothing else; pinyin glosses are not counted and never cut.

    >>> title_of("招商引凤\n\n本报记者 毛丽君")
    '招商引凤'
    >>> title_of("近期有哪些新進(jìn)展?示范區(qū)介紹,")
    '近期有哪些新進(jìn)展?'
    """
    return found_title(body, start).text


def found_title(body: str, start: int = 0) -> Title:
    """Return the title as `title_of` does, and whether it is no more than a first sentence."""
    line, _ = _first_line(body, start)
    line = without_markup(_heading(line) or line)
    if _is_title(line):
        return Title(line, is_sentence=False)
    dateline = dateline_of(line)
    text = line[dateline.end :].strip() if dateline else ""
    return Title(_first_sentence(text or line), is_sentence=True)


def heading_of(body: str, start: int = 0) -> str:
    r"""Return the text of the heading that `body` starts with, or nothing when it has none.

    >>> heading_of("\n## 招商引凤 ##\n正文"), heading_of("招商引凤\n====\n正文")
    ('招商引凤', '招商引凤')
    """
    line, is_heading = _first_line(body, start)
    return without_markup(_heading(line) or line) if is_heading else ""


def _first_line(body: str, start: int) -> tuple[str, bool]:
    """Return the first line that can be a title, or the first of all, and if it is a heading."""
    first = ""
    pictures = 0
    for number, found in enumerate(_LINE.finditer(body, start)):
        if number - pictures == _LINES_LOOKED_AT or pictures == _PICTURES_LOOKED_AT:
            break
        line = found[0].strip()
        first = first or line
        if _PICTURES.fullmatch(line):  # as many as a project has badges
            pictures += 1
            continue
        if _WORD.search(line):
            if _heading(line) or _UNDERLINE.match(body, found.end()):
                return line, True
            if not _is_apart(line, number):
                return line, False
    return (first, False) if first or not start else _first_line(body, 0)


def _is_apart(line: str, number: int) -> bool:
    """Return whether a line is a byline, date, caption, or the name of page or column."""
    if len(line) > _APART_CHARS:
        return False
    if _PAGE.fullmatch(line) or is_caption(line):
        return True
    if date_of_line(line) or byline(line, first=number == 0):
        return True
    before, fields = fields_of(line)
    if fields and (not before or date_in(before)):
        return bool(named(fields.get("author", "")) or len(fields) > 1 or date_in(before))
    dateline = dateline_of(line)
    return dateline is not None and dateline.end == len(line)


def _heading(line: str) -> str:
    """Return `line` without its Markdown heading marks; `#话题#` has none and gives nothing.

    Of two marks and more the blank behind them is often forgotten: `##招商`.
    """
    text = line.lstrip("#")
    marks = len(line) - len(text)
    if not 1 <= marks <= 6 or not (text[:1].isspace() or (marks > 1 and "#" not in text)):
        return ""
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else text


def _is_title(line: str) -> bool:
    if len(line) > _TITLE_CHARS * (1 + _GLOSS_CHARS):
        return False
    is_short = len(_GLOSS.sub("", line)) <= _TITLE_CHARS
    return is_short and not line.rstrip(_CLOSERS).endswith(_LINE_GOES_ON)


def _first_sentence(line: str) -> str:
    """Return the beginning of `line` up to a sentence's end, else up to the best place to cut."""
    head = line[: _counted_end(line, _SENTENCE_CHARS)]
    sentence = _SENTENCE.match(head)
    if sentence:
        return sentence[0]
    if len(head) < len(line):
        head = _cut(head)
    return (head.rstrip(_LOOSE_ENDS) or head).rstrip()


def _counted_end(line: str, count: int) -> int:
    """Return where the first `count` characters of `line` end, their glosses with them."""
    position = 0
    for gloss in _GLOSS.finditer(line, 0, (count + 1) * (1 + _GLOSS_CHARS)):
        if gloss.start() - position > count:
            break
        count -= gloss.start() - position
        position = gloss.end()
    return min(position + count, len(line))


def _cut(head: str) -> str:
    """Return `head` up to its last pause, else up to the Latin word that it breaks off in."""
    start = _counted_end(head, _CUT_CHARS)
    pauses = [pause.start() for pause in _PAUSE.finditer(head, start)]
    if pauses:
        return head[: pauses[-1]]
    return _LATIN_TAIL.sub("", head) or head
