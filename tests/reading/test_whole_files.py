from reading_cases import read_all, told, write

from search.document import Document

LONG = "长三角生态绿色一体化发展示范区建设重点工作安排"


def test_a_text_file_is_one_document_in_the_authors_characters(tmp_path):
    body = "\ufeff招商引凤\r\n\r\n產(chǎn)業(yè)ＡＢ。\r\n"
    path = write(tmp_path / "news" / "一.txt", body)
    assert read_all(path) == [
        Document(
            id="news/一.txt",
            title="招商引凤",
            body=body[1:],
            author="",
            date="",
            source="news/一.txt",
            path=str(path),
        )
    ]


def test_a_markdown_file_keeps_its_marks_in_the_body(tmp_path):
    body = "\n# 招商 **引凤** #\n\n- 正文\n"
    for name in ("a.md", "a.markdown", "A.MD"):
        path = write(tmp_path / "notes" / name, body)
        (document,) = read_all(path)
        assert document == Document(
            id=f"notes/{name}",
            title="招商 **引凤**",
            body=body,
            source=f"notes/{name}",
            path=str(path),
        )


def test_a_markdown_heading_is_the_title_however_long(tmp_path):
    (document,) = read_all(write(tmp_path / "a.md", f"# {LONG}，{LONG}。{LONG}\n\n正文"))
    assert document.title == f"{LONG}，{LONG}。{LONG}"


def test_a_markdown_file_without_a_heading_at_its_beginning_is_titled_as_text(tmp_path):
    (document,) = read_all(write(tmp_path / "a.md", "下雨了。回家。\n\n# 后来"))
    assert document.title == "下雨了。"


def test_a_file_that_cannot_be_decoded_gives_its_failure(tmp_path):
    empty, binary, other = (
        write(tmp_path / "s" / "empty.txt", b""),
        write(tmp_path / "s" / "binary.md", b"\0\1\2"),
        write(tmp_path / "s" / "other.txt", "百度百科".encode()[:-1]),
    )
    assert [told(reading) for path in (empty, binary, other) for reading in read_all(path)] == [
        ("cannot read 's/empty.txt': empty file", "fill it or remove it, and index again"),
        (
            "cannot read 's/binary.md': binary file",
            "move it elsewhere or give it the suffix of its kind",
        ),
        (
            "cannot read 's/other.txt': not UTF-8, UTF-16, GB18030 or Big5 throughout: most like "
            "UTF-8, but byte 0xe7 at offset 9",
            "set its encoding under [reading.encodings] in search.toml if it is another, or drop "
            "what is broken with 'iconv -c -f UTF-8 -t UTF-8 OLD > NEW', and index again",
        ),
    ]
