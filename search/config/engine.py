"""Which engine holds an archive, and where: a folder of this machine, or a cluster."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from search.messages import Message, message

ENGINES = ("whoosh", "opensearch")
LONGEST_NAME = 128  # characters: what a generation adds to it has room below OpenSearch's 255 bytes
_NAME = re.compile(rf"[a-z0-9][a-z0-9_.-]{{0,{LONGEST_NAME - 1}}}")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The table `cluster` of search.toml."""

    name: str = "xunwen"  # what the names of all indices of the archive begin with
    shards: int = 1  # that a new generation is cut into; it stays so until it is built again
    replicas: int = 1  # of each shard, on other nodes
    timeout: int = 30  # seconds that one request may take
    ca: str = ""  # a file of certificates that are trusted, beside search.toml


def host_fault(host: str) -> Message | None:
    """Return what keeps a text from being the address of a node.

    >>> str(host_fault("10.0.0.1:9200"))
    'does not begin with http:// or https://'
    """
    try:
        parts = urlsplit(host)
        port, name = parts.port, parts.hostname
    except ValueError:
        return message("is no address")
    if parts.scheme not in ("http", "https"):
        return message("does not begin with http:// or https://")
    if not name or port == 0 or parts.query or parts.fragment or not host.isprintable():
        return message("is no address")
    return None


def name_fault(name: str) -> Message | None:
    """Return what keeps OpenSearch, or us, from having indices whose names begin so."""
    if not _NAME.fullmatch(name):
        return message("is no name of an index")
    if name.endswith("-gen") or "-gen-" in name:  # it would be a generation of another archive
        return message("has '-gen' in it, as generations do")
    return None
