"""A rebuild beside the live index: the switch, who sees it, and what other code built."""

import json
import os
import threading

import pytest
from archive_cases import counts, ids, stored_meta, write

from search import Archive
from search.archive import (
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    NothingIndexedError,
    SourceMissingError,
    WritingSettings,
)


def live(index):
    """Return the folder of the generation that answers."""
    return index / (index / "CURRENT").read_text().split()[0]


def generations(index):
    return sorted(path.name for path in index.glob("gen-*"))


def test_a_rebuild_writes_a_new_generation_and_switches(archive, index):
    before = archive.status().generation
    assert counts(Archive.build([], index).report) == (2, 0, 0, 0)
    assert archive.status().generation != before
    assert live(index).name == archive.status().generation
    assert ids(archive, "产业") == ["news/a.txt", "news/b.txt"]


def test_only_the_generation_before_is_kept_beside_the_live_one(archive, index):
    for _ in range(4):
        archive.build([], index)
    assert len(generations(index)) == 2
    assert archive.status().generation == generations(index)[-1]


def test_an_update_stays_in_the_live_generation(archive, news, index):
    write(news / "c.txt", "第三篇")
    before = generations(index)
    archive.update()
    assert generations(index) == before


def test_hits_of_before_a_rebuild_can_still_be_shown(archive, news, index):
    results = archive.search("长三角")
    write(news / "a.txt", "第一篇\n别的产业。")
    for _ in range(3):
        Archive.build([], index)
    assert results.hits[0].snippets[0].text == "第一篇\n长三角的产业。"
    assert archive.search("长三角").total == 0


def test_hits_of_before_an_update_can_still_be_shown(archive, news):
    results = archive.search("长三角")
    write(news / "a.txt", "第一篇\n别的产业。")
    archive.update()
    assert results.hits[0].snippets[0].text == "第一篇\n长三角的产业。"


def test_searches_see_the_old_or_the_new_index_and_never_an_error_or_a_mixture(
    archive, news, index
):
    faults, seen, done = [], set(), threading.Event()

    def search():
        try:
            while not done.is_set():
                found = archive.search("产业")
                texts = {hit.snippets[0].text.splitlines()[1] for hit in found.hits}
                seen.add(frozenset(texts))
                archive.status()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for version in range(8):
        for name in "ab":
            write(news / f"{name}.txt", f"题\n产业第{version}版。")
        if version % 2:
            Archive.build([], index)
        else:
            Archive.open(index).update()
    done.set()
    for thread in threads:
        thread.join()
    assert faults == []
    first = frozenset({"长三角的产业。", "示范区的产业。"})
    assert seen <= {first} | {frozenset({f"产业第{version}版。"}) for version in range(8)}
    assert len(seen) > 1, "no search ran meanwhile: this test is broken, not the code"


def test_a_rebuild_that_reads_nothing_leaves_the_old_index(archive, news, index):
    for path in news.iterdir():
        write(path, b"")
    with pytest.raises(NothingIndexedError) as caught:
        Archive.build([], index)
    assert [str(error) for error in caught.value.failed] == [
        "cannot read 'news/a.txt': empty file",
        "cannot read 'news/b.txt': empty file",
    ]
    assert len(ids(archive, "产业")) == 2
    assert generations(index) == [live(index).name]


def test_a_first_build_of_nothing_leaves_no_index(tmp_path, index):
    with pytest.raises(NothingIndexedError):
        Archive.build([write(tmp_path / "news/a.txt", "").parent], index)
    assert generations(index) == []
    with pytest.raises(IndexMissingError):
        Archive.open(index)


def test_opening_what_is_not_there_says_how_to_build_it(index):
    with pytest.raises(IndexMissingError) as caught:
        Archive.open(index)
    assert str(caught.value) == f"cannot open index '{index}': no index there"
    assert caught.value.hint == f"run 'search index --index {index} FOLDER' to build one"


@pytest.mark.parametrize("change", ["update", "forget", "build"])
def test_changing_what_is_not_there_is_an_error_and_makes_nothing(index, tmp_path, change):
    calls = {
        "update": lambda: Archive(index).update([write(tmp_path / "news/a.txt", "文")]),
        "forget": lambda: Archive(index).forget(tmp_path),
        "build": lambda: Archive.build([], index),
    }
    with pytest.raises(IndexMissingError):
        calls[change]()
    assert not index.exists()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("part", ["folding rules", "segmenter rules", "analysis rules", "jieba"])
