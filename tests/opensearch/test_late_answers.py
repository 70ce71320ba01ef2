"""A node that was put out and goes on answers at once what it was asked while it hung."""

import os
import threading
import time
from pathlib import Path

import pytest

from search import Archive
from search import Cluster as Place
from tests.opensearch.load import LONGEST_SECONDS, OUTAGES, Articles, wrong_in
from tests.opensearch.nodes import Cluster
from tests.opensearch.test_outages_under_load import GIVEN_UP_SECONDS, data_node

IS_SOAK = bool(os.environ.get("XUNWEN_SOAK"))
ASKING = 16


@pytest.mark.parametrize("run", ["update", "rebuild"] if IS_SOAK else ["update"])
def test_what_it_answers_from_before_it_was_put_out_is_a_whole_state_or_an_error(
    run: str, cluster: Cluster, tmp_path: Path
) -> None:
    place = Place(tuple(cluster.addresses), replicas=1, timeout=3)
    articles = Articles(tmp_path / "news")
    articles.write()
    Archive.build([articles.folder], place)
    cluster.nodes[0].wait_for(3)
    node = data_node(cluster)
    # Clients of their own, so that each still believes that the node is there.
    asking = [
        Archive(Place(tuple(cluster.addresses), timeout=40 + at), seconds=0) for at in range(ASKING)
    ]
    for archive in asking:
        assert wrong_in(archive, 1, 1) == ""
    node.pause()
    answers: list[str] = []
    over = threading.Event()

    def ask(archive: Archive) -> None:
        while not over.is_set():
            try:
                answers.append(wrong_in(archive, 1, None))
            except OUTAGES:
                pass
            except BaseException as error:
                answers.append(repr(error))

    try:
        for other in cluster.nodes:
            if other is not node:
                other.wait_for(2, "yellow", GIVEN_UP_SECONDS)
        articles.write()
        changed(place, run)
        threads = [threading.Thread(target=ask, args=[archive]) for archive in asking]
        for thread in threads:
            thread.start()
        time.sleep(2)
    finally:
        node.resume()
    time.sleep(1)
    over.set()
    for thread in threads:
        thread.join()
    assert set(answers) == {""}
    cluster.heal()


def changed(place: Place, run: str) -> None:
    """Make a run, again where the way to the node that hangs was tried first."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            if run == "update":
                Archive(place).update()
            else:
                Archive.build([], place)
            return
        except OUTAGES:
            if time.monotonic() > deadline:
                raise
