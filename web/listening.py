"""The socket that a server listens on, and what is said where there can be none."""

import errno
import os
import socket

from search.archive import ServerError, message

_PORT_TROUBLES = {errno.EADDRINUSE, errno.EACCES}
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`; raises ServerError where none can."""
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


def address_of(host: str, listener: socket.socket) -> str:
    """Return the address to open in a browser on this machine."""
    name = _EVERY_ADDRESS.get(host, host)
    port = listener.getsockname()[1]
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
