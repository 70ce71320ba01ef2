"""A build in parts on a real node: whoever builds which part and when, the index is the same."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from search import Archive, Cluster
from search.archive import (
    IndexLockedError,
    IndexMissingError,
    NothingIndexedError,
    Part,
    SettingError,
    UnsupportedError,
)
from search.archive import lease as leases
from search.archive.cluster_generations import ClusterGenerations
from search.archive.manifest import stored_groups
from search.archive.parts import PLAN, Parts
from search.cli import main
from search.engine.opensearch.catalog import Catalog
from search.engine.opensearch.client import Client, ConflictError
from search.engine.registry import open_engine, stored_manifest
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node
from tests.opensearch.test_both_engines import told

SEEDS = Path(__file__).parent.parent.parent / "seeds"
GOLDEN = Path(__file__).parent.parent / "golden" / "archive.jsonl"
QUERIES = [
    "产业",
    "长三角 产业",
    "容器*",
    "“集群的产业”",
    "人工 智能",
    "苹果",
    "title:产业",
    "data~",
]
REPORT = "长三角的产业集群在今年有了新的变化，沿江的港口与码头连成一片，仓储和物流也跟着搬了过来。"
OTHER = "研究人员说这还只是开始，往后几年里铁路和机场还要再扩建，到那时整个地区都会因此受益不少。"


@pytest.fixture
def place(node: Node) -> Cluster:
    return place_on(node)


@pytest.fixture
def one(node: Node) -> Cluster:
    """Where the same is built by one machine."""
    return Cluster((node.address,), "one", replicas=0)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a lease run out at once, as when a minute had passed."""
    monkeypatch.setattr(leases, "LASTING_SECONDS", -60.0)
    monkeypatch.setattr(leases, "WATCHED_SECONDS", 0.0)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Articles of files and records; some are copies of others, and one id is in two files."""
    folder = tmp_path / "news"
    for at in range(12):
        write(folder / f"{at}.txt", f"第{at}篇\n容器编排的产业，编号{at}。")
    for name in ("报一", "报二", "报三", "报四"):
        write(folder / f"{name}.txt", f"{name}\n{REPORT}{OTHER}{name}记者报道。")
    records(folder / "a.jsonl", {f"a{n}": f"记录{n % 20}的产业。" for n in range(60)})
    records(folder / "b.jsonl", {f"b{n}": f"記錄{n}的产业。" for n in range(30)} | {"a7": "别的。"})
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))  # young files are read again
    return path


def records(path: Path, bodies: dict[str, str]) -> Path:
    rows = [{"id": name, "title": "题", "body": body} for name, body in bodies.items()]
    return write(path, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


def build(place: Cluster, part: str, *sources: Path, **options: object) -> Archive:
    number, of = map(int, part.split("/"))
    return Archive.build(sources, place, part=Part(number, of), **options)  # type: ignore[arg-type]


def generations(place: Cluster) -> list[str]:
    return list(Catalog(place).generations())


def groups(archive: Archive) -> list[list[str]]:
    place = archive.index
    assert isinstance(place, Cluster)
    stored = stored_manifest("opensearch", place.generation(archive.size().generation))
    return sorted(sorted(group) for group in stored_groups(stored))


def digests(archive: Archive) -> list[tuple[str, bytes]]:
    place = archive.index
    assert isinstance(place, Cluster)
    engine = open_engine("opensearch", place.generation(archive.size().generation))
    return sorted(engine.reader().digests())


def assert_same(one: Archive, other: Archive, queries: Sequence[str] = QUERIES) -> None:
    """Assert that nothing tells two archives apart."""
    assert digests(one) == digests(other)
    assert groups(one) == groups(other)
    assert one.size().articles == other.size().articles
    assert one.size().characters == other.size().characters
    assert other.damage() == []
    for options in ({"limit": 100, "facets": ("folder",)}, {"fold": False, "sort": "newest"}):
        assert told((one, other), queries, **options) == []


def test_three_parts_in_turn_are_what_one_machine_builds(
    place: Cluster, one: Cluster, news: Path
) -> None:
    write(news / "empty.txt", "")
    whole = Archive.build([news, SEEDS, GOLDEN], one)
    reports = []
    for number in (2, 3, 1):
        assert not Archive(place).exists()
        reports.append(build(place, f"{number}/3", news, SEEDS, GOLDEN).report)
    archive = Archive.open(place)
    assert_same(whole, archive)
    assert len(groups(archive)) > 20, "no copies: this test is broken"
    assert sum(report.added for report in reports) == archive.size().articles
    assert [report.notes for report in reports] == [
        ["1 of 3 parts are done"],
        ["2 of 3 parts are done"],
        [f"all 3 parts are done: an index of {archive.size().articles:,} articles answers"],
    ]
    # What cannot be read is told by each, an id that is taken by that which has it.
    (empty, taken) = map(str, whole.report.failed)
    failed = [list(map(str, report.failed)) for report in reports]
    assert sorted(failed, key=len) == [[empty], [empty], [empty, taken]]
    assert [hit.id for hit in whole.related("news/1.txt")] == [
        hit.id for hit in archive.related("news/1.txt")
    ]
    assert generations(place) == [archive.size().generation]
    assert archive.status().sources == whole.status().sources
    assert archive.verify(10).is_well
    # The one file of which an id is taken is read again, as after the build by one machine.
    later, other = archive.update(), whole.update()
    assert (later.counts(), len(later.failed)) == (other.counts(), len(other.failed))
    assert later.unchanged == archive.size().articles


def test_parts_at_the_same_time_are_what_one_machine_builds(
    place: Cluster, one: Cluster, news: Path
) -> None:
    whole = Archive.build([news], one)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda number: build(place, f"{number}/3", news), (1, 2, 3)))
    archive = Archive.open(place)
    assert_same(whole, archive)
    assert len(generations(place)) == 1
    assert archive.status().parts == 0


def test_a_rebuild_in_parts_goes_on_beside_the_index_that_answers(
    place: Cluster, news: Path
) -> None:
    archive = Archive.build([news], place)
    before = archive.size()
    write(news / "0.txt", "第零篇\n码头的产业。")
    build(place, "1/2")
    assert archive.size() == before
    assert (archive.status().parts_done, archive.status().parts) == (1, 2)
    write(news / "1.txt", "第一篇\n码头的产业。")
    assert archive.update().changed == 2  # while no part is at work
    build(place, "2/2")
    assert archive.status().parts == 0
    assert generations(place) == [before.generation, archive.size().generation]
    archive.update()
    found = {hit.id for hit in archive.search("码头").hits}
    assert {"news/0.txt", "news/1.txt"} <= found


def test_what_is_written_after_the_parts_is_found_and_what_goes_is_not(
    place: Cluster, one: Cluster, news: Path
) -> None:
    pair = []
    for archive in (Archive.build([news], one), parted(place, news)):
        write(news / "2.txt", "第二篇\n铁路的产业。")
        pair.append(archive)
    (news / "3.txt").unlink()
    records(news / "a.jsonl", {f"a{n}": f"记录{n % 10}的产业。" for n in range(50)})
    for archive in pair:
        report = archive.update()
        assert (report.changed, report.removed) == (21, 11)
    assert_same(*pair)


def parted(place: Cluster, *sources: Path, of: int = 2) -> Archive:
    for number in range(1, of + 1):
        build(place, f"{number}/{of}", *sources)
    return Archive.open(place)


def test_more_parts_than_documents_and_one_part_alone(
    place: Cluster, one: Cluster, tmp_path: Path
) -> None:
    folder = write(tmp_path / "few/a.txt", "第一篇\n产业。").parent
    assert parted(place, folder, of=5).search("产业").total == 1
    assert parted(one, folder, of=1).search("产业").total == 1


def test_a_part_that_is_done_says_so_and_does_nothing(place: Cluster, news: Path) -> None:
    build(place, "1/2", news)
    write(news / "new.txt", "新的\n产业。")
    report = build(place, "1/2", news).report
    assert report.notes == ["part 1 of 2 is done already", "1 of 2 parts are done"]
    assert not report.has_changes


def test_a_part_is_refused_where_it_is_at_work_and_where_others_write(
    place: Cluster, news: Path
) -> None:
    archive = parted(place, news)
    build(place, "1/3")
    with Parts(place).at_work(2):
        for refused in (
            lambda: build(place, "2/3"),
            lambda: archive.update(),
            lambda: Archive.build([], place),
            lambda: archive.forget(news),
            lambda: archive.give_up_parts(),
        ):
            with pytest.raises(IndexLockedError) as caught:
                refused()
            assert f"process {os.getpid()}, for" in str(caught.value)
        build(place, "3/3")
    with ClusterGenerations(place).writing(0, may_create=False), pytest.raises(IndexLockedError):
        build(place, "2/3")
    assert archive.status().parts_done == 2
    build(place, "2/3")
    assert archive.status().parts == 0


@pytest.mark.parametrize(
    ("part", "words", "cause"),
    [
        ("2/4", "", "the build that is under way is in 3 parts"),
        ("2/3", "容器编排\n", "the build was begun with dictionary"),
    ],
)
def test_parts_that_disagree_are_refused(
    place: Cluster, news: Path, tmp_path: Path, part: str, words: str, cause: str
) -> None:
    build(place, "1/3", news)
    dictionary = write(tmp_path / "dictionary.txt", words) if words else None
    with pytest.raises(SettingError) as caught:
        build(place, part, news, dictionary=dictionary)
    assert str(caught.value).startswith(f"cannot build part {part}: {cause}")
    assert caught.value.hint == (
        "run it as the other parts are run, or give up what they have built with "
        "'search index --part none'"
    )
    assert Archive(place).give_up_parts().notes == ["the build in 3 parts was given up"]
    assert generations(place) == []
    assert Archive(place).give_up_parts().notes == ["no build in parts is under way"]
    build(place, part, news, dictionary=dictionary)


def test_parts_of_other_sources_are_refused(place: Cluster, news: Path, tmp_path: Path) -> None:
    build(place, "1/2", news)
    poems = write(tmp_path / "poems/p.txt", "诗\n产业。").parent
    with pytest.raises(SettingError) as caught:
        build(place, "2/2", news, poems)
    assert str(caught.value) == (
        f"cannot build part 2/2: '{poems}' is no source of the build that is under way"
    )
    build(place, "2/2")  # none is named: those of the others
    build(place, "1/2")
    Archive(place).update([poems])
    with pytest.raises(SettingError) as caught:
        build(place, "2/2")
    assert str(caught.value) == (
        "cannot build part 2/2: the archive has other sources now than when the build was begun"
    )


def test_a_rebuild_by_one_machine_takes_the_unfinished_parts_away(
    place: Cluster, news: Path
) -> None:
    archive = parted(place, news)
    build(place, "1/2")
    unfinished = generations(place)[-1]
    assert Archive.build([], place).report.notes == ["the build in 2 parts was given up"]
    assert unfinished not in generations(place)
    assert archive.status().parts == 0
    parted(place)
    assert archive.update().unchanged == archive.size().articles


def test_a_copy_of_the_folder_on_another_machine_will_do(
    place: Cluster, one: Cluster, news: Path, tmp_path: Path
) -> None:
    whole = Archive.build([news], one)
    build(place, "1/2", news)
    copy = (tmp_path / "elsewhere").resolve()
    copy.mkdir()
    here = news.rename(copy / "news")
    for path in here.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    with pytest.raises(Exception, match="no such file or folder"):
        build(place, "2/2")
    build(place, "2/2", here)
    archive = Archive.open(place)
    here.rename(news)
    assert_same(whole, archive)
    assert archive.status().sources == (str(news),)
    assert {Path(archive.article(f"news/{n}.txt").path).parent for n in range(12)} == {news}
    report = archive.update()
    assert (report.unchanged, report.has_changes) == (archive.size().articles, False)


def test_a_file_that_changes_between_two_parts_is_taken_up_by_the_next_run(
    place: Cluster, one: Cluster, news: Path
) -> None:
    build(place, "1/2", news)
    records(news / "a.jsonl", {f"a{n}": f"记录{n % 10}的产业。" for n in range(50)})
    write(news / "13.txt", "第十三篇\n产业。")
    (news / "4.txt").unlink()
    build(place, "2/2", news)
    archive = Archive.open(place)
    archive.update()
    assert_same(Archive.build([news], one), archive)


def test_where_no_part_finds_an_article_nothing_is_left(place: Cluster, tmp_path: Path) -> None:
    folder = write(tmp_path / "news/a.txt", "").parent
    build(place, "1/2", folder)
    with pytest.raises(NothingIndexedError):
        build(place, "2/2", folder)
    assert generations(place) == []
    with pytest.raises(IndexMissingError):
        Archive.open(place)


def test_an_answer_that_is_lost_and_asked_for_again_makes_no_second_build(
    place: Cluster, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Client.put

    def put(client: Client, index: str, document: str, *given: Any) -> tuple[int, int]:
        version = plain(client, index, document, *given)
        if document == PLAN:
            raise ConflictError(409, "version_conflict_engine_exception", {})
        return version

    monkeypatch.setattr(Client, "put", put)
    build(place, "2/2", news)
    assert len(generations(place)) == 1
    build(place, "1/2", news)
    assert generations(place) == [Archive.open(place).size().generation]
    assert Archive.open(place).status().parts == 0


def test_in_a_folder_there_are_no_parts(news: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with pytest.raises(UnsupportedError) as caught:
        Archive.build([news], index, part=Part(1, 2))
    assert str(caught.value) == f"cannot build '{index}' in parts: it is in a folder"
    assert not index.exists()


# Commits after every ten documents, and says when it has; then waits to be killed.
RUN = """
import sys, time
from search import Archive, Cluster
from search.archive import Part, commits, indexing

