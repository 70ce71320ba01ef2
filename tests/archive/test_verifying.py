"""A verification passes on what is right, and finds each thing that is made wrong."""

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
from archive_cases import age, write, write_records
from verify_cases import RECORDS, hostile, kinds, of_kind, told

from search import Archive
from search.analysis import batching
from search.analysis.batch import analyze_batch
from search.archive import IndexUnreadableError
from search.archive.verifying import Note
from search.engine.whoosh.reader import WhooshReader
from search.results import snippet

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the hostile archive, built once and not to be changed."""
    folder = tmp_path_factory.mktemp("verify")
    return Archive.build([hostile(folder / "news")], folder / "index")


def test_the_seeds_are_found_as_they_are(tmp_path):
    shutil.copytree(SEEDS, tmp_path / "seeds")
    found = Archive.build([tmp_path / "seeds"], tmp_path / "index").verify(200, all_characters=True)
    assert found.failures == []
    assert (found.recall, found.precision, found.strings) == (1.0, 1.0, 200)
    assert found.characters_asked > 500
    assert (found.files, found.articles, found.articles_from_files) == (2, 2, 2)
    assert found.found == found.held == found.right > 200
    assert found.hits_shown > 200
    assert found.notes == []


@pytest.mark.parametrize("seed", range(4))
def test_every_difficulty_of_the_rule_is_found(built, seed):
    found = built.verify(300, seed=seed, all_characters=not seed)
    assert found.failures == []
    assert (found.recall, found.precision, found.notes) == (1.0, 1.0, [])
    assert found.articles == found.articles_from_files == built.status().articles == 20


def test_all_characters_of_the_archive_are_asked(built):
    found = built.verify(0, all_characters=True)
    assert found.strings == 0
    assert found.characters_skipped == 0
    assert found.failures == []
    every = set()
    reader = built._live.reader()
    for one in reader.ids():
        for field in ("title", "body"):
            every |= set(reader.text(reader.find(one), field).folded.text)
    # All Han, kana and Hangul; letters and digits that stand by themselves.
    assert found.characters_asked >= len([c for c in every if ord(c) >= 0x3041 and c.isalpha()])


def test_the_same_seed_gives_the_same_and_another_others(built):
    once = told(built, seed=5)
    assert told(built, seed=5) == once
    assert told(built, seed=6) != once


@pytest.mark.parametrize("size", [1, 40])
def test_small_batches_give_the_same(built, monkeypatch, size):
    once = told(built, all_characters=True)
    monkeypatch.setattr("search.archive.verifying.run.BATCH_CHARACTERS", size)
    assert told(built, all_characters=True) == once


def test_an_archive_of_nothing_to_ask_for_is_well(tmp_path):
    write(tmp_path / "news/a.txt", "，。")
    archive = Archive.build([tmp_path / "news"], tmp_path / "index")
    found = archive.verify(10, all_characters=True)
    assert (found.failures, found.recall, found.precision) == ([], 1.0, 1.0)
    assert found.articles == 1


def indexed_otherwise(monkeypatch, folder, change):
    """Return the archive of a folder, as it is built by code with a fault."""

    def analyzed(documents, _):
        batch = analyze_batch(documents)
        return dataclasses.replace(batch, **change(batch))

    monkeypatch.setattr(batching, "analyze_batch", analyzed)
    archive = Archive.build([hostile(folder / "news")], folder / "index")
    monkeypatch.undo()
    return archive


def pair_of(batch, pair):
    first, second = map(ord, pair)
    here = batch.characters == first
    here[:-1] &= batch.characters[1:] == second
    return here


def test_a_gram_that_the_code_loses_is_found_with_its_place(tmp_path, monkeypatch):
    archive = indexed_otherwise(
        monkeypatch, tmp_path, lambda b: {"paired": b.paired & ~pair_of(b, "眠不")}
    )
    found = archive.verify(300)
    assert kinds(found) == {"miss"}
    assert found.recall < 1
    assert found.precision == 1
    miss = next(one for one in of_kind(found, "miss") if one.id == "p5")
    assert (miss.place, miss.field) == ("news/诗.jsonl:6", "body")
    text = archive.article(miss.id).body.text
    assert "眠不" in text[miss.offset :]
    assert miss.offset <= text.index("不")
    assert "眠不" in miss.context


def test_a_character_that_the_code_loses_is_found_by_asking_for_all(tmp_path, monkeypatch):
    archive = indexed_otherwise(
        monkeypatch,
        tmp_path,
        lambda b: {"characters": np.where(b.characters == ord("𪚥"), ord("一"), b.characters)},
    )
    found = archive.verify(0, all_characters=True)
    assert kinds(found) == {"miss", "extra"}
    (miss,) = of_kind(found, "miss")
    assert (miss.place, miss.field, miss.query) == ("news/罕.txt", "body", '"𪚥"')
    (extra,) = of_kind(found, "extra")
    assert (extra.place, extra.query) == ("news/罕.txt", '"一"')


def test_a_gram_that_is_not_there_is_found(tmp_path, monkeypatch):
    archive = indexed_otherwise(
        monkeypatch,
        tmp_path,
        lambda b: {"characters": np.where(pair_of(b, "野家"), ord("产"), b.characters)},
    )
    found = archive.verify(0, all_characters=True)
    assert found.precision < 1
    assert of_kind(found, "extra")[0].place == "news/罕.txt"


@pytest.fixture
def news(tmp_path):
    return hostile(tmp_path / "news")


@pytest.fixture
def archive(news, tmp_path):
    return Archive.build([news], tmp_path / "index")


def changing_text(monkeypatch, change):
    real = WhooshReader.text
    monkeypatch.setattr(WhooshReader, "text", lambda self, *given: change(real(self, *given)))


def test_a_stored_text_that_was_changed_is_found(archive, monkeypatch):
    changing_text(monkeypatch, lambda t: dataclasses.replace(t, raw=t.raw.replace("野家", "家家")))
    (wrong,) = of_kind(archive.verify(20), "text")
    assert (wrong.id, wrong.place, wrong.field) == ("news/罕.txt", "news/罕.txt", "body")
    assert wrong.context == "罕见的字 𠮷野家在㐀山，二〇二四年；龜…"
    assert wrong.offset == 7
    assert wrong.message == "the body stored is not that of its file: '家', not '野'"


def test_a_stored_map_that_is_not_that_of_the_text_is_found(archive, monkeypatch):
    changing_text(
        monkeypatch,
        lambda t: dataclasses.replace(
            t, folded=dataclasses.replace(t.folded, text=t.folded.text.replace("产业链", "产业练"))
        ),
    )
    wrong, in_body = of_kind(archive.verify(0), "map")
    assert (wrong.place, wrong.field) == ("news/注.txt", "title")
    assert (in_body.place, in_body.field, in_body.offset) == ("news/注.txt", "body", 12)
    assert wrong.message == "the map stored with the title gives '练', not '链'"


def test_a_stored_heading_that_is_not_that_of_the_file_is_found(archive, monkeypatch):
    real = WhooshReader.headings
    monkeypatch.setattr(
        WhooshReader,
        "headings",
        lambda *given: [dataclasses.replace(one, author="无名氏") for one in real(*given)],
    )
    assert of_kind(archive.verify(0), "heading")[0].message.startswith(
        "the author stored is '无名氏'"
    )


def test_marks_and_snippets_that_are_shifted_are_found(archive, monkeypatch):
    real = snippet._inside
    monkeypatch.setattr(
        snippet, "_inside", lambda *given: [(s + 1, e + 1) for s, e in real(*given)]
    )
    found = archive.verify(50)
    assert kinds(found) == {"mark"}
    wrong = found.failures[0]
    assert wrong.query
    assert wrong.offset is not None
    assert "where it does not stand" in wrong.message


def test_a_hit_without_marks_is_found(archive, monkeypatch):
    monkeypatch.setattr(snippet, "_inside", lambda *_: [])
    assert "is found, but not marked" in {one.message for one in archive.verify(50).failures}


def test_a_file_that_changed_came_or_went_is_noted_and_no_failure(archive, news):
    write(news / "罕.txt", "别的题\n\n全都改了")
    write(news / "新.txt", "新来的一篇")
    (news / "注.txt").unlink()
    write_records(news / "诗.jsonl", *RECORDS[:-2])
    found = archive.verify(200, all_characters=True)
    assert found.failures == []
    assert (found.articles, found.articles_from_files) == (20, 9)
    hint = f"run 'search index --index {archive.index}' to bring it in"
    assert sorted(found.notes, key=lambda note: note.source) == [
        Note("new", "news/新.txt", "is not in the index yet: 1 article", hint),
        Note("gone", "news/注.txt", "is not there any more, or left out", hint),
        Note("changed", "news/罕.txt", "has changed since it was indexed", hint),
        Note("changed", "news/诗.jsonl", "has changed since it was indexed", hint),
    ]
    archive.update()
    found = archive.verify(50)
    assert (found.failures, found.notes) == ([], [])
    assert found.articles == found.articles_from_files == 18


def test_a_source_that_is_gone_is_noted_and_its_articles_compared_as_stored(archive, news):
    news.rename(news.with_name("anderswo"))
    found = archive.verify(100, all_characters=True)
    assert found.failures == []
    assert (found.articles, found.articles_from_files) == (20, 0)
    (note,) = found.notes
    assert (note.kind, note.source) == ("unreadable", "")
    assert note.message == f"cannot read source '{news}': no such file or folder"
    assert "--forget" in note.hint


def test_files_that_the_last_run_could_not_read_are_noted(news, tmp_path):
    write(news / "坏.txt", b"\0\1\2")
    write_records(news / "重.jsonl", RECORDS[0], {"id": "q1", "body": "另一首"})
    write_records(news / "重二.jsonl", RECORDS[1])
    archive = Archive.build([news], tmp_path / "index")
    found = archive.verify(50)
    assert found.failures == []
    assert sorted((note.kind, note.source) for note in found.notes) == [
        ("taken", "news/重二.jsonl"),
        ("unfinished", "news/重.jsonl"),
        ("unreadable", "news/坏.txt"),
    ]


def test_an_unchanged_file_that_is_read_otherwise_now_is_a_failure(archive, monkeypatch):
    real = Archive.verify
    monkeypatch.setattr(
        "search.reading.text.TextFormat.read",
        lambda *_: iter(()),
    )
    found = real(archive, 0)
    assert "is listed as indexed from a file that does not hold it" in {
        failure.message for failure in of_kind(found, "count")
    }


def test_an_article_that_the_index_lost_or_nobody_gave_is_found(archive, monkeypatch):
    with monkeypatch.context() as patched:
        real = WhooshReader.find
        patched.setattr(
            WhooshReader, "find", lambda self, one: None if "罕" in one else real(self, one)
        )
        (wrong,) = of_kind(archive.verify(0), "missing")
    assert (wrong.id, wrong.place) == ("news/罕.txt", "news/罕.txt")
    monkeypatch.setattr(WhooshReader, "ids", lambda _: ["news/罕.txt", "news/罕.txt", "无主.txt"])
    found = archive.verify(0)
    assert [one.id for one in of_kind(found, "twice")] == ["news/罕.txt"]
    assert [one.id for one in of_kind(found, "unknown")] == ["无主.txt"]


def test_wrong_counts_are_found(archive, monkeypatch):
    stats = archive._live.reader().stats()
    monkeypatch.setattr(WhooshReader, "stats", lambda _: dataclasses.replace(stats, characters=1))
    (wrong,) = of_kind(archive.verify(0), "count")
    assert wrong.message == f"the index counts 1 characters, its files {stats.characters:,}"


def test_an_index_that_changes_meanwhile_is_told_and_not_blamed(archive, news, monkeypatch):
    real = snippet._inside

    def shifted(*given):
        write(news / "新.txt", "新来的一篇")
        age(news / "新.txt")
        archive.update()
        return [(s + 1, e + 1) for s, e in real(*given)]

    monkeypatch.setattr(snippet, "_inside", shifted)
    with pytest.raises(IndexUnreadableError, match="another run has changed it"):
        archive.verify(3)


def test_a_title_that_is_shown_otherwise_is_found(archive, monkeypatch):
    real = WhooshReader.headings

    def retitled(*given):
        return [dataclasses.replace(one, title=f"{one.title}！") for one in real(*given)]

    monkeypatch.setattr(WhooshReader, "headings", retitled)
    wrong = of_kind(archive.verify(50), "mark")
    assert {one.field for one in wrong} == {"title"}
    assert wrong[0].message.startswith("is shown with the title '")


def test_words_of_the_dictionary_lose_nothing(news, tmp_path):
    lines = "春眠\n不覺曉\n用 C++\n长三角的\n𠮷野家\n一家\n甲乙丙\n"
    words = write(tmp_path / "dictionary.txt", lines)
    archive = Archive.build([news], tmp_path / "index", dictionary=words)
    assert archive.verify(300, all_characters=True).failures == []
    archive.update(dictionary=write(words, "眠不\n"))
    found = archive.verify(300, seed=1)
    assert (found.failures, found.articles_from_files) == ([], 20)
