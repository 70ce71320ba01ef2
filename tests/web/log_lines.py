"""The lines that the site logs, as objects."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from web.logs import log_to_stderr

LOGGERS = ("xunwen", "xunwen.access", "waitress")


@contextmanager
def logged(each_request: bool = True) -> Iterator[list[dict]]:
    """Give a list that holds, in the end, what was logged to stderr; loggers are then as before."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger, logger.handlers, logger.level) for logger in loggers]
    lines: list[dict] = []
    with mock.patch("sys.stderr", io.StringIO()) as stderr:
        log_to_stderr(each_request)
        try:
            yield lines
        finally:
            for logger, handlers, level in before:
                logger.handlers = handlers
                logger.setLevel(level)
            lines += map(json.loads, stderr.getvalue().splitlines())
