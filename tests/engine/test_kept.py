"""What is kept between answers is bounded by size, and what is not kept is found all the same."""

import pytest
from engine_cases import article, tree

from search.engine import SearchRequest
from search.engine.whoosh.kept import Kept


@pytest.fixture
def kept():
    """Return what doubles texts, and the list of those that it has read."""
    read = []

    def double(text: str) -> str:
        read.append(text)
        return text * 2

    return Kept(double, len, 40), read


def test_what_is_kept_is_not_read_again(kept):
    ask, read = kept
    assert [ask("ab"), ask("ab"), ask("c"), ask("ab")] == ["abab", "abab", "cc", "abab"]
    assert read == ["ab", "c"]


def test_the_oldest_go_when_there_is_too_much(kept):
    ask, read = kept
    for text in ("aaaaa", "bbbbb", "ccccc", "ddddd", "aaaaa", "eeeee", "aaaaa", "bbbbb"):
        assert ask(text) == text * 2
    assert read == ["aaaaa", "bbbbb", "ccccc", "ddddd", "eeeee", "bbbbb"]


def test_what_is_larger_than_a_quarter_is_not_kept(kept):
    ask, read = kept
    assert [ask("aaaaaa") for _ in range(3)] == ["a" * 12] * 3
    assert read == ["aaaaaa"] * 3


def test_what_cannot_be_read_is_asked_for_again():
    answers = iter([ValueError("damaged"), "text"])

    def read() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    ask = Kept(read, len, 100)
    with pytest.raises(ValueError, match="damaged"):
        ask()
    assert ask() == "text"


def test_an_answer_with_too_many_postings_is_counted_rightly(home, monkeypatch):
    articles = [article(f"{at}", "的产业", date=f"20{at:02}") for at in range(40)]
    home.commit(*articles)
    request = SearchRequest(tree("的 产业"), copies=[["1", "11"], ["12", "2", "3"]])
    plain = home.engine.reader().search(request), home.engine.reader().facets(request, ["year"])
    monkeypatch.setattr("search.engine.whoosh.reader.KEPT_POSTINGS", 0)
    reader = home.reopened().reader()
    assert (reader.search(request), reader.facets(request, ["year"])) == plain


def test_more_columns_than_are_kept_are_counted_rightly(home):
    home.commit(article("a", metadata={f"n{at}": f"v{at}" for at in range(40)}))
    reader, request = home.engine.reader(), SearchRequest(tree("正文"))
    for _ in range(2):
        counted = reader.facets(request, [f"n{at}" for at in range(40)])
        assert counted == {f"n{at}": ((f"v{at}", 1),) for at in range(40)}


def test_a_prefix_scores_by_its_commonest_words_alone(home):
    words = [f"linux{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(40)]
    home.commit(*(article(word, word) for word in words), article("more", " ".join(words[:32])))
    ranking = home.engine.reader().search(SearchRequest(tree("linux*"), limit=100))
    assert ranking.total == 41
    assert list(ranking.terms.values()) == [tuple(words[:32])]
    assert [found.id for found in ranking.documents if not found.score] == words[32:]