folder, address, stop = sys.argv[1:]
commits.EVERY_SECONDS = 0
indexing.AT_ONCE = 10
plain = commits.Commits.commit

def commit(self, *given):
    plain(self, *given)
    commits.made = getattr(commits, "made", 0) + 1
    if commits.made == 3:
        print("here", flush=True)
        time.sleep(60)

def complete(*given):
    print("here", flush=True)
    time.sleep(60)

if stop == "writing":
    commits.Commits.commit = commit
else:
    from search.archive.cluster_generations import ClusterGenerations
    ClusterGenerations.write_meta = complete
Archive.build([folder], Cluster((address,), replicas=0), part=Part(2, 2))
"""


def killed(folder: Path, place: Cluster, stop: str) -> None:
    """Build part 2 of 2, and kill that while it writes or completes."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), place.hosts[0], stop],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.usefixtures("soon")
def test_a_part_that_was_killed_goes_on_from_its_last_commit(
    place: Cluster, one: Cluster, news: Path
) -> None:
    records(news / "c.jsonl", {f"c{n:03}": f"产业{n}。" for n in range(200)})
    killed(news, place, "writing")
    build(place, "1/2", news)
    report = build(place, "2/2", news).report
    archive = Archive.open(place)
    assert report.unchanged > 0
    assert report.notes == [
        f"a build that was cut off goes on: it had {report.unchanged} articles",
        f"all 2 parts are done: an index of {archive.size().articles} articles answers",
    ]
    assert_same(Archive.build([news], one), archive)


