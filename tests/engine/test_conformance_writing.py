"""Every engine: what is written, deleted, committed and cancelled, and who sees it when."""

import threading

import pytest
from engine_cases import article, tree

from search.analysis.batching import Aside
from search.engine import SearchRequest, Stats


def test_a_new_index_is_empty_and_answers_nothing(home):
    reader = home.engine.reader()
    assert reader.stats() == Stats(0, 0)
    assert home.found("长三角") == []
    assert home.found("-长三角") == []
    assert reader.find("a") is None
    assert list(reader.terms("words")) == []


def test_a_committed_document_is_found_by_another_opening_of_the_index(home):
    home.commit(article("a", "长三角的产业"))
    other = home.reopened().reader()
    assert other.find("a") is not None
    assert other.stats() == Stats(1, 6)


def test_nothing_written_shows_before_commit(home):
    writer = home.engine.writer()
    writer.write([article("a")])
    assert home.engine.reader().find("a") is None
    assert home.reopened().reader().find("a") is None
    writer.commit(b"{}")
    assert home.engine.reader().find("a") is not None


def test_after_a_flush_all_that_is_done_aside_has_been_handed_over(home):
    taken: list[str] = []
    writer = home.engine.writer(aside=Aside(_ids, taken.extend))
    writer.write([article("a"), article("b")])
    writer.flush()
    assert taken == ["a", "b"]
    writer.write([article("c")])
    writer.commit(b"{}")
    assert taken == ["a", "b", "c"]
    assert home.engine.reader().stats().documents == 3


def test_a_cancelled_writer_leaves_nothing(home):
    home.commit(article("a", "产业"), manifest=b"before")
    before = home.engine.reader()
    writer = home.engine.writer()
    writer.delete(["a"])
    writer.write([article("b", "示范区")])
    writer.cancel()
    assert home.engine.reader() is before
    assert home.found("产业") == ["a"]
    assert home.found("示范区") == []
    assert home.reopened().reader().manifest() == b"before"


def test_an_index_can_be_written_after_a_cancelled_writer(home):
    home.engine.writer().cancel()
    home.commit(article("a"))
    assert home.found("正文") == ["a"]


def test_an_open_reader_does_not_see_later_commits(home):
    home.commit(article("old", "产业的产业"))
    reader = home.engine.reader()
    home.commit(article("new", "产业"), deleted=["old"])
    numbers = [found.number for found in reader.search(_request("产业")).documents]
    assert [heading.id for heading in reader.headings(numbers)] == ["old"]
    assert reader.text(numbers[0], "body").raw == "产业的产业"
    assert reader.find("new") is None
    assert reader.stats() == Stats(1, 5)
    assert home.found("产业") == ["new"]


def test_the_reader_is_the_same_object_as_long_as_nothing_changes(home):
    home.commit(article("a"))
    reader = home.engine.reader()
    assert home.engine.reader() is reader
    home.commit(article("b"))
    assert home.engine.reader() is not reader


def test_an_open_engine_sees_the_commits_of_another(home):
    other = home.reopened()
    assert other.reader().find("a") is None
    home.commit(article("a"))
    assert other.reader().find("a") is not None


def test_deleted_documents_are_gone_from_everything(home):
    home.commit(article("a", "产业"), article("b", "产业链"))
    home.commit(deleted=["a"])
    assert home.found("产业") == ["b"]
    assert home.found("-示范") == ["b"]
    assert home.engine.reader().find("a") is None
    assert home.engine.reader().stats() == Stats(1, 3)


def test_deleting_what_is_not_there_changes_nothing(home):
    home.commit(article("a"))
    home.commit(deleted=["b", "正文", ""])
    assert home.found("正文") == ["a"]


def test_all_documents_can_be_deleted_and_others_come(home):
    home.commit(article("a"), article("b"))
    home.commit(deleted=["a", "b"])
    assert home.found("正文") == []
    assert home.engine.reader().stats() == Stats(0, 0)
    home.commit(article("a"))
    assert home.found("正文") == ["a"]


def test_a_document_is_replaced_in_one_commit(home):
    home.commit(article("a", "产业"), article("b", "产业"))
    home.commit(article("a", "示范区", title="新"), deleted=["a"])
    assert home.found("产业") == ["b"]
    assert home.found("示范区") == ["a"]
    reader = home.engine.reader()
    assert reader.headings([reader.find("a")])[0].title == "新"


def test_the_manifest_is_committed_with_the_documents(home):
    home.commit(article("a"), manifest="清单一".encode())
    reader = home.engine.reader()
    home.commit(article("b"), manifest=b"\x00\xff")
    assert reader.manifest().decode() == "清单一"
    assert home.engine.reader().manifest() == b"\x00\xff"
    assert home.reopened().reader().manifest() == b"\x00\xff"


def test_a_failure_while_writing_can_be_cancelled(home):
    home.commit(article("a", "产业"))
    writer = home.engine.writer()

    def breaking_off():
        yield article("b", "产业")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer.write(breaking_off())
    writer.cancel()
    home.commit(article("c", "产业"))
    assert home.found("产业") == ["a", "c"]


@pytest.mark.parametrize("commits", [1, 3, 12])
def test_the_number_of_commits_does_not_matter(home, commits):
    articles = [article(f"{n:02}", "产业" * (n % 3 + 1), date=f"20{n:02}") for n in range(24)]
    for part in range(commits):
        home.commit(*articles[part::commits])
    assert home.engine.reader().stats() == Stats(24, sum(len(a.body) for a in articles))
    assert home.found("产业", sort="oldest") == [a.id for a in articles]
    for wanted in articles:
        number = home.engine.reader().find(wanted.id)
        assert home.engine.reader().text(number, "body").raw == wanted.body


def _request(query):
    return SearchRequest(tree(query))


def test_a_reader_opened_during_commits_has_the_manifest_of_its_documents(home):
    home.commit(article("0"), manifest=b"1")
    seen, wrong, done = set(), [], threading.Event()

    def read():
        while not done.is_set():
            reader = home.reopened().reader()
            seen.add(reader.manifest())
            if reader.manifest() != str(reader.stats().documents).encode():
                wrong.append((reader.manifest(), reader.stats()))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(1, 25):
        home.commit(article(str(n)), manifest=str(n + 1).encode())
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) > 1, "nothing was read meanwhile: this test is broken, not the code"


def _ids(documents):
    return [document.id for document in documents]


def test_each_commit_makes_another_state_and_nothing_else_does(home):
    states = [home.engine.reader().state()]
    for change in ({"deleted": []}, {"deleted": ["a"]}):
        home.commit(article("a"), **change)
        states.append(home.engine.reader().state())
    writer = home.engine.writer()
    writer.write([article("b")])
    writer.cancel()
    assert home.engine.reader().state() == states[-1] == home.reopened().reader().state()
    assert len(set(states)) == 3
