"""What each line of an article is, so that a page can set it apart: crosshead, caption, verse, …

Told from the text alone. Whatever Markdown marks is told first, then captions, bylines and verse,
each from its own words; last, crossheads of newspapers, which nothing marks: short lines between
paragraphs, without the sign that ends a sentence. No text is changed or left out here.
"""

import re
from collections.abc import Sequence
from functools import cache

from search.results.credits import MOST_CHARS, is_byline, is_caption, is_date
from search.results.line import PARAGRAPH, Line, LineKind
from search.results.markdown_lines import marked_lines
from search.results.verses import LONGEST, verses_in
from search.text.characters import HAN

_CROSSHEAD_CHARS = 24
_BOLD_CHARS = 40
_PROSE_CHARS = 40  # of a paragraph that a crosshead stands above or below
_MOST_COMMAS = 1
_BULLETS = "■●◎◇◆△▲▽▼★☆※►▶▪•·◦‣"
_PICTURE_BULLETS = "▲△"  # point at the picture above
_BULLET_CAPTION_CHARS = 60
_END_LINES = 8  # at either end of an article, where a date is its own
_LEAST_CROSSHEADS = 2  # beside which a question is one
_QUOTES, _UNQUOTES = "“‘「『", "”’」』"
_VERSE = Line(LineKind.VERSE)
_BYLINE = Line(LineKind.BYLINE)


def kinds_of_lines(lines: Sequence[str]) -> list[Line]:
    """Return what each of the lines of an article is, blank ones included.

    Pass them as they are shown, glosses left out (`shown_text`): 產(chǎn)業(yè) is a short line.

    >>> [line.kind.value for line in kinds_of_lines(["## 细分赛道", "", "> 合力发展", "* * *"])]
    ['crosshead', 'blank', 'quote', 'rule']
    """
    return _Reading(lines).read()


