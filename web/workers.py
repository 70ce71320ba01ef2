"""From `search serve --workers` to the process that starts the workers: see `web.arbiter`."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import NoReturn

from search.archive import Cluster, ServerError, message
from web.listening import address_of, listen

# What other servers leave in the environment would have gunicorn listen elsewhere too.
_FROM_OTHERS = ("LISTEN_FDS", "LISTEN_PID", "GUNICORN_FD", "GUNICORN_PID")
_START = "from web.arbiter import main; main()"


def serve_with_workers(
    index: str | Cluster,
    workers: int,
    host: str,
    port: int,
    announce: Callable[[str], None],
    changes: Mapping[str, object] | None = None,
) -> NoReturn:
    """Become the process that serves `index` with so many workers, until SIGTERM or Ctrl-C.

    `announce` is given the site's address once it listens; `changes` are to the settings of the
    site, which each worker reads by itself. Raises ServerError as `serve` does.
    """
    if sys.platform == "win32":
        raise ServerError(
            message("cannot serve with workers: this system does not fork processes"),
            message("leave out --workers"),
        )
    listener = listen(host, port)
    os.set_inheritable(listener.fileno(), True)
    announce(address_of(host, listener))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    environment = {name: value for name, value in os.environ.items() if name not in _FROM_OTHERS}
    # Without the current folder among those that modules are looked for in, as for `search` itself.
    arguments = [str(listener.fileno()), str(workers), json.dumps(changes or {})]
    command = [sys.executable, "-P", "-c", _START, *arguments]
    if isinstance(index, str):  # of a cluster each worker reads for itself where it is
        environment |= {"SEARCH_INDEX": index, "SEARCH_ENGINE": "whoosh"}
    os.execve(sys.executable, command, environment)
