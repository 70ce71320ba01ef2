"""Lines that say what they hold: 作者：余光中  来源：联合报; names may be links of Markdown."""

import re

# What a label stands for, and the ways in which it is written.
_SPELLINGS = {
    "title": "标题 標題 题目 題目 主题 主題 主旨 Subject Title",
    "author": "作者 原作者 原文作者 文章作者 著者 撰文 撰稿 撰稿人 执笔 執筆 文 文字 图文 圖文 "
    "文/图 文/圖 图/文 圖/文 文、图 采写 採寫 记者 記者 发信人 發信人 发件人 發件人 寄件人 寄件者 "
    "Author From",
    "date": "发布时间 發布時間 发布日期 發布日期 发表时间 發表時間 发表日期 发表于 发布于 刊登日期 "
    "日期 更新时间 更新時間 发送时间 發送時間 寄件日期 Date Published Posted",
    "when": "时间 時間",  # of a post, or of what is announced
    "publication": "来源 來源 稿源 文章来源 文章來源 信息来源 新闻来源 资料来源 出处 "
    "出處 转自 轉自",
    "translator": "译者 譯者 翻译 翻譯 编译 編譯 Translator",
    "reviewer": "校对 校對 审校 審校 校对者",
    "collector": "选题 选题者",
    "editor": "编辑 編輯 责任编辑 責任編輯 责编 責編 主编 主編 审核 Editor",
    "photographer": "摄影 攝影 图 圖 图片 圖片 供图 摄",
    "via": "via 原文 原文链接 原文地址 原文網址 来自",
    "url": "本文链接 本文地址 网址 網址 链接 連結 URL",
    "posted": "发信站 發信站",
    "other": "收件人 收件者 抄送 副本 "
    "信区 看板 关键词 關鍵詞 浏览 阅读 阅读量 点击 点击数 字号 评论 分享 排版 制图",
}
_OF = {
    spelling.replace(" ", "").lower(): name
    for name, spellings in _SPELLINGS.items()
    for spelling in spellings.split()
}
_ANY = "|".join(
    r"[ \u3000]*".join(map(re.escape, spelling)) if not spelling.isascii() else re.escape(spelling)
    for spelling in sorted(_OF, key=len, reverse=True)
)
# A slash or bar does for 文/张三 and 撰文｜张三; with a blank alone, 作者 张三 could be a sentence.
_LABEL = re.compile(
    rf"(?:^|(?<=[\s|｜/／,，;；、)\]）】]))[(（\[【]?({_ANY})(?:\s*[:：]|[ \u3000]*[/／|｜丨]|(?=\s+https?://))\s*",
    re.IGNORECASE,
)
_BULLETS = "■□●◎○◇◆△▲☐⊙*＊_>＞-—–·•#=\u3000 \t"
_PAIRS = ("（）", "()", "【】", "〔〕", "[]", "［］", "「」")
_LINK = re.compile(r"\[([^\]\[]+)\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK_TARGET = re.compile(r"\[[^\]\[]+\]\(\s*(https?://[^)\s]*)|(https?://[^\s)>\]]+)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENDS = " \t\u3000\xa0\u200b|｜/／,，;；、\u2028"


def bare(line: str) -> str:
    """Return a line without its bullets, its emphasis and a bracket around it all.

    >>> bare("■（本报记者 徐程）"), bare("**作者：张三**")
    ('本报记者 徐程', '作者：张三')
    """
    line = line.strip().strip(_BULLETS)
    for pair in _PAIRS:
        opening, closing = pair[0], pair[1]
        if line[:1] == opening and _closing(line, opening, closing) == len(line) - 1:
            return line[1:-1].strip()
    return line


def _closing(line: str, opening: str, closing: str) -> int:
    """Return where the bracket that opens a line is closed, or -1."""
    depth = 0
    for place, character in enumerate(line):
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return place
    return -1


def fields_of(line: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first label of a line, and the value of each label.

    >>> fields_of("2024-06-28 来源：联合报 作者：[余光中](https://example.com)")
    ('2024-06-28', {'publication': '联合报', 'author': '[余光中](https://example.com)'})
    """
    line = bare(_TAG.sub("", line) if "<" in line else line)
    labels = list(_LABEL.finditer(line))
    if not labels:
        return line, {}
    ends = [label.start() for label in labels[1:]] + [len(line)]
    values: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=True):
        name = _OF[re.sub(r"\s+", "", label[1]).lower()]
        value = line[label.end() : end].strip(_ENDS)
        if value:
            values.setdefault(name, value)
    return line[: labels[0].start()].strip(_ENDS), values


def plain(value: str) -> str:
    """Return a value with the text of its links alone: `[Arun Pyasi][a]` is Arun Pyasi."""
    return _LINK.sub(r"\1", value).replace("\xa0", " ").strip(_ENDS)


def address_in(value: str) -> str:
    """Return the first address in a value, that of a link or one written out, or nothing."""
    found = _LINK_TARGET.search(value)
    return (found[1] or found[2]) if found else ""
