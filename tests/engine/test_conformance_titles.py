"""Every engine: the titles of all documents at once, as suggestions read them."""

from engine_cases import article, examples
from hypothesis import given, settings
from hypothesis import strategies as st


def test_titles_come_as_written_of_all_commits_and_of_no_deleted_document(home):
    home.commit(article("a", title="題(tí)目 一"), article("b", title="二"), article("c"))
    home.commit(article("d", title="𠮷"), article("e", title="二"), deleted=["b"])
    assert home.engine.reader().titles() == ["題(tí)目 一", "", "𠮷", "二"]
    assert home.reopened().reader().titles() == home.engine.reader().titles()


def test_an_empty_index_has_no_titles(home):
    assert home.engine.reader().titles() == []


def test_many_titles_are_those_of_their_documents(home):
    given_titles = [f"第{n}篇" * (n % 7) for n in range(3_000)]
    home.commit(*(article(f"{n:04}", "正" * n, title=t) for n, t in enumerate(given_titles)))
    assert home.engine.reader().titles() == given_titles


@settings(max_examples=examples(20))
@given(st.lists(st.text(max_size=8), max_size=5))
def test_any_titles_come_back(new_home, titles):
    home = new_home()
    home.commit(*(article(str(n), title=title) for n, title in enumerate(titles)))
    assert home.engine.reader().titles() == titles
