"""The file of an article can be taken as it lies in a source of the archive, and no other."""

import os
import shutil
from pathlib import Path

import pytest

from search import Archive
from search.archive import ArticleMissingError, OriginalMissingError, SiteSettings
from web import create_app


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "报 告.html").write_bytes("<p>港口</p><script>alert(1)</script>".encode("gb18030"))
    (folder / "b.txt").write_text("码头", "utf-8")
    (folder / "c.jsonl").write_text('{"id": "r1", "body": "记录"}\n', "utf-8")
    (tmp_path / "secret.txt").write_text("不在文库里", "utf-8")
    return folder


@pytest.fixture
def archive(docs, tmp_path):
    return Archive.build([docs], tmp_path / "index")


@pytest.fixture
def client(archive):
    return create_app(archive).test_client()


def test_it_is_the_file_byte_for_byte_and_never_shown_as_a_page(client, docs):
    answer = client.get("/original/docs/报 告.html")
    assert answer.data == (docs / "报 告.html").read_bytes()
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "%E6%8A%A5%20%E5%91%8A.html" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_of_an_article_links_to_its_file_and_that_of_a_record_does_not(client):
    assert 'href="/original/docs/b.txt" download' in client.get("/doc/docs/b.txt").text
    assert "/original/" not in client.get("/doc/r1").text


@pytest.mark.parametrize(
    "address",
    [
        "../secret.txt",
        "docs/../secret.txt",
        "docs/..%2fsecret.txt",
        "docs/%2e%2e/secret.txt",
        "/etc/passwd",
        "etc/passwd",
        "docs/c.jsonl",
        "r1",
        "docs",
        "docs/b.txt%00",
    ],
)
def test_no_other_file_is_given(client, address):
    answer = client.get(f"/original/{address}")
    assert answer.status_code in (404, 400)
    assert "不在文库里" not in answer.text


def test_a_file_that_has_changed_since_is_not_what_was_indexed(client, docs):
    (docs / "b.txt").write_text("改过了", "utf-8")
    answer = client.get("/original/docs/b.txt")
    assert answer.status_code == 404
    assert "没有这篇文章的原文件" in answer.text
    (docs / "b.txt").unlink()
    assert client.get("/original/docs/b.txt").status_code == 404


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_put_in_its_place_leads_nowhere(client, docs, tmp_path):
    (docs / "b.txt").unlink()
    (docs / "b.txt").symlink_to(tmp_path / "secret.txt")
    assert client.get("/original/docs/b.txt").status_code == 404


def test_a_site_can_keep_its_files_to_itself(archive):
    client = create_app(archive, SiteSettings(originals=False)).test_client()
    assert client.get("/original/docs/b.txt").status_code == 404
    assert "/original/" not in client.get("/doc/docs/b.txt").text


def test_a_source_of_a_single_file_is_given_too(docs, tmp_path):
    archive = Archive.build([docs / "b.txt"], tmp_path / "other")
    assert archive.original("docs/b.txt").content == "码头".encode()


def test_an_index_that_was_moved_still_looks_where_the_files_were_indexed(archive, docs, tmp_path):
    shutil.move(docs, tmp_path / "elsewhere")
    with pytest.raises(OriginalMissingError, match="gone"):
        archive.original("docs/b.txt")
    with pytest.raises(ArticleMissingError):
        archive.original("docs/none.txt")


def test_a_path_outside_of_all_sources_is_refused_whatever_an_index_says(archive, tmp_path):
    from search.archive.manifest import Manifest
    from search.archive.originals import original

    manifest = Manifest.from_bytes(archive._live.reader().manifest())
    secret = tmp_path / "secret.txt"
    with pytest.raises(OriginalMissingError, match="no file of its own"):
        original(manifest, "docs/b.txt", str(secret))
    with pytest.raises(OriginalMissingError):
        original(manifest, "docs/b.txt", str(Path(tmp_path / "docs" / ".." / "secret.txt")))
