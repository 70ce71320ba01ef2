"""`search doctor`: what is wrong in the sources, with its place; nothing is written."""

import json

import pytest
from archive_writing import write

from search.document import Document
from search.reading.text import TextFormat


@pytest.fixture
def ill(empty):
    """Return a folder in which something of every kind is wrong."""
    write(empty / "news/a.txt", "第一篇\n长三角的产业。\n")
    write(empty / "news/b.txt", "第一篇\n長三角的產業。\n")
    write(empty / "news/c.txt", "题\n\n電話?shù)號。")
    write(empty / "news/d.txt", b"\0\1\2")
    write(empty / "news/e.ppt", "x")
    write(empty / "news/f.jsonl", '{"id":"p","body":"春眠","date":"0726"}\n{"id":"p","body":"x"}')
    return empty / "news"


def lines(out):
    return [json.loads(line) for line in out.splitlines()]


def test_counts_come_first_and_then_what_is_wrong_with_its_place(command, ill):
    ran = command("doctor", "news")
    assert ran == (
        1,
        "articles    4 in 5 files, 38 characters\n"
        "encodings   utf-8 4\n"
        "titles      4 named, 0 taken from the text, 0 missing\n"
        "dates       1 named, 0 taken from the text, 3 missing\n"
        "not read    .ppt 1\n"
        "\n"
        "cannot be read: 2\n"
        "  news/d.txt: binary file\n"
        "    hint: move it elsewhere or give it the suffix of its kind\n"
        f"  news/f.jsonl: the id 'p' is already taken by 'news/f.jsonl' of '{ill}'\n"
        "    hint: give one of the two another id and index again\n"
        "\n"
        "damaged: 1\n"
        "  news/c.txt:3: '?shù)' is a gloss whose opening bracket is lost\n"
        "\n"
        "the same: 1\n"
        "  news/a.txt = news/b.txt\n"
        "\n"
        "date missing or taken from the text: 3\n"
        "  news/a.txt: none\n"
        "  news/b.txt: none\n"
        "  news/c.txt: none\n",
        "",
    )


@pytest.mark.usefixtures("ill")
def test_the_same_for_programs(command):
    ran = command("doctor", "--json", "news")
    summary, *found = lines(ran.out)
    assert (ran.code, ran.err) == (1, "")
    assert summary == {
        "type": "summary",
        "version": 1,
        "files": 5,
        "articles": 4,
        "characters": 38,
        "encodings": {"utf-8": 4},
        "unsure_encodings": 0,
        "damage": 1,
        "duplicates": 1,
        "titles_inferred": 0,
        "untitled": 0,
        "dates_inferred": 0,
        "undated": 3,
        "failed": 2,
        "skipped": {".ppt": 1},
        "is_well": False,
    }
    kinds = [one["type"] for one in found]
    assert kinds == [
        *["encoding"] * 4,
        *["damage", "duplicates", "missing", "missing", "missing", "failed", "failed"],
    ]
    assert found[5] == {
        "type": "duplicates",
        "version": 1,
        "kind": "exact",
        "ids": ["news/a.txt", "news/b.txt"],
    }


@pytest.mark.usefixtures("ill")
def test_nothing_is_written(command, empty):
    before = sorted(empty.rglob("*"))
    command("doctor", "news")
    assert sorted(empty.rglob("*")) == before


def test_a_healthy_archive_ends_with_0_though_dates_are_missing(command, empty):
    write(empty / "news/a.txt", "第一篇\n正文。")
    ran = command("doctor", "news")
    assert ran == (
        0,
        "articles    1 in 1 files, 7 characters\n"
        "encodings   utf-8 1\n"
        "titles      1 named, 0 taken from the text, 0 missing\n"
        "dates       0 named, 0 taken from the text, 1 missing\n",
        "",
    )


def test_without_a_path_the_sources_of_the_index_are_examined(command, empty):
    write(empty / "news/a.txt", "第一篇")
    command("index", "news")
    write(empty / "news/b.txt", "")
    assert "news/b.txt: empty file" in command("doctor").out


def test_without_a_path_and_an_index_the_sources_of_the_settings_are(command, empty):
    write(empty / "seeds/a.txt", "第一篇")
    assert command("doctor").code == 0


def test_a_missing_folder_is_an_error(command, empty):
    ran = command("doctor", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"search: cannot read source '{empty}/nowhere'")


def test_a_guess_is_told_as_one(command, empty, monkeypatch):
    metadata = {
        "encoding": "big5",
        "encoding_confidence": "0.62",
        "inferred": "date,title",
    }

    def read(_, __, place):
        yield Document(place.id, "题", "文", "", "2024", place.source, "", metadata)

    monkeypatch.setattr(TextFormat, "read", read)
    write(empty / "news/a.txt", "x")
    write(empty / "news/b.md", "# 题\n别的")
    ran = command("doctor", "news")
    assert ran == (
        1,
        "articles    2 in 2 files, 7 characters\n"
        "encodings   big5 1, utf-8 1\n"
        "titles      1 named, 1 taken from the text, 0 missing\n"
        "dates       0 named, 1 taken from the text, 1 missing\n"
        "\n"
        "encodings that may be others: 1\n"
        "  news/a.txt: big5, confidence 0.62\n"
        "\n"
        "title missing or taken from the text: 1\n"
        "  news/a.txt: 题\n",
        "",
    )


def test_many_of_a_kind_are_counted(command, empty):
    for n in range(30):
        write(empty / f"news/{n:02}.txt", f"第{n}篇\n電話?shù)號。")
    out = command("doctor", "news").out
    assert out.count("is a gloss") == 20
    assert "  and 10 more; '--json' names them all\n" in out
    assert len(lines(command("doctor", "--json", "news").out)) == 1 + 30 + 30 + 30
