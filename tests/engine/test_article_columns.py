"""What articles say of themselves: stored in columns, filtered by, whatever becomes of segments."""

from itertools import chain
from pathlib import Path

from engine_cases import Home, article, tree
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import SMALL, sizes, written

from search.document import Document
from search.engine import SearchRequest
from search.engine.whoosh.columns import Columns, ColumnWriter
from search.text import fold

values = st.sampled_from(["", "余光中", "余光中 ", "臺灣", "台湾", "Ａ", "a", "\ud800"])
names = st.sampled_from(["author", "译者", "section", "url"])
rows = st.lists(st.tuples(values, st.dictionaries(names, values, max_size=3)), max_size=9)


def documents(given_rows) -> list[Document]:
    return [
        article(str(n), "产业。", author=author, metadata=metadata)
        for n, (author, metadata) in enumerate(given_rows)
    ]


def plain(document: Document, name: str) -> str:
    return document.author if name == "author" else document.metadata.get(name, "")


@given(rows)
def test_a_column_gives_each_document_its_own_value(given_rows) -> None:
    writer = ColumnWriter()
    all_documents = documents(given_rows)
    writer.add(all_documents[:4])
    writer.add(all_documents[4:])
    columns = Columns(written(writer.sections()), len(all_documents))
    for name in ("author", "译者", "section", "url", "none"):
        column = columns.column(name)
        found = [column.values[n - 1] if n else "" for n in column.numbers.tolist()]
        assert found == [plain(document, name) for document in all_documents]
        assert (name in columns.names) == any(found)


@given(rows, st.sampled_from(["author", "译者"]), values.filter(bool), st.booleans())
def test_a_filter_leaves_those_with_the_value_however_written(
    tmp_path_factory, given_rows, name, value, small
) -> None:
    with sizes(SMALL if small else {}):
        home = Home("whoosh", tmp_path_factory.mktemp("columns") / "index")
        all_documents = documents(given_rows)
        for document in all_documents:  # many segments, merged now and then
            home.commit(document)
        home.commit(deleted=["0"])
        expected = {
            d.id
            for d in all_documents[1:]
            if plain(d, name) and fold(plain(d, name)).text == fold(value).text
        }
        assert set(home.found("产业", where={name: value})) == expected
        assert set(home.engine.reader().columns()) >= ({name} if expected else set())


def test_the_total_and_later_pages_are_those_of_the_filtered(tmp_path: Path) -> None:
    home = Home("whoosh", tmp_path / "index")
    home.commit(*(article(f"{n:02}", "产业。" * n, author="甲乙"[n % 2]) for n in range(1, 31)))
    everything = home.found("产业", where={"author": "甲"})
    assert len(everything) == 15
    pages = [home.found("产业", where={"author": "甲"}, limit=4, offset=at) for at in (0, 4, 8, 12)]
    assert list(chain.from_iterable(pages)) == everything
    ranking = home.engine.reader().search(SearchRequest(tree("产业"), 4, where={"author": "甲"}))
    assert ranking.total == 15
