"""The terms that a search sees: who holds them, how often, in which fields."""

import pytest
from engine_cases import Home, article
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh_cases import PIECES, SMALL, sizes

from search.analysis import analyze_text
from search.engine import FIELDS
from search.engine.whoosh.document_sets import DocumentSets
from search.engine.whoosh.segments import Segments
from search.engine.whoosh.term_source import TermSource

texts = st.lists(st.sampled_from([*PIECES, "产的业的", "产角"]), max_size=8).map("".join)
articles = st.lists(st.tuples(texts, texts), min_size=1, max_size=7)
ASKED = [
    *(("grams", gram) for gram in ("产", "的", "角", "𠮷", "タ", "产业", "的业", "5", "gis", "没")),
    *(("words", word) for word in ("产业", "长三角", "的", "5g", "gis", "没有")),
]


@pytest.fixture(params=["usual", "small"], scope="module", autouse=True)
def _kind(request):
    # Characters get lists of their own in no segment of the usual kind that is as small as these.
    with sizes(SMALL if request.param == "small" else {}):
        yield


def counted(text: str, kind: str, term: str) -> int:
    """Return how often a term is in a text; a gram of one character is all that begin with it."""
    begins = kind == "grams" and len(term) == 1 and term not in "5"
    return sum(
        one.startswith(term) if begins else one == term for one in getattr(analyze_text(text), kind)
    )


@given(articles, st.sets(st.integers(0, 6)), st.sampled_from([FIELDS, ("title",), ("body",)]))
def test_holders_counts_and_titles_are_those_counted_plainly(
    tmp_path_factory, given_articles, gone, fields
) -> None:
    home = Home("whoosh", tmp_path_factory.mktemp("terms") / "index")
    rows = [article(str(n), body, title=t) for n, (t, body) in enumerate(given_articles)]
    home.commit(*rows[::2])
    home.commit(*rows[1::2])
    home.commit(deleted=[str(n) for n in gone])
    live = [row for n, row in enumerate(rows) if n not in gone]
    with open_dir(str(home.folder)).reader() as reader:
        segments = Segments(reader, str(home.folder))
        numbers = {segments.find(row.id): row for row in live}
        source = TermSource(segments, fields, DocumentSets(segments.count))
        assert source.documents.tolist() == sorted(numbers)
        for kind, term in ASKED:
            expected = {}
            for number, row in sorted(numbers.items()):
                title = counted(row.title, kind, term) if "title" in fields else 0
                body = counted(row.body, kind, term) if "body" in fields else 0
                if title + body:
                    expected[number] = title + body, title
            assert source.holders(kind, term).tolist() == list(expected), (kind, term)
            assert source.frequency(kind, term) == len(expected), (kind, term)
            assert told(source.term(kind, term)) == expected, (kind, term)


def told(postings) -> dict[int, tuple[int, int]]:
    """Return document → (count, count in the title), those that are named repeatedly added up."""
    documents = postings.documents.tolist()
    assert postings.is_spread or documents == sorted(set(documents))
    titles = dict(
        zip(postings.titles.places.tolist(), postings.titles.numbers.tolist(), strict=True)
    )
    found: dict[int, tuple[int, int]] = {}
    for at, (document, count) in enumerate(zip(documents, postings.counts().tolist(), strict=True)):
        before = found.get(document, (0, 0))
        found[document] = before[0] + count, before[1] + titles.get(at, 0)
    return found


def test_a_character_of_several_pairs_names_a_document_repeatedly(tmp_path) -> None:
    home = Home("whoosh", tmp_path / "index")
    with sizes({}, characters__LEAST_POSTINGS=1 << 30):
        home.commit(article("0", "产业产地"), article("1", "产地"), article("2", "林产"))
    with open_dir(str(home.folder)).reader() as reader:
        segments = Segments(reader, str(home.folder))
        source = TermSource(segments, FIELDS, DocumentSets(segments.count))
        assert sorted(source.term("grams", "产").documents.tolist()) == [0, 0, 1, 2]
        assert source.term("grams", "产").is_spread
        assert not source.term("grams", "产地").is_spread
        assert source.holders("grams", "产").tolist() == [0, 1, 2]
