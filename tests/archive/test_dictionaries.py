"""The user's dictionary: what it changes, what it leaves alone, and all of it at once."""

import json
import threading

import pytest
from archive_cases import counts, ids, stored_meta, write

from search import Archive
from search.archive import IndexMismatchError, SettingError, recutting
from search.archive.recutting import MOST_ASKED

ARTICLES = {
    "a.txt": "容器编排平台\n\n本文介绍容器编排。",
    "b.txt": "容器与编排\n\n容器很多，编排很难。",
    "c.txt": "去卡拉OK唱歌\n\n卡拉 OK 很好。",
    "d.txt": "在 New  York 的一天\n\n纽约。",
    "e.txt": "武汉市长江大桥\n\n大桥很长。",
}


@pytest.fixture
def place(tmp_path):
    for name, text in ARTICLES.items():
        write(tmp_path / "docs" / name, text)
    Archive.build([tmp_path / "docs"], tmp_path / "index")
    return tmp_path


def update(place, text, **given):
    path = write(place / "dictionary.txt", text)
    archive = Archive(place / "index")
    archive.update(dictionary=path, **given)
    return archive


def words(archive, query):
    return [word.text for word in archive.search(query).words]


def scored(archive, query):
    """Return the words that the hits of a query scored by."""
    hits = archive.search(query, explain=True).hits
    return {part.term for hit in hits for part in hit.contributions if part.kind == "word"}


def test_only_articles_with_the_word_as_text_are_cut_again(place):
    archive = update(place, "容器编排\n")
    assert (archive.report.recut, list(archive.report.recut_words)) == (1, ["容器编排"])
    assert counts(archive.report) == (0, 0, 5, 0)
    assert archive.report.notes == [
        "the dictionary differs in 1 word (容器编排): of 5 articles 1 were cut again"
    ]
    assert words(archive, "容器編排") == ["容器编排"]
    assert scored(archive, "容器編排") == {"容器编排"}
    assert ids(archive, "容器编排") == ["docs/a.txt"]


@pytest.mark.parametrize(
    ("line", "query", "found", "recut"),
    [
        ("卡拉OK", "卡拉ok", ["docs/c.txt"], 1),
        ("New York", "new york", ["docs/d.txt"], 1),
        ("長江大橋 0", "长江大桥", ["docs/e.txt"], 1),
        ("江大", "江大", ["docs/e.txt"], 1),
        ("从无此词", "从无此词", [], 0),
        ("容 5", "容", ["docs/a.txt", "docs/b.txt"], 0),
    ],
)
def test_whatever_the_word_is_made_of_it_is_found_and_scores(place, line, query, found, recut):
    archive = update(place, line)
    assert sorted(ids(archive, query)) == found
    assert archive.report.recut == recut
    if recut:
        assert all(hit.snippets or hit.title_spans for hit in archive.search(query).hits)


def test_taking_a_word_out_again_cuts_the_same_articles_as_before(place):
    before = Archive(place / "index").search("容器编排", explain=True).hits
    update(place, "容器编排\n")
    archive = update(place, "")
    assert (archive.report.recut, list(archive.report.recut_words)) == (1, ["容器编排"])
    after = archive.search("容器编排", explain=True).hits
    assert [(h.id, h.score, h.contributions) for h in after] == [
        (h.id, h.score, h.contributions) for h in before
    ]


def test_new_articles_are_cut_by_it_too_and_the_file_is_remembered(place):
    update(place, "容器编排\n")
    write(place / "docs/f.txt", "又一篇容器编排。")
    archive = Archive(place / "index")
    assert counts(archive.update()) == (1, 0, 5, 0)
    assert scored(archive, "容器编排") == {"容器编排"}
    rebuilt = Archive.build([], place / "index")
    assert scored(rebuilt, "容器编排") == {"容器编排"}
    status = rebuilt.status()
    assert status.dictionary == str(place / "dictionary.txt")
    assert (status.dictionary_words, status.dictionary_has_changed) == (1, False)


