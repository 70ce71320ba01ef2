"""Suggestions from an archive's own words, phrases and titles."""

import threading

import pytest
from archive_cases import write_records

from search import Archive
from search.archive.suggesting import Suggesting
from search.errors import QueryError


def record(number, title, body):
    return {"id": str(number), "title": title, "body": body}


ARTICLES = [
    ("長三角一體化", "長三角的產業，長江的產業。"),
    ("長三角一體化二", "長三角的產業在長江邊。"),
    ("长三角一体化的算力", "算力在长三角。"),
    ("Kubernetes 入门", "Kubernetes 与容器。"),
    ("用 Kubernetes 部署", "容器的部署。"),
    ("《長江大橋》", "大橋在長江上，產(chǎn)業(yè)在橋邊，算盘不在。"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggested")
    rows = [record(at, *article) for at, article in enumerate(ARTICLES)]
    return Archive.build([write_records(folder / "a.jsonl", *rows)], folder / "index")


def texts(archive, typed, **options):
    return [suggestion.text for suggestion in archive.suggest(typed, **options)]


def kinds(archive, typed):
    return {one.text: one.kind for one in archive.suggest(typed)}


def test_words_come_first_then_phrases_and_titles(told):
    assert kinds(told, "长三") == {
        "長三角": "word",  # in three articles
        "长三角一体化": "phrase",  # in three titles; in the third it is Simplified
        "長三角一體化二": "title",
        "长三角一体化的算力": "title",
    }


@pytest.mark.parametrize(
    "typed", ["长三", "長三", " 「長三", "changsan", "chang san", "changs", "cs"]
)
def test_either_script_and_pinyin_find_the_same_word_first(told, typed):
    assert texts(told, typed)[:1] == ([] if typed == "cs" else ["長三角"])


def test_three_initials_find_what_is_read_so(told):
    assert texts(told, "csj")[0] == "長三角"
    assert texts(told, "cjd") == ["長江大橋"]  # a word, and the title but for its signs


def test_a_syllable_that_is_whole_is_not_cut_for_another(told):
    assert set(texts(told, "suan")) >= {"算力", "算盘"}
    assert "算力" in texts(told, "suanl")
    assert "算盘" not in texts(told, "suanl")


def test_latin_is_found_by_its_beginning_and_written_as_in_titles(told):
    assert texts(told, "kube") == ["Kubernetes", "Kubernetes 入门", "用 Kubernetes 部署"]
    assert texts(told, "ubernetes") == []


def test_titles_that_hold_the_text_come_last(told):
    assert texts(told, "大橋") == ["《長江大橋》"]
    assert texts(told, "部署") == ["用 Kubernetes 部署"]


def test_words_of_no_title_are_written_as_articles_write_them(told):
    assert "產業" in texts(told, "产")
    assert "產業" in texts(told, "chany")


def test_what_is_typed_already_is_not_offered(told):
    assert "長三角" not in texts(told, "长三角")
    assert texts(told, "长三角一体化")[0] == "長三角一體化二"


def test_no_more_are_offered_than_asked_for(told):
    every = texts(told, "长", limit=50)
    assert len(every) == len(set(every)) > 3
    assert len(texts(told, "长", limit=3)) == 3
    assert texts(told, "长", limit=0) == []


@pytest.mark.parametrize("typed", ["", " ", "。", "龘", "长" * 100, "\n", "x" * 999, "a'" * 400])
def test_what_begins_nothing_suggests_nothing(told, typed):
    assert texts(told, typed) == []


@pytest.mark.parametrize("typed", ["长" * 1001, "\udcff"])
def test_what_is_no_query_is_refused(told, typed):
    with pytest.raises(QueryError):
        told.suggest(typed)


def test_new_articles_are_suggested_and_removed_ones_are_not(tmp_path):
    path = write_records(tmp_path / "a.jsonl", record(1, "长江", "正文"), record(2, "黄河", "正文"))
    archive = Archive.build([path], tmp_path / "index")
    assert texts(archive, "黄") == ["黄河"]
    write_records(path, record(1, "长江", "正文"), record(3, "长城万里", "正文"))
    archive.update()
    assert texts(archive, "黄") == []
    assert "长城万里" in texts(archive, "长")


def test_an_archive_without_titles_suggests_its_words(archive):
    assert "长三角" in texts(archive, "长")


def test_nobody_waits_who_does_not_want_to(told):
    reader = told._live.reader()
    suggesting = Suggesting()
    ready = threading.Event()

    class Slow:
        def __getattr__(self, name):
            ready.wait(10)
            return getattr(reader, name)

    slow = Slow()
    assert suggesting.of(slow, wait=False) is None
    ready.set()
    made = suggesting.of(slow, wait=True)
    assert made is suggesting.of(slow, wait=False)
    assert made.suggest("长三", 1)[0].text == "長三角"
    ready.clear()
    newer = Slow()
    assert suggesting.of(newer, wait=False) is made  # of the state before, meanwhile
    ready.set()
    assert suggesting.of(newer, wait=True) is not made


def test_what_goes_wrong_while_they_are_made_is_told_to_who_asks():
    class Broken:
        def titles(self):
            raise OSError("gone")

    suggesting, broken = Suggesting(), Broken()
    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            suggesting.of(broken, wait=True)
