"""Three nodes are one cluster, which notices what happens to one of them and takes it back."""

from opensearchpy import OpenSearch

from tests.opensearch.nodes import Cluster, Node

ARTICLES = 60
NOTICED_SECONDS = 30  # fault detection is set to 4; machines are busy


def test_three_processes_form_one_cluster(cluster: Cluster) -> None:
    assert len({node.pid for node in cluster.nodes}) == 3
    assert len({node.ask("/")["cluster_uuid"] for node in cluster.nodes}) == 1
    for node in cluster.nodes:
        assert node.wait_for(3)["number_of_data_nodes"] == 3
    names = {row["name"] for row in cluster.nodes[0].ask("/_cat/nodes?format=json")}
    assert names == {"n1", "n2", "n3"}


def test_a_node_ended_by_kill_9_is_noticed_and_comes_back_with_its_shards(
    cluster: Cluster, cluster_client: OpenSearch
) -> None:
    filled(cluster, cluster_client)
    lost = follower(cluster)
    (identity,) = lost.ask("/_nodes/_local")["nodes"]
    shards = shards_of(lost, cluster)
    assert shards, "each node has some"

    lost.kill()
    others = cluster.running()
    assert len(others) == 2
    for other in others:
        other.wait_for(2, "yellow", NOTICED_SECONDS)
    assert found(cluster_client) == ARTICLES
    cluster_client.index(index="articles", id="late", body={"b": "港口"}, refresh=True)

    lost.start()
    for node in cluster.nodes:
        node.wait_for(3)
    assert list(lost.ask("/_nodes/_local")["nodes"]) == [identity], "its data folder is the same"
    assert shards_of(lost, cluster) == shards
    assert found(cluster_client, f"_prefer_nodes:{identity}") == ARTICLES + 1


def test_the_others_elect_another_manager_when_theirs_is_killed(
    cluster: Cluster, cluster_client: OpenSearch
) -> None:
    filled(cluster, cluster_client)
    manager = cluster.manager()
    manager.kill()
    for other in cluster.running():
        other.wait_for(2, "yellow", NOTICED_SECONDS)
    assert cluster.manager() != manager
    cluster_client.index(index="articles", id="late", body={"b": "港口"}, refresh=True)
    assert found(cluster_client) == ARTICLES + 1


def test_a_node_that_hangs_is_put_out_and_taken_back_when_it_goes_on(cluster: Cluster) -> None:
    hanging = follower(cluster)
    hanging.pause()
    try:
        for other in cluster.nodes:
            if other is not hanging:
                other.wait_for(2, "yellow", NOTICED_SECONDS)
        assert hanging.is_running
    finally:
        hanging.resume()
    for node in cluster.nodes:
        node.wait_for(3)


def follower(cluster: Cluster) -> Node:
    """Return the first node that is not the elected manager."""
    manager = cluster.manager()
    return next(node for node in cluster.nodes if node is not manager)


def filled(cluster: Cluster, client: OpenSearch) -> None:
    """Index articles in three shards with one replica each, all of them in place.

    Shards of a node that is lost stay unassigned until it is back: a copy elsewhere would hide it.
    """
    settings: dict[str, object] = {
        "number_of_shards": 3,
        "number_of_replicas": 1,
        "unassigned.node_left.delayed_timeout": "10m",
    }
    client.indices.create(index="articles", body={"settings": {"index": settings}})
    cluster.nodes[0].wait_for(3)
    lines = [
        line
        for number in range(ARTICLES)
        for line in ({"index": {"_id": str(number)}}, {"b": f"港口 第{number}号"})
    ]
    assert client.bulk(index="articles", body=lines, refresh=True)["errors"] is False


def found(client: OpenSearch, preference: str | None = None) -> int:
    whole = {"track_total_hits": "true", "allow_partial_search_results": "false"}
    params = whole | ({"preference": preference} if preference else {})
    answer = client.search(index="articles", body={"query": {"match_all": {}}}, params=params)
    total: int = answer["hits"]["total"]["value"]
    return total


def shards_of(node: Node, cluster: Cluster) -> list[str]:
    """Return the numbers of the shards of which a node has a copy that is whole and open."""
    rows = cluster.running()[0].ask("/_cat/shards/articles?format=json")
    own = [row for row in rows if row["node"] == node.name and row["state"] == "STARTED"]
    return sorted(row["shard"] for row in own)