def test_an_edited_file_changes_nothing_until_the_index_is_brought_up_to_it(place):
    archive = update(place, "容器编排\n")
    write(place / "dictionary.txt", "")
    assert archive.dictionary_has_changed()
    assert words(archive, "容器编排") == ["容器编排"]
    archive.update()
    assert words(archive, "容器编排") == ["容器", "编排"]
    assert not archive.dictionary_has_changed()


def test_other_lines_with_the_same_words_change_nothing_but_are_noted(place):
    update(place, "容器编排\n")
    generation = Archive(place / "index").status().generation
    archive = update(place, "# 词\n容器编排\n")
    assert (archive.report.recut, archive.report.recut_words) == (0, ())
    assert not archive.dictionary_has_changed()
    assert archive.status().generation == generation


def test_a_dictionary_that_is_gone_is_an_error_and_the_index_keeps_its_words(place):
    archive = update(place, "容器编排\n")
    (place / "dictionary.txt").unlink()
    with pytest.raises(SettingError) as caught:
        archive.update()
    path = place / "dictionary.txt"
    assert str(caught.value) == f"cannot read dictionary '{path}': no such file"
    assert caught.value.hint == "bring it back; an empty file takes its words out of the index"
    assert words(archive, "容器编排") == ["容器编排"]


def test_a_dictionary_that_cannot_be_read_changes_nothing(place):
    path = place / "dictionary.txt"
    path.write_bytes("容器编排".encode("gbk"))
    archive = Archive(place / "index")
    with pytest.raises(SettingError) as caught:
        archive.update(dictionary=path)
    assert str(caught.value) == f"cannot read dictionary '{path}': not UTF-8 at byte 0"
    assert words(archive, "容器编排") == ["容器", "编排"]


def test_where_very_many_words_differ_all_articles_are_cut_again(place):
    many = "\n".join(f"词{n}" for n in range(MOST_ASKED + 1))
    assert update(place, many).report.recut == 5


def test_a_search_goes_on_with_the_words_of_before_while_articles_are_cut_again(place, monkeypatch):
    from search.archive.folder_generations import FolderGenerations

    asked = []
    plain = FolderGenerations.switch

    def switch(self, name, keep):
        asked.append(words(Archive(place / "index"), "容器编排"))
        asked.append(words(opened, "容器编排"))
        plain(self, name, keep)

    opened = Archive.open(place / "index")
    monkeypatch.setattr(FolderGenerations, "switch", switch)
    update(place, "容器编排\n")
    assert asked == [["容器", "编排"], ["容器", "编排"]]
    assert words(opened, "容器编排") == ["容器编排"]


@pytest.mark.parametrize("moment", ["write_dictionary", "write_meta", "switch"])
def test_a_change_that_fails_leaves_the_index_as_it_was(place, monkeypatch, moment):
    from search.archive.folder_generations import FolderGenerations

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FolderGenerations, moment, fail)
        with pytest.raises(Exception, match="no space left on device"):
            update(place, "容器编排\n")
    archive = Archive.open(place / "index")
    assert words(archive, "容器编排") == ["容器", "编排"]
    assert [path.name for path in (place / "index").glob("gen-*")] == ["gen-000001"]
    assert update(place, "容器编排\n").report.recut == 1


