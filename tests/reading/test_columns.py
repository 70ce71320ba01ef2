import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cases import told

from search.config import ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import SourceFile, documents
from search.reading.format import Reading


def read(text: str, name: str = "all.csv", **columns: str) -> list[Reading]:
    file = SourceFile(name, f"news/{name}", 0, 0)
    return list(documents(file, text.encode(), ReadingSettings(columns=columns)))


def bodies(readings: list[Reading]) -> dict[str, str]:
    return {r.id: r.body for r in readings if isinstance(r, Document)}


def failures(readings: list[Reading]) -> list[str]:
    return [told(r)[0] for r in readings if isinstance(r, UnreadableArticleError)]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_a_row_gives_a_document_with_its_own_id():
    assert read(
        "id,Title,body,author,date,section\r\na,招商,正文。,毛丽君,2024年6月28日,要闻\r\n"
    ) == [
        Document(
            id="a",
            title="招商",
            body="正文。",
            author="毛丽君",
            date="2024-06-28",
            source="news/all.csv",
            path="all.csv",
            metadata={"section": "要闻"},
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["all.csv", "all.tsv"])
def test_whatever_parts_the_columns_is_found(delimiter, name):
    text = f"id{delimiter}body\n1{delimiter}甲\n"
    assert bodies(read(text, name)) == {"1": "甲"}


def test_a_cell_holds_newlines_quotes_delimiters_and_any_length():
    long = "长" * 200_000
    text = f'id,body\n1,"甲\n""乙"",丙"\n2,{long}\n'
    assert bodies(read(text)) == {"1": '甲\n"乙",丙', "2": long}


def test_bad_rows_are_named_by_their_first_line_and_the_others_are_read():
    text = 'id,title,body\n1,a,甲\n2,b,"乙\n丙"\n3,c\n4,d,丁,戊\n5,e,"己\n6,f,庚\n'
    readings = read(text)
    assert bodies(readings) == {"1": "甲", "2": "乙\n丙", "6": "庚"}
    assert failures(readings) == [
        "cannot read 'news/all.csv:5': 'body' is missing",
        "cannot read 'news/all.csv:6': a row of 4 cells, the header has 3",
        "cannot read 'news/all.csv:7': a quotation mark that nothing closes",
    ]


def test_quotation_marks_that_quote_no_cell_are_text():
    assert bodies(read('id\tbody\n1\t"招商"引凤\n', "a.tsv")) == {"1": '"招商"引凤'}


def test_a_row_without_an_id_is_called_by_its_url_else_by_its_text():
    text = "title,body,url\n一,甲,http://x/1\n二,乙,\n"
    first, second = read(text)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id == f"news/all.csv#{digest('http://x/1')}"
    assert second.id == "news/all.csv#" + digest("二\0乙")
    assert first.metadata == {"url": "http://x/1"}
    assert bodies(read("title,body,url\n零,〇,\n二,乙,\n"))[second.id] == "乙"


def test_columns_may_have_other_names():
    readings = read("编号,标题,正文,id\n1,招商,甲,x\n", id="编号", title="标题", body="正文")
    (document,) = readings
    assert isinstance(document, Document)
    assert (document.id, document.title, document.body) == ("1", "招商", "甲")
    assert document.metadata == {"id": "x"}


def test_records_of_json_may_have_other_names_too():
    file = SourceFile("a.jsonl", "news/a.jsonl", 0, 0)
    settings = ReadingSettings(columns={"body": "content"})
    raw = b'{"id": "1", "content": "x", "body": "y"}\n{"id": "2", "body": "z"}\n{"id": "3"}'
    readings = list(documents(file, raw, settings))
    assert bodies(readings) == {"1": "x", "2": "z"}
    assert failures(readings) == ["cannot read 'news/a.jsonl:3': 'content' is missing"]


def test_a_table_without_a_column_of_texts_says_how_to_name_it():
    (reading,) = read("标题,正文\n招商,甲\n")
    assert told(reading) == (
        "cannot read 'news/all.csv': its first row, which names the columns, has none called "
        "'body': it has '标题', '正文'",
        "say which column is the text with 'body = \"正文\"' under [reading.columns] in "
        "search.toml, or put a row of names before the first",
    )
    (reading,) = read("标题,正文\n招商,甲\n", body="content")
    assert "has none called 'content', nor one 'body': it has" in told(reading)[0]
    assert failures(read('"\n')) == [
        "cannot read 'news/all.csv': it has no row that names its columns"
    ]
    assert failures(read("id,body,body\n")) == [
        "cannot read 'news/all.csv': two columns are called 'body'"
    ]


def test_a_table_whose_first_row_is_an_article_is_not_shown_whole():
    (reading,) = read(f"1,招商,{'长' * 99},{','.join('abcdefg')}\n")
    assert told(reading) == (
        "cannot read 'news/all.csv': its first row, which names the columns, has none called "
        f"'body': it has '1', '招商', '{'长' * 19}…', 'a', 'b', 'c', 'd', 'e' and 2 more",
        "say which column is the text with 'body = \"NAME\"' under [reading.columns] in "
        "search.toml, or put a row of names before the first",
    )


@given(st.lists(st.text(alphabet='a甲",;\t\n\r', max_size=8), max_size=12))
def test_no_table_raises_and_good_rows_behind_bad_ones_are_read(lines):
    text = "id,body\n" + "\n".join(lines) + "\nlast,好\n"
    readings = read(text)
    assert bodies(readings).get("last") == "好" or '"' in text


def test_a_file_without_the_column_that_is_set_is_read_by_its_own_names():
    settings = ReadingSettings(columns={"body": "content", "title": "标题", "date": "发布时间"})
    mixed = "title,author,date,content\n一,甲,2019-10-01,正文\n"
    for name, text in (("a.csv", mixed), ("b.csv", mixed.replace("content", "body"))):
        (document,) = documents(SourceFile(name, f"news/{name}", 0, 0), text.encode(), settings)
        assert isinstance(document, Document)
        assert (document.title, document.date, document.body) == ("一", "2019-10-01", "正文")
    record = b'{"id": "r", "body": "\xe6\xad\xa3\xe6\x96\x87"}'
    (document,) = documents(SourceFile("c.jsonl", "news/c.jsonl", 0, 0), record, settings)
    assert isinstance(document, Document)
    assert document.body == "正文"
