"""`search index --watch`: what it tells, and that it outlives what passes."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from archive_writing import write
from cli_cases import environment

from search import Archive
from search.archive import IndexLockedError, Report, SourceMissingError, UnreadableArticleError
from search.cli import watching
from search.cli.watch import Said, follow
from search.messages import message

SOURCES = ["/news", "/poems.jsonl", "/search.toml"]
EMPTY = UnreadableArticleError("news/b.txt", "empty file")


def followed(changes, *outcomes, **form):
    """Follow `changes` with updates that end in turn as told; return how many there were."""
    left = list(outcomes)

    def update():
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    follow(changes, update, Said(**{"as_json": False, "quiet": False, **form}))
    return len(outcomes) - len(left)


def test_each_change_is_one_update_and_one_line(capsys):
    changes = [False, True, False, False, True, False]
    assert followed(changes, Report(added=1), Report(removed=2)) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"^\d\d:\d\d:\d\d|\d+\.\d s", "…", line) for line in lines] == [
        "… 1 added, 0 changed, 0 unchanged, 0 removed (…)",
        "… 0 added, 0 changed, 0 unchanged, 2 removed (…)",
    ]


def test_an_update_that_finds_nothing_new_says_nothing(capsys):
    assert followed([True], Report(unchanged=5)) == 1
    assert capsys.readouterr() == ("", "")


def test_a_lock_is_waited_for_and_told_once(capsys):
    locked = IndexLockedError("index", message("process 7, for 2 s"))
    updates = followed([True, False, False, False], locked, locked, Report(added=1))
    assert updates == 3
    out, err = capsys.readouterr()
    assert "1 added" in out
    assert err == (
        "search: cannot write to index 'index': another run is writing to it (process 7, for 2 s); "
        "waiting\n"
    )


def test_a_source_that_is_gone_is_told_again_when_it_goes_again(capsys):
    gone = SourceMissingError("/news", "index")
    followed([True] * 5, gone, gone, Report(changed=1), gone, gone)
    assert capsys.readouterr().err.count("cannot read source '/news'") == 2


def test_a_failed_file_is_named_once_until_it_fails_anew(capsys):
    failed = Report(failed=[EMPTY])
    followed([True] * 4, failed, failed, Report(added=1), failed)
    out, err = capsys.readouterr()
    assert err == "search: cannot read 'news/b.txt': empty file\n" * 2
    assert len(out.splitlines()) == 3


def test_each_update_as_json(capsys):
    followed([True, True], Report(added=1), Report(), as_json=True)
    line = capsys.readouterr().out
    assert (json.loads(line)["type"], json.loads(line)["added"]) == ("report", 1)


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("/news/a.txt", True),
        ("/news/2024/a.txt", True),
        ("/poems.jsonl", True),
        ("/search.toml", True),
        ("/news/.a.txt.swp", False),
        ("/news/a.txt~", False),
        ("/news/.git/a.txt", False),
        ("/news/index/gen-000001/x.txt", False),
        ("/other/a.txt", False),
    ],
)
def test_what_editors_and_the_index_write_does_not_matter(path, does):
    from pathlib import Path

    assert watching.matters(path, SOURCES, Path("/news/index")) == does


def test_an_archive_without_a_folder_has_none_whose_changes_do_not_matter():
    assert watching.matters("/news/index/CURRENT", SOURCES, None)


@pytest.fixture
def told(monkeypatch):
    """Return what the system tells of, to be filled, and the folders it was asked to watch."""
    rounds, asked = [], []

    def tell(sources, _):
        asked.append(list(sources))
        yield from rounds.pop(0)

    monkeypatch.setattr(watching, "_told", tell)
    return rounds, asked


def test_the_first_look_counts_as_a_change_since_none_was_watching_before(tmp_path, told):
    told[0].append([False, False, True])
    changes = watching.changes_in(lambda: [str(tmp_path)], tmp_path / "index")
    assert [next(changes) for _ in range(3)] == [True, False, True]


def test_a_folder_that_vanishes_and_comes_back_is_watched_anew(tmp_path, told):
    rounds, asked = told
    news, poems = tmp_path / "news", tmp_path / "poems"
    news.mkdir()
    poems.mkdir()
    rounds += [[False] * 9, [False] * 9, [False] * 9]
    changes = watching.changes_in(lambda: [str(news), str(poems)], tmp_path / "index")
    assert [next(changes) for _ in range(2)] == [True, False]
    news.rename(tmp_path / "away")
    assert next(changes) is True
    assert [next(changes) for _ in range(2)] == [True, False]
    (tmp_path / "away").rename(news)
    assert next(changes) is True
    assert next(changes) is True
    assert asked == [[str(news), str(poems)], [str(poems)], [str(news), str(poems)]]


def test_a_file_that_an_editor_replaces_is_a_change(tmp_path, told):
    told[0].extend([[False] * 9, [False] * 9])
    poems = write(tmp_path / "poems.jsonl", "{}")
    changes = watching.changes_in(lambda: [str(poems)], tmp_path / "index")
    assert [next(changes) for _ in range(2)] == [True, False]
    write(tmp_path / "new", "{}").replace(poems)
    assert next(changes) is True


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_change_can_be_searched_seconds_later_and_a_signal_ends_it(empty, ending):
    write(empty / "news/a.txt", "第一篇")
    with subprocess.Popen(
        [sys.executable, "-c", "from search.cli import run; run()", "index", "--watch", "news"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=empty,
        env=environment(),
    ) as running:
        try:
            os.set_blocking(running.stderr.fileno(), True)
            assert running.stderr.readline() == b"search: watching 1 source\n"
            write(empty / "news/b.txt", "量子纠缠的文章")
            deadline = time.monotonic() + 20
            while not Archive.open(empty / "index").search("量子纠缠").total:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            assert b"1 added, 0 changed, 0 unchanged" in running.stdout.readline()
            assert b"1 added, 0 changed, 1 unchanged" in running.stdout.readline()
            running.send_signal(ending)
            assert running.wait(20) == 0
            assert running.stderr.read() == b"search: watching has ended\n"
        finally:
            running.kill()


def test_a_change_of_search_toml_is_taken_up_and_a_fault_in_it_waited_for(empty):
    for name in ("a", "b"):
        write(empty / f"news/{name}.txt", f"第{name}篇")
    with subprocess.Popen(
        [sys.executable, "-c", "from search.cli import run; run()", "index", "--watch", "news"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=empty,
        env=environment(),
    ) as running:
        try:
            assert running.stderr.readline() == b"search: watching 1 source\n"
            assert b"2 added" in running.stdout.readline()
            write(empty / "search.toml", '[reading]\nexclude = "b.txt"\n')
            said = running.stderr.readline().decode()
            assert said.startswith("search: cannot use setting 'reading.exclude' of search.toml")
            assert said.endswith("; waiting\n")
            write(empty / "search.toml", '[reading]\nexclude = ["b.txt"]\n')
            assert b"0 added, 0 changed, 1 unchanged, 1 removed" in running.stdout.readline()
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 0
        finally:
            running.kill()


@pytest.mark.parametrize("other", ["--dry-run", "--forget"])
def test_watching_and_what_does_not_go_with_it_is_a_usage_error(command, empty, other):
    ran = command("index", "--watch", other, *(["news"] if other == "--forget" else []))
    assert (ran.code, ran.out) == (2, "")
    assert list(empty.iterdir()) == []