class _Reading:
    """The lines of one article and what has been found out of them so far."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._texts = [line.strip() for line in lines]
        self._found = marked_lines(lines)
        self._shown = [n for n, text in enumerate(self._texts) if text]

    def read(self) -> list[Line]:
        self._take_wordings()
        self._take_verses()
        self._take_head_of_poem()
        self._take_bullets()
        self._take_crossheads()
        return [line or PARAGRAPH for line in self._found]

    def _take_wordings(self) -> None:
        """Take captions, bylines and lines that are emphasised whole."""
        found, texts = self._found, self._texts
        for at, number in enumerate(self._shown):
            text = texts[number]
            if found[number] is not None or len(text) > 10 * MOST_CHARS:
                continue
            if is_caption(text):
                found[number] = self._with_sign(number, LineKind.CAPTION)
            elif is_byline(text):
                if not is_date(text) or self._is_near_end(at):
                    found[number] = self._with_sign(number, LineKind.BYLINE)
            elif text[0] in "*_":
                found[number] = self._emphasised(number)

    def _is_near_end(self, at: int) -> bool:
        return at < _END_LINES or at >= len(self._shown) - _END_LINES

    def _with_sign(self, number: int, kind: LineKind) -> Line:
        """Return a line with the bullets before its text as sign: ■, ▲."""
        line, text = self._lines[number], self._texts[number]
        if text[0] not in _BULLETS:
            return Line(kind)
        body = text.lstrip(_BULLETS + " \t\u3000")
        return Line(kind, sign=len(line.rstrip()) - len(body)) if body else Line(kind)

    def _emphasised(self, number: int) -> Line | None:
        """Return a heading for a bold line, a caption for one in italics below a picture."""
        line, text = self._lines[number], self._texts[number]
        found = _emphasis().fullmatch(text) if len(text) <= 2 * MOST_CHARS else None
        if found is None:
            return None
        before = len(line) - len(line.lstrip())
        sign, closing = before + found.start("text"), len(line) - before - found.end("text")
        body = found["text"].strip()
        if len(found["mark"]) == 1:
            is_caption = self._is_below_picture(number)
            return Line(LineKind.CAPTION, 0, sign, closing) if is_caption else None
        is_heading = len(body) <= _BOLD_CHARS and not _ended().search(body)
        is_heading = is_heading and not _emphatic().search(body)
        if is_heading and _word().search(body) and number < self._shown[-1]:
            return Line(LineKind.CROSSHEAD, 0, sign, closing)
        return None

    def _is_below_picture(self, number: int) -> bool:
        before = number - 1
        if before > 0 and not self._texts[before]:
            before -= 1
        found = self._found[before] if before >= 0 else None
        return found is not None and found.kind is LineKind.CAPTION and found.sign > 0

    def _take_verses(self) -> None:
        may_be = [found is None for found in self._found]
        if any(
            may and 0 < len(text) <= LONGEST for may, text in zip(may_be, self._texts, strict=True)
        ):
            for number in verses_in(self._texts, may_be):
                self._found[number] = _VERSE

    def _take_head_of_poem(self) -> None:
        """Take the title of a poem, and the poet's name between it and the first verse."""
        shown, found, texts = self._shown, self._found, self._texts
        verse = next((at for at in (1, 2) if at < len(shown) and found[shown[at]] is _VERSE), 0)
        if not verse or any(found[number] is not None for number in shown[:verse]):
            return
        if verse == 2 and not _poet().fullmatch(texts[shown[1]]):
            return
        if len(texts[shown[0]]) <= _CROSSHEAD_CHARS and not _ended().search(texts[shown[0]]):
            found[shown[0]] = Line(LineKind.CROSSHEAD)
            if verse == 2:
                found[shown[1]] = _BYLINE

    def _take_bullets(self) -> None:
        """Take lines that begin with ■ and the like, and those that are numbered, side by side."""
        found, texts, shown = self._found, self._texts, self._shown
        captions = {
            texts[n][0] for n in shown if (line := found[n]) and line.kind is LineKind.CAPTION
        } & set(_BULLETS)
        marks = [self._mark(number) for number in shown]
        for at, (number, mark) in enumerate(zip(shown, marks, strict=True)):
            if not mark:
                continue
            text = texts[number]
            beside = mark in (
                marks[at - 1] if at else "",
                marks[at + 1] if at + 1 < len(marks) else "",
            )
            is_short = len(text) <= _BULLET_CAPTION_CHARS and not _ended().search(text)
            if mark in captions and is_short:
                found[number] = self._with_sign(number, LineKind.CAPTION)
            elif beside or mark in "•·‣":
                found[number] = self._item(number)
            elif mark in _PICTURE_BULLETS and is_short:
                found[number] = self._with_sign(number, LineKind.CAPTION)

    def _mark(self, number: int) -> str:
        """Return the bullet that a line begins with, 1 for a number of digits, else nothing."""
        text = self._texts[number]
        if self._found[number] is not None:
            return ""
        if text[0] in _BULLETS:
            return text[0]
        return "1" if text[0] in _DIGITS and _numbered().match(text) else ""

    def _item(self, number: int) -> Line:
        if self._texts[number][0] in _BULLETS:
            return self._with_sign(number, LineKind.LIST)
        line = self._lines[number]
        marked = _numbered().match(self._texts[number])
        return Line(
            LineKind.LIST, sign=len(line) - len(line.lstrip()) + (marked.end() if marked else 0)
        )

    def _take_crossheads(self) -> None:
        """Take the short lines between paragraphs where no heading is marked as one."""
        found, shown = self._found, self._shown
        is_marked = any((line := found[n]) and line.level for n in shown[1:])
        heads = [] if is_marked else [at for at in range(len(shown) - 1) if self._is_crosshead(at)]
        asked = {at for at in heads if self._texts[shown[at]][-1] in "？?"}
        if sum(at > 0 for at in heads) - len(asked) < _LEAST_CROSSHEADS:
            heads = [at for at in heads if at not in asked]
        for number in shown:
            if found[number] is None and self._texts[number][0] in _BULLETS:
                found[number] = self._with_sign(number, LineKind.PARAGRAPH)
        for at in heads:
            found[shown[at]] = self._with_sign(shown[at], LineKind.CROSSHEAD)

    def _is_crosshead(self, at: int) -> bool:
        text = self._texts[self._shown[at]]
        if self._found[self._shown[at]] is not None or len(text) > _BOLD_CHARS:
            return False
        body = text.lstrip(_BULLETS + " \t\u3000")
        if not 2 <= len(body) <= (_CROSSHEAD_CHARS if at else _BOLD_CHARS):
            return False
        if not _crosshead().fullmatch(body) or len(_comma().findall(body)) > _MOST_COMMAS:
            return False
        if body[0] in _QUOTES and body[-1] in _UNQUOTES:  # what somebody says
            return False
        if 2 * len(_han().findall(body)) < len(body):
            return False
        return self._is_above_prose(at) and self._is_below_prose(at)

    def _is_above_prose(self, at: int) -> bool:
        below = at + 1
        while below < len(self._shown) and self._kind(below) in (LineKind.CAPTION, LineKind.BYLINE):
            below += 1
        return below < len(self._shown) and self._is_prose(below)

    def _is_below_prose(self, at: int) -> bool:
        above = at - 1
        while above >= 0 and self._kind(above) in (LineKind.CAPTION, LineKind.BYLINE):
            above -= 1
        return above < 0 or self._is_prose(above)

    def _kind(self, at: int) -> LineKind | None:
        found = self._found[self._shown[at]]
        return found.kind if found else None

    def _is_prose(self, at: int) -> bool:
        text = self._texts[self._shown[at]]
        is_long = len(text) >= _PROSE_CHARS and self._kind(at) in (None, LineKind.PARAGRAPH)
        return is_long and _sentence_end().search(text, len(text) - 4) is not None


