"""Every engine: what has most of the words, and where it stands among what has all of them."""

import math

import pytest
from engine_cases import article, examples, tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import Literal
from search.engine import EXPANDED, LITERAL, RELAXED, Relaxation, SearchRequest
from search.query import And, Exact, Expanded, Expansion, Run
from search.text import fold


def ranking(home, query, **options):
    node = tree(query) if isinstance(query, str) else query
    return home.engine.reader().search(SearchRequest(node, relax=True, **options))


def shown(found):
    return [(document.id, document.reading) for document in found.documents]


@pytest.fixture
def shelf(home):
    home.commit(
        article("a", "长三角的产业和算力"),
        article("b", "长三角的产业"),
        article("c", "产业园区"),
        article("d", "天气预报"),
        article("e", "明天的天气"),
        article("f", "城市天气"),
    )
    return home


def test_where_all_the_words_are_in_no_article_those_with_most_are_found(shelf):
    found = ranking(shelf, "长三角 产业 天气")
    assert shown(found) == [
        ("b", RELAXED),  # two of the three words, in the shorter text
        ("a", RELAXED),  # two of the three
        ("f", RELAXED),  # 天气 alone, as a word
        ("e", RELAXED),  # the same in a longer text
        ("c", RELAXED),  # 产业 inside the word 产业园区: text, but no word
        ("d", RELAXED),  # 天气 inside 天气预报: as much, so the ids decide
    ]
    assert found.relaxation == Relaxation("天气", 2)
    assert found.total == len(found.documents)


def test_articles_with_most_follow_those_with_all_and_do_not_count(shelf):
    found = ranking(shelf, "长三角 算力")
    assert shown(found) == [("a", LITERAL), ("b", RELAXED)]
    assert (found.total, found.relaxation) == (1, None)


def test_articles_with_most_follow_by_relevance_alone(shelf):
    found = ranking(shelf, "长三角 算力", sort="newest")
    assert shown(found) == [("a", LITERAL)]


def test_they_fill_ten_places_and_no_more(home):
    home.commit(
        article("all", "甲乙丙丁戊 算力"),
        *(article(f"{n:02}", "甲乙丙丁戊") for n in range(30)),
        *(article(f"{n:03}", "别的事情") for n in range(60)),
    )
    assert len(ranking(home, "甲乙丙丁戊 算力", limit=50).documents) == 10
    assert len(ranking(home, "甲乙丙丁戊 算力", limit=4).documents) == 4
    assert ranking(home, "甲乙丙丁戊 算力", offset=10).documents == []


@pytest.mark.parametrize("query", ["没有", "海洋", '"长三角的天气"', "-产业 -天气 -长三角"])
def test_a_query_of_one_word_is_never_relaxed(shelf, query):
    found = ranking(shelf, query)
    assert (found.total, shown(found), found.relaxation) == (0, [], None)


def test_of_a_query_that_is_mostly_unknown_nothing_is_found(shelf):
    assert ranking(shelf, "的 海洋 鲸鱼").total == 0


def test_words_that_are_never_together_are_found_each(home):
    home.commit(article("a", "海洋"), article("b", "算力"), article("c", "天气"))
    found = ranking(home, "海洋 算力 天气")
    assert [i for i, _ in shown(found)] == ["a", "b", "c"]
    assert found.relaxation == Relaxation("算力", 0)  # the first that the best of these lacks


def test_exclusions_filters_and_dates_hold_for_what_has_most_as_well(shelf):
    assert "b" not in dict(shown(ranking(shelf, '长三角 产业 天气 -"长三角的产业"')))
    assert ranking(shelf, "长三角 产业 天气", since="2024").documents == []


