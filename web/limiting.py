"""Requests that come too often are refused before anything is done for them."""

from flask import request
from werkzeug.exceptions import TooManyRequests

from web import metrics
from web.limits import FREE
from web.site import current_mount, current_site


def limit() -> None:
    """Raise TooManyRequests where the asker's address asks too often, with when to ask again."""
    if (request.endpoint or "").rpartition(".")[2] in FREE:
        return
    wait = current_site().rate.wait(request.remote_addr or "")
    if wait:
        metrics.refused(current_mount(), "rate")
        raise TooManyRequests(retry_after=wait)
