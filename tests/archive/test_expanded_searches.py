"""Searches that say which other words stand for those of the query."""

import pytest
from archive_cases import write

from search import Archive
from search.errors import QueryError, SettingError

KEYS = ("from", "to", "kind")


def told(results):
    return [tuple(one[key] for key in KEYS) for one in results.expansions]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("軟體", [("软体", "软件", "regional")]),
        ("csj", [("csj", "长三角", "pinyin")]),
        ("shifanqu", [("shifanqu", "示范区", "pinyin")]),
        ("第3篇", [("第3篇", "第三篇", "number")]),
        ("长三角", []),
        ('"軟體"', []),
    ],
)
def test_results_name_what_stood_for_what(archive, query, expected):
    assert told(archive.search(query)) == expected
    assert told(archive.search(query, expand=False)) == []


def test_some_kinds_are_asked_for_by_name(archive):
    query = "軟體 OR csj"
    assert told(archive.search(query, expand=["pinyin"])) == [("csj", "长三角", "pinyin")]
    assert told(archive.search(query, expand="regional")) == [("软体", "软件", "regional")]
    assert told(archive.search(query, expand=())) == []


def test_a_kind_that_there_is_not_is_refused(archive):
    with pytest.raises(QueryError) as caught:
        archive.search("长三角", expand=["pinyn"])
    assert str(caught.value) == "cannot expand by 'pinyn'"
    assert caught.value.hint == "use some of: regional, synonym, number, pinyin"


def test_words_of_a_later_commit_are_heard(archive, news):
    assert told(archive.search("daqiao")) == []
    write(news / "c.txt", "第三篇\n长江大桥。大桥。")
    archive.update()
    assert told(archive.search("daqiao")) == [("daqiao", "大桥", "pinyin")]


def test_an_article_is_marked_where_pinyin_stands_for_its_words(archive):
    (hit,) = archive.search("长三角").hits
    assert archive.article(hit.id, "csj").body.spans == archive.article(hit.id, "长三角").body.spans
    assert archive.article(hit.id, "csj").body.spans
    assert not archive.article(hit.id, "csj", expand=False).body.spans


def test_synonyms_are_read_from_their_file_as_it_changes(archive, index, tmp_path):
    path = tmp_path / "synonyms.txt"
    archive = Archive.open(index, path)
    assert told(archive.search("产业")) == []
    write(path, "产业, 行业")
    assert told(archive.search("产业")) == [("产业", "行业", "synonym")]
    write(path, "产业, 行业\n工业")
    with pytest.raises(SettingError, match=r"line 2: '工业' is one word alone"):
        archive.search("产业")


@pytest.mark.parametrize("query", ["軟體", "changsanjiao", "chang san jiao", "csj", "'软体'"])
def test_expansions_find_and_mark_and_stay_behind_what_is_typed(tmp_path, query):
    write(tmp_path / "news/a.txt", "软件园\n长三角的软件。软件，软件，软件！")
    write(tmp_path / "news/b.txt", "其他\n这里有软体，也有changsanjiao、csj和chang san jiao。")
    write(tmp_path / "news/c.txt", "经典\n经典。")
    archive = Archive.build([tmp_path / "news"], tmp_path / "index")
    if query == "csj":  # a word of the archive, too short to be surely pinyin
        assert [hit.id for hit in archive.search(query).hits] == ["news/b.txt"]
        return
    literal, expanded = archive.search(query).hits
    assert (literal.id, expanded.id) == ("news/b.txt", "news/a.txt")
    marked = {expanded.snippets[0].text[start:end] for start, end in expanded.snippets[0].spans}
    assert marked == ({"软件"} if "软" in query or "軟" in query else {"长三角"})
    assert [hit.id for hit in archive.search(query, expand=False).hits] == ["news/b.txt"]


def test_han_is_never_found_by_its_sound(tmp_path):
    write(tmp_path / "news/c.txt", "经典\n经典。")
    archive = Archive.build([tmp_path / "news"], tmp_path / "index")
    assert archive.search("景点").total == 0
    assert archive.search("jingdian").total == 1
