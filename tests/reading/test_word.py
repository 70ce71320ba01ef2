import io
import zipfile

import pytest
from docx_cases import W, docx, paragraph
from reading_cases import told

from search.config import Limits, ReadingSettings
from search.document import Document
from search.reading import SourceFile, documents
from search.reading.format import Reading

FILE = SourceFile("a.docx", "s/a.docx", 0, 0)


def read(raw: bytes, name: str = "a.docx", settings: ReadingSettings | None = None) -> Reading:
    file = SourceFile(name, f"s/{name}", 0, 0)
    (reading,) = documents(file, raw, settings or ReadingSettings())
    return reading


def body(xml: str, **parts: str) -> str:
    reading = read(docx(xml, **parts))
    assert isinstance(reading, Document), reading
    return reading.body


def test_paragraphs_tables_and_notes_are_read_in_order():
    table = "".join(
        f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>"
        for a, b in (("地区", "产值"), ("上海", "12"))
    )
    notes = (
        f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
        f"<w:footnote>{paragraph('见附件。')}</w:footnote>"
    )
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    xml = (
        paragraph("招商引凤")
        + f"<w:p><w:r><w:t>联合</w:t></w:r>{reference}<w:r><w:t>招商</w:t></w:r></w:p>"
        + f"<w:tbl>{table}</w:tbl>"
        + paragraph("甲项", "<w:numPr/>")
    )
    assert body(xml, footnotes=notes) == (
        "招商引凤\n\n联合招商\n\n地区\t产值\n上海\t12\n\n- 甲项\n\n[1] 见附件。"
    )


def test_what_word_does_not_show_is_left_out():
    xml = (
        "<w:p><w:r><w:t>产</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>业</w:t></w:r></w:ins><w:r><w:br/><w:instrText>PAGE</w:instrText>"
        "<w:t>二</w:t><w:tab/><w:t>三</w:t></w:r></w:p>"
    )
    assert body(xml) == "产业\n二\t三"


def test_readings_above_characters_follow_them_in_brackets():
    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    ruby = f"<w:ruby><w:rt>{run('chǎn yè')}</w:rt><w:rubyBase>{run('产业')}</w:rubyBase></w:ruby>"
    assert body(f"<w:p><w:r>{ruby}</w:r>{run('。')}</w:p>") == "产(chǎn)业(yè)。"


def test_the_text_of_a_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('图说')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = (
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"
    )
    assert body(xml) == "正文\n\n图说"


def test_properties_name_title_and_author_unless_the_program_made_them_up():
    core = "<dc:title>{}</dc:title><dc:creator>{}</dc:creator>"
    found = read(docx(paragraph("正文。"), core.format("招商引凤", "毛丽君")))
    assert isinstance(found, Document)
    assert (found.title, found.author) == ("招商引凤", "毛丽君")
    found = read(docx(paragraph("正文。"), core.format("Microsoft Word - 1.doc", "微软用户")))
    assert isinstance(found, Document)
    assert (found.title, found.author) == ("正文。", "")


DAMAGED = ("it is damaged or no DOCX", "bring a whole copy of it, and index again")
ENCRYPTED = (
    "it is encrypted",
    "open it with its password, save it without one, and index again",
)
OLD = (
    "a document of Word before 2007",
    "convert it with 'soffice --headless --convert-to docx FILE', and index what comes out",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


def other_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr("a.txt", "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "told_of_it"),
    [
        ("a.docx", docx(paragraph("正文。"))[:-40], DAMAGED),
        ("b.docx", b"no zip", DAMAGED),
        ("c.docx", other_zip(), DAMAGED),
        ("d.docx", docx("<w:p>"), DAMAGED),
        ("e.docx", OLE + "EncryptedPackage".encode("utf-16-le"), ENCRYPTED),
        ("f.docx", OLE, OLD),
        ("g.doc", OLE, OLD),
        ("h.doc", b"anything", OLD),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_whole_document_says_what_it_is(name, raw, told_of_it):
    cause, hint = told_of_it
    assert told(read(raw, name)) == (f"cannot read 's/{name}': {cause}", hint)


def test_a_document_without_text_says_so():
    assert told(read(docx("")))[0] == "cannot read 's/a.docx': a document without text"


def test_a_new_document_under_an_old_name_is_read():
    found = read(docx(paragraph("正文。")), "a.doc")
    assert isinstance(found, Document)
    assert found.body == "正文。"


def test_a_part_that_unpacks_to_too_much_is_refused():
    raw = docx(paragraph("长" * 1_000_000))
    settings = ReadingSettings(limits=Limits(file_mb=1))
    assert told(read(raw, settings=settings))[0] == (
        "cannot read 's/a.docx': it is too large, at most 1 MB are read"
    )


def test_an_entity_of_a_document_is_not_expanded(tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
            f"<w:document {W}><w:body>{paragraph('正文&e;。')}</w:body></w:document>",
        )
    found = read(held.getvalue())
    assert not isinstance(found, Document) or "secret" not in found.body
