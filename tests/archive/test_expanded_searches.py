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
