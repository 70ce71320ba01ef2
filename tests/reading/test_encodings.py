"""Texts written out in every encoding that is read come back as they were."""

import codecs
import contextlib
import subprocess
import time
from pathlib import Path

import pytest
from encoding_cases import SIMPLIFIED, TRADITIONAL, articles, seeds
from hypothesis import assume, example, given
from hypothesis import strategies as st

from search.config import ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import SourceFile, documents
from search.reading.decode import SURE, Decoded, decode, encoding_metadata
from search.reading.format import Place

PLACE = Place("a.txt", "a.txt")
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
ARTICLES = {
    "Simplified": [*articles(SIMPLIFIED, 130), *seeds()],
    "Traditional": articles(TRADITIONAL, 150),
}
HAN = "".join(SIMPLIFIED + TRADITIONAL)


def decoded(raw: bytes) -> Decoded:
    return decode(raw, PLACE)


def refusal(raw: bytes, place: Place = PLACE) -> tuple[str, str]:
    with pytest.raises(UnreadableArticleError) as caught:
        decode(raw, place)
    return caught.value.cause, caught.value.hint


def set_to(encoding: str) -> Place:
    return Place("old/a.txt", "old/a.txt", "", ReadingSettings(encodings={"old/*": encoding}))


@pytest.mark.parametrize(
    ("script", "encoding"),
    [
        *((script, encoding) for script in ARTICLES for encoding in (*UNICODE, "gb18030")),
        ("Traditional", "big5"),
        ("Traditional", "big5hkscs"),
    ],
)
def test_articles_are_decoded_to_what_their_encoding_says(script, encoding):
    for text in ARTICLES[script]:
        raw = text.encode(encoding)
        found = decoded(raw)
        assert found.text == raw.decode(encoding)
        assert found.confidence >= SURE


@pytest.mark.parametrize("length", [40, 20])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_pieces_are_decoded_or_their_confidence_is_low(encoding, length):
    scripts = ["Traditional"] if encoding == "big5" else list(ARTICLES)
    texts = [text for script in scripts for text in ARTICLES[script]]
    pieces = [t[at : at + length] for t in texts for at in range(0, len(t) - length, length)][:600]
    found = [(piece, decoded(piece.encode(encoding))) for piece in pieces]
    assert [p for p, d in found if d.text != p and d.confidence >= SURE] == []
    assert sum(d.text == p and d.confidence >= SURE for p, d in found) >= 0.99 * len(found)


@given(
    st.text(st.sampled_from(HAN) | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "shift_jis", "cp1252"]),
)
@example("联通", "gb18030")
@example("·、", "gb18030")
def test_what_is_sure_is_what_was_written(text, encoding):
    try:
        raw = text.encode(encoding)
        decoded_as = raw.decode(encoding)
    except UnicodeError:
        assume(False)
    assume(len(text) >= 10 and not raw.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")))
    try:
        found = decoded(raw)
    except UnreadableArticleError:
        return
    assert found.text == decoded_as or found.confidence < SURE or raw.decode() == found.text


@given(st.binary() | st.binary(min_size=40, max_size=4000))
@example(b"\xb0\xa1")
@example(b"\xff\xfe\x00\xd8")
@example(b"\xff\xfe\0\0a\0\0\0")
def test_no_bytes_raise_anything_else_and_no_character_is_made_up(raw):
    try:
        found = decoded(raw)
    except UnreadableArticleError:
        return
    assert found.text.strip()
    assert 0 < found.confidence <= 1
    written = found.text.encode(found.encoding)
    marks = ["\ufeff".encode(found.encoding), b""] if found.encoding != "big5" else [b""]
    assert any(raw.decode(found.encoding) == (m + written).decode(found.encoding) for m in marks)


@given(
    st.lists(st.sampled_from([*SIMPLIFIED, "\n"]), min_size=3), st.binary(min_size=1, max_size=3)
)
def test_a_replacement_character_is_one_that_the_file_holds(sentences, junk):
    raw = "".join(sentences).encode("gb18030") + junk + SIMPLIFIED[0].encode("gb18030")
    with contextlib.suppress(UnreadableArticleError):
        assert "\ufffd" not in decoded(raw).text


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        ("吾輩は猫である。名前はまだ無い。どこで生れたか見当がつかぬ。", "shift_jis", "Shift_JIS"),
        ("何でも薄暗い所でニャーニャー泣いていた事だけは記憶している。", "euc_jp", "EUC-JP"),
        ("훈민정음은 세종대왕이 창제하였다. 모든 국민은 법 앞에 평등하다.", "cp949", "EUC-KR"),
        (
            "Все счастливые семьи похожи друг на друга, каждая несчастливая по-своему.",
            "windows-1252",
            "a single-byte encoding such as Windows-1252",
        ),
    ],
)  # fmt: skip
def test_texts_in_encodings_not_used_for_chinese_are_named_and_not_read_as_chinese(
    text, encoding, label
):
    raw = text.encode("cp1251" if encoding == "windows-1252" else encoding)
    assert refusal(raw) == (
        f"not UTF-8, UTF-16, GB18030 or Big5: it looks like {label}",
        f"set its encoding in search.toml, e.g. with \"'a.txt' = '{encoding}'\" under "
        "[reading.encodings], and index again",
    )


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (
            "长三角一体化示范区的产业".encode("gbk") + b"\xff" + SIMPLIFIED[0].encode("gbk"),
            "not UTF-8, UTF-16, GB18030 or Big5 throughout: most like GB18030, but byte 0xff at "
            "offset 24",
        ),
        (
            SIMPLIFIED[0].encode()[:-1],
            "not UTF-8, UTF-16, GB18030 or Big5 throughout: most like UTF-8, but byte 0xe3 at "
            "offset 84",
        ),
        (
            SIMPLIFIED[0].encode("utf-16-le")[:-1],
            "not UTF-8, UTF-16, GB18030 or Big5 throughout: most like UTF-16LE, but byte 0x02 at "
            "offset 56",
        ),
    ],
    ids=["one byte wrong", "UTF-8 cut off", "UTF-16 cut off"],
)  # fmt: skip
def test_a_text_that_is_almost_in_an_encoding_is_refused_with_the_byte_and_the_commands(raw, cause):
    name = cause.split("most like ")[1].split(",")[0]
    assert refusal(raw) == (
        cause,
        "set its encoding under [reading.encodings] in search.toml if it is another, or drop what "
        f"is broken with 'iconv -c -f {name} -t UTF-8 OLD > NEW', and index again",
    )


