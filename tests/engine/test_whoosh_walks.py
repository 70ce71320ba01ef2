"""Whoosh's own readers and queries over our terms, through several segments and deletions."""

import pytest
from engine_cases import Home, article
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import Prefix, Term
from whoosh.reading import TermNotFound
from whoosh_cases import PIECES

from search.analysis import analyze_text

BODIES = {
    "0": "长三角产业，5G",
    "1": "产业链产业",
    "2": "三角洲的5G",
    "3": "𠮷野家 サービス",
    "4": "链",
}
TITLES = {"1": "产业", "4": "三角"}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    home = Home("whoosh", tmp_path_factory.mktemp("walks") / "index")
    rows = [article(i, body, title=TITLES.get(i, "")) for i, body in BODIES.items()]
    for part in (rows[:2], rows[2:4], rows[4:]):
        home.commit(*part)
    return open_dir(str(home.folder))


def counted(kind: str, texts: dict[str, tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return term → id → count, plainly."""
    found: dict[str, dict[str, int]] = {}
    for i, both in texts.items():
        for text in both:
            for term in getattr(analyze_text(text), kind):
                of_term = found.setdefault(term, {})
                of_term[i] = of_term.get(i, 0) + 1
    return found


def ids(searcher, query) -> list[str]:
    found = searcher.search(query, limit=None, scored=False)
    return sorted(searcher.stored_fields(number)["id"] for number in found.docs())


@pytest.mark.parametrize("kind", ["grams", "words"])
def test_terms_their_frequencies_and_documents(index, kind) -> None:
    expected = counted(kind, {i: (TITLES.get(i, ""), body) for i, body in BODIES.items()})
    with index.searcher() as searcher:
        reader = searcher.reader()
        terms = [term.decode() for field, term in reader.all_terms() if field == kind]
        assert terms == sorted(expected)
        for term, holders in expected.items():
            assert (kind, term) in reader
            assert reader.doc_frequency(kind, term) == len(holders)
            assert reader.frequency(kind, term) == sum(holders.values())
            info = reader.term_info(kind, term)
            assert (info.doc_frequency(), info.weight()) == (len(holders), sum(holders.values()))
            assert info.max_weight() == max(holders.values())
            assert ids(searcher, Term(kind, term)) == sorted(holders)


texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@pytest.mark.parametrize("kind", ["grams", "words"])
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_any_articles_have_the_terms_that_are_counted_plainly(
    tmp_path_factory, kind, articles
) -> None:
    home = Home("whoosh", tmp_path_factory.mktemp("any") / "index")
    home.commit(*(article(str(n), body, title=t) for n, (t, body) in enumerate(articles)))
    expected = counted(kind, {str(n): both for n, both in enumerate(articles)})
    with open_dir(str(home.folder)).reader() as reader:
        terms = [term.decode() for field, term in reader.all_terms() if field == kind]
        assert terms == sorted(expected)
        for term, holders in expected.items():
            matcher, found = reader.postings(kind, term), {}
            while matcher.is_active():
                found[reader.stored_fields(matcher.id())["id"]] = matcher.weight()
                matcher.next()
            assert found == holders, term


def test_a_matcher_walks_documents_with_their_counts(index) -> None:
    with index.searcher() as searcher:
        for leaf, _ in searcher.leaf_searchers():
            reader = leaf.reader()
            if ("grams", "产业") not in reader:
                continue
            matcher, found = reader.postings("grams", "产业"), {}
            while matcher.is_active():
                found[reader.stored_fields(matcher.id())["id"]] = matcher.weight()
                matcher.next()
            assert found == {"0": 1.0, "1": 3.0}


def test_prefixes_are_expanded_and_searched(index) -> None:
    with index.searcher() as searcher:
        reader = searcher.reader()
        expanded = [term.decode() for term in reader.expand_prefix("grams", "三")]
        assert expanded == ["三角"]
        assert ids(searcher, Prefix("grams", "三")) == ["0", "2", "4"]
        assert ids(searcher, Prefix("grams", "𠮷")) == ["3"]
        assert ids(searcher, Prefix("words", "サ")) == ["3"]
        assert ids(searcher, Prefix("grams", "无")) == []


def test_a_term_that_is_not_there_is_said_as_whoosh_expects(index) -> None:
    with index.reader() as reader:
        for field in ("grams", "words", "id"):
            assert (field, "没有") not in reader
            assert reader.doc_frequency(field, "没有") == 0
            assert reader.frequency(field, "没有") == 0
        with pytest.raises(TermNotFound):
            reader.term_info("grams", "没有")


def test_a_cursor_goes_through_the_terms_of_a_field(index) -> None:
    with index.reader() as reader:
        leaf = reader.leaf_readers()[0][0]
        cursor = leaf.cursor("grams")
        walked = []
        while cursor.is_valid():
            walked.append(cursor.text())
            cursor.next()
        assert walked == sorted(walked)
        assert cursor.next() is None
        assert cursor.find("产") == "产业"
        assert cursor.term_info().doc_frequency() >= 1


def test_ids_are_terms_each_in_one_document(index) -> None:
    with index.searcher() as searcher:
        found = [term.decode() for term in searcher.reader().lexicon("id")]
        assert found == sorted(BODIES)
        assert ids(searcher, Term("id", "3")) == ["3"]
        assert searcher.document(id="2") is None or searcher.document(id="2")["id"] == "2"


def test_deleted_documents_are_passed_over(tmp_path) -> None:
    home = Home("whoosh", tmp_path / "index")
    home.commit(*(article(i, body) for i, body in BODIES.items()))
    home.commit(deleted=["1"])
    with open_dir(str(home.folder)).searcher() as searcher:
        assert ids(searcher, Term("grams", "产业")) == ["0"]
        assert searcher.doc_count() == len(BODIES) - 1
        assert searcher.doc_count_all() == len(BODIES)
