"""Requests that come too often are refused before anything is done for them."""

from flask import request
from werkzeug.exceptions import TooManyRequests

from web.site import current_site


def limit() -> None:
    """Raise TooManyRequests where the asker's address asks too often, with when to ask again."""
    wait = current_site().rate.wait(request.remote_addr or "")
    if wait:
        raise TooManyRequests(retry_after=wait)