def test_a_broken_text_with_a_mark_is_refused_as_what_its_mark_says():
    raw = "\ufeff正文 text".encode("utf-16-le")[:-1]
    cause, hint = refusal(raw)
    assert cause == "not UTF-16LE, as its byte order mark says: byte 0x74 at offset 14"
    assert "'iconv -c -f UTF-16LE -t UTF-8 OLD > NEW'" in hint


@pytest.mark.parametrize(
    ("encodings", "labels"),
    [
        (("gb18030", "big5"), ("GB18030", "Big5")),
        (("big5", "gb18030"), ("Big5", "GB18030")),
    ],
)
def test_files_joined_from_two_encodings_are_refused(encodings, labels):
    first, second = (
        ("\n".join(TRADITIONAL) + "\n").encode(encodings[0]),
        "\n".join(TRADITIONAL[:15]),
    )
    cause, _ = refusal(first * 2 + second.encode(encodings[1]))
    assert cause.startswith(f"two encodings in one file: {labels[0]}, but {labels[1]} from about ")
    assert 2 * len(first) - 1000 <= int(cause.split()[-1]) <= 2 * len(first) + 1000


@pytest.mark.parametrize(
    ("encoding", "label", "lines"),
    [("gb18030", "GB18030", SIMPLIFIED), ("big5", "Big5", TRADITIONAL)],
)
@pytest.mark.parametrize("line", [1, 3, 10, 19])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_that_is_utf_8_up_to_a_line_is_refused_with_that_line(
    tmp_path, encoding, label, lines, line, newline
):
    text = "".join(one + newline for one in lines)
    first, second = (
        "".join(one + newline for one in part) for part in (lines[:line], lines[line:])
    )
    raw = first.encode() + second.encode(encoding)
    cause, hint = refusal(raw)
    assert cause == (
        f"UTF-8 up to line {line}, then bytes of another encoding (looks like {label})"
    )
    assert mended(hint, raw, tmp_path) == text

    raw = first.encode(encoding) + second.encode()
    cause, hint = refusal(raw)
    assert cause == f"{label} up to line {line}, then UTF-8"
    assert mended(hint, raw, tmp_path) == text


def mended(hint: str, raw: bytes, folder: Path) -> str:
    """Return what the command of a hint makes of a file."""
    (folder / "OLD").write_bytes(raw)
    command = hint.split("'")[1]
    subprocess.run(["sh", "-c", command], cwd=folder, check=True)
    return (folder / "NEW").read_bytes().decode()


