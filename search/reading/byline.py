"""Who wrote an article, as a line or a bracket of it says: 本报记者 毛丽君, （記者王小明台北報導）.

Missing an author is better than making one of a sentence: whatever is not read to its last
character is no byline.
"""

import re

from search.reading.labels import bare, fields_of, plain
from search.reading.names import HAN, HAN_IN, people

_BYLINE_CHARS = 60
_OUTLET = rf"(?:本[报報刊网網社台站]|(?:[{HAN}]{{1,8}}?)(?:社|报|報|网|網|台|臺|周刊|週刊|杂志))"
_ROLE_WORD = (
    rf"(?:特约|特約|首席|见习|見習|实习|實習|全媒体|全媒體|融媒体|高级|资深|特派|驻[{HAN}]{{2,4}}?)*"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|撰稿人|实习生|實習生|主笔|主筆|观察员|特约撰稿)"
)
_ROLE = re.compile(rf"(?P<outlet>{_OUTLET})?\s*{_ROLE_WORD}\s*[:：]?\s*")
_COLUMN = re.compile(rf"{_OUTLET}(?:特约|特約)?(?:评论员|評論員|观察员|編輯部|编辑部|社论|社論)")
_PLACE = (
    "(?:台北|臺北|新北|桃園|新竹|苗栗|台中|臺中|彰化|南投|雲林|嘉義|台南|臺南|高雄|屏東|宜蘭|花蓮|台東|臺東|"
    "澎湖|金門|馬祖|連江|基隆|香港|澳門|澳门|北京|上海|天津|重庆|重慶|广州|廣州|深圳|南京|杭州|武汉|武漢|成都|"
    "西安|苏州|青岛|大连|沈阳|长春|哈尔滨|济南|郑州|长沙|合肥|南昌|福州|厦门|南宁|海口|昆明|贵阳|兰州|西宁|"
    "银川|乌鲁木齐|拉萨|太原|石家庄|呼和浩特|宁波|无锡|华盛顿|華盛頓|纽约|紐約|伦敦|倫敦|巴黎|东京|東京|首尔|"
    "首爾|柏林|莫斯科|日内瓦|日內瓦|布鲁塞尔|布魯塞爾|新加坡|曼谷|悉尼|洛杉磯|洛杉矶|旧金山|舊金山)"
)
_MANNER = (
    "(?:现场|現場|综合|綜合|联合|聯合|摄影|攝影|特别|特別|专题|專題|即時|连线|連線)?"
    "(?:报道|報道|報導|整理|采写|採寫|撰文|编译|編譯|文|图文|圖文|文/图|文并图)"
)
_WIRE = "(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:专|專|特|综合|綜合)?(?:电|電|讯|訊)"
_REPORTED = re.compile(
    rf"\s*(?:[／/]\s*[{HAN}]{{2,6}}?(?:报道|報道|報導|电|電)"
    rf"|(?:发自|發自)\s*[{HAN}]{{2,8}}(?:\s*{_MANNER})?"
    rf"|(?:{_PLACE}[市縣县]?)?\s*(?:{_MANNER}|{_WIRE}))"
)
_SENTENCE = re.compile(r"[。！？!?；;…“”\"：]|\.\.\.")
_BY = re.compile(r"by\s*:?\s+(?P<names>[A-Z][^|,，]*?)(?:\s*[|,，].*)?", re.IGNORECASE)

_CAPTION = re.compile(
    r"\W*(?:图为|圖為|图片来源|圖片來源|图源|圖源|资料图|資料照|▲|△|图[0-9一二三四五六七八九十]+[:：\s]|圖[0-9一二三四五六七八九十]+[:：\s]).*"
    r"|.*(?:[\s\W]摄|(?:记者|記者|社|报|報).{0,12}[摄攝]|[摄攝][)）】]|[\s\W][^\s\W]{2,8}\s*(?:供图|供圖|制图|製圖)|资料图片|資料照片)\W*"
)

