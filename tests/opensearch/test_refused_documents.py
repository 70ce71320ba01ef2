"""What a cluster is too busy for is sent again, what it refuses is named, what it did is not lost.

A server between the client and a real node refuses, loses and spoils what it is told to.
"""

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from search import Archive
from search import Cluster as Place
from search.engine.opensearch.catalog import Catalog
from search.errors import ClusterUnavailableError, IndexWriteError
from tests.opensearch.load import Articles, wrong_in
from tests.opensearch.nodes import Node
from tests.opensearch.proxy import LOST, Asked, Reply, between, passed_on, refusal

Ask = Callable[[Asked], Reply]
BUSY = "es_rejected_execution_exception"
FULL = "rejected execution of primary operation"


@pytest.fixture
def articles(tmp_path: Path) -> Articles:
    made = Articles(tmp_path / "news")
    made.write()
    return made


@pytest.fixture
def place(node: Node, articles: Articles) -> Place:
    """An archive of the first run."""
    place = Place((node.address,), replicas=0)
    Archive.build([articles.folder], place)
    return place


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.opensearch.bulk.FIRST_WAIT", 0.01)
    monkeypatch.setattr("search.engine.opensearch.bulk.LONGEST_WAIT", 0.01)


def is_bulk(asked: Asked) -> bool:
    return asked.path.partition("?")[0].endswith("/_bulk")


def through(place: Place, address: str) -> Archive:
    return Archive(Place((address,), place.name, replicas=0, timeout=5))


def test_a_bulk_that_is_refused_as_too_much_is_sent_again(place: Place, articles: Articles) -> None:
    refused = 0

    def rule(asked: Asked, ask: Ask) -> Reply:
        nonlocal refused
        if is_bulk(asked) and refused < 3:
            refused += 1
            return refusal(429, BUSY, FULL)
        return ask(asked)

    articles.write()
    with between(rule, place.hosts[0]) as address:
        through(place, address).update()
    assert refused == 3
    assert wrong_in(Archive(place), 2, 2) == ""


def test_of_a_bulk_only_the_documents_are_sent_again_that_were_refused(
    place: Place, articles: Articles
) -> None:
    sent: Counter[str] = Counter()

    def rule(asked: Asked, ask: Ask) -> Reply:
        """Take every document but the first, which is taken when it comes alone."""
        if not is_bulk(asked) or b'"create"' not in asked.body:
            return ask(asked)
        lines = asked.body.splitlines(keepends=True)
        ids = [json.loads(line)["create"]["_id"] for line in lines[::2]]
        sent.update(ids)
        if len(ids) == 1:
            return ask(asked)
        told = json.loads(ask(asked._replace(body=b"".join(lines[2:]))).body)
        error = {"type": BUSY, "reason": FULL}
        told["items"].insert(0, {"create": {"_id": ids[0], "status": 429, "error": error}})
        return Reply.of(200, {**told, "errors": True})

    articles.write()
    with between(rule, place.hosts[0]) as address:
        through(place, address).update()
    assert sorted(sent.values())[-2:] == [1, 2]
    assert wrong_in(Archive(place), 2, 2) == ""


def test_a_cluster_that_stays_too_busy_is_an_outage_and_nothing_is_committed(
    place: Place, articles: Articles
) -> None:
    def rule(asked: Asked, ask: Ask) -> Reply:
        return refusal(429, BUSY, FULL) if is_bulk(asked) else ask(asked)

    articles.write()
    with between(rule, place.hosts[0]) as address:
        with pytest.raises(ClusterUnavailableError) as caught:
            through(place, address).update()
        assert str(caught.value) == f"cannot reach xunwen ({address}): {FULL} (429)"
    assert wrong_in(Archive(place), 1, 1) == ""
    Archive(place).update()
    assert wrong_in(Archive(place), 2, 2) == ""


