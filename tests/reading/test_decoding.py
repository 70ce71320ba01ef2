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
GB18030_HINT = "convert it, e.g. with 'iconv -f GB18030 -t UTF-8 OLD > NEW', and index again"
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


@given(st.binary())
def test_any_bytes_are_either_their_own_text_or_refused(raw):
    try:
        text = decode(raw, PLACE).text
    except UnreadableArticleError:
        return
    assert text.encode() == raw.removeprefix(codecs.BOM_UTF8)
    assert text.strip()


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


def test_another_encoding_is_refused_with_the_byte_its_place_and_the_command():
    raw = b"utf-8 until:" + "百度".encode("gb18030")
    assert refusal(raw) == ("cannot read 'a.txt': not UTF-8: byte 0xb0 at offset 12", GB18030_HINT)


def test_the_offset_counts_the_bytes_of_the_file_its_mark_included():
    cause = "cannot read 'a.txt': not UTF-8: byte 0xff at offset 4"
    assert refusal(codecs.BOM_UTF8 + b"a\xff") == (cause, GB18030_HINT)


def test_a_character_cut_off_at_the_end_is_refused():
    cause = "cannot read 'a.txt': not UTF-8: byte 0xe6 at offset 3"
    assert refusal("中文".encode()[:-1]) == (cause, GB18030_HINT)


def test_half_a_surrogate_pair_in_bytes_is_refused():
    cause = "cannot read 'a.txt': not UTF-8: byte 0xed at offset 0"
    assert refusal("\ud800".encode("utf-8", "surrogatepass")) == (cause, GB18030_HINT)


@pytest.mark.parametrize(("mark", "encoding"), [("ff", "utf-16-le"), ("fe", "utf-16-be")])
def test_utf_16_is_named_and_not_taken_for_a_binary_file(mark, encoding):
    assert refusal("\ufeff正文 text".encode(encoding)) == (
        f"cannot read 'a.txt': not UTF-8: byte 0x{mark} at offset 0",
        "convert it, e.g. with 'iconv -f UTF-16 -t UTF-8 OLD > NEW', and index again",
    )


def test_a_replacement_character_that_the_author_wrote_stays():
    assert decode("乱码\ufffd".encode(), PLACE).text == "乱码\ufffd"
