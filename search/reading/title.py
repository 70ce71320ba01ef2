"""The title of an article that does not name its own: its first line, else its first sentence."""

import re

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
_SENTENCE = re.compile(rf"\W*\w.*?[。！？!?…]+[{_CLOSERS}]*")
_LINE_GOES_ON = tuple("。；;，,、：:")  # ends a sentence or a part of one, never a title
_LOOSE_ENDS = "，、；：—,;:" + _OPENERS + " \t\u3000"
_PAUSE = re.compile(r"[，、；：—]|[,;:](?![0-9/])|\.(?=\s)")  # not those of 3,000, 10:30, https://
_LATIN_TAIL = re.compile(r"[A-Za-z0-9]+\Z")


def title_of(body: str) -> str:
    r"""Return the first line of `body` when it is a title, else its first sentence, cut at 60.

    The answer is a stripped slice of one line of `body`, and empty only when `body` is blank.
    Pinyin glosses are not counted and never cut.

    >>> title_of("招商引凤\n\n本报记者 毛丽君")
    '招商引凤'
    >>> title_of("近期有哪些新進(jìn)展?示范區(qū)介紹,")
    '近期有哪些新進(jìn)展?'
    """
    line = _first_line(body)
    line = _heading(line) or line
    return line if _is_title(line) else _first_sentence(line)


def heading_of(body: str) -> str:
    r"""Return the text of the heading that `body` starts with, or nothing when it has none.

    >>> heading_of("\n## 招商引凤 ##\n正文")
    '招商引凤'
    """
    return _heading(_first_line(body))


def _first_line(body: str) -> str:
    found = _LINE.search(body)
    return found[0].strip() if found else ""


def _heading(line: str) -> str:
    """Return `line` without its Markdown heading marks; `#话题#` has none and gives nothing."""
    text = line.lstrip("#")
    if not 1 <= len(line) - len(text) <= 6 or not text[:1].isspace():
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
    return head.rstrip(_LOOSE_ENDS) or head.rstrip()


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
