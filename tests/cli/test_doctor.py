"""`search doctor`: what is wrong in the sources, with its place; nothing is written."""

import json
import re
import sys
from zipfile import ZipFile

import pytest
from archive_writing import write

from search import Archive
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


@pytest.mark.usefixtures("ill")
def test_counts_come_first_and_then_what_is_wrong_with_its_place(command):
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
        "  news/f.jsonl:2: the id 'p' is already taken by 'news/f.jsonl:1'\n"
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
        "near_duplicates": 0,
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
        "likeness": None,
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


def test_many_of_a_kind_are_counted_on_a_terminal(command, empty, monkeypatch):
    for n in range(30):
        write(empty / f"news/{n:02}.txt", f"第{n}篇\n電話?shù)號。")
    out = command("doctor", "news").out
    assert out.count("is a gloss") == 30
    assert "more" not in out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = command("doctor", "news").out
    assert out.count("is a gloss") == 20
    assert "  and 10 more; '--json' names them all\n" in out
    assert len(lines(command("doctor", "--json", "news").out)) == 1 + 30 + 30 + 30


@pytest.fixture
def reprinted(empty):
    """Index an article, two reprints of it that differ in a line, and one that is the same."""
    text = "长三角示范区的产业链，" + "".join(map(chr, range(0x4E00, 0x4F80)))
    for name, end in (("a", "本报讯"), ("b", "本报讯"), ("c", "转自晚报，有删节")):
        write(empty / f"news/{name}.txt", f"{name}\n{text}\n{end}")
    write(empty / "news/other.txt", "别的一篇")
    Archive.build([empty / "news"], empty / "index")
    return empty / "news"


@pytest.mark.usefixtures("reprinted")
def test_near_reprints_are_told_as_the_index_knows_them_and_need_no_mending(command):
    ran = command("doctor")
    assert ran.code == 0
    (line,) = re.findall(r"nearly the same, found as one: 1\n  (.*)\n", ran.out)
    likeness = re.fullmatch(
        r"news/a\.txt ~ news/b\.txt ~ news/c\.txt \(likeness (0\.\d\d|1\.00)\)", line
    )
    assert 0.6 < float(likeness[1]) <= 1
    summary, *found = lines(command("doctor", "--json").out)
    assert (summary["duplicates"], summary["near_duplicates"]) == (0, 1)
    (near,) = [one for one in found if one["type"] == "duplicates"]
    assert (near["kind"], near["ids"]) == (
        "near",
        ["news/a.txt", "news/b.txt", "news/c.txt"],
    )
    assert near["likeness"] == pytest.approx(float(likeness[1]), abs=0.006)


def test_reprints_that_are_the_same_are_not_told_again_as_near_ones(command, reprinted):
    (reprinted / "c.txt").unlink()
    write(reprinted / "b.txt", (reprinted / "a.txt").read_bytes())
    command("index")
    out = command("doctor").out
    assert "the same: 1\n  news/a.txt = news/b.txt\n" in out
    assert "nearly" not in out


def test_what_a_record_lacks_is_told_with_its_line(command, empty):
    write(
        empty / "news/a.jsonl",
        '{"id":"1","title":"题","body":"一","date":"2024"}\n\n'
        '{"id":"2","title":"题","body":"二電話?shù)號"}\n',
    )
    ran = command("doctor", "news")
    assert "damaged: 1\n  news/a.jsonl:3: '?shù)' is" in ran.out
    assert "date missing or taken from the text: 1\n  news/a.jsonl:3: none\n" in ran.out
    found = lines(command("doctor", "news", "--json").out)
    assert [one["place"] for one in found if one["type"] in ("damage", "missing")] == [
        "news/a.jsonl:3",
        "news/a.jsonl:3",
    ]
    assert "search: note: news/a.jsonl:3: '?shù)' is" in command("index", "news").err


def test_files_in_archives_that_are_not_read_are_counted(command, empty):
    with ZipFile(empty / "news.zip", "w") as packed:
        packed.writestr("a.txt", "第一篇")
        packed.writestr("b.jpg", "x")
    assert "not read    .jpg 1\n" in command("doctor", "news.zip").out


def test_a_deep_look_compares_every_byte_of_the_index(command, ill):
    command("index", "news")
    assert command("doctor", "--deep") == (0, "every byte of the index is as it was written\n", "")
    (segment,) = (ill.parent / "index").glob("gen-*/*.xwp")
    content = bytearray(segment.read_bytes())
    content[3] ^= 1
    segment.write_bytes(content)
    ran = command("doctor", "--deep")
    assert ran.code == 1
    assert re.fullmatch(rf"'[a-z_.]+' of 'gen-000001/{segment.name}' is damaged\n", ran.out)
    assert ran.err == "hint: run 'search index --index index --heal' to mend it from the articles\n"
    summary, *found = lines(command("doctor", "--deep", "--json").out)
    assert summary == {"type": "summary", "version": 1, "damaged": 1}
    assert [one["type"] for one in found] == ["index_damage"]
    assert found[0]["text"] == ran.out.strip()
    command("index", "--heal")
    assert command("doctor", "--deep").code == 0


def test_a_deep_look_is_at_the_index_alone(command, ill):
    ran = command("doctor", "--deep", str(ill))
    assert (ran.code, ran.out) == (2, "")
    assert "--deep looks at the index: name no PATH with it" in ran.err
