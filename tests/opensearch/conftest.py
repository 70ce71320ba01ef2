"""Real OpenSearch nodes: one, and three of a cluster, started when a test first asks for them."""

import os
from collections.abc import Iterator

import pytest
from opensearchpy import OpenSearch

from tests.engine_under_test import missing
from tests.opensearch.fetching import HERE, Server, server
from tests.opensearch.nodes import Cluster, Node, started
from tests.opensearch.pretokenised import ANALYSIS, MAPPINGS

INDEX = "articles"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is here; where there is no server, one skipped test speaks for all that need it."""
    here = [item for item in items if item.path.is_relative_to(HERE)]
    for item in here:
        item.add_marker(pytest.mark.opensearch)
    needing = [item for item in here if "opensearch" in fixtures_of(item)]
    reason = missing()
    if needing and reason and not os.environ.get("XUNWEN_REQUIRE_ALL"):
        needing[0].add_marker(pytest.mark.skip(f"{reason} ({len(needing)} tests need it)"))
        config.hook.pytest_deselected(items=needing[1:])
        items[:] = [item for item in items if item not in needing[1:]]


def fixtures_of(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


@pytest.fixture(scope="session")
def opensearch() -> Server:
    """What nodes are started with; a test that gets here without it fails."""
    if reason := missing():
        pytest.fail(reason, pytrace=False)
    return server()


@pytest.fixture(scope="session")
def lone_node(opensearch: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(opensearch, tmp_path_factory.mktemp("node")) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def three_nodes(opensearch: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(opensearch, tmp_path_factory.mktemp("cluster"), 3) as cluster:
        yield cluster


@pytest.fixture
def node(lone_node: Cluster) -> Node:
    """One node that answers, without an index; a test may do to it what it likes."""
    emptied(lone_node)
    return lone_node.nodes[0]


@pytest.fixture
def cluster(three_nodes: Cluster) -> Cluster:
    """Three nodes together, without an index; a test may do to them what it likes."""
    emptied(three_nodes)
    return three_nodes


@pytest.fixture
def client(node: Node) -> Iterator[OpenSearch]:
    """A client of the one node."""
    with OpenSearch([node.address], timeout=30) as client:
        yield client


@pytest.fixture
def cluster_client(cluster: Cluster) -> Iterator[OpenSearch]:
    """A client that knows all three nodes, and asks another where one does not answer."""
    with OpenSearch(cluster.addresses, timeout=10, max_retries=5, retry_on_timeout=True) as client:
        yield client


@pytest.fixture
def index(client: OpenSearch) -> str:
    """The name of an empty index of the one node, for text that is tokenised already."""
    settings = {"number_of_shards": 1, "number_of_replicas": 0, "analysis": ANALYSIS}
    client.indices.create(index=INDEX, body={"settings": settings, "mappings": MAPPINGS})
    return INDEX


def emptied(cluster: Cluster) -> None:
    cluster.heal()
    with OpenSearch(cluster.addresses, timeout=30) as client:
        client.indices.delete(index="*", expand_wildcards="all")
