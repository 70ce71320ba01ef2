"""How each kind of error is told: headline and advice for readers, words and hint for programs."""

from dataclasses import dataclass

from search.archive import (
    ArticleMissingError,
    ClusterRefusedError,
    ClusterUnavailableError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    OriginalMissingError,
    QueryError,
    QueryTimeoutError,
    SearchError,
    UnsupportedError,
)
from web.languages import sentence
from web.parameters import ParameterError


@dataclass(frozen=True, slots=True)
class Telling:
    """How a kind of error is told: to readers in Chinese, to programs by `message` and `hint`.

    Without a `message`, the error's own words are fit for all to read.
    """

    status: int
    headline: str
    advice: str
    message: str = ""
    hint: str = ""
    own_words: bool = False  # whether the page adds the error's own words to the advice


KEEPER = sentence("这要由本站的管理员来处理，请过一会儿再来。")

TELLINGS: dict[type[Exception], Telling] = {
    QueryError: Telling(
        400,
        sentence("这样没法搜索"),
        sentence(
            "搜索词里要有字词或数字，只有标点时请加引号，最多 1,000 个字符；"
            "日期写成 2024、2024-06 或 2024-06-28。"
        ),
        own_words=True,
    ),
    ParameterError: Telling(
        400,
        sentence("网址里的参数不对"),
        sentence("页码从 1 起，最多翻到第 10,000 条结果；每页 1 到 100 条。"),
        own_words=True,
    ),
    # Not the reader's fault alone: with fewer askers, or on another day, the same may be answered.
    QueryTimeoutError: Telling(
        503,
        sentence("这样搜索太费时间"),
        sentence("请减少搜索词，或换成更少见的词；引号里只有标点、原文和相邻的条件最费时间。"),
        own_words=True,
    ),
    UnsupportedError: Telling(
        400, sentence("暂不支持这样搜索"), sentence("请换一种写法再试。"), own_words=True
    ),
    ArticleMissingError: Telling(
        404,
        sentence("没有这篇文章"),
        sentence("它可能已经移出文库，或者网址有误。可以在上面重新搜索。"),
        hint="take an id from /api/search",
    ),
    OriginalMissingError: Telling(
        404,
        sentence("没有这篇文章的原文件"),
        sentence("文件在建索引之后改动过、移走了，或者文章不是一个单独的文件。"),
        "the file is not there as it was indexed",
        "read the article itself",
    ),
    IndexMissingError: Telling(
        503,
        sentence("文库还没有建好"),
        KEEPER,
        "there is no index yet",
        "build it with 'search index' on the machine that serves it",
    ),
    IndexDamagedError: Telling(
        503,
        sentence("文库的索引坏了"),
        KEEPER,
        "the index cannot be read whole",
        "mend it with 'search index --heal' on the machine that serves it",
    ),
    IndexMismatchError: Telling(
        503,
        sentence("文库的索引要重建"),
        KEEPER,
        "the index was built by another version",
        "mend it with 'search index --heal' on the machine that serves it",
    ),
    IndexLockedError: Telling(
        503,
        sentence("文库正在更新"),
        sentence("请过一会儿再来。"),
        "the index is being written to",
        "ask again in a while",
    ),
    ClusterUnavailableError: Telling(
        503,
        sentence("文库所在的集群现在没有回应"),
        sentence("这不是没有结果，也不必换词。请过一会儿再来。"),
        "the cluster that holds the archive does not answer, or not whole",
        "ask again as Retry-After says; the log of the site says why",
    ),
    ClusterRefusedError: Telling(
        503,
        sentence("文库所在的集群没有接受本站"),
        KEEPER,
        "the cluster that holds the archive did not let the site in, or is not trusted",
        "the log of the site says why",
    ),
    SearchError: Telling(
        503,
        sentence("文库暂时没法使用"),
        KEEPER,
        "the archive cannot answer",
        "the log of the site says why",
    ),
}

HTTP_HEADLINES = {
    400: (sentence("请求有误"), sentence("请检查网址，或在上面重新搜索。")),
    404: (sentence("没有这个页面"), sentence("网址可能有误。可以在上面重新搜索。")),
    405: (sentence("不能这样访问"), sentence("这个网址只能打开来读，不能提交内容。")),
    429: (sentence("请求太频繁了"), sentence("请稍等一会儿再来。")),
    503: (sentence("现在来的人太多了"), sentence("请稍等一会儿再来。")),
    500: (sentence("出了意外"), sentence("问题已经记下。请过一会儿再试，或换几个词搜索。")),
}
