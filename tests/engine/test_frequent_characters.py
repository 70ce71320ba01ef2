"""Characters with lists of their own: nothing but the time of a search tells them from others."""

from itertools import pairwise

import numpy as np
import pytest
from engine_cases import Home, article, tree
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh_cases import PIECES, sizes

from search.engine import FIELDS
from search.engine.whoosh.characters import characters_of
from search.engine.whoosh.posting_lists import PostingLists

texts = st.lists(st.sampled_from([*PIECES, "产的业的", "角"]), max_size=9).map("".join)
articles = st.lists(st.tuples(texts, texts), min_size=1, max_size=6)
QUERIES = ["产", "的", "角", "𠮷", "タ", "的 产", "的 OR 角", "-的", "的产", '"产的 业"', "业 -角"]


def index(folder, given_articles, least: int, gain: int, common: int = 0) -> Home:
    with sizes(
        {}, characters__LEAST_POSTINGS=least, characters__GAIN=gain, characters__COMMON=common
    ):
        home = Home("whoosh", folder / "index")
        rows = [article(str(n), body, title=t) for n, (t, body) in enumerate(given_articles)]
        home.commit(*rows[::2])
        home.commit(*rows[1::2])
        home.commit(deleted=["0"] if len(rows) > 3 else [])
    return home


def own_lists(home: Home) -> int:
    """Return how many characters have lists of their own."""
    with open_dir(str(home.folder)).reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        return sum(len(leaf._terms.segment.sections.array("characters.points")) for leaf in leaves)


@given(articles)
def test_answers_are_the_same_with_and_without_them(tmp_path_factory, given_articles) -> None:
    without = index(tmp_path_factory.mktemp("without"), given_articles, 1 << 30, 2)
    all_of_them = index(tmp_path_factory.mktemp("all"), given_articles, 1, 1)
    assert own_lists(without) == 0
    if any(text for pair in given_articles for text in pair if "产" in text):
        assert own_lists(all_of_them)
    for query in QUERIES:
        for fields in (FIELDS, ("title",), ("body",)):
            expected = without.scored(tree(query), fields=fields)
            found = all_of_them.scored(tree(query), fields=fields)
            assert [i for i, _ in found] == [i for i, _ in expected], (query, fields)
            scores = [score for _, score in expected]
            assert [score for _, score in found] == pytest.approx(scores, abs=1e-12)


@given(
    st.lists(st.tuples(st.sampled_from("a产的"), st.sets(st.integers(0, 5), min_size=1))),
    st.sampled_from([1, 3, 6]),
    st.sampled_from([1, 2, 3]),
    st.sampled_from([1, 2, 5]),
)
def test_they_are_made_where_they_are_much_shorter(made, least, gain, common) -> None:
    made.sort(key=lambda row: row[0])
    firsts = [ord(first) for first, _ in made]
    keys = [(first << 32) | (1000 + at) for at, first in enumerate(firsts)]
    held = [sorted(documents) for _, documents in made]
    flat = np.array([document for one in held for document in one], np.int64)
    counts = np.arange(len(flat)) % 4 + 1
    lists = PostingLists(np.cumsum([0, *map(len, held)]), flat, counts, counts // 2)
    with sizes(
        {}, characters__LEAST_POSTINGS=least, characters__GAIN=gain, characters__COMMON=common
    ):
        found = characters_of(np.array(keys, np.uint64), lists, 6)
    expected = {}
    of_each = np.repeat(firsts, [len(one) for one in held]) if held else np.zeros(0)
    for first in sorted(set(firsts)):
        here = of_each == first
        documents = sorted(set(flat[here].tolist()))
        assert found.holders[first] == len(documents)
        shorter = len(documents) * gain <= here.sum()
        if here.sum() >= least and (shorter or len(documents) * common >= 6):
            expected[first] = [
                (d, counts[here & (flat == d)].sum(), (counts // 2)[here & (flat == d)].sum())
                for d in documents
            ]
    own = found.lists
    rows = list(zip(own.documents.tolist(), own.counts.tolist(), own.titles.tolist(), strict=True))
    ends = own.starts.tolist()
    assert found.points.tolist() == list(expected)
    assert [rows[s:e] for s, e in pairwise(ends)] == list(expected.values())
