"""Whoosh's own queries over the same grams find the same documents as our matching does."""

import pytest
from engine_cases import Home, article, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from stock_queries import stock_answers, translated
from whoosh import query as stock
from whoosh.index import open_dir

from search.analysis import Literal, adjacency
from search.query import And, Exact, Not, Or, words_of

LITERALS = ["产业", "长三", "三角", "角", "区", "业", "gis", "5", "g", "タ", "무", "is"]
TEXTS = [
    "长三角",
    "产业链",
    "示范区",
    "三角",
    "GIS",
    "5G",
    "this is",
    "タワー",
    "，",
    "角\n区",
    "业",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home("whoosh", tmp_path_factory.mktemp("stock") / "index")
    for part in range(4):
        home.commit(*(_numbered(n) for n in range(part * 20, part * 20 + 20)))
    home.commit(deleted=[f"{n:02}" for n in range(0, 80, 9)])
    return home


def _numbered(n):
    words = [TEXTS[(n * n + at * (n % 7 + 1)) % len(TEXTS)] for at in range(n % 6)]
    return article(f"{n:02}", "，".join(words), title=TEXTS[n % len(TEXTS)] if n % 3 else "")


def exact(text: str) -> Exact:
    way = adjacency(Literal.of(text))
    assert way.decided
    assert [len(part) for part in way.parts] == [1]  # stock Whoosh knows no distances of ours
    return Exact(text, words_of(text))


nodes = st.recursive(
    st.sampled_from(LITERALS).map(exact),
    lambda children: (
        st.lists(children, min_size=1, max_size=3).map(lambda found: And(tuple(found)))
        | st.lists(children, min_size=1, max_size=3).map(lambda found: Or(tuple(found)))
        | children.map(Not)
    ),
    max_leaves=6,
)


@given(node=nodes)
@settings(max_examples=150, deadline=None)
def test_any_tree_finds_the_documents_that_stock_whoosh_finds(home, node):
    assert set(home.found(node)) == stock_answers(home, translated(node))


def test_several_segments_are_read(home):
    with open_dir(str(home.folder)).reader() as reader:
        assert len(reader.leaf_readers()) > 1
        assert reader.has_deletions()


def test_stock_whoosh_tells_documents_apart(home):
    some = stock_answers(home, translated(exact("产业")))
    assert 0 < len(some) < len(stock_answers(home, stock.Every()))
    assert some != stock_answers(home, translated(exact("gis")))


def test_grams_name_every_document_with_a_longer_string(home):
    for string in ["长三角", "产业链", "示范区"]:
        candidates = stock_answers(
            home,
            stock.And([translated(exact(gram)) for gram in Literal.of(string).grams]),
        )
        assert set(home.found(tree(f'"{string}"'))) <= candidates
