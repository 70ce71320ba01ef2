"""A rebuild is seen whole at the moment of its switch; one that fails leaves what was there."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search import Archive
from search import Cluster as Place
from search.archive import WritingSettings
from search.engine.opensearch.catalog import Catalog
from search.errors import (
    ClusterUnavailableError,
    IndexLockedError,
    IndexMissingError,
    NothingIndexedError,
)
from tests.opensearch.load import Articles, told_by, wrong_in
from tests.opensearch.nodes import Node
from tests.opensearch.proxy import Asked, Reply, between, refusal

REBUILDS = 40 if os.environ.get("XUNWEN_SOAK") else 4
Ask = Callable[[Asked], Reply]


@pytest.fixture
def articles(tmp_path: Path) -> Articles:
    made = Articles(tmp_path / "news")
    made.write()
    return made


@pytest.fixture
def place(node: Node, articles: Articles) -> Place:
    place = Place((node.address,), replicas=0)
    Archive.build([articles.folder], place)
    return place


class Searching:
    """What two threads are answered until it is over."""

    def __init__(self, place: Place) -> None:
        self.wrong: list[str] = []
        self.runs: list[list[int]] = []
        self._place = place
        self._over = threading.Event()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._search) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _search(self) -> None:
        archive, runs = Archive(self._place), list[int]()
        self.runs.append(runs)
        while not self._over.is_set():
            try:
                run, wrong = told_by(archive)
                runs.append(run)
                self.wrong += [wrong] if wrong else []
            except BaseException as error:
                self.wrong.append(repr(error))


def test_searches_see_the_old_generation_whole_and_then_the_new_one(
    place: Place, articles: Articles
) -> None:
    searching = Searching(place)
    with searching.going_on():
        for _ in range(REBUILDS):
            articles.write()
            Archive.build([], place)
            assert wrong_in(Archive(place), articles.run, articles.run) == ""
    assert searching.wrong == []
    for runs in searching.runs:
        assert runs == sorted(runs), "it went back to what was there before"
        assert len(set(runs)) > 1, "no switch was seen: this test is broken, not the code"


def test_a_build_of_nothing_that_can_be_read_leaves_the_old_generation(
    place: Place, articles: Articles
) -> None:
    for file in articles.folder.iterdir():
        file.unlink()
    (articles.folder / "broken.jsonl").write_text("no record\n", "utf-8")
    with pytest.raises(NothingIndexedError):
        Archive.build([], place)
    assert wrong_in(Archive(place), 1, 1) == ""
    assert len(Catalog(place).generations()) == 1


def test_a_first_build_of_nothing_leaves_no_index(node: Node, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("no record\n", "utf-8")
    place = Place((node.address,), replicas=0)
    with pytest.raises(NothingIndexedError):
        Archive.build([tmp_path / "broken.jsonl"], place)
    assert Catalog(place).generations() == {}
    with pytest.raises(IndexMissingError):
        Archive.open(place)


def test_a_build_that_is_stopped_leaves_the_old_generation_and_the_next_leaves_no_more(
    place: Place, articles: Articles
) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    articles.write()
    with pytest.raises(KeyboardInterrupt):
        Archive.build([], place, progress=stop)
    assert wrong_in(Archive(place), 1, 1) == ""
    Archive.build([], place)
    assert wrong_in(Archive(place), 2, 2) == ""
    assert len(Catalog(place).generations()) == 2


OUT = {  # from when on nothing answers: method and path
    "when the index is made": ("PUT", r"^/xunwen-gen-[-\w]+$"),
    "when documents are written": ("POST", r"/_bulk$"),
    "when they are committed": ("PUT", r"/_doc/commit$"),
    "when it says what it is": ("PUT", r"/_mapping$"),
    "when the alias is switched": ("POST", r"^/_aliases$"),
    "when the old ones are dropped": ("DELETE", r"^/xunwen-gen-[-\w]+$"),
}


@pytest.mark.parametrize("when", OUT)
def test_a_build_that_an_outage_cuts_off_leaves_one_state_and_the_next_leaves_no_more(
    when: str, place: Place, articles: Articles
) -> None:
    method, pattern = OUT[when]
    is_out = False

    def rule(asked: Asked, ask: Ask) -> Reply:
        nonlocal is_out
        path = asked.path.partition("?")[0]
        is_out = is_out or (asked.method == method and bool(re.search(pattern, path)))
        return refusal(503, "unavailable", "no manager is known") if is_out else ask(asked)

    articles.write()
    Archive.build([], place, writing=WritingSettings(keep=1))  # one that is dropped by the next
    articles.write()
    with between(rule, place.hosts[0]) as address:
        with pytest.raises(ClusterUnavailableError) as caught:
            Archive.build([], Place((address,), replicas=0))
        cause = "no manager is known (503)"
        assert str(caught.value) == f"cannot reach xunwen ({address}): {cause}"
    assert is_out
    live = 3 if when == "when the old ones are dropped" else 2
    assert wrong_in(Archive(place), live, live) == ""
    articles.write()
    Archive.build([], place)
    assert wrong_in(Archive(place), 4, 4) == ""
    assert len(Catalog(place).generations()) == 2


def test_of_two_builds_at_once_the_second_is_told_who_makes_the_first(
    place: Place, articles: Articles
) -> None:
    begun, over = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        begun.set()
        over.wait(60)

    articles.write()
    first = threading.Thread(target=Archive.build, args=[[], place, hold])
    first.start()
    try:
        assert begun.wait(60)
        with pytest.raises(IndexLockedError) as caught:
            Archive.build([], place)
    finally:
        over.set()
        first.join()
    who = rf"another run is writing to it \(process {os.getpid()}, for \d+ s\)$"
    assert re.search(who, str(caught.value))
    assert wrong_in(Archive(place), 2, 2) == ""
