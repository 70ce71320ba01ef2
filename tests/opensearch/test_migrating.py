"""From a folder to a real node and back: what answers is the same, and goes on from there."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from search import Archive, Cluster
from search.archive import (
    ClusterUnavailableError,
    Done,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    IndexTakenError,
    IndexWriteError,
    SettingError,
)
from search.archive.cluster_generations import ClusterGenerations
from search.archive.lease import Lease
from search.archive.live import LiveIndex
from search.cli import main
from search.document import Document
from search.engine.opensearch.catalog import Catalog
from search.engine.opensearch.writer import ClusterWriter
from search.results import Hit
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node

SEEDS = Path(__file__).parents[2] / "seeds"
QUERIES = (
    "产业",
    "容器编排",
    '"长三角的产业"',
    "明月 李白",
    "chanye",
    "author:李白 明月光 17",
    "消失",
)


@pytest.fixture
def place(node: Node) -> Cluster:
    return place_on(node)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A folder of files and records, with copies, a dictionary, and an article taken out."""
    news = tmp_path / os.fsdecode(b"\xd0\xc2") / "news"  # the folder's name is not UTF-8
    news.mkdir(parents=True)
    texts = {
        "a": "长三角的产业。",
        "copy": "长三角的产业。",
        "b": "容器编排的产业。",
        "gone": "消失。",
    }
    for name, text in texts.items():
        write(news / f"{name}.txt", f"新闻\n{text * 20}")
    records = [
        {
            "id": f"p{n}",
            "title": f"诗{n}",
            "body": f"床前明月光{n}",
            "author": "李白",
            "date": "2024",
        }
        for n in range(1100)
    ]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    poems = write(tmp_path / "poems.jsonl", lines)
    words = write(tmp_path / "dictionary.txt", "容器编排\n")
    archive = Archive.build([news, poems], tmp_path / "index", dictionary=words)
    (news / "gone.txt").unlink()
    archive.update()
    return archive


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    old = path.stat().st_mtime_ns - 3600 * 10**9
    os.utime(path, ns=(old, old))
    return path


def documents(place: Path | Cluster) -> list[Document]:
    reader = LiveIndex(place).reader()
    return sorted(reader.documents(reader.numbers()), key=lambda one: one.id)


def hits(archive: Archive, query: str) -> list[Hit]:
    return list(archive.search(query, limit=50).hits)


def assert_same_answers(one: Archive, other: Archive) -> None:
    for query in QUERIES:
        assert one.search(query).total == other.search(query).total, query
        ours, theirs = ({hit.id: hit for hit in hits(each, query)} for each in (one, other))
        for article_id in ours.keys() & theirs.keys():
            a, b = ours[article_id], theirs[article_id]
            assert a.score == pytest.approx(b.score, rel=2e-5), query
            assert a.copies == b.copies
        # Of those that score alike to the last bit one engine may not see what the other does.
        assert [round(h.score, 3) for h in hits(one, query)] == pytest.approx(
            [round(h.score, 3) for h in hits(other, query)], rel=1e-3
        )


def test_there_and_back_all_is_the_same(archive: Archive, place: Cluster, tmp_path: Path) -> None:
    told: list[Done] = []
    move = archive.migrate(place, told.append, jobs=2)
    assert (move.index, move.articles, move.compared) == (str(place), 1103, 1000)
    assert (told[-1].articles, told[-1].all_articles) == (1103, 1103)
    before = LiveIndex(tmp_path / "index")
    there = Archive.open(place)
    assert documents(place) == documents(tmp_path / "index")
    assert_same_answers(archive, there)

    back = tmp_path / "back"
    assert there.migrate(back).articles == 1103
    assert documents(back) == documents(tmp_path / "index")
    for at in (place, back):
        live = LiveIndex(at)
        assert live.reader().manifest() == before.reader().manifest()
        assert live.snapshot().dictionary == before.snapshot().dictionary
        moved, old = Archive.open(at), archive.status()
        status = moved.status()
        assert (status.sources, status.dictionary) == (old.sources, old.dictionary)
        assert (status.dictionary_words, status.dictionary_has_changed) == (1, False)
        report = moved.update()
        assert (report.unchanged, report.has_changes, report.notes) == (1103, False, [])
    assert Archive.open(back).digest() == archive.digest()
    assert_same_answers(archive, Archive.open(back))


def test_it_goes_on_from_there(archive: Archive, place: Cluster, tmp_path: Path) -> None:
    archive.migrate(place)
    there = Archive.open(place)
    news = Path(archive.status().sources[0])
    write(news / "new.txt", "新来的一篇")
    write(tmp_path / "dictionary.txt", "容器编排\n明月光\n")
    report = there.update()
    assert (report.added, report.unchanged, report.recut) == (1, 1103, 1100)
    assert there.search("新来的一篇").hits[0].id == "news/new.txt"


def test_an_archive_there_is_replaced_at_once_and_only_when_asked(
    archive: Archive, place: Cluster, tmp_path: Path
) -> None:
    write(tmp_path / "other.txt", "别的一篇")
    there = Archive.build([tmp_path / "other.txt"], place)
    with pytest.raises(IndexTakenError, match=r"there is (one already|a newer one), built 20"):
        archive.migrate(place)
    seen: list[int] = []
    move = archive.migrate(
        place, lambda _: seen.append(there.search("别的一篇").total), replace=True
    )
    assert set(seen) == {1}
    assert there.search("别的一篇", relax=False).total == 0
    assert list(Catalog(place).generations().values()) == [False, True]
    assert there.status().generation == move.generation


