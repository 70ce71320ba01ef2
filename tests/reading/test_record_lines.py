import itertools
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cases import told

from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import SourceFile, documents
from search.reading.format import Reading

FILE = SourceFile("all.jsonl", "news/all.jsonl", 0, 0)
LINE_HINT = "mend the line and index again"
NOT_TEXT = "not a string or a number"
SURROGATE = "holds the lone surrogate U+D800"


def readings(raw: bytes) -> Iterator[Reading]:
    return documents(FILE, raw)


def read(*lines: str | bytes) -> list[Document | UnreadableArticleError]:
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return list(readings(raw))


def record(**fields: object) -> str:
    return json.dumps({"id": "a", "body": "正文。", **fields}, ensure_ascii=False)


def cause_of(line: str | bytes) -> str:
    (reading,) = read(line)
    message, hint = told(reading)
    assert hint == LINE_HINT
    assert message.startswith("cannot read 'news/all.jsonl:1': ")
    return message.removeprefix("cannot read 'news/all.jsonl:1': ")


def test_a_record_gives_a_document_with_its_own_id():
    line = record(
        title="招商", author="毛丽君", date="2024-06-28", section="要闻", page=3, free=True
    )
    assert read(line) == [
        Document(
            id="a",
            title="招商",
            body="正文。",
            author="毛丽君",
            date="2024-06-28",
            source="news/all.jsonl",
            path="all.jsonl",
            metadata={"section": "要闻", "page": "3", "free": "true"},
        )
    ]


@given(st.text(min_size=1).filter(str.strip), st.booleans())
def test_any_body_comes_back_whether_escaped_or_not(body, escaped):
    line = json.dumps({"id": 1, "body": body}, ensure_ascii=escaped).encode()
    (document,) = readings(line)
    assert isinstance(document, Document)
    assert (document.id, document.body) == ("1", body)


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["id", "body", "x"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_no_file_of_records_raises(raw):
    for reading in readings(raw):
        assert isinstance(reading, Document | UnreadableArticleError)


def test_bad_lines_are_told_by_number_and_the_others_are_read():
    readings = read(
        record(id="a"), "", '{"id": }', "  ", record(id="b"), b'{"id": "\xb0"}', record(id="c")
    )
    assert [r.id for r in readings if isinstance(r, Document)] == ["a", "b", "c"]
    assert [told(r) for r in readings if not isinstance(r, Document)] == [
        (
            "cannot read 'news/all.jsonl:3': not JSON: expecting value (column 8)",
            LINE_HINT,
        ),
        (
            "cannot read 'news/all.jsonl:6': not UTF-8: byte 0xb0 at offset 8",
            "convert it, e.g. with 'iconv -f GB18030 -t UTF-8 OLD > NEW', and index again",
        ),
    ]


def test_windows_newlines_marks_and_line_separators_do_not_part_a_record():
    raw = b"\xef\xbb\xbf" + record(body="甲\u2028乙").encode() + b"\r\n\xe3\x80\x80\r\n"
    (document,) = readings(raw)
    assert isinstance(document, Document)
    assert document.body == "甲\u2028乙"


def test_a_title_that_is_missing_null_or_blank_is_taken_from_the_body():
    lines = [record(), record(title=None), record(title=" \n"), record(title=" 招商 ")]
    titles = [reading.title for reading in read(*lines) if isinstance(reading, Document)]
    assert titles == ["正文。", "正文。", "正文。", "招商"]


def test_numbers_are_kept_as_they_are_written():
    long = "9" * 5000
    (document,) = read(f'{{"id": 1.50, "body": {long}, "title": 2024, "views": 1e400}}')
    assert isinstance(document, Document)
    assert (document.id, document.body, document.title) == ("1.50", long, "2024")
    assert document.metadata == {"views": "1e400"}


def test_fields_that_hold_more_than_one_value_are_left_out_of_the_metadata():
    (document,) = read(record(tags=["甲"], place={"city": "上海"}, none=None, off=False))
    assert isinstance(document, Document)
    assert document.metadata == {"off": "false"}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        (2024, "2024"),
        ("2024-06", "2024-06"),
        ("2024-02-29", "2024-02-29"),
        (" 2024-06-28 ", "2024-06-28"),
        ("2024-06-28T23:30:00Z", "2024-06-28"),
        ("2024-06-28 23:30", "2024-06-28"),
        ("2024-06-28T23:30:00.123+08:00", "2024-06-28"),
        (None, ""),
        ("", ""),
    ],
)
def test_dates_are_whole_or_cut_and_times_lose_the_time(written, date):
    (document,) = read(record(date=written))
    assert isinstance(document, Document)
    assert document.date == date


