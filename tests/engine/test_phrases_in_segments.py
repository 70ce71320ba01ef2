"""What numbers find for a literal is what reading every text finds, in title, body and both."""

from pathlib import Path

import pytest
from engine_cases import Home, article
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import PIECES, SMALL, sizes

from search.analysis import Literal
from search.engine import FIELDS
from search.engine.whoosh import WhooshEngine
from search.query import Exact, words_of
from search.text import fold

texts = st.lists(st.sampled_from([*PIECES, "是", "a"]), max_size=6).map("".join)
articles = st.lists(st.tuples(texts, texts), min_size=1, max_size=7)
CHANGES = [("", ""), *((" ", to) for to in ("", "a", "\n")), ("", " "), ("，", ""), ("a", " ")]


@st.composite
def literals(draw: st.DrawFn, texts: list[str]) -> Literal | None:
    """A string of one of the texts, its ends and inside changed here and there."""
    text = draw(st.sampled_from(texts))
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    part = text[start : start + draw(st.integers(1, 7) | st.integers(62, 75))]
    if draw(st.booleans()):
        old, new = draw(st.sampled_from(CHANGES))
        part = part.replace(old, new)
    literal = Literal.of(fold(part + draw(st.sampled_from(["", "", *PIECES]))).text)
    return literal if literal.searchable else None


@pytest.fixture(params=["usual", "small"], scope="module")
def new_index(request, tmp_path_factory):
    with sizes(SMALL if request.param == "small" else {}):
        yield lambda: Home(WhooshEngine, tmp_path_factory.mktemp("phrases") / "index")


@given(articles, st.data())
def test_a_quotation_is_found_where_plain_reading_finds_it(new_index, given_articles, data) -> None:
    home = new_index()
    home.commit(*(article(str(n), body, title=t) for n, (t, body) in enumerate(given_articles)))
    folded = [{"title": fold(t).text, "body": fold(b).text} for t, b in given_articles]
    strings = [text for one in folded for text in one.values()]
    for _ in range(5):
        literal = data.draw(literals(strings))
        if literal is None:
            continue
        node = Exact(literal.text, words_of(literal.text))
        for fields in (FIELDS, ("title",), ("body",)):
            expected = {
                str(n)
                for n, one in enumerate(folded)
                if any(literal.is_in(one[field]) for field in fields)
            }
            assert set(home.found(node, fields=fields)) == expected, (literal, fields)


@pytest.mark.parametrize(
    ("title", "body"),
    [("产业", "链"), ("5", "g"), ("gis", "is"), ("长三", "角"), ("中", "a"), ("", "产，业链5，g")],
)
def test_nothing_stands_across_the_end_of_a_title(tmp_path: Path, title, body) -> None:
    home = Home(WhooshEngine, tmp_path / "index")
    home.commit(article("a", body, title=title))
    for query in ("产业链", "5g", "gis is", "长三角", "中a", "gis\nis"):
        assert home.found(Exact(query, words_of(query))) == []
