"""Short lines that say what a picture shows, or who wrote an article, when and where it is from.

What `reading` finds out of an article's author is more than this: here no name is made out, and a
line that is no byline may well be shown as one only where it stands for itself.
"""

import re
from functools import cache

from search.text.characters import HAN

_DATE_CHARS = 40
MOST_CHARS = 120  # of a caption or byline, the addresses of its links left out

_NAME = rf"[{HAN}·•]{{2,8}}"
_NAMES = rf"{_NAME}(?:[ \t\u3000、，,/／|｜和]+{_NAME}){{0,6}}"
_PERSON = rf"[{HAN}]{{2,4}}"
_OUTLET = rf"(?:本[报報刊网網社台站]|[{HAN}]{{2,8}}?[社报報网網台臺刊])"
_ROLE = (
    "(?:特约|特約|首席|见习|見習|实习|實習|全媒体|全媒體|融媒体|高级|资深|特派)*"
    "(?:记者|記者|通讯员|通訊員|评论员|評論員|撰稿人|实习生|實習生|主笔|主筆|观察员)"
)
_NO_NAME = (
    "(?!调查|調查|手记|手記|观察|觀察|日记|日記|札记|走访|体验|节|節|证|站|会|會|了解|获悉|发现)"
)
_MANNER = (
    "(?:(?:摄影|攝影|综合|綜合|现场|現場)?"
    "(?:报道|報道|報導|整理|采写|採寫|撰文|编译|文|文/图|图文))?"
)
_LABELS = (
    "作者|原作者|原文作者|文章作者|著者|撰文|撰稿|执笔|執筆|采写|採寫|记者|記者|通讯员|"
    "译者|譯者|翻译|翻譯|编译|編譯|校对|校對|审校|審校|选题|編輯|编辑|责任编辑|責任編輯|责编|責編|主编|审核|"
    "来源|來源|稿源|文章来源|文章來源|信息来源|新闻来源|资料来源|資料來源|出处|出處|转自|轉自|"
    "原文链接|原文地址|原文網址|本文链接|本文地址|发布时间|發布時間|发布日期|發布日期|发表时间|更新时间|更新時間|"
    "日期|[Vv]ia|VIA|[Aa]uthor|[Ss]ource|[Pp]osted|[Pp]ublished|[Tt]ranslator"
)
_SLASHED = "文|图文|圖文|文字|撰文|采写|作者"
_DATE = (
    r"(?:[0-9]{4}[ ]?年[ ]?[0-9]{1,2}[ ]?月[ ]?[0-9]{1,2}[ ]?[日号號]"
    r"|[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,2}"
    r"|[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)"
    r"(?:[ \t]*(?:星期.|[上下]午|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)){0,3}"
)


def is_caption(text: str) -> bool:
    """Return whether a line says what a picture shows or who took it.

    >>> is_caption("■研发基地 徐程 摄"), is_caption("图为签约现场"), is_caption("图1显示了")
    (True, True, False)
    """
    if len(text) > MOST_CHARS or text[-1:] in "：:":
        return False
    return bool(_caption_start().match(text) or _caption_end().search(text, max(0, len(text) - 40)))


def is_byline(text: str) -> bool:
    """Return whether a line says who wrote, when, or where the text is from, and nothing else.

    >>> is_byline("本报记者 毛丽君"), is_byline("来源：联合报"), is_byline("记者调查")
    (True, True, False)
    """
    if "](" in text or "][" in text:
        text = _link().sub(r"\1", text) if len(text) <= 10 * MOST_CHARS else text
    if len(text) > MOST_CHARS and not text.startswith("via"):
        return False
    if text[-1:] in "。！？；，：!?;,:" or "。" in text:
        return False
    return _byline().fullmatch(text.strip(" \t\u3000■□●◎◆▲（）()[]【】*_")) is not None


