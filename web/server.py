"""The site on a production server, waitress: eight threads, one process."""

import errno
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import waitress
from flask import Flask

from search.archive import ServerError, message

THREADS = 8
CONNECTIONS = 1000
_PORT_TROUBLES = {errno.EADDRINUSE, errno.EACCES}
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def serve(app: Flask, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve `app` until Ctrl-C, which returns, or SIGTERM, which ends in `SystemExit(0)`.

    `announce` is given the site's address once it listens; with port 0 the system picks one. A
    port that is taken or a host that is not here raises `ServerError` before that.
    """
    # It warns of each request that waits a moment for a thread; that is what a queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with _listen(host, port) as listener, _ending_on_sigterm() as ended:
        server = waitress.create_server(
            app,
            sockets=[listener],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,  # select() fails where a file's number goes beyond 1,023
            ident=None,
        )
        announce(_address(host, listener))
        server.run()  # swallows what the signal raised, after the threads have ended
        server.close()
    if ended.is_set():
        raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`."""
    if not 0 <= port <= 65535:  # getaddrinfo would quietly take it modulo 65,536
        raise ServerError(
            message("cannot serve on port {port}: no such port", port=port),
            message("try --port 8000"),
        )
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise _refusal(host, port, error) from error
    try:
        if os.name == "posix":  # elsewhere it would let two sites share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()  # a port that is shared is refused only here
    except OSError as error:
        listener.close()
        raise _refusal(host, port, error) from error
    return listener


def _refusal(host: str, port: int, error: Exception) -> ServerError:
    """Return why the site cannot be served there, and what to try instead."""
    cause = message((getattr(error, "strerror", None) or str(error)).lower())
    hint = message("try another --port, or --port 0 for any that is free")
    if isinstance(error, socket.gaierror | UnicodeError):
        cause = message("no such host")
    if not isinstance(error, OSError) or error.errno not in _PORT_TROUBLES:
        hint = message("try --host 127.0.0.1")
    return ServerError(
        message("cannot serve on '{host}:{port}': {cause}", host=host, port=port, cause=cause), hint
    )


def _address(host: str, listener: socket.socket) -> str:
    """Return the address to open in a browser on this machine."""
    name = _EVERY_ADDRESS.get(host, host)
    port = listener.getsockname()[1]
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


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
