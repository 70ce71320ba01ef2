"""An archive on a real node: built, brought up to date, cut by other words, mended, taken up."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search import Archive, Cluster
from search.archive import IndexMismatchError, NothingIndexedError
from search.archive import lease as leases
from search.engine.opensearch.catalog import Catalog
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node


@pytest.fixture
def place(node: Node) -> Cluster:
    return place_on(node)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write(tmp_path / "news/a.txt", "第一篇\n长三角的产业。")
    return write(tmp_path / "news/b.txt", "第二篇\n容器编排的产业。").parent


@pytest.fixture
def archive(place: Cluster, news: Path) -> Archive:
    return Archive.build([news], place)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def ids(archive: Archive, query: str) -> list[str]:
    return sorted(hit.id for hit in archive.search(query).hits)


def generations(place: Cluster) -> list[str]:
    return list(Catalog(place).generations())


def test_what_one_machine_has_built_another_searches_and_brings_up_to_date(
    archive: Archive, place: Cluster, news: Path
) -> None:
    other = Archive.open(place)
    assert ids(other, "产业") == ["news/a.txt", "news/b.txt"]
    write(news / "c.txt", "第三篇\n码头的产业。")
    report = other.update()
    assert (report.added, report.unchanged) == (1, 2)
    assert ids(archive, "码头") == ["news/c.txt"]
    assert archive.status().sources == (str(news),)
    assert (archive.status().engine, archive.index) == ("opensearch", place)


def test_nothing_of_it_lies_in_a_folder(
    place: Cluster, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    Archive.build([news], place).update()
    assert list(here.iterdir()) == []


def test_a_rebuild_answers_at_once_and_keeps_the_one_before(
    archive: Archive, place: Cluster, news: Path
) -> None:
    before = archive.status().generation
    results = archive.search("长三角")
    write(news / "a.txt", "第一篇\n别的产业。")
    Archive.build([], place)
    assert archive.search("长三角").total == 0
    assert results.hits[0].snippets[0].text == "第一篇\n长三角的产业。"
    assert generations(place) == [before, archive.status().generation]


def test_a_rebuild_that_fails_leaves_the_archive_as_it_was(
    archive: Archive, place: Cluster, news: Path
) -> None:
    before = generations(place)
    for path in news.iterdir():
        write(path, "")
    with pytest.raises(NothingIndexedError):
        Archive.build([], place)
    assert generations(place) == before
    assert len(ids(archive, "产业")) == 2


def test_other_words_cut_only_the_articles_they_concern(
    archive: Archive, place: Cluster, tmp_path: Path
) -> None:
    path = write(tmp_path / "dictionary.txt", "容器编排\n")
    assert archive.update(dictionary=path).recut == 1
    other = Archive.open(place)
    assert [word.text for word in other.search("容器编排").words] == ["容器编排"]
    assert ids(other, "容器编排") == ["news/b.txt"]
    assert (other.status().dictionary, other.status().dictionary_words) == (str(path), 1)
    write(path, "容器编排\n# the same words\n")
    other.update()
    assert not other.dictionary_has_changed()


def test_an_archive_of_other_rules_is_refused_until_it_is_mended(
    archive: Archive, place: Cluster
) -> None:
    catalog = Catalog(place)
    name = archive.status().generation
    meta = catalog.meta(name)
    assert meta
    meta["fingerprint"]["rjieba"] = "0.0.1"
    catalog.put_meta(name, meta)
    other = Archive(place)
    with pytest.raises(IndexMismatchError):
        other.search("产业")
    (note,) = other.heal().notes
    assert note.startswith(
        f"built anew: cannot use index '{place}': it was built with rjieba 0.0.1"
    )
    assert len(ids(other, "产业")) == 2
    assert other.heal().notes == ["there is nothing to mend"]


def test_an_archive_whose_alias_is_lost_is_mended_without_building_it_again(
    archive: Archive, place: Cluster, client
) -> None:
    name = archive.status().generation
    client.indices.delete_alias(index="xunwen-gen-*", name="xunwen")
    other = Archive(place)
    assert other.exists()
    assert other.heal().notes == [f"no alias said what answers: '{name}' answers again"]
    assert len(ids(archive, "产业")) == 2


def test_one_that_lost_documents_is_built_anew_and_the_damaged_goes(
    archive: Archive, place: Cluster, client
) -> None:
    damaged = archive.status().generation
    client.delete_by_query(
        index="xunwen", body={"query": {"exists": {"field": "key"}}}, refresh=True
    )
    other = Archive.open(place)
    assert other.damage()
    (note,) = other.heal().notes
    assert note.startswith("built anew: ")
    assert len(ids(other, "产业")) == 2
    assert damaged not in generations(place)
    assert other.damage() == []


def test_a_source_is_forgotten_there_too(archive: Archive, place: Cluster, tmp_path: Path) -> None:
    poems = write(tmp_path / "poems/p.txt", "诗的产业。").parent
    archive.update([poems])
    archive.forget(poems)
    assert Archive.open(place).status().sources == archive.status().sources
    assert ids(archive, "产业") == ["news/a.txt", "news/b.txt"]


# Commits after every ten documents, and says when it has; then waits to be killed.
RUN = """
import sys, time
from search import Archive, Cluster
from search.archive import commits, indexing

folder, address = sys.argv[1:]
commits.EVERY_SECONDS = 0
indexing.AT_ONCE = 10
plain = commits.Commits.commit

def commit(self, *given):
    plain(self, *given)
    commits.made = getattr(commits, "made", 0) + 1
    if commits.made == 3:
        print("here", flush=True)
        time.sleep(60)

commits.Commits.commit = commit
Archive.build([folder], Cluster((address,), replicas=0))
"""


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a lease run out at once, as when a minute had passed."""
    monkeypatch.setattr(leases, "LASTING_SECONDS", -60.0)
    monkeypatch.setattr(leases, "WATCHED_SECONDS", 0.0)


@pytest.mark.usefixtures("soon")
def test_a_build_that_was_killed_is_gone_on_with_by_another_machine(
    place: Cluster, tmp_path: Path
) -> None:
    rows = [json.dumps({"id": f"r{n:02}", "body": f"产业{n}。"}) for n in range(60)]
    folder = write(tmp_path / "news/all.jsonl", "\n".join(rows)).parent
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), place.hosts[0]], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert not Archive(place).exists()
    report = Archive.build([folder], place).report
    assert report.added + report.unchanged == 60
    assert 0 < report.unchanged < 60
    assert [note for note in report.notes if "goes on" in note] == [
        f"a build that was cut off goes on: it had {report.unchanged} articles"
    ]
    assert Archive.open(place).search("产业", limit=100).total == 60
    assert len(generations(place)) == 1