def is_date(text: str) -> bool:
    """Return whether a line is a date alone, which inside a text may well be a heading."""
    return len(text) <= _DATE_CHARS and _date().fullmatch(text.strip("（）()[]【】*_")) is not None


# Compiled when first used: a search in a terminal asks for no lines.
@cache
def _date() -> re.Pattern[str]:
    return re.compile(_DATE)


@cache
def _caption_start() -> re.Pattern[str]:
    number = "[ ]?[0-9０-９一二三四五六七八九十]{1,3}(?:[-—.][0-9]{1,2})?"
    return re.compile(
        r"[\W_]{0,4}(?:(?:[左右]?[图圖][为為](?!此|己|什|何|了)|资料图|資料圖|資料照)"
        rf"|(?:[左右上下]?[图圖](?:{number})?|摄影|攝影"
        r"|图片来源|圖片來源|图源|圖源|图片说明|圖片說明)[ ]?[:：/／|｜]"
        rf"|[图圖]{number}[ \t\u3000]+(?![^\n]*[。！？])"
        r"|(?:[Ff]igure|[Ff]ig\.)[ ]?[0-9]{1,3}[ ]?[:：.])"
    )


@cache
def _caption_end() -> re.Pattern[str]:
    by = rf"(?:[{HAN}·]{{2,12}}|[\w.]{{2,20}})"
    return re.compile(
        rf"(?:[ \t\u3000（(/／■][ ]?(?:{by}[ \t\u3000/／]{{0,3}})?[摄攝]影?"
        rf"|(?:记者|記者|通讯员|社|报|報)[ ]?{_PERSON}[ ]?[摄攝]影?"
        rf"|[ \t\u3000（(/／、，。]{by}[ \t\u3000]{{0,3}}(?:供图|供圖)"
        rf"|[ \t\u3000（(/／]{_PERSON}[ ](?:制图|製圖|绘图|繪圖)"
        r"|资料图片?|資料照片|资料照片|新华社发|新華社發|(?:视觉|視覺)中国(?:供图)?|受访者供图"
        r"|[（(](?:图片?|圖片?|摄影|攝影)[/／:：|][^（）()]{1,24})"
        r"[）)】\]\s。.]{0,3}\Z"
    )


@cache
def _byline() -> re.Pattern[str]:
    role = (
        rf"(?:{_OUTLET}[ \t\u3000]?{_ROLE}[ \t\u3000:：]{{0,3}}{_NO_NAME}"
        rf"|{_ROLE}[ \t\u3000:：/／]{{1,3}})"
        rf"{_NAMES}[ \t\u3000/／]{{0,3}}{_MANNER}"
    )
    reported = rf"{_ROLE}{_NAME}[／/][{HAN}]{{2,4}}(?:报道|報道|報導|电|電)"
    wire = rf"[{HAN}]{{2,8}}社[{HAN}]{{2,8}}[0-9]{{1,2}}月[0-9]{{1,2}}日[电電讯訊].{{0,20}}"
    origin = (
        "本文(?:由.{1,60}(?:翻译|翻譯|编译|編譯|推出|发布|授权|整理|撰写|提供)"
        "|(?:转自|转载自|轉載自|来自|原载|首发于).{1,60})"
    )
    labelled = (
        rf"(?:{_LABELS})[ \t\u3000]{{0,3}}[:：|｜].+|(?:{_SLASHED})[ ]?[/／|｜丨:：][ ]?\S.{{0,30}}"
    )
    gap = r"[ \t\u3000|｜/／·,，;；]{0,6}"
    english = r"[Bb]y [A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4}"
    return re.compile(
        rf"{labelled}|{role}(?:[ \t\u3000]+{role}){{0,3}}(?:{gap}{_DATE})?|{reported}"
        rf"|{wire}|{origin}|{_DATE}(?:{gap}(?:{labelled}))?|{english}"
    )


@cache
def _link() -> re.Pattern[str]:
    return re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
