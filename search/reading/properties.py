"""What office programs write beside a text: mostly of the computer, not of the article."""

import re

_NO_TITLE = re.compile(
    r"(?i)microsoft (?:word|powerpoint|excel)\b.*|.*\.(?:docx?|wps|pdf|indd|qxd|cdr|pptx?|rtf|txt)"
    r"|(?:untitled|document|文档|文檔|文件|无标题|無標題|未命名|新建|slide|print|test)[\s\d\-—]*.{0,6}"
)
_NO_AUTHOR = re.compile(
    r"(?i)admin(?:istrator)?|user\d*|owner|guest|root|pc|hp|dell|lenovo|asus|acer|apple|microsoft"
    r"|(?:微软|windows|雨林木风|番茄花园|深度|匿名|unknown|anonymous|a)[\s_]*(?:用户|用戶|user)?"
    r"|unknown|anonymous|\W*|.*(?:microsoft office|adobe|indesign|acrobat|wps office).*"
)


def likely_title(written: str) -> str:
    """Return a document's title, or nothing where the program made it up.

    >>> likely_title("招商引凤"), likely_title("Microsoft Word - 稿件.doc"), likely_title("文档1")
    ('招商引凤', '', '')
    """
    title = " ".join(written.split())
    return "" if _NO_TITLE.fullmatch(title) else title


def likely_author(written: str) -> str:
    """Return a document's author, or nothing for the name of an account.

    >>> likely_author("毛丽君"), likely_author("Administrator"), likely_author("微软用户")
    ('毛丽君', '', '')
    """
    author = " ".join(written.split())
    return "" if _NO_AUTHOR.fullmatch(author) else author
