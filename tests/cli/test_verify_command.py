"""`search verify`: what is said, to people and to programs, and how it ends."""

import json

import pytest
from archive_writing import write

from search import Archive
from search.results import snippet


@pytest.fixture
def news(empty):
    """Run beside a folder of articles and its index."""
    write(empty / "news/a.txt", "第一篇\n長三角(jiǎo)的產業。")
    write(empty / "news/b.jsonl", '{"id":"p1","title":"春曉","body":"春眠不覺曉"}\n')
    Archive.build([empty / "news"], empty / "index")
    return empty / "news"


@pytest.mark.usefixtures("news")
def test_all_is_well_and_says_so(command):
    code, out, err = command("verify", "--samples", "40", "--seed", "3")
    assert (code, err) == (0, "")
    counted = out.splitlines()[2].split()
    assert out == (
        "articles    2, 22 characters; 2 read again from 2 files\n"
        "asked       40 strings, seed 3\n"
        f"answers     {counted[1]} articles found, {counted[1]} hold what was asked for\n"
        "recall      1.0\n"
        "precision   1.0\n"
        f"marks       {counted[1]} hits looked at\n"
        "failures    0\n"
    )


@pytest.mark.usefixtures("news")
def test_every_character_is_asked_for_too(command):
    out = command("verify", "--samples", "5", "--all-chars").out
    assert "\nasked       5 strings and 15 characters, seed 0\n" in out


@pytest.mark.usefixtures("news")
def test_the_same_for_programs(command):
    code, out, err = command("verify", "--samples", "40", "--all-chars", "--json")
    assert (code, err) == (0, "")
    (line,) = map(json.loads, out.splitlines())
    assert line.pop("found") == line.pop("held") == line.pop("right") >= 40
    assert line.pop("hits_shown") >= 40
    assert line == {
        "type": "verification",
        "version": 1,
        "recall": 1.0,
        "precision": 1.0,
        "is_well": True,
        "index": "index",
        "seed": 0,
        "strings": 40,
        "characters_asked": 15,
        "characters_skipped": 0,
        "files": 2,
        "articles": 2,
        "articles_from_files": 2,
        "characters": 22,
        "failed": 0,
    }
    assert command("verify", "--samples", "40", "--all-chars", "--json").out == out


@pytest.mark.usefixtures("news")
def test_a_failure_is_named_with_its_place_and_ends_with_2(command, monkeypatch):
    monkeypatch.setattr(snippet, "_inside", lambda *_: [])
    code, out, err = command("verify", "--samples", "40")
    assert code == 2
    head, *found = out.split("\n\n")
    count = head.rpartition(" ")[2].strip()
    assert found[0].startswith(f"wrong snippets and marks: {count}\n  news/")
    assert ', body from character 0: "' in out
    assert err == (
        f"search: index 'index' is wrong in {count} things\n"
        "hint: run 'search index --index index --rebuild' to build it again from its sources\n"
    )
    code, out, _ = command("verify", "--samples", "40", "--json")
    assert code == 2
    summary, *failures = map(json.loads, out.splitlines())
    assert summary["failed"] == len(failures) == int(count)
    assert not summary["is_well"]
    failure = failures[0]
    assert failure["type"] == "failure"
    assert failure["kind"] == "mark"
    assert {"query", "id", "place", "field", "offset", "context", "message"} < failure.keys()


def test_a_changed_file_is_a_note_with_the_command_that_brings_it_in(command, news):
    write(news / "a.txt", "第一篇\n改了。")
    code, out, err = command("verify", "--samples", "20")
    assert (code, err) == (0, "")
    assert out.endswith(
        "failures    0\n"
        "\n"
        "not as it was indexed: 1\n"
        "  news/a.txt: has changed since it was indexed\n"
        "    hint: run 'search index --index index' to bring it in\n"
    )
    out = command("verify", "--samples", "20", "--json").out
    assert json.loads(out.splitlines()[1]) == {
        "type": "note",
        "version": 1,
        "kind": "changed",
        "source": "news/a.txt",
        "message": "has changed since it was indexed",
        "hint": "run 'search index --index index' to bring it in",
    }


@pytest.mark.usefixtures("empty")
def test_without_an_index_it_says_how_to_build_one(command):
    code, out, err = command("verify")
    assert (code, out) == (2, "")
    assert err.startswith("search: cannot open index 'index': no index there\n")


def test_a_damaged_index_is_told_as_everywhere(command, news):
    for path in (news.parent / "index").rglob("*.xwp"):
        path.write_bytes(path.read_bytes()[:200])
    code, out, err = command("verify")
    assert (code, out) == (2, "")
    assert err.startswith("search: cannot open index 'index': ")
    assert "\nhint: run 'search index " in err