def test_words_that_only_ask_are_in_nobodys_way(shelf):
    found = ranking(shelf, "什么 叫 算力")
    assert shown(found) == [("a", RELAXED)]
    assert found.relaxation == Relaxation("叫", 1)
    found = ranking(shelf, "哪里有天气预报")
    assert found.relaxation == Relaxation("有", 1)
    found = ranking(shelf, "谁的算力")
    assert shown(found)[0] == ("a", RELAXED)
    assert found.relaxation == Relaxation("谁", 1)
    assert ranking(shelf, "什么").total == 0


def test_of_a_word_that_is_in_no_article_its_pairs_are_looked_for(home):
    home.commit(article("a", "潘淑是吴国的皇后"), article("b", "人在旅途"), article("c", "天气"))
    run = Run("潘淑乃哪里人", ("潘淑乃", "哪里", "人"))
    found = ranking(home, run)
    assert shown(found) == [("a", RELAXED)]  # 潘淑; a single 人 elsewhere answers nothing
    assert found.relaxation == Relaxation("潘淑乃", 1)


def test_an_expansion_never_pushes_a_literal_match_down(home):
    home.commit(
        article("a", "软体软体软体", title="软体"),
        article("b", "很长的一篇文章里提到一次软件,此外都是别的事情"),
    )
    run = Run("软件", ("软件",), expansions=(Expansion("软件", "软体", "regional"),))
    found = ranking(home, run)
    assert shown(found) == [("b", LITERAL), ("a", EXPANDED)]
    assert found.total == 2


def test_a_group_of_words_may_stand_for_another_text(home):
    home.commit(article("a", "长三角"), article("b", "chang san jiao"))
    group = And(tuple(Run(one, (one,)) for one in ("chang", "san", "jiao")))
    found = ranking(home, Expanded(group, (Expansion("chang san jiao", "长三角", "pinyin"),)))
    assert shown(found) == [("b", LITERAL), ("a", EXPANDED)]


def test_what_a_document_adds_up_to_is_its_score(shelf):
    found = ranking(shelf, "长三角 产业 天气", explain=True)
    for document in found.documents:
        parts = sum(part.score for part in document.contributions)
        assert parts == pytest.approx(document.score)
        assert document.contributions[-1].kind == "coverage"


WORDS = ["长三角", "产业", "算力", "天气", "5g", "区", "的"]
texts = st.lists(st.sampled_from(WORDS), max_size=5).map("，".join)


@given(
    bodies=st.lists(texts, min_size=3, max_size=12),
    asked=st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_shares_are_those_of_a_plain_count(new_home, bodies, asked):
    """Documents, their order by share, and the word in the way, against a plain reading."""
    documents = [article(f"{n:02}", body) for n, body in enumerate(bodies)]
    home = new_home()
    home.commit(*documents)
    node = And(tuple(Exact(word, (word,)) for word in asked))
    held = {
        d.id: {word for word in asked if Literal.of(word).is_in(fold(d.body).text)}
        for d in documents
    }
    found = ranking(home, node, limit=100)
    count = len(documents)

    def rarity(word):
        holders = sum(word in words for words in held.values())
        return math.log(1 + (count - holders + 0.5) / (holders + 0.5))

    total = sum(map(rarity, asked))
    shares = {i: sum(map(rarity, words)) / total for i, words in held.items() if words}
    whole = {i for i, words in held.items() if len(words) == len(asked)}
    if whole:
        assert found.relaxation is None
        assert {i for i, reading in shown(found) if reading == LITERAL} == whole
        return
    most = max(shares.values(), default=0)
    is_known = all(any(word in words for words in held.values()) for word in asked)
    least = min(0.25, most) if is_known else 0.25
    assert {i for i, _ in shown(found)} == {i for i, s in shares.items() if s >= least - 1e-9}
    if found.relaxation:
        lacking = {w: sum(set(asked) - words == {w} for words in held.values()) for w in asked}
        best = max(sorted(held), key=lambda i: round(shares.get(i, 0), 9))
        assert found.relaxation.word not in held[best]
        assert found.relaxation.without_it == lacking[found.relaxation.word]
