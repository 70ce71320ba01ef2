"""Errors as the site answers them: a page for readers, an object for programs.

An error about the reader's own request is told in its own words. One about the index names folders
of this machine, so it is told in the words below and goes whole to the log.
"""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from search.archive import (
    ArticleMissingError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    QueryError,
    SearchError,
    UnsupportedError,
)
from web.drawing import draw_page
from web.hardening import request_id
from web.parameters import PageRequest, ParameterError
from web.text_json import answer_json


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


KEEPER = "这要由本站的管理员来处理，请过一会儿再来。"

TELLINGS: dict[type[Exception], Telling] = {
    QueryError: Telling(
        400,
        "这样没法搜索",
        "搜索词里要有字词或数字，只有标点时请加引号，最多 1,000 个字符；"
        "日期写成 2024、2024-06 或 2024-06-28。",
        own_words=True,
    ),
    ParameterError: Telling(
        400,
        "网址里的参数不对",
        "页码从 1 起，最多翻到第 10,000 条结果；每页 1 到 100 条。",
        own_words=True,
    ),
    UnsupportedError: Telling(400, "暂不支持这样搜索", "请换一种写法再试。", own_words=True),
    ArticleMissingError: Telling(
        404,
        "没有这篇文章",
        "它可能已经移出文库，或者网址有误。可以在上面重新搜索。",
        hint="take an id from /api/search",
    ),
    IndexMissingError: Telling(
        503,
        "文库还没有建好",
        KEEPER,
        "there is no index yet",
        "build it with 'search index' on the machine that serves it",
    ),
    IndexDamagedError: Telling(
        503,
        "文库的索引坏了",
        KEEPER,
        "the index cannot be read whole",
        "mend it with 'search index --heal' on the machine that serves it",
    ),
    IndexMismatchError: Telling(
        503,
        "文库的索引要重建",
        KEEPER,
        "the index was built by another version",
        "mend it with 'search index --heal' on the machine that serves it",
    ),
    IndexLockedError: Telling(
        503,
        "文库正在更新",
        "请过一会儿再来。",
        "the index is being written to",
        "ask again in a while",
    ),
    SearchError: Telling(
        503,
        "文库暂时没法使用",
        KEEPER,
        "the archive cannot answer",
        "the log of the site says why",
    ),
}

HTTP_HEADLINES = {
    400: ("请求有误", "请检查网址，或在上面重新搜索。"),
    404: ("没有这个页面", "网址可能有误。可以在上面重新搜索。"),
    405: ("不能这样访问", "这个网址只能打开来读，不能提交内容。"),
    429: ("请求太频繁了", "请稍等一会儿再来。"),
    500: ("出了意外", "问题已经记下。请过一会儿再试，或换几个词搜索。"),
}


def register(app: Flask | Blueprint) -> None:
    """Make `app` answer every error as this module says."""
    app.register_error_handler(SearchError, answer_search_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_surprise)


def answer_search_error(error: SearchError) -> Response:
    """Return the answer to one of the project's own errors."""
    telling = next(TELLINGS[kind] for kind in type(error).__mro__ if kind in TELLINGS)
    if telling.status >= 500:
        current_app.logger.error("[%s] %s; hint: %s", request_id(), error, error.hint)
    message = telling.message or str(error)
    return _answer(telling, error.code, message, telling.hint or error.hint)


def answer_http_error(error: HTTPException) -> Response:
    """Return the answer to a wrong address or method, with the headers it calls for."""
    status = error.code or 500
    headline, advice = HTTP_HEADLINES.get(status, ("没法打开", HTTP_HEADLINES[400][1]))
    message = error.name.lower()
    telling = Telling(status, headline, advice)
    response = _answer(
        telling, message.replace(" ", "_"), message, "use an address that the site links to"
    )
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    wait = getattr(error, "retry_after", None)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def answer_surprise(error: Exception) -> Response:
    """Return a plain 500 that shows nothing of the inside; the log gets all of it."""
    said = "[%s] unexpected error at %r"
    current_app.logger.error(said, request_id(), request.path, exc_info=error)
    telling = Telling(500, *HTTP_HEADLINES[500])
    return _answer(telling, "internal", "something unexpected went wrong", "try again in a while")


def _answer(telling: Telling, code: str, message: str, hint: str) -> Response:
    """Return the error as an object where programs ask, as a page elsewhere."""
    if _asked_by_program():
        error = {"code": code, "message": message, "hint": hint}
        return answer_json({"error": error, "request_id": request_id()}, telling.status)
    return draw_page(
        "error.html",
        telling.status,
        asked=PageRequest(request.args.get("q", "")),
        telling=telling,
        message=message,
        hint=hint,
        request_id=request_id(),
    )


def _asked_by_program() -> bool:
    if request.endpoint is None:
        return request.path.startswith("/api/")
    view = request.endpoint.rpartition(".")[2]
    return view.startswith("api_") or view == "healthz"