def test_an_index_of_other_rules_is_refused_and_a_rebuild_mends_it(index, part):
    meta = stored_meta(live(index))
    runs = meta["fingerprint"][part]
    meta["fingerprint"][part] = "0.old"
    (live(index) / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(IndexMismatchError) as caught:
        Archive.open(index)
    assert str(caught.value) == (
        f"cannot use index '{index}': it was built with {part} 0.old, and {part} {runs} is running"
    )
    assert caught.value.hint == (
        f"run 'search index --index {index} --heal' to build it again from its sources"
    )
    with pytest.raises(IndexMismatchError):
        Archive(index).update()
    assert counts(Archive.build([], index).report) == (2, 0, 0, 0)
    assert len(ids(Archive.open(index), "产业")) == 2


@pytest.mark.usefixtures("archive")
def test_an_index_of_a_library_not_known_here_is_refused(index):
    meta = stored_meta(live(index))
    meta["fingerprint"]["other"] = "1"
    (live(index) / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(IndexMismatchError, match="built with other 1, and other none is running"):
        Archive.open(index)


@pytest.mark.usefixtures("archive")
def test_an_index_of_another_format_is_refused(index):
    meta = stored_meta(live(index))
    (live(index) / "meta.json").write_text(json.dumps(meta | {"format": 0}))
    with pytest.raises(IndexMismatchError) as caught:
        Archive.open(index)
    assert str(caught.value) == (
        f"cannot use index '{index}': it was built with format 0, and this version reads format 7"
    )
    Archive.build([], index)
    assert len(ids(Archive.open(index), "产业")) == 2


def test_an_open_archive_refuses_a_generation_of_other_rules_that_comes_later(archive, index):
    Archive.build([], index)
    meta = stored_meta(live(index))
    meta["fingerprint"]["jieba"] = "9"
    (live(index) / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(IndexMismatchError):
        archive.search("产业")


def test_a_lost_source_of_an_index_of_other_rules_can_be_forgotten(archive, news, tmp_path, index):
    poems = write(tmp_path / "poems/p.txt", "产业的诗").parent
    archive.update([poems])
    for path in news.iterdir():
        path.unlink()
    news.rmdir()
    meta = stored_meta(live(index))
    meta["fingerprint"]["jieba"] = "0"
    (live(index) / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(SourceMissingError):
        Archive.build([], index)
    assert counts(Archive(index).forget(news)) == (0, 0, 0, 2)
    Archive.build([], index)
    assert ids(Archive.open(index), "产业") == ["poems/p.txt"]


def test_a_second_writer_is_told_and_the_first_goes_on(archive, news, index):
    write(news / "c.txt", "第三篇的产业")
    told = []

    def second_writer(*_):
        for change in (
            lambda: Archive(index).update(),
            lambda: Archive.build([news], index),
            lambda: Archive(index).forget(news),
        ):
            with pytest.raises(IndexLockedError) as caught:
                change()
            told.append((str(caught.value), caught.value.hint))

    assert counts(archive.update([], second_writer)) == (1, 0, 2, 0)
    said = {
        f"cannot write to index '{index}': another run is writing to it "
        f"(process {os.getpid()}, for {seconds} s)"
        for seconds in range(60)
    }
    assert {what for what, _ in told} <= said
    assert {hint for _, hint in told} == {
        "wait until it ends, then run the command again, or wait with '--wait 60'"
    }
    assert len(ids(archive, "产业")) == 3


def test_searches_go_on_while_another_thread_writes(archive, news, index):
    write(news / "c.txt", "第三篇的产业")
    found = []
    thread_of = []

    def look(*_):
        thread = threading.Thread(target=lambda: found.append(len(ids(archive, "产业"))))
        thread.start()
        thread.join()
        thread_of.append(thread)

    Archive.open(index).update([], look)
    assert set(found) == {2}
    assert len(ids(archive, "产业")) == 3


@pytest.mark.usefixtures("archive")
def test_reading_never_writes_to_the_index(index):
    def state():
        return {p: p.stat().st_mtime_ns for p in [index, *index.rglob("*")]}

    before = state()
    reader = Archive.open(index)
    reader.search("产业", explain=True).hits[0].snippets  # noqa: B018 - loads the text
    reader.article("news/a.txt", "产业")
    reader.status()
    assert state() == before


def test_a_damaged_index_that_cannot_name_its_sources_asks_for_them(archive, news, index):
    (index / "CURRENT").write_text("gen-999999\n")
    for meta in index.glob("gen-*/meta.json"):
        meta.unlink()
    with pytest.raises(IndexDamagedError) as caught:
        Archive.build([], index)
    assert caught.value.hint == (
        f"run 'search index --index {index} --rebuild FOLDER' to build it from the articles"
    )
    report = Archive.build([news], index).report
    assert report.notes == [
        "the sources cannot be told (cannot open index "
        f"'{index}': CURRENT names 'gen-999999', and that is not there); built only from '{news}'"
    ]
    assert len(ids(archive, "产业")) == 2


LOST = {
    "CURRENT": "cannot open index '{index}': CURRENT is missing",
    "gen-000001/manifest-1.json": "no manifest in 'gen-000001'",
}


@pytest.mark.parametrize("lost", LOST)
def test_a_rebuild_takes_the_sources_from_the_meta_where_they_are_lost(
    archive, news, tmp_path, index, lost
):
    poems = write(tmp_path / "poems/p.txt", "诗").parent
    archive.update([poems])
    for name in ("CURRENT", "gen-000001/manifest-2.json"):
        if name[:6] == lost[:6]:
            (index / name).unlink()
    report = Archive.build([], index).report
    assert report.notes == [
        f"the sources cannot be told ({LOST[lost].format(index=index)}); "
        f"its meta names '{news}', '{poems}'"
    ]
    assert Archive.build([], index).report.notes == []
    assert set(archive.status().sources) == {str(poems), str(news)}


def test_a_rebuild_takes_the_sources_configured_where_all_else_is_lost(archive, news, index):
    for path in index.glob("gen-*/m*.json"):
        path.unlink()
    report = Archive.build([], index, configured=[str(news)]).report
    assert report.notes == [
        f"the sources cannot be told (no manifest in 'gen-000001'); search.toml names '{news}'"
    ]
    assert len(ids(archive, "产业")) == 2


def test_a_first_build_has_nothing_to_say_of_sources_even_after_one_that_was_killed(news, index):
    (index / "gen-000001").mkdir(parents=True)
    assert Archive.build([news], index).report.notes == []


def test_whether_there_is_an_index_can_be_asked(news, index):
    assert not Archive(index).exists()
    (index / "gen-000001").mkdir(parents=True)
    assert not Archive(index).exists()
    Archive.build([news], index)
    assert Archive(index).exists()
    (index / "CURRENT").write_bytes(b"\xff")
    assert Archive(index).exists()


def test_the_size_is_what_the_status_says(archive, index):
    status = archive.status()
    size = Archive.open(index).size()
    told = (size.generation, size.articles, size.characters)
    assert told == (status.generation, status.articles, status.characters)
    assert (size.generation, size.articles, size.characters) == ("gen-000001", 2, 22)


def test_the_counts_at_build_time_are_in_the_meta(archive, news, index):
    counted = {"articles": 2, "characters": archive.size().characters}
    write(news / "c.txt", "第三篇")
    archive.update()
    assert stored_meta(live(index))["counts"] == counted


def test_an_update_takes_away_what_a_killed_rebuild_left(archive, index):
    Archive.build([], index)
    (index / "gen-000003").mkdir()
    (index / "gen-000003/MAIN.xwp").write_bytes(b"half")
    (index / "CURRENT.new").write_text("gen-000003\n")
    assert counts(archive.update()) == (0, 0, 2, 0)
    assert generations(index) == ["gen-000001", "gen-000002"]
    assert not (index / "CURRENT.new").exists()


@pytest.mark.usefixtures("archive")
def test_what_a_rebuild_killed_right_after_its_switch_left_goes_with_the_next_update(index):
    Archive.build([], index)
    (index / "gen-000003").mkdir()
    (index / "gen-000002").rename(index / "gen-000004")
    (index / "CURRENT").write_text("gen-000004\n")
    assert counts(Archive.open(index).update()) == (0, 0, 2, 0)
    assert generations(index) == ["gen-000001", "gen-000004"]


@pytest.mark.parametrize("keep", [0, 1, 3])
def test_as_many_generations_stay_beside_the_live_one_as_are_wanted(archive, index, keep):
    for _ in range(5):
        Archive.build([], index, writing=WritingSettings(keep=keep))
    assert generations(index) == [f"gen-{number:06}" for number in range(6 - keep, 7)]
    archive.update(writing=WritingSettings(keep=0))
    assert generations(index) == ["gen-000006"]
    assert len(ids(archive, "产业")) == 2


def test_one_can_go_back_to_a_generation_that_was_kept(archive, news, index):
    write(news / "c.txt", "第三篇的产业")
    Archive.build([], index)
    assert len(ids(archive, "产业")) == 3
    (index / "CURRENT").write_text("gen-000001\n")
    assert len(ids(archive, "产业")) == 2
    assert archive.damage() == []
    assert counts(archive.update()) == (1, 0, 2, 0)


def test_a_name_in_current_that_is_not_the_one_written_is_damage(archive, index):
    """A flipped bit names another generation, which is there and whole."""
    Archive.build([], index)
    current = index / "CURRENT"
    current.write_text(current.read_text().replace("gen-000002", "gen-000001"))
    with pytest.raises(IndexDamagedError, match="CURRENT is damaged"):
        archive.search("产业")
    assert archive.heal().notes == ["CURRENT was damaged: 'gen-000002' answers again"]
    assert archive.size().generation == "gen-000002"
