"""Errors as the site answers them: a page for readers, an object for programs.

An error about the reader's own request is told in its own words. One about the index names folders
of this machine, so it is told in the words below and goes whole to the log.
"""

import math
from typing import Any
from urllib.parse import quote_plus

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from search.archive import ClusterUnavailableError, QueryTimeoutError, SearchError, said_by
from web import metrics
from web.drawing import draw_page
from web.hardening import request_id
from web.languages import gettext, said
from web.logs import SITE, extra
from web.parameters import PageRequest
from web.site import current_mount, current_site
from web.tellings import HTTP_HEADLINES, TELLINGS, Telling
from web.text_json import answer_json

INTERNAL = "internal"  # the code of what nobody expected
USE_LINKS = "use an address that the site links to"
# Besides those below /api/: no view answers a wrong method, so that its name does not tell.
_FOR_PROGRAMS = ("/healthz", "/openapi.json", "/metrics")
_SEARCHED = ("q", "text", "query", "where")  # parameters that no line of the log may repeat
OUTAGE_SECONDS = 10  # that a cluster may take to have another node in the place of one that is down
_WAITING = (429, 503)  # statuses that say when to ask again


def register(app: Flask | Blueprint) -> None:
    """Make `app` answer every error as this module says."""
    app.register_error_handler(SearchError, answer_search_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_surprise)


def answer_search_error(error: SearchError) -> Response:
    """Return the answer to one of the project's own errors."""
    telling = next(TELLINGS[kind] for kind in type(error).__mro__ if kind in TELLINGS)
    if telling.status >= 500:
        metrics.failed(current_mount(), error.code)
        hint = f"; hint: {error.hint}" if error.hint else ""
        if isinstance(error, QueryTimeoutError):  # whose hint holds a part of the query
            SITE.warning("[%s] %s", request_id(), error, extra=_place(error.code))
        else:
            SITE.error("[%s] %s%s", request_id(), error, hint, extra=_place(error.code))
    message = telling.message or said_by(error)
    response = _answer(telling, error.code, message, telling.hint or error.hint)
    if isinstance(error, QueryTimeoutError):
        response.headers["Retry-After"] = str(math.ceil(error.seconds))
    elif isinstance(error, ClusterUnavailableError):
        response.headers["Retry-After"] = str(OUTAGE_SECONDS)
    return response


def answer_http_error(error: HTTPException) -> Response:
    """Return the answer to a wrong address or method, with the headers it calls for."""
    status = error.code or 500
    headline, advice = HTTP_HEADLINES.get(status, HTTP_HEADLINES[400])
    message = error.name.lower()
    telling = Telling(status, headline, advice)
    hint = "wait as long as Retry-After says" if status in _WAITING else USE_LINKS
    response = _answer(telling, message.replace(" ", "_"), message, hint)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    wait = getattr(error, "retry_after", None)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def answer_surprise(error: Exception) -> Response:
    """Return a plain 500 that shows nothing of the inside; the log gets all of it."""
    metrics.failed(current_mount(), INTERNAL)
    said = "[%s] unexpected error at %r"
    SITE.error(said, request_id(), request.path, exc_info=error, extra=_place(INTERNAL))
    telling = Telling(500, *HTTP_HEADLINES[500])
    return _answer(telling, INTERNAL, "something unexpected went wrong", "try again in a while")


def _place(code: str) -> dict[str, Any]:
    """Return what a line of the log says besides, of where an error was met."""
    fields = {"id": request_id(), "method": request.method, "path": request.path, "code": code}
    if current_site().settings.log_queries:
        return extra(fields)
    searched = [text for name in _SEARCHED for text in request.args.getlist(name)]
    return extra(fields, [*searched, *map(quote_plus, searched)])


def _answer(telling: Telling, code: str, message: str, hint: str) -> Response:
    """Return the error as an object where programs ask, as a page elsewhere."""
    if _asked_by_program():
        error = {"code": code, "message": message, "hint": hint}
        return answer_json({"error": error, "request_id": request_id()}, telling.status)
    return draw_page(
        "error.html",
        telling.status,
        asked=PageRequest(request.args.get("q", "")),
        headline=gettext(telling.headline),
        advice=gettext(telling.advice),
        details=[said(one) for one in (message, hint) if one and telling.own_words],
        request_id=request_id(),
    )


def _asked_by_program() -> bool:
    if request.endpoint is None:
        return request.path.startswith("/api/") or request.path in _FOR_PROGRAMS
    view = request.endpoint.rpartition(".")[2]
    return view.startswith("api_") or view in ("healthz", "metrics")
