"""The site on a production server, waitress: one process, with threads to spare."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import waitress
from flask import Flask

from search.archive import SiteSettings
from web.admission import threads
from web.listening import address_of, listen

CONNECTIONS = 1000


def serve(
    app: Flask,
    host: str,
    port: int,
    announce: Callable[[str], None],
    settings: SiteSettings | None = None,
) -> None:
    """Serve `app` until Ctrl-C, which returns, or SIGTERM, which ends in `SystemExit(0)`.

    `announce` is given the site's address once it listens; with port 0 the system picks one. A
    port that is taken or a host that is not here raises `ServerError` before that. Requests that
    have come in are answered to the end.
    """
    # It warns of each request that waits a moment for a thread; that is what a queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with listen(host, port) as listener, _ending_on_sigterm() as ended:
        server = waitress.create_server(
            app,
            sockets=[listener],
            threads=threads(settings or SiteSettings()),
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,  # select() fails where a file's number goes beyond 1,023
            ident=None,
            clear_untrusted_proxy_headers=False,  # `proxies` says whether they are believed
        )
        announce(address_of(host, listener))
        server.run()  # swallows what the signal raised, after the threads have ended
        server.close()
    if ended.is_set():
        raise SystemExit(0)


@contextmanager
def _ending_on_sigterm() -> Iterator[threading.Event]:
    """Let SIGTERM end the server; the event tells afterwards whether it did."""
    ended = threading.Event()

    def end(*_: object) -> NoReturn:
        ended.set()
        raise SystemExit(0)

    if threading.current_thread() is not threading.main_thread():
        yield ended  # only the main thread may set signals; whoever owns it decides
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGTERM, before)
