"""A folder as people have it after years: every good article is read, every bad one is named."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from docx_cases import docx, paragraph
from pdf_cases import column, pdf, wrapped
from reading_cases import write

from search.archive import Archive
from search.cli.main import main

TEXT = "长三角生态绿色一体化发展示范区在上海举行联合招商活动，来自各地的企业代表参加了活动。"


def zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def zeros(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def marked(raw: bytes) -> bytes:
    """Return a zip whose member says it is encrypted."""
    at = raw.index(b"PK\x01\x02") + 8
    return raw[:at] + b"\x01" + raw[at + 1 :]


GOOD = {
    "plain.txt": TEXT.encode(),
    "bom.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "crlf.txt": f"{TEXT}\r\n\r\n第二段。".encode(),
    "note.md": f"# 招商\n\n{TEXT}".encode(),
    "page.html": f"<title>招商</title><p>{TEXT}</p>".encode(),
    "page.htm": f"<p>{TEXT}".encode(),
    "gbk.html": f"<meta charset=gb2312><p>{TEXT}</p>".encode("gb18030"),
    "word.docx": docx(paragraph(TEXT)),
    "paper.pdf": pdf([column(60, 700, wrapped(TEXT))]),
    "packed.txt.gz": gzip.compress(TEXT.encode()),
    "collected.zip": zipped("a.txt", TEXT.encode()),
    "semicolon.csv": f"id;body\ncsv;{TEXT}\n".encode(),
    "tab.tsv": f"id\tbody\ntsv\t{TEXT}\n".encode(),
}

BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "empty.md": b"",
    "empty.html": b"",
    "empty.pdf": b"",
    "empty.docx": b"",
    "empty.csv": b"",
    "empty.jsonl": b"",
    "empty.zip": b"",
    "empty.gz": b"",
    "binary.txt": bytes(range(256)) * 20,
    "nul.txt": b"\0" * 100,
    "binary.md": bytes(range(256)) * 20,
    "binary.csv": bytes(range(256)) * 20,
    "binary.jsonl": bytes(range(256)) * 20,
    "utf16.txt": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1] + b"\xd8\x00\xd8",
    "lost.txt": TEXT.encode()[:-1],
    "script.html": b"<html><body><script>1</script></body></html>",
    "image.html": b"<img src=a.png>",
    "locked.pdf": pdf([[]], encrypted=True),
    "scan.pdf": pdf([[(0, 0, 100, "")]]),
    "cut.pdf": b"%PDF-1.4\n1 0 obj<<",
    "text.pdf": TEXT.encode(),
    "cut.docx": docx(paragraph(TEXT))[:-60],
    "other.docx": zipped("a.txt", b"x"),
    "locked.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bomb.zip": zipped("a.txt", bytes(300 << 20)),
    "bomb.txt.gz": gzip.compress(bytes(100 << 20)),
    "nested.zip": zipped("b.zip", zipped("c.zip", zipped("a.txt", b"x"))),
    "locked.zip": marked(zipped("a.txt", b"x")),
    "cut.zip": zipped("a.txt", b"x" * 999)[:-30],
    "cut.txt.gz": gzip.compress(TEXT.encode() * 99)[:-9],
    "cut.xz": b"\xfd7zXZ\0 cut",
    "text.tar": TEXT.encode() * 20,
    "nameless.csv": "一,二\n三,四\n".encode(),
    "images.zip": zipped("a.png", b"x"),
}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "news"
    for name, raw in (GOOD | {name: raw for name, raw in BAD.items() if name != "cut.xz"}).items():
        write(place / name, raw)
    write(place / "cut.txt.xz", BAD["cut.xz"])
    zeros(write(place / "zeros.txt"), 1 << 30)
    lines = [json.dumps({"id": n, "body": TEXT}) for n in ("r1", "r2")]
    write(place / "records.jsonl", "\n".join([lines[0], '{"id": ', lines[1]]))
    write(place / "rows.csv", f"id,body\nc1,{TEXT}\nc2\nc3,{TEXT}\n")
    (place / "loop").symlink_to(place)
    (place / "nothing.txt").symlink_to(place / "nowhere")
    os.mkfifo(place / "pipe.txt")
    write(Path(os.fsdecode(os.fsencode(place) + b"/\xb0.txt")))
    return place


def test_every_good_article_is_read_and_every_bad_one_is_named(
    folder, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    index = str(tmp_path / "index")
    assert main(["index", str(folder), "--index", index, "--json"]) == 2
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    report = json.loads(out.splitlines()[0])
    ids = {hit.id for hit in Archive.open(index).search("示范区", limit=1000, fold=False).hits}
    inner = {"packed.txt.gz": "/packed.txt", "collected.zip": "/a.txt"}
    files = {
        f"news/{name}{inner.get(name, '')}" for name in GOOD if name[-3:] not in ("csv", "tsv")
    }
    assert ids == files | {"csv", "tsv", "r1", "r2", "c1", "c3"}

    named = {failure["source"]: failure["message"] for failure in report["failed"]}
    assert all(failure["hint"] for failure in report["failed"])
    for name in (*BAD, "zeros.txt", "nothing.txt", "pipe.txt", "loop", "\\xb0.txt"):
        name = {"cut.xz": "cut.txt.xz"}.get(name, name)
        assert any(source.startswith(f"news/{name}") for source in named), name
    assert "at most 64 MB are read" in named["news/zeros.txt"]
    assert {"news/records.jsonl:2", "news/rows.csv:3"} <= named.keys()


def test_one_article_in_every_format_gives_the_same_hits_in_what_the_user_sees(tmp_path):
    forms = {name: raw for name, raw in GOOD.items() if name != "crlf.txt"}
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    forms["kept.tar.gz"] = held.getvalue()
    forms["all.jsonl"] = json.dumps({"id": "jsonl", "body": TEXT}).encode()
    for name, raw in forms.items():
        write(tmp_path / "news" / name, raw)
    archive_built = Archive.build([tmp_path / "news"], tmp_path / "index")
    for query in ("示范区", "联合招商活动", "“来自各地的企业代表”"):
        hits = archive_built.search(query, limit=100, fold=False).hits
        assert len(hits) == len(forms), query
        found = set()
        for hit in hits:
            body = archive_built.article(hit.id).body.text
            assert TEXT in body
            for snippet in hit.snippets:
                assert body[snippet.start : snippet.start + len(snippet.text)] == snippet.text
            spans = [
                body[snippet.start + start : snippet.start + end]
                for snippet in hit.snippets
                for start, end in snippet.spans
                if snippet.start + start >= body.index(TEXT)  # a heading may hold the word, too
            ]
            found.add("|".join(spans))
        assert len(found) == 1, found
        assert found != {""}
