"""Each request has a time budget: what the site says when it is used up."""

import pytest

from search import Archive
from search.archive import SiteSettings
from search.deadline import seconds_left
from search.errors import QueryTimeoutError
from web import create_app

TIMEOUT = QueryTimeoutError(3, '原文:"後"')


def test_a_query_that_takes_too_long_is_refused_with_when_to_ask_again(client, archive):
    archive.failure = TIMEOUT
    page, api = client.get("/search?q=a"), client.get("/api/search?q=a")
    for answer in (page, api):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "3"
    assert "<h1>这样搜索太费时间</h1>" in page.text
    assert "3 秒内答不出来：要翻找的太多" in page.text
    assert "请去掉“原文:&#34;後&#34;”，或搜索更少、更少见的词" in page.text
    assert api.json["error"] == {
        "code": "query_timeout",
        "message": "cannot answer within 3 s: too much has to be looked through",
        "hint": "leave out '原文:\"後\"', or search for fewer and rarer words",
    }


def test_it_is_logged_without_the_query_and_as_no_error(client, archive, caplog):
    archive.failure = TIMEOUT
    client.get("/search?q=a")
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "後" not in record.getMessage()


@pytest.mark.parametrize(
    "address", ["/search?q=a", "/api/search?q=a", "/doc/x?q=a", "/api/suggest?q=a", "/api/doc/x"]
)
def test_every_view_has_the_budget_of_its_site(archive, address, monkeypatch):
    left = []

    def ask(*_: object, **__: object) -> None:
        left.append(seconds_left())
        raise TIMEOUT

    for name in ("search", "article", "suggest"):
        monkeypatch.setattr(archive, name, ask)
    create_app(archive, SiteSettings(seconds=7)).test_client().get(address)
    create_app(archive, SiteSettings(seconds=0)).test_client().get(address)
    assert 0 < left[0] <= 7
    assert left[1] is None


@pytest.mark.parametrize(
    "address",
    [
        *("/search?q=长三角", "/doc/seeds/000_414e468a296fc206.txt?q=长三角"),
        *("/api/search?q=长三角", "/api/doc/seeds/000_414e468a296fc206.txt?q=长三角"),
        *("/api/doc/seeds/000_414e468a296fc206.txt/related", "/api/analyze?query=长三角"),
    ],
)
def test_a_real_archive_is_broken_off_and_answers_the_next(tmp_path_factory, address):
    archive = Archive.build(["seeds"], tmp_path_factory.mktemp("slow") / "index")
    hurried = create_app(archive, SiteSettings(seconds=1e-9)).test_client()  # type: ignore[arg-type]
    usual = create_app(archive).test_client()
    assert hurried.get(address).status_code == 503
    assert usual.get(address).status_code == 200
