"""`search migrate`: where to, what is said, and that nothing is replaced unasked."""

import json
import re

import pytest
from archive_writing import write

from search import Archive


@pytest.fixture
def old(command, empty):
    """Return a folder with the index of an article, which search.toml says lies in another."""
    write(empty / "news/a.txt", "第一篇\n长三角的产业。")
    assert command("index", "-q", "news", "--index", "old").code == 0
    write(empty / "search.toml", 'index = "new"\n')
    return empty / "old"


def without_time(out):
    return re.sub(r"in \d+\.\d s", "in … s", out)


@pytest.mark.usefixtures("old")
def test_an_archive_is_moved_to_where_search_toml_says(command):
    ran = command("migrate", "old", "--jobs", "1")
    assert (ran.code, ran.err) == (0, "")
    assert without_time(ran.out) == (
        "1 article moved to new in … s, 1 compared; search.toml decides which one answers\n"
    )
    assert command("-c", "长三角").out == "1\n"
    assert command("index").out.startswith("0 added, 0 changed, 1 unchanged, 0 removed")
    assert command("-c", "长三角", "--index", "old").out == "1\n"


@pytest.mark.usefixtures("old")
def test_it_says_so_in_chinese(command):
    out = command("--lang", "zh", "migrate", "old").out
    assert re.sub(r"\d+\.\d 秒", "… 秒", out) == (
        "1 篇文章已搬到 new，用时 … 秒，核对了 1 篇；由 search.toml 决定用哪一个\n"
    )


@pytest.mark.usefixtures("old")
def test_an_archive_that_is_there_is_replaced_when_asked(command):
    command("migrate", "old")
    built = Archive.open("new").status().built
    ran = command("migrate", "old")
    said = r"search: cannot move to 'new': there is (one already|a newer one), built "
    assert (ran.code, ran.out) == (2, "")
    assert re.match(said + re.escape(built) + "\n", ran.err)
    assert ran.err.endswith("hint: add '--replace' to have a new generation take its place\n")
    assert command("migrate", "old", "--replace", "--quiet") == (0, "", "")
    assert Archive.open("new").status().generation == "gen-000002"


@pytest.mark.usefixtures("old")
def test_as_json_it_is_one_object(command):
    ran = command("migrate", "old", "--json", "--index", "third")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == {
        "type": "move",
        "version": 1,
        "index": "third",
        "generation": "gen-000001",
        "articles": 1,
        "compared": 1,
    }


@pytest.mark.usefixtures("old")
def test_what_cannot_be_moved_is_told_with_what_to_do(command, empty):
    assert command("migrate", "nowhere") == (
        2,
        "",
        "search: cannot open index 'nowhere': no index there\n"
        "hint: name the folder of an index, or 'cluster' for what 'hosts' names\n",
    )
    assert command("migrate", "./new/../old/", "--index", "old") == (
        2,
        "",
        "search: cannot move 'new/../old': that is where it is to go\n"
        "hint: say in search.toml where the archive is to go, and name where it lies now\n",
    )
    assert command("migrate", "cluster") == (
        2,
        "",
        "search: cannot use engine 'opensearch': no hosts are named\n"
        """hint: add 'hosts = ["https://10.0.0.1:9200"]' to search.toml\n""",
    )
    assert command("migrate").code == 2
    assert not (empty / "new").exists()


def test_ctrl_c_leaves_nothing(command, old, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("search.archive.migrating.built_now", interrupt)
        assert command("migrate", "old").code == 130
    assert command("-c", "长三角").code == 2
    assert list((old.parent / "new").glob("gen-*")) == []
    assert command("migrate", "old").code == 0