_DIGITS = "0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳(（"


# Compiled when first used: a search in a terminal asks for no lines.
@cache
def _poet() -> re.Pattern[str]:
    return re.compile(rf"(?:[\[［〔【(（]?[{HAN}]{{1,3}}[\]］〕】)）·•:： ]{{1,2}})?[{HAN}]{{2,4}}")


@cache
def _emphasis() -> re.Pattern[str]:
    return re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<text>[^*_\s](?:[^*_]*[^*_\s])?)(?P=mark)")


@cache
def _ended() -> re.Pattern[str]:
    return re.compile(r"[。！；：，、!;:,.…][”’」』）)》]?\Z|。")


@cache
def _emphatic() -> re.Pattern[str]:
    """What is bold without being a heading: sentences, notes, options, keys, addresses."""
    return re.compile(
        r"\A(?:[-\[/<]|注意|警告|提示|答案|如果|另请|推荐|[Cc](?:TRL|RTL|trl)\b|https?:)"
        r"|了\Z|[？?！!].|，[^，]*，|://"
    )


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[。！？!?….][”’」』）)》]*\Z")


@cache
def _crosshead() -> re.Pattern[str]:
    start = r"(?=[\w“‘「『《〈【]|[（(][一二三四五六七八九十0-9])"
    goes_on = "(?:[_那但可而你这這它我他她]|是不是|所以|还是|還是)"  # with what was said before
    return re.compile(rf"{start}(?!{goes_on})[^。！；：!;:…|/\\]*[^。！；：，、!;:,.…|/\\—（(_*]")


@cache
def _comma() -> re.Pattern[str]:
    return re.compile("[，,、]")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(
        r"(?:[0-9０-９]{1,3}[、.．)）](?![0-9])|[（(][0-9]{1,3}[)）]|[①-⑳])[ \t\u3000]{0,4}"
    )


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]")


@cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")