@pytest.mark.parametrize("moment", ["write_dictionary", "fork_engine", "write_meta", "switch"])
@pytest.mark.parametrize("next_run", ["update", "build"])
def test_after_a_change_that_was_killed_the_next_run_makes_it_whole(
    place, monkeypatch, moment, next_run
):
    from search.archive.folder_generations import FolderGenerations

    owner = recutting if moment == "fork_engine" else FolderGenerations
    plain = getattr(owner, moment)

    def die(*given):
        plain(*given)
        raise SystemExit

    path = write(place / "dictionary.txt", "容器编排\n")
    with monkeypatch.context() as patched:
        patched.setattr(owner, moment, die)
        patched.setattr(
            FolderGenerations, "abandon", lambda *_: None
        )  # who is killed tidies nothing up
        with pytest.raises(SystemExit):
            Archive(place / "index").update(dictionary=path)
    if next_run == "update":
        Archive(place / "index").update(dictionary=path)
    else:
        Archive.build([], place / "index", dictionary=path)
    archive = Archive.open(place / "index")
    expected = Archive.build([place / "docs"], place / "other", dictionary=path)
    assert archive.digest() == expected.digest()
    assert scored(archive, "容器编排") == {"容器编排"}
    assert len(list((place / "index").glob("gen-*"))) <= 2


def test_what_one_generation_holds_does_not_change_with_the_next(place):
    before = {p.name: p.read_bytes() for p in (place / "index/gen-000001").iterdir()}
    update(place, "容器编排\n")
    assert {p.name: p.read_bytes() for p in (place / "index/gen-000001").iterdir()} == before


def test_files_are_shared_with_the_generation_before_or_copied(place, monkeypatch):
    def linkless(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", linkless)
    archive = update(place, "容器编排\n")
    assert ids(archive, "容器编排") == ["docs/a.txt"]
    assert ids(archive, "卡拉") == ["docs/c.txt"]


def test_suggestions_corrections_and_related_articles_know_the_words(place):
    write(place / "docs/f.txt", "容器编排入门\n\n容器编排平台。")
    archive = update(place, "容器编排\n")
    assert "容器编排" in [one.text for one in archive.suggest("容器")]
    assert archive.related("docs/f.txt")[0].id == "docs/a.txt"


@pytest.mark.parametrize("part", ["dictionary", "jieba frequencies"])
def test_words_and_frequencies_are_part_of_what_an_index_was_built_by(place, part):
    update(place, "容器编排\n")
    assert part in Archive(place / "index").status().fingerprint


def test_an_index_cut_by_other_frequencies_is_refused(place):
    archive = update(place, "容器编排\n")
    path = place / "index" / archive.status().generation / "meta.json"
    meta = stored_meta(path.parent)
    meta["fingerprint"]["jieba frequencies"] = "0"
    path.write_text(json.dumps(meta))
    with pytest.raises(IndexMismatchError, match="jieba frequencies 0"):
        Archive.open(place / "index")


def test_threads_see_the_words_and_the_articles_of_one_state(place):
    """Whatever a search meets, its query and the articles are cut alike: both, or neither."""
    opened = Archive.open(place / "index")
    seen, stop = set(), threading.Event()

    def ask():
        while not stop.is_set():
            results = opened.search("容器编排", explain=True)
            by = {p.term for h in results.hits for p in h.contributions if p.kind == "word"}
            seen.add((tuple(word.text for word in results.words), frozenset(by), results.total))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(6):
        update(place, "容器编排\n" if turn % 2 == 0 else "\n")
    stop.set()
    for thread in threads:
        thread.join()
    assert seen <= {
        (("容器", "编排"), frozenset({"容器", "编排"}), 2),
        (("容器编排",), frozenset({"容器编排"}), 1),
    }


def test_a_file_that_is_named_has_to_be_there_whatever_is_remembered(place):
    archive = update(place, "容器编排\n")
    with pytest.raises(SettingError, match="no such file"):
        archive.update(dictionary=place / "wrods.txt")
    assert words(archive, "容器编排") == ["容器编排"]


def test_a_link_is_followed_each_time(place):
    write(place / "one.txt", "容器编排\n")
    link = place / "link.txt"
    link.symlink_to(place / "one.txt")
    archive = Archive(place / "index")
    archive.update(dictionary=link)
    link.unlink()
    link.symlink_to(write(place / "two.txt", ""))
    archive.update()
    assert words(archive, "容器编排") == ["容器", "编排"]