def interrupt(_done: Done) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("is_there", [False, True])
def test_ctrl_c_leaves_nothing_and_what_was_there_answers(
    archive: Archive, place: Cluster, is_there: bool
) -> None:
    if is_there:
        archive.migrate(place)
    before, state = Catalog(place).generations(), archive.state()
    with pytest.raises(KeyboardInterrupt):
        archive.migrate(place, interrupt, replace=True)
    assert Catalog(place).generations() == before
    assert archive.state() == state
    assert archive.migrate(place, replace=True).articles == 1103, "the lease is free"


def test_where_the_node_hangs_meanwhile_it_is_an_outage_and_what_was_there_answers_again(
    archive: Archive, node: Node
) -> None:
    place = place_on(node, timeout=1)
    first = archive.migrate(place).generation
    with pytest.raises(ClusterUnavailableError):
        archive.migrate(place, lambda _: node.pause(), replace=True)
    node.resume()
    gone = Lease(place, clock=lambda: 1e12, pause=lambda _: None)  # a minute later
    gone.take(wait=1)  # what hung may still be written
    gone.free()
    assert Archive.open(place).status().generation == first
    again = archive.migrate(place, replace=True).generation
    assert list(Catalog(place).generations()) == [first, again], "nothing is left of the other"


def test_what_the_cluster_holds_otherwise_is_not_switched_to(
    archive: Archive, place: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = ClusterWriter.write

    def write_other(writer: ClusterWriter, documents: list[Document]) -> None:
        written(writer, (replace(one, author="杜甫") for one in documents))

    monkeypatch.setattr(ClusterWriter, "write", write_other)
    with pytest.raises(IndexWriteError, match=r"article '.+' is not what was written$"):
        archive.migrate(place)
    assert Catalog(place).generations() == {}


def test_nobody_writes_to_the_cluster_while_it_is_read(
    archive: Archive, place: Cluster, tmp_path: Path
) -> None:
    archive.migrate(place)
    told: list[str] = []

    def try_to_write(_done: Done) -> None:
        with pytest.raises(IndexLockedError) as caught:
            Archive(place).update()
        told.append(caught.value.hint)

    Archive(place).migrate(tmp_path / "back", try_to_write)
    assert told[0].endswith("or wait with '--wait 60'")
    with ClusterGenerations(place).writing(0, may_create=False), pytest.raises(IndexLockedError):
        Archive(place).migrate(tmp_path / "again")


def test_hints_for_the_cluster_name_the_engine_that_search_toml_no_longer_names(
    archive: Archive, place: Cluster, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissingError) as missing:
        Archive(place).migrate(tmp_path / "back")
    assert missing.value.hint == "name the folder of an index, or 'cluster' for what 'hosts' names"
    name = archive.migrate(place).generation
    meta = Catalog(place).meta(name)
    assert meta
    other = meta | {"fingerprint": meta["fingerprint"] | {"rjieba": "0.0.1"}}
    Catalog(place).put_meta(name, other)
    with pytest.raises(IndexMismatchError) as caught:
        Archive(place).migrate(tmp_path / "back")
    assert caught.value.hint == (
        "run 'SEARCH_ENGINE=opensearch search index --heal', then the command again"
    )
    assert not (tmp_path / "back").exists()


def test_names_of_one_cluster_that_share_a_host_are_one() -> None:
    one = Archive(Cluster(("http://127.0.0.1:1", "http://127.0.0.1:2")))
    with pytest.raises(SettingError, match=r"that is where it is to go$"):
        one.migrate(Cluster(("http://127.0.0.1:2",)), replace=True)


def test_commands_move_an_archive_there_and_back(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(SEEDS)

    def search(*words: str, engine: str = "whoosh", code: int = 0) -> tuple[str, str]:
        settings = f'engine = "{engine}"\nhosts = ["{node.address}"]\n[cluster]\nreplicas = 0\n'
        write(tmp_path / "search.toml", settings)
        assert main(words) == code
        return capsys.readouterr()

    search("index", "seeds")
    found = search("-l", "产业链")
    said, err = search("migrate", "index", engine="opensearch")
    assert said.startswith(f"2 articles moved to xunwen ({node.address}) in ")
    assert said.endswith(" s, 2 compared; search.toml decides which one answers\n")
    assert err == ""
    assert search("-l", "产业链", engine="opensearch") == found
    said, _ = search("index", engine="opensearch")
    assert said.startswith("0 added, 0 changed, 2 unchanged, 0 removed")
    _, err = search("migrate", "cluster", code=2)
    assert err.startswith("search: cannot move to 'index': there is one already, built 20")
    assert "\nhint: add '--replace' to have a new generation take its place\n" in err
    moved = json.loads(search("migrate", "cluster", "--replace", "--json")[0])
    assert moved == {
        **{"type": "move", "version": 1, "index": "index", "generation": "gen-000002"},
        **{"articles": 2, "compared": 2},
    }
    assert search("-l", "产业链") == found
    _, err = search("migrate", "cluster", engine="opensearch", code=2)
    assert err == (
        f"search: cannot move 'xunwen ({node.address})': that is where it is to go\n"
        "hint: say in search.toml where the archive is to go, and name where it lies now\n"
    )