def test_a_document_that_is_refused_is_named_and_nothing_of_its_run_is_committed(
    place: Place, articles: Articles
) -> None:
    def rule(asked: Asked, ask: Ask) -> Reply:
        """Spoil one document, so that the node itself refuses it."""
        if not is_bulk(asked) or b'"news/2.txt"' not in asked.body:
            return ask(asked)
        lines = [
            re.sub(rb'"day":-?\d+|^\{', rb'{"day":"soon",', line, count=1)
            if b'"id":"news/2.txt"' in line
            else line
            for line in asked.body.splitlines(keepends=True)
        ]
        return ask(asked._replace(body=b"".join(lines)))

    articles.write()
    with between(rule, place.hosts[0]) as address:
        with pytest.raises(IndexWriteError) as caught:
            through(place, address).update()
        reason = "failed to parse field [day] of type [integer] in document with id '"
        said = re.escape(
            f"cannot write to index 'xunwen ({address})': "
            f"1 document was refused: news/2.txt ({reason}"
        )
    assert re.match(said, str(caught.value)), str(caught.value)
    assert wrong_in(Archive(place), 1, 1) == ""
    Archive(place).update()
    assert wrong_in(Archive(place), 2, 2) == ""


UPDATED = {  # what an update changes: method and path
    "a bulk": ("POST", r"/_bulk$"),
    "the record": ("PUT", r"/_doc/commit$"),
    "a blob": ("PUT", r"/_doc/manifest-\w+-0$"),
    "the lease": ("PUT", r"/xunwen-lock/_doc/lease$"),
}
REBUILT = UPDATED | {  # and a rebuild
    "a new index": ("PUT", r"^/xunwen-gen-[-\w]+$"),
    "what it says of itself": ("PUT", r"/_mapping$"),
    "the alias": ("POST", r"^/_aliases$"),
}


class Losing:
    """Passes all on; of each change the first answer is lost, or comes when it is asked again."""

    def __init__(self, changes: Mapping[str, tuple[str, str]], is_late: bool = False) -> None:
        self.lost: set[str] = set()
        self._changes = changes
        self._is_late = is_late
        self._again: dict[tuple[str, bytes], threading.Event] = {}

    def __call__(self, asked: Asked, ask: Ask) -> Reply:
        reply = ask(asked)
        path = asked.path.partition("?")[0]
        kinds = {
            name
            for name, (method, pattern) in self._changes.items()
            if asked.method == method and re.search(pattern, path)
        }
        if not kinds:
            return reply
        if known := self._again.get((asked.path, asked.body)):
            known.set()
            return reply
        self.lost |= kinds
        again = self._again[asked.path, asked.body] = threading.Event()
        if self._is_late:
            again.wait(20)
        return LOST


@pytest.mark.parametrize("is_late", [False, True], ids=["lost", "late"])
def test_what_an_update_did_though_the_answer_was_lost_is_done_once(
    is_late: bool, place: Place, articles: Articles
) -> None:
    losing = Losing(UPDATED, is_late)
    articles.write()
    with between(losing, place.hosts[0]) as address:
        Archive(Place((address,), place.name, replicas=0, timeout=1)).update()
    assert losing.lost == set(UPDATED)
    assert wrong_in(Archive(place), 2, 2) == ""


def test_what_a_rebuild_did_though_the_answer_was_lost_is_done_once(
    place: Place, articles: Articles
) -> None:
    losing = Losing(REBUILT)
    articles.write()
    with between(losing, place.hosts[0]) as address:
        Archive.build([], through(place, address).index)
    assert losing.lost == set(REBUILT)
    assert wrong_in(Archive(place), 2, 2) == ""
    assert len(Catalog(place).generations()) == 2


def test_a_request_that_comes_after_its_writer_gave_up_changes_no_document_of_the_next(
    place: Place, articles: Articles
) -> None:
    kept: list[Asked] = []

    def rule(asked: Asked, ask: Ask) -> Reply:
        """Keep what is to be written, as a node that hangs does."""
        if is_bulk(asked) and b'"create"' in asked.body:
            kept.append(asked)
            return refusal(503, "timeout", "no answer")
        return ask(asked)

    articles.write()
    with between(rule, place.hosts[0]) as address, pytest.raises(ClusterUnavailableError):
        through(place, address).update()
    articles.write()
    Archive(place).update()
    for asked in kept:
        assert passed_on(place.hosts[0])(asked).status == 200
    Archive(place).update()
    assert wrong_in(Archive(place), 3, 3) == ""
    articles.write()
    Archive(place).update()
    assert wrong_in(Archive(place), 4, 4) == ""
