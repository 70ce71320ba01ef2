"""`search index --dry-run`: what would be read, and how, and nothing written."""

import json
import sys
from zipfile import ZipFile

import pytest
from archive_writing import write
from filelock import FileLock


@pytest.fixture
def news(empty):
    write(empty / "news/a.txt", "第一篇")
    write(empty / "news/b.md", "# 第二篇")
    write(empty / "news/c.ppt", "x")
    return empty / "news"


def states(out):
    """Return id → state of the files, from JSON Lines."""
    found = map(json.loads, out.splitlines())
    return {one["id"]: one["state"] for one in found if one["type"] == "file"}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("news")
def test_before_there_is_an_index_all_is_new(command, empty):
    before = contents(empty)
    assert command("index", "--dry-run", "news") == (
        0,
        "new      news/a.txt (text, utf-8, 9 bytes)\n"
        "new      news/b.md (Markdown, utf-8, 11 bytes)\n"
        "files: 2 new, 0 changed, 0 gone, 0 failed, 0 unchanged; 0.0 MB to be read;"
        " nothing was written\n",
        "search: note: files of kinds that are not read: .ppt 1\n",
    )
    assert contents(empty) == before


def test_each_file_has_its_state_and_the_run_then_does_that(command, empty, news):
    write(news / "z.txt", "去")
    command("index", "news")
    write(news / "a.txt", "第一篇改了")
    write(news / "d.txt", "新的")
    write(news / "e.txt", "")
    write(news / "f.jsonl", '{"id":"1","body":"一"}\n{"id":"2","body":"二"}')
    (news / "z.txt").unlink()
    before = contents(empty)
    ran = command("index", "--dry-run", "--json")
    assert contents(empty) == before
    assert states(ran.out) == {
        "news/a.txt": "changed",
        "news/b.md": "unchanged",
        "news/d.txt": "new",
        "news/e.txt": "failed",
        "news/f.jsonl": "new",
        "news/z.txt": "gone",
    }
    files = [json.loads(line) for line in ran.out.splitlines()]
    assert files[0]["type"] == "summary"
    assert {f["id"]: f["articles"] for f in files if f["type"] == "file"}["news/f.jsonl"] == 2
    assert files[-1]["message"] == "cannot read 'news/e.txt': empty file"
    assert ran.code == 2
    assert command("index").out.startswith(
        "3 added, 1 changed, 1 unchanged, 1 removed, 1 article failed"
    )


@pytest.mark.usefixtures("news")
def test_a_rebuild_would_read_all(command):
    command("index", "news")
    assert set(states(command("index", "--dry-run", "--json").out).values()) == {"unchanged"}
    rebuilt = states(command("index", "--dry-run", "--rebuild", "--json").out)
    assert set(rebuilt.values()) == {"new"}


@pytest.mark.usefixtures("news")
def test_no_lock_is_taken(command, empty):
    command("index", "news")
    with FileLock(empty / "index/.lock"):
        assert command("index", "--dry-run").code == 0
        assert command("index").code == 2


def test_without_an_index_the_sources_of_the_settings_are_planned(command, empty):
    write(empty / "seeds/a.txt", "种子")
    assert states(command("index", "--dry-run", "--json").out) == {"seeds/a.txt": "new"}


def test_a_missing_folder_is_told(command, empty):
    ran = command("index", "--dry-run", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"search: cannot read source '{empty}/nowhere'")


def test_failures_are_counted_in_articles_as_by_a_run_ids_that_are_taken_included(command, empty):
    records = "".join(f'{{"id":"{n}","body":"文"}}\n' for n in range(5))
    write(empty / "news/a.jsonl", records)
    write(empty / "news/b.jsonl", records + "{\n")
    write(empty / "news/c.txt", "")
    ran = command("index", "--dry-run", "news")
    end = "0.0 MB to be read; 7 articles failed; nothing was written"
    counts = "1 new, 0 changed, 0 gone, 2 failed, 0 unchanged"
    assert ran.out.endswith(f"files: {counts}; {end}\n")
    summary, *rest = map(
        json.loads, command("index", "--dry-run", "news", "--json").out.split("\n")[:-1]
    )
    assert (summary["failed"], summary["failed_files"]) == (7, 2)
    assert {one["id"]: one["articles"] for one in rest if one["type"] == "file"} == {
        "news/a.jsonl": 5,
        "news/b.jsonl": 0,
        "news/c.txt": 0,
    }
    run = command("index", "news")
    assert run.out.startswith("5 added, 0 changed, 0 unchanged, 0 removed, 7 articles failed")
    assert sorted(run.err.splitlines()) == sorted(ran.err.splitlines())
    assert sum(one["count"] for one in rest if one["type"] == "failed") == 7


def test_an_id_that_moves_to_another_file_is_not_taken(command, empty):
    one, other = '{"id":"1","body":"甲"}\n', '{"id":"2","body":"乙"}\n'
    write(empty / "news/a.jsonl", one + other)
    write(empty / "news/b.jsonl", '{"id":"3","body":"丙"}\n')
    command("index", "news")
    write(empty / "news/a.jsonl", '{"id":"3","body":"丙"}\n' + one)
    write(empty / "news/b.jsonl", other)
    ran = command("index", "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert command("index").code == 0


def test_members_of_an_archive_that_are_not_read_are_told(command, empty):
    with ZipFile(empty / "news.zip", "w") as packed:
        packed.writestr("a.txt", "第一篇")
        packed.writestr("b.jpg", "x")
    said = "search: note: files of kinds that are not read: .jpg 1\n"
    assert command("index", "--dry-run", "news.zip").err == said
    assert command("index", "news.zip").err == said


def test_many_files_are_cut_on_a_terminal_alone(command, empty, monkeypatch):
    for n in range(25):
        write(empty / f"news/{n}.txt", "文")
    assert command("index", "--dry-run", "news").out.count("new  ") == 25
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = command("index", "--dry-run", "news").out
    assert (out.count("new  "), "and 5 more; '--json' names them all\n" in out) == (20, True)


def test_a_source_within_another_is_told(command, empty):
    write(empty / "news/sub/a.txt", "文")
    ran = command("index", "--dry-run", "news", "news/sub")
    assert ran.out.startswith("new      news/sub/a.txt (text, utf-8, 3 bytes)\nfiles: 1 new,")
    assert ran.err == (
        f"search: note: '{empty}/news/sub' lies in '{empty}/news', a source already: "
        "its files are read there\n"
    )
