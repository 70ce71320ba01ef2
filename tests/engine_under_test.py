"""Which engine tests run on: the embedded one, or the one that XUNWEN_ENGINE names.

`opensearch` is a real node of its own, started when it is first asked for.
"""

import atexit
import os
import re
import shutil
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from search.config.cluster import Cluster

ON_CLUSTER = os.environ.get("XUNWEN_ENGINE") == "opensearch"


def place(folder: Path) -> Path | Cluster:
    """Return where an archive of this name lies: the folder, or an archive of the node."""
    if not ON_CLUSTER:
        return folder
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(folder.parts[-2:]).lower()).strip("-")
    return Cluster(addresses(), name=f"t-{name}", replicas=0)


def missing() -> str:
    """Return what is missing for a node to start, and how to get it; nothing where all is here."""
    from tests.opensearch.fetching import MissingError, server

    try:
        server()
    except MissingError as error:
        return str(error)
    return ""


@cache
def addresses() -> tuple[str, ...]:
    """Return where the node listens; it ends with this process."""
    from tests.opensearch.fetching import server
    from tests.opensearch.nodes import started

    ends = ExitStack()
    atexit.register(ends.close)
    folder = Path(tempfile.mkdtemp(prefix="xunwen-node-"))
    ends.callback(shutil.rmtree, folder, ignore_errors=True)  # after the node has ended
    return tuple(ends.enter_context(started(server(), folder)).addresses)
