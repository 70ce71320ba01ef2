"""A run that is killed anywhere is made up for by the next; one taken for dead writes nothing."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from search import Archive
from search import Cluster as Place
from search.document import Document
from search.engine.opensearch import open_
from search.engine.opensearch.blobs import pieces_of
from search.engine.opensearch.catalog import Catalog
from search.engine.opensearch.engine import ClusterEngine
from search.engine.opensearch.record import RECORD_ID
from search.errors import ClusterUnavailableError, IndexLockedError
from tests.opensearch.killed_writer import NEVER
from tests.opensearch.load import Articles, wrong_in
from tests.opensearch.nodes import Node
from tests.opensearch.proxy import Asked, Reply, between, refusal

IS_SOAK = bool(os.environ.get("XUNWEN_SOAK"))
SEED = 9
KILLS = 200 if IS_SOAK else 5  # of each run
SCRIPT = Path(__file__).with_name("killed_writer.py")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a lease run out at once."""
    monkeypatch.setattr("search.archive.lease.LASTING_SECONDS", 0)
    monkeypatch.setattr("search.archive.lease.WATCHED_SECONDS", 0)


@pytest.fixture
def place(node: Node) -> Place:
    return Place((node.address,), replicas=0)


@pytest.fixture
def articles(tmp_path: Path) -> Articles:
    made = Articles(tmp_path / "news")
    made.write()
    return made


def made(place: Place, articles: Articles, run: str, end: int = NEVER) -> int:
    """Make a run in another process; return how many requests that took, 0 where it was killed."""
    command = [sys.executable, SCRIPT, place.hosts[0], articles.folder, run, str(end)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if told.returncode == -signal.SIGKILL:
        return 0
    assert (told.returncode, told.stderr) == (0, "")
    return int(told.stdout)


@pytest.mark.parametrize("run", ["update", "build"])
def test_what_a_killed_run_left_is_made_up_for_by_the_next(
    run: str, place: Place, articles: Articles
) -> None:
    Archive.build([articles.folder], place)
    articles.write()
    count = made(place, articles, run)
    draw = random.Random(f"{SEED}{run}")
    ends = [*range(1, count + 1), *range(-count, 0)]
    for end in sorted(draw.sample(ends, min(KILLS, len(ends)))):
        before = articles.run
        articles.write()
        assert made(place, articles, run, end) == 0, f"not killed at {end} of {count}"
        assert wrong_in(Archive(place), before, articles.run) == "", f"killed at {end}"
        articles.write()
        again(place, articles, run)
        assert wrong_in(Archive(place), articles.run, articles.run) == "", f"killed at {end}"
        assert strays(place) == set(), f"killed at {end} of {count}"
    clean = Place(place.hosts, "clean", replicas=0)
    assert Archive(place).digest() == Archive.build([articles.folder], clean).digest()
    assert digests(place) == digests(clean)


def again(place: Place, articles: Articles, run: str) -> None:
    if run == "build":
        Archive.build([articles.folder], place)
    else:
        Archive(place).update()


def engine_of(place: Place) -> ClusterEngine:
    catalog = Catalog(place)
    live = catalog.current()
    assert live is not None
    return open_(catalog.place(live))


def digests(place: Place) -> list[tuple[str, bytes]]:
    return sorted(engine_of(place).reader().digests())


def strays(place: Place) -> set[str]:
    """Return what lies in the live index that no commit counts, and indices that nobody needs."""
    catalog, record = Catalog(place), engine_of(place).reader().record
    live = catalog.current()
    assert live is not None
    index = catalog.place(live).index
    with OpenSearch(list(place.hosts)) as client:
        client.indices.refresh(index=index)
        asked = {"query": {"match_all": {}}, "size": 9_999, "_source": False}
        hits = client.search(index=index, body=asked)["hits"]["hits"]
        own = client.indices.get(index=f"{place.name}-gen-*")
    needed = {RECORD_ID, "dictionary-0", *pieces_of(record.manifest)}
    needed |= {piece for name, _ in record.words for piece in pieces_of(name)}
    needed |= {piece for one in record.dead for piece in one.pieces}
    counted = {
        hit["_id"]
        for hit in hits
        if hit["_id"].isdecimal()
        and any(start <= int(hit["_id"]) < end for start, end in record.ranges)
    }
    generations = {catalog.place(name).index for name in sorted(catalog.generations())[-2:]}
    return ({hit["_id"] for hit in hits} - needed - counted) | (set(own) - generations)


def test_what_was_kept_for_a_commit_that_never_came_is_taken_away(
    place: Place, articles: Articles
) -> None:
    """A run that is cut off when all but the record is there: documents, manifest and words."""
    count = 0

    def rule(asked: Asked, ask: Callable[[Asked], Reply]) -> Reply:
        nonlocal count
        count += asked.method == "PUT" and "/_doc/commit" in asked.path  # the second commits
        return refusal(503, "unavailable", "no manager is known") if count > 1 else ask(asked)

    Archive.build([articles.folder], place)
    articles.write()
    with between(rule, place.hosts[0]) as address, pytest.raises(ClusterUnavailableError):
        Archive(Place((address,), replicas=0)).update()
    assert {name.partition("-")[0] for name in strays(place)} >= {"manifest", "words"}
    assert wrong_in(Archive(place), 1, 1) == ""
    Archive(place).update()
    assert wrong_in(Archive(place), 2, 2) == ""
    assert strays(place) == set()


@pytest.fixture
def engine(place: Place, articles: Articles) -> ClusterEngine:
    Archive.build([articles.folder], place)
    return engine_of(place)


def document(number: int) -> Document:
    return Document(f"zombie/{number}.txt", f"第{number}篇", "港口的集装箱。", source="zombie")


@pytest.mark.parametrize("has_flushed", [False, True], ids=["late", "early"])
def test_a_writer_that_was_taken_for_dead_cannot_commit_and_nothing_of_it_is_seen(
    has_flushed: bool, engine: ClusterEngine, place: Place
) -> None:
    before = sorted(engine.reader().digests())
    paused = engine.writer()
    paused.write([document(1)])
    if has_flushed:
        paused.flush()
    other = engine.writer()
    other.write([document(2)])
    other.commit(engine.reader().manifest())
    with pytest.raises(IndexLockedError):
        paused.commit(b"a manifest of the dead")
    paused.cancel()
    ids = {one for one, _ in engine.reader().digests()}
    assert ids == {one for one, _ in before} | {"zombie/2.txt"}
    assert engine.reader().manifest() != b"a manifest of the dead"
    assert strays(place) == set()
    Archive(place).update()
    assert "zombie/1.txt" not in {one for one, _ in engine.reader().digests()}


def test_a_writer_that_wakes_while_another_writes_ends_nothing_of_it(
    engine: ClusterEngine,
) -> None:
    paused = engine.writer()
    paused.write([document(1)])
    paused.flush()
    other = engine.writer()
    other.write([document(2)])
    other.flush()
    paused.cancel()
    other.commit(engine.reader().manifest())
    ids = {one for one, _ in engine.reader().digests()}
    assert "zombie/2.txt" in ids
    assert "zombie/1.txt" not in ids