@pytest.mark.parametrize(
    "written",
    [
        "2024-13", "2023-02-29", "24-6-1", "20240628", "2024-W26-5", "２０２４", "公元前300",
        "2024-06-28T25:00", "2024-06T10:00", "2024-06-28x", "2024年13月", "2024/2/30", "2024.6/1",
    ],
)  # fmt: skip
def test_a_date_that_is_none_loses_no_text_and_stays_as_written(written):
    (document,) = read(record(date=written))
    assert isinstance(document, Document)
    assert (document.body, document.date) == ("正文。", "")
    assert document.metadata["date"] == written


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024年6月28日", "2024-06-28"),
        ("2024 年 6 月", "2024-06"),
        ("2024年", "2024"),
        ("2024/6/28", "2024-06-28"),
        ("2024.06", "2024-06"),
    ],
)
def test_dates_as_chinese_texts_write_them_are_read(written, date):
    (document,) = read(record(date=written))
    assert isinstance(document, Document)
    assert document.date == date


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("正文", "not JSON: expecting value (column 1)"),
        ('{"id": "a\tb"}', "not JSON: invalid control character (column 10)"),
        ('{"id": NaN, "body": "x"}', "not JSON: NaN is no JSON value"),
        ("[" * 200_000, "not JSON: nested too deeply"),
        ('["a"]', "not a JSON object"),
        ('"a"', "not a JSON object"),
        ("12", "not a JSON object"),
        ('{"body": "x"}', "'id' is missing"),
        ('{"id": null, "body": "x"}', "'id' is missing"),
        ('{"id": " ", "body": "x"}', "'id' is empty"),
        ('{"id": true, "body": "x"}', "'id' is true or false, not a string or a number"),
        ('{"id": "a"}', "'body' is missing"),
        ('{"id": "a", "body": ["x"]}', "'body' is a list, not a string or a number"),
        ('{"id": "a", "body": {"x": 1}}', "'body' is an object, not a string or a number"),
        ('{"id": "a", "body": ""}', "'body' is empty"),
        ('{"id": "a", "body": "\u3000\\n"}', "'body' is empty"),
        ('{"id": "a", "body": "x", "title": []}', "'title' is a list, not a string or a number"),
        ('{"id": 1, "body": 2, "author": {}}', "'author' is an object, not a string or a number"),
        ('{"id": 1, "body": 2, "date": false}', f"'date' is true or false, {NOT_TEXT}"),
        ('{"id": "\\ud800", "body": "x"}', f"'id' {SURROGATE}"),
        ('{"id": "a", "body": "x\\ud800"}', f"'body' {SURROGATE}"),
        ('{"id": "a", "body": "\\uD800x"}', f"'body' {SURROGATE}"),
        ('{"id": "a", "body": "x\\\\ud800", "title": "\\uD800"}', f"'title' {SURROGATE}"),
        ('{"id": "a", "body": "x", "title": "\\ud800"}', f"'title' {SURROGATE}"),
        ('{"id": "a", "body": "x", "date": "\\ud800"}', f"'date' {SURROGATE}"),
        ('{"id": "a", "body": "x", "place": "\\ud800"}', f"'place' {SURROGATE}"),
        ('{"id": "a", "body": "x", "\\ud800": 1}', f"a field's name {SURROGATE}"),
        ('{"id": "a\\nb", "body": "x"}', "'id' holds the control character U+000A"),
        ('{"id": "a\\u0085", "body": "x"}', "'id' holds the control character U+0085"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_an_article_says_why(line, cause):
    assert cause_of(line) == cause


def test_an_id_is_at_most_500_characters_long():
    (document,) = read(record(id="长" * 500))
    assert isinstance(document, Document)
    assert cause_of(record(id="长" * 501)) == "'id' is 501 characters long, at most 500 are allowed"


def test_a_pair_of_surrogates_is_one_character():
    (document,) = read('{"id": "a", "body": "\\ud842\\udfb7"}')
    assert isinstance(document, Document)
    assert document.body == "𠮷"


@pytest.mark.parametrize("raw", [b"", b"\n \r\n", b"\xef\xbb\xbf\n"])
def test_a_file_without_lines_is_empty(raw):
    (reading,) = readings(raw)
    assert told(reading) == (
        "cannot read 'news/all.jsonl': empty file",
        "fill it or remove it, and index again",
    )


def test_a_file_that_is_no_text_is_one_failure_and_not_one_a_line():
    assert [told(reading) for reading in readings(b"\0\1\n" * 50)] == [
        (
            "cannot read 'news/all.jsonl': binary file",
            "move it elsewhere or give it the suffix of its kind",
        )
    ]
    raw = ("\ufeff" + record() + "\n" + record()).encode("utf-16-le")
    assert [told(reading) for reading in readings(raw)] == [
        (
            "cannot read 'news/all.jsonl': not UTF-8: byte 0xff at offset 0",
            "convert it, e.g. with 'iconv -f UTF-16 -t UTF-8 OLD > NEW', and index again",
        )
    ]


def test_the_first_record_comes_before_the_others_are_read(monkeypatch):
    reached = []

    def note(_line: str, _source: str, at: str) -> Document:
        reached.append(at)
        return Document(id=at, title="", body="")

    monkeypatch.setattr("search.reading.records.document_of", note)
    found = readings(b"{}\n" * 320_000)
    assert len(list(itertools.islice(found, 2))) == 2
    assert reached == ["news/all.jsonl:1", "news/all.jsonl:2"]