@pytest.mark.usefixtures("soon")
def test_who_completes_and_is_killed_is_followed_by_a_run_of_any_part(
    place: Cluster, one: Cluster, news: Path
) -> None:
    build(place, "1/2", news)
    killed(news, place, "completing")
    assert not Archive(place).exists()
    report = build(place, "1/2", news).report
    assert report.notes[0] == "part 1 of 2 is done already"
    assert_same(Archive.build([news], one), Archive.open(place))


def test_the_commands_say_how_far_the_parts_are(
    node: Node, news: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(news.parent)
    monkeypatch.setenv("SEARCH_ENGINE", "opensearch")
    monkeypatch.setenv("SEARCH_HOSTS", node.address)
    monkeypatch.setenv("LANG", "C.UTF-8")
    (news / "b.jsonl").unlink()  # one of its ids is taken

    def run(*arguments: str) -> tuple[str, str]:
        assert main(arguments) == 0
        return capsys.readouterr()

    run("index", "news")
    assert run("index", "--rebuild", "--part", "1/2")[1] == "search: note: 1 of 2 parts are done\n"
    assert "being built 1 of 2 parts are done\n" in run("status")[0]
    assert run("index", "--part", "none")[1] == "search: note: the build in 2 parts was given up\n"
    assert "being built" not in run("status")[0]
    run("index", "--rebuild", "--part", "2/2", "--jobs", "2")
    assert run("index", "--rebuild", "--part", "2/2")[1] == (
        "search: note: part 2 of 2 is done already\nsearch: note: 1 of 2 parts are done\n"
    )
    assert run("index", "--rebuild", "--part", "1/2")[1] == (
        "search: note: all 2 parts are done: an index of 76 articles answers\n"
    )
