import codecs

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from search.errors import UnreadableArticleError
from search.reading.decode import decode
from search.reading.format import Place

PLACE = Place("a.txt", "a.txt")
NOT_BLANK_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
LINES = st.lists(NOT_BLANK_TEXT, min_size=1)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"])
EMPTY = ("cannot read 'a.txt': empty file", "fill it or remove it, and index again")
BINARY = (
    "cannot read 'a.txt': binary file",
    "move it elsewhere or give it the suffix of its kind",
)


def refusal(raw: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableArticleError) as caught:
        decode(raw, PLACE)
    return str(caught.value), caught.value.hint


@given(LINES, NEWLINES)
def test_text_and_newlines_come_back_as_they_were_written(lines, newline):
    text = newline.join(lines)
    assume(text.strip() and not text.startswith("\ufeff"))
    assert decode(text.encode(), PLACE).text == text


@given(NOT_BLANK_TEXT)
@example("\ufeff正文")
def test_one_byte_order_mark_is_taken_off_and_no_more(text):
    assume(text.strip())
    assert decode(codecs.BOM_UTF8 + text.encode(), PLACE).text == text


@pytest.mark.parametrize(
    "raw",
    [b"", b" \r\n\t", "\u3000\n\u3000".encode(), codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"],
    ids=["no bytes", "white space", "full-width spaces", "only a mark", "a mark and a newline"],
)
def test_a_file_without_text_is_empty(raw):
    assert refusal(raw) == EMPTY


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04\x14\0\0\0",
        "正文\0正文".encode(),
        bytes(range(1, 9)) * 4,
        b"\x89PNG\r\n\x1a\n\0\0",
    ],
    ids=["archive", "one NUL in a text", "control bytes", "picture"],
)
def test_nul_or_mostly_control_bytes_are_a_binary_file(raw):
    assert refusal(raw) == BINARY


def test_a_few_control_bytes_are_kept_as_text():
    assert decode(b"\x0cpage one\x1b[1m\x07", PLACE).text == "\x0cpage one\x1b[1m\x07"


def test_the_offset_counts_the_bytes_of_the_file_its_mark_included():
    assert refusal(codecs.BOM_UTF8 + b"a\xff") == (
        "cannot read 'a.txt': not UTF-8, as its byte order mark says: byte 0xff at offset 4",
        "set its encoding under [reading.encodings] in search.toml if it is another, or drop what "
        "is broken with 'iconv -c -f UTF-8 -t UTF-8 OLD > NEW', and index again",
    )


def test_a_replacement_character_that_the_author_wrote_stays():
    assert decode("乱码\ufffd".encode(), PLACE).text == "乱码\ufffd"
