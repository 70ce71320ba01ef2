"""How long an answer took here, told in a header that browsers show beside it."""

import time

from flask import Response, g


def begin() -> None:
    """Note when the work on the present request began."""
    g.xunwen_began = time.perf_counter()


def tell(response: Response) -> Response:
    """Return `response` with `Server-Timing`: milliseconds from the first look to the last byte."""
    began = g.get("xunwen_began")
    if began is not None:
        took_ms = (time.perf_counter() - began) * 1000
        response.headers["Server-Timing"] = f"total;dur={took_ms:.2f}"
    return response