_PEN_NAME = re.compile(rf"[{HAN}·•]{{2,12}}|(?![\d.]+\Z)\w[\w.'’-]*(?: [\w.'’-]+){{0,4}}")
_LATIN_BETWEEN = re.compile(r"\s*[,，、]\s*")
_NOBODY = frozenset(
    [
        *("不详", "不詳", "未知", "无", "無", "暂无", "网络", "網絡", "互联网", "本站"),
        *("admin", "author", "editor", "staff", "unknown", "none"),
    ]
)
_PROSE = re.compile("[的了是吗呢吧]|认为|認為|觉得|覺得|表示|指出|简介|簡介|来源")


def byline(line: str, first: bool = False) -> list[str]:
    """Return the names in a line that is a byline, or nothing when it is none.

    What stands first in a text could be its title: only a named outlet or 报道 make it a byline.

    >>> byline("本报记者 毛丽君 通讯员 李四"), byline("記者王小明／台北報導"), byline("记者调查")
    (['毛丽君', '李四'], ['王小明'], [])
    """
    text = bare(line)
    if len(text) > _BYLINE_CHARS or _SENTENCE.search(text) or is_caption(line):
        return []
    if english := _BY.fullmatch(text):
        return people(english["names"])
    if _COLUMN.fullmatch(text):
        return [text]
    role = _ROLE.match(text)
    if role is None:
        return []
    named = _reporters(text)
    is_plain = not role["outlet"] and named == _reporters_as_written(text)
    return [] if first and is_plain else named


def _reporters(text: str) -> list[str]:
    """Return the names behind the roles, whatever says where they report from cut off."""
    for cut in range(len(text), 0, -1):
        if cut < len(text) and not _REPORTED.fullmatch(text, cut):
            continue
        names = _reporters_as_written(text[:cut])
        if names:
            return names
    return []


def _reporters_as_written(text: str) -> list[str]:
    names: list[str] = []
    roles = list(_ROLE.finditer(text))
    if not roles or roles[0].start():
        return []
    ends = [role.start() for role in roles[1:]] + [len(text)]
    for role, end in zip(roles, ends, strict=True):
        found = people(text[role.end() : end])
        if not found:
            return []
        names += found
    return names


def is_caption(line: str) -> bool:
    """Return whether a line says what a picture shows or who took it: ■… 徐程 摄, 图为…"""
    return len(line) <= 2 * _BYLINE_CHARS and _CAPTION.fullmatch(line.strip()) is not None


def named(value: str) -> list[str]:
    """Return the people, or the one pen name or body, that the value of 作者： names, or nothing.

    >>> named("张三，系北京大学教授"), named("六神磊磊"), named("您好，请问")
    (['张三'], ['六神磊磊'], [])
    """
    text = without_note(plain(value))
    if not text or len(text) > _BYLINE_CHARS or _SENTENCE.search(text):
        return []
    if _ROLE.match(text):
        return _reporters(text)
    if names := people(text):
        return names
    leading = re.split(r"[，,]|\s(?=[^A-Za-z])|\s+著?$", text, maxsplit=1)[0]
    if leading != text and (names := people(leading)):
        return names
    names = [text] if HAN_IN.search(text) else _LATIN_BETWEEN.split(text)
    return names if all(map(_is_pen_name, names)) else []


def without_note(name: str) -> str:
    """Return a name without the bracket or the mail address behind it: Jane Doe (Red Hat)."""
    return re.sub(r"\s*(?:[（(][^（()）]*[)）]?|<?\S+@\S+?)\s*$", "", name).strip()


def _is_pen_name(text: str) -> bool:
    if not _PEN_NAME.fullmatch(text) or _PROSE.search(text):
        return False
    return text.lower() not in _NOBODY


def bracketed(text: str) -> list[str]:
    """Return the names that the inside of a bracket gives: 记者张三、李四, 作者：张三，系…"""
    before, fields = fields_of(text)
    if not before and "author" in fields:
        return named(fields["author"])
    return byline(text)
