"""What every answer of the site carries: headers that bound what it may do, and a request id."""

import re
import secrets

from flask import Response, g, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # a query is the reader's own: other sites never learn it
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REQUEST_ID = "X-Request-Id"
_given = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id() -> str:
    """Return what the present request goes by in answers and in the log: its proxy's name for it.

    Where none was given, or none that is fit for a log, one is made.
    """
    if "xunwen_request_id" not in g:
        given = request.headers.get(REQUEST_ID, "")
        g.xunwen_request_id = given if _given.fullmatch(given) else secrets.token_hex(8)
    made: str = g.xunwen_request_id
    return made


def harden(response: Response) -> Response:
    """Return `response` with the headers that every answer of the site carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault(REQUEST_ID, request_id())
    # Answers follow the index, which changes beneath a running site: ask again each time.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