def test_two_encodings_in_one_line_are_refused_too(tmp_path):
    raw = SIMPLIFIED[0].encode() + SIMPLIFIED[1].encode("gb18030")
    cause, hint = refusal(raw)
    assert cause == "UTF-8 up to line 1, then bytes of another encoding (looks like GB18030)"
    assert mended(hint, raw, tmp_path) == SIMPLIFIED[0] + SIMPLIFIED[1]


@pytest.mark.parametrize(
    "broken",
    [b"caf\xe9", b"\xa9 2024", b"\xff", b"\xe4\xb8", b"na\xefve r\xe9sum\xe9 d\xe9j\xe0 vu"],
)
def test_chinese_in_utf_8_is_never_called_windows_1252(broken):
    raw = b"\n".join(line.encode() for line in SIMPLIFIED[:3]) + b"\n" + broken * 3
    assert "most like UTF-8" in refusal(raw)[0]
    assert "most like UTF-8" in refusal(broken + b"\n" + raw)[0]


def test_an_encoding_that_is_set_is_used_whatever_the_bytes_look_like():
    raw = "中文".encode("big5")
    assert decode(raw, set_to("gbk")) == Decoded(raw.decode("gbk"), "gbk", 1.0)
    assert decode("\ufeff正文".encode("utf-16-be"), set_to("UTF-16BE")).text == "正文"
    assert decode("café".encode("cp1252"), set_to("windows-1252")).text == "café"


@pytest.mark.parametrize(
    ("raw", "encoding", "fault"),
    [
        ("正文".encode(), "gb2312", "byte 0x96 at offset 4"),
        (b"abc\xff", "big5", "byte 0xff at offset 3"),
        (b"+2AA-", "utf-7", "it holds the lone surrogate U+D800"),
        (b"abc", "hex", "there is no such encoding"),
    ],
)
def test_bytes_that_are_not_in_the_encoding_set_are_refused(raw, encoding, fault):
    assert refusal(raw, set_to(encoding)) == (
        f"not {encoding}, which search.toml sets for it: {fault}",
        "correct its encoding under [reading.encodings] in search.toml, and index again",
    )


def test_signs_that_two_kinds_of_big5_write_alike_are_read_with_a_stated_doubt():
    raw = "威廉•瓊斯發現了語言之間的關係".encode("big5")
    found = decoded(raw)
    assert (found.text, found.encoding) == (raw.decode("big5"), "big5hkscs")
    assert 0.5 < found.confidence < SURE


def test_characters_of_hong_kong_and_of_the_euro_are_read():
    cantonese = "佢哋喺度傾緊偈，啲嘢仲未食完㗎，你嚟唔嚟呀？"
    assert decoded(cantonese.encode("big5hkscs")).text == cantonese
    price = "這本書在歐洲賣€12，比臺灣貴一些。"
    assert decoded(price.encode("cp950")).text == price


def test_metadata_says_an_encoding_only_when_it_is_not_utf_8():
    assert encoding_metadata(Decoded("正文", "utf-8", 1.0)) == {}
    assert encoding_metadata(Decoded("正文", "gb18030", 0.99)) == {"encoding": "gb18030"}
    assert encoding_metadata(Decoded("正文", "gb18030", 0.5)) == {
        "encoding": "gb18030",
        "encoding_confidence": "0.50",
    }


def test_a_long_file_is_weighed_by_parts_and_decoded_whole():
    text = "\n".join(TRADITIONAL) * 200
    for encoding in ("big5", "gb18030", "utf-16-be"):
        assert decoded(text.encode(encoding)).text == text
    broken = text.encode("big5")[:-1]
    assert "most like Big5, but byte 0xa1 at offset" in refusal(broken)[0]


def test_noise_of_any_size_is_refused_at_once():
    started = time.process_time()
    for raw in (bytes(1_000_000), bytes(range(256)) * 40_000, b"\x7fELF" + bytes(range(255)) * 99):
        assert refusal(raw)[0] == "binary file"
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_article_says_what_it_was_encoded_in_unless_it_was_utf_8(name: str) -> None:
    body = "长三角一体化示范区的产业链招商，取得了新的进展。" * 3
    file = SourceFile(name, f"news/{name}", 0, 0)
    (usual,) = documents(file, body.encode())
    (other,) = documents(file, body.encode("gb18030"))
    assert isinstance(usual, Document)
    assert isinstance(other, Document)
    assert "encoding" not in usual.metadata
    assert other.metadata["encoding"] == "gb18030"
    assert (other.body, other.title) == (usual.body, usual.title)
