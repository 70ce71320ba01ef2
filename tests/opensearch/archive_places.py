"""Where an archive of a test lies on the nodes."""

from search import Cluster
from tests.opensearch.nodes import Node

NAME = "xunwen"


def place_on(*nodes: Node, timeout: int = 30) -> Cluster:
    """Return the place of an archive on nodes; copies of its shards lie on no others."""
    return Cluster(tuple(node.address for node in nodes), NAME, replicas=0, timeout=timeout)
