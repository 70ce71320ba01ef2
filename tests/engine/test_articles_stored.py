"""Articles come back exactly as they were added, through any number of blocks."""

from dataclasses import replace

import pytest
from engine_cases import article
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import SPOOLS, sizes, written

from search.document import Document
from search.engine.dates import date_number, last_day
from search.engine.whoosh.article_writer import ArticleWriter
from search.engine.whoosh.articles import ArticleReader

texts = st.text() | st.text("\0\n\r𠮷é\ud800\udc00 的", max_size=30) | st.just("产业" * 40)
documents = st.builds(
    Document,
    texts,
    texts,
    texts,
    texts,
    st.sampled_from(["", "2024", "2024-06", "2024-06-28", "昨天", "10000-01-01"]) | texts,
    texts,
    texts,
    st.dictionaries(st.text(max_size=5), texts, max_size=3),
)
rows = st.lists(st.tuples(documents, st.binary(max_size=9), st.binary(max_size=300)), max_size=9)


def stored(given_rows, batch: int = 4) -> ArticleReader:
    writer = ArticleWriter(SPOOLS)
    for at in range(0, len(given_rows), batch):
        some = given_rows[at : at + batch]
        writer.add([d for d, _, _ in some], [f for _, *foldings in some for f in foldings])
    return ArticleReader(written(writer.sections()))


def check(read: ArticleReader, given_rows) -> None:
    assert len(read) == len(given_rows)
    for number, (document, of_title, of_body) in enumerate(given_rows):
        assert read.document(number) == document
        assert read.document(number, text=False) == replace(document, body="")
        assert read.text(number, body=False) == (document.title, of_title)
        assert read.text(number, body=True) == (document.body, of_body)
        assert read.foldings(number) == (of_title, of_body)
        assert read.id(number) == document.id.encode("utf-8", "surrogatepass")
    assert read.characters.tolist() == [len(d.body) for d, _, _ in given_rows]
    assert read.dates.tolist() == [date_number(d.date) for d, _, _ in given_rows]


@given(rows, st.integers(1, 10))
def test_what_is_stored_comes_back(given_rows, batch) -> None:
    check(stored(given_rows, batch), given_rows)


@given(rows, st.sampled_from([1, 20, 100]))
def test_the_size_of_blocks_does_not_matter(given_rows, size) -> None:
    with sizes({}, article_writer__BLOCK_CHARACTERS=size):
        check(stored(given_rows), given_rows)


@given(st.sets(st.text("aé𠮷/. ", max_size=4), max_size=30), st.text("aé𠮷/. ", max_size=4))
def test_each_is_found_by_its_id_and_nothing_else_is(ids, asked) -> None:
    given_ids = sorted(ids, key=hash)
    read = stored([(article(one), b"", b"") for one in given_ids])
    for one in {*ids, asked, asked + "\0", ""}:
        place = given_ids.index(one) if one in ids else None
        assert read.find(one.encode()) == place
    in_order = [read.id(int(at)) for at in read.id_order]
    assert in_order == sorted(one.encode() for one in ids)


def test_many_small_articles_lie_in_several_blocks() -> None:
    given_rows = [(article(str(n), "产" * (n % 50), title=str(n)), b"", b"") for n in range(3000)]
    read = stored(given_rows, 1000)
    assert len(read._head_ends) > 3
    check(read, given_rows)


@pytest.mark.parametrize("distinct", [65_534, 65_535, 65_536, 70_000])
def test_more_characters_than_two_bytes_number(distinct) -> None:
    points = [*range(1, 0xD800), *range(0xE000, 0x1_2000)][:distinct]
    assert len(points) == distinct
    wide = "".join(map(chr, points))
    given_rows = [(article(str(n), body), b"", b"") for n, body in enumerate(["前", wide, "后a"])]
    check(stored(given_rows, 1), given_rows)


def test_a_cut_date_is_a_number_that_sorts() -> None:
    dates = ["2023-12-31", "2024", "2024-06", "2024-06-01", "2024-07"]
    assert [date_number(d) for d in dates] == sorted(date_number(d) for d in dates)
    assert last_day("2024") == 20249999
    assert date_number("") == date_number("昨天") == date_number("10000-01-01") == 0
