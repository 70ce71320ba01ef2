import sys

import pytest
from pdf_cases import column, pdf, wrapped
from reading_cases import told

from search.config import Limits, ReadingSettings
from search.document import Document
from search.reading import SourceFile, documents
from search.reading.format import Reading

FIRST = "长三角生态绿色一体化发展示范区在上海举行联合招商活动，来自各地的企业代表参加了活动。"
SECOND = "活动现场签约项目多个，涉及算力、低空经济与未来绿色交通新模式，总投资额超过往年的水平。"
THIRD = "记者从现场获悉，示范区将继续推进制度创新与项目建设，让更多的企业在这里落地生根发展。"
FOURTH = "与会代表表示，区域协同为企业带来了新的空间，今后还将在更多的领域里开展更深的合作。"


def read(raw: bytes, **limits: int) -> Reading:
    file = SourceFile("a.pdf", "s/a.pdf", 0, 0)
    (reading,) = documents(file, raw, ReadingSettings(limits=Limits(**limits)))
    return reading


def paragraphs(raw: bytes) -> list[str]:
    reading = read(raw)
    assert isinstance(reading, Document), reading
    return reading.body.split("\n\n")


def test_lines_are_joined_to_the_paragraphs_they_were_cut_from():
    page = column(60, 700, [*wrapped(FIRST), *wrapped(SECOND), *wrapped(THIRD)])
    assert paragraphs(pdf([page])) == [FIRST, SECOND, THIRD]


def test_columns_are_read_one_after_the_other_below_their_headline():
    page = [
        (150.0, 770.0, 20.0, "联合招商活动在上海举行"),
        *column(310, 730, [*wrapped(THIRD), *wrapped(FOURTH)]),
        *column(60, 730, [*wrapped(FIRST), *wrapped(SECOND)]),
    ]
    expected = ["联合招商活动在上海举行", FIRST, SECOND, THIRD, FOURTH]
    assert paragraphs(pdf([page])) == expected


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page():
    lines = wrapped(FIRST + SECOND, 20)
    first = [*wrapped(THIRD), *lines[:2]]
    columns = [*column(60, 730, first), *column(310, 730, [*lines[2:], *wrapped(FOURTH)])]
    assert paragraphs(pdf([columns])) == [THIRD, FIRST + SECOND, FOURTH]
    pages = [column(60, 730, first), column(60, 730, [*lines[2:], *wrapped(FOURTH)])]
    assert paragraphs(pdf(pages)) == [THIRD, FIRST + SECOND, FOURTH]


def test_running_heads_and_page_numbers_that_repeat_are_left_out():
    pages = [
        [
            (60.0, 810.0, 9.0, f"某某报　第{n}版"),
            (290.0, 30.0, 9.0, f"- {n} -"),
            *column(60, 700, wrapped(text)),
        ]
        for n, text in enumerate((FIRST, SECOND, THIRD), start=1)
    ]
    assert paragraphs(pdf(pages)) == [FIRST, SECOND, THIRD]
    assert paragraphs(pdf(pages[:1])) == ["某某报　第1版", FIRST, "- 1 -"]


def test_a_latin_word_that_a_line_broke_is_whole_again():
    lines = [
        "This is an inter-",
        "national article with some",
        "lines that go on and on till",
        "end.",
    ]
    assert paragraphs(pdf([column(60, 700, lines, 12)])) == [
        "This is an international article with some lines that go on and on till end."
    ]


def test_readings_above_characters_follow_them_in_brackets():
    page = [
        (50.0, 200.0, 12.0, "近期有產業進展。"),
        (87.0, 212.5, 4.0, "chan"),
        (99.0, 212.5, 4.0, "ye"),
        *column(50, 150, wrapped(FIRST), 12),
    ]
    assert paragraphs(pdf([page]))[0] == "近期有產(chan)業(ye)進展。"


def test_a_table_keeps_its_rows():
    page = [
        *((60.0 + 150 * n, 700.0, 10.0, text) for n, text in enumerate(("地区", "产值", "增长"))),
        *((60.0 + 150 * n, 680.0, 10.0, text) for n, text in enumerate(("上海", "十二", "三成"))),
    ]
    assert paragraphs(pdf([page])) == ["地区\t产值\t增长\n上海\t十二\t三成"]


def test_properties_name_title_author_and_what_has_no_text():
    scanned = [(0.0, 0.0, 100.0, "")]
    raw = pdf(
        [column(60, 700, wrapped(FIRST)), scanned],
        "/Title(Annual Report)/Author(Mao Lijun)/CreationDate(D:20240628120000+08'00')",
    )
    found = read(raw)
    assert isinstance(found, Document)
    assert (found.title, found.author) == ("Annual Report", "Mao Lijun")
    assert found.metadata["pages_without_text"] == "2"


DAMAGED = ("it is damaged or no PDF", "bring a whole copy of it, and index again")
OCR = "recognize its text first, e.g. with 'ocrmypdf -l chi_sim+chi_tra OLD NEW'"


@pytest.mark.parametrize(
    ("raw", "cause", "hint"),
    [
        (b"", "empty file", "fill it or remove it, and index again"),
        (b"no pdf", *DAMAGED),
        (b"%PDF-1.4\n" + bytes(500), *DAMAGED),
        (pdf([[(0, 0, 100, "")]]), "it holds only images and no text", OCR),
        (pdf([[]]), "it holds empty pages and no text", OCR),
        (
            pdf([[]], encrypted=True),
            "it is encrypted",
            "save it without its password, e.g. with 'qpdf --decrypt --password=… OLD NEW'",
        ),
    ],
    ids=["empty", "text", "zeros", "scanned", "blank", "encrypted"],
)
def test_a_pdf_that_gives_no_text_says_why(raw, cause, hint):
    assert told(read(raw)) == (f"cannot read 's/a.pdf': {cause}", hint)


def test_pages_and_seconds_are_limited():
    raw = pdf([[], []])
    hint = "raise '{}' under [reading.limits] in search.toml if it is good, else move it elsewhere"
    assert told(read(raw, pdf_pages=1)) == (
        "cannot read 's/a.pdf': it has 2 pages, at most 1 are read",
        hint.format("pdf_pages"),
    )
    assert told(read(raw, pdf_seconds=0)) == (
        "cannot read 's/a.pdf': its text was not found within 0 seconds",
        hint.format("pdf_seconds"),
    )


def test_a_reader_that_crashes_is_a_failure_of_one_file(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert told(read(pdf([[]])))[0] == "cannot read 's/a.pdf': the reader of PDF fell over it"


def test_a_missing_extra_says_what_to_install(monkeypatch):
    monkeypatch.setattr("search.reading.pdf.find_spec", lambda _name: None)
    assert told(read(pdf([[]]))) == (
        "cannot read 's/a.pdf': PDF is not read by this installation",
        "pip install 'xunwen[formats]'",
    )
