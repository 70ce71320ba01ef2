"""Each request is counted, and logged once its answer has gone out."""

import logging
import time
from functools import partial

from flask import Response, request

from web import metrics
from web.hardening import request_id
from web.holding import hold
from web.logs import ACCESS, extra
from web.site import current_archive, current_mount, current_site

_BEGAN = "xunwen.began"
_SEEN = "xunwen.seen"
ELSEWHERE = "elsewhere"  # the route of addresses that are none of the site's


def begin() -> None:
    """Note when the work on the present request began, and that it goes on."""
    if _BEGAN in request.environ:  # of the site alone both the app and the blueprint ask
        return
    request.environ[_BEGAN] = time.perf_counter()
    if request.blueprints:
        hold(metrics.in_flight(current_mount()))


def observe(response: Response) -> Response:
    """Return `response`, counted; its line is written when its last byte has been handed over."""
    if _SEEN in request.environ:
        return response
    request.environ[_SEEN] = True
    began = request.environ.get(_BEGAN, time.perf_counter())
    route = request.url_rule.rule if request.url_rule else ELSEWHERE
    status = response.status_code
    state = current_archive().answered_by()
    current_site().tidying.note(state)
    metrics.answered(current_mount(), route, status, time.perf_counter() - began)
    if ACCESS.isEnabledFor(logging.INFO):
        fields = {
            "id": request_id(),
            "method": request.method,
            "route": route,
            "path": request.path,
            "status": status,
            "generation": state,
            "client": request.remote_addr or "",
        }
        if current_site().settings.log_queries:
            fields["query"] = request.query_string.decode("utf-8", "replace")
        response.call_on_close(partial(_log, response, began, fields))
    return response


def _log(response: Response, began: float, fields: dict[str, object]) -> None:
    is_empty = fields["method"] == "HEAD" or response.status_code == 304
    sent = 0 if is_empty else response.content_length or response.calculate_content_length() or 0
    took_ms = round((time.perf_counter() - began) * 1000, 1)
    ACCESS.info("request", extra=extra({**fields, "bytes": sent, "ms": took_ms}))
