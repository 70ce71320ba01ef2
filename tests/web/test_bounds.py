"""Who may ask, how often and by what name: methods, rates, proxies, request ids, compression."""

import gzip

import pytest

from search.archive import SettingError, SiteSettings
from web import create_app


@pytest.fixture
def limited(archive):
    return create_app(archive, SiteSettings(rate="3/minute")).test_client()


def test_who_asks_too_often_is_told_when_to_come_again(limited):
    for _ in range(3):
        assert limited.get("/search?q=产业").status_code == 200
    page, api = limited.get("/search?q=产业"), limited.get("/api/search?q=产业")
    for answer in (page, api):
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "请求太频繁了" in page.text
    assert api.json["error"]["code"] == "too_many_requests"


def test_another_address_may_still_ask(limited):
    for _ in range(5):
        limited.get("/help")
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert limited.get("/help", environ_overrides=elsewhere).status_code == 200


def test_no_proxy_is_believed_that_was_not_named(archive):
    client = create_app(archive, SiteSettings(rate="1/minute")).test_client()
    statuses = [
        client.get("/help", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(3)
    ]
    assert statuses == [200, 429, 429]


def test_behind_a_proxy_readers_are_told_apart_by_its_word(archive):
    client = create_app(archive, SiteSettings(rate="1/minute", proxies=1)).test_client()
    askers = ["192.0.2.1", "192.0.2.2", "192.0.2.1"]
    statuses = [
        client.get("/help", headers={"X-Forwarded-For": asker}).status_code for asker in askers
    ]
    assert statuses == [200, 200, 429]


def test_a_rate_of_nought_allows_any(archive):
    client = create_app(archive, SiteSettings(rate="0/minute")).test_client()
    assert {client.get("/help").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize("rate", ["often", "3", "3/fortnight", "", "-1/minute"])
def test_a_rate_that_is_none_is_refused_at_once(archive, rate):
    with pytest.raises(SettingError) as caught:
        create_app(archive, SiteSettings(rate=rate))
    assert str(caught.value) == f"cannot use setting 'site.rate': '{rate}' is no rate"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/search?q=a", "/api/search?q=a", "/doc/x", "/healthz"])
def test_nothing_but_reading_is_allowed(client, method, address):
    answer = client.open(address, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_an_error_is_told_by_the_id_that_the_log_has(client, archive, caplog):
    archive.failure = RuntimeError("inside")
    answer = client.get("/api/search?q=a")
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert f"[{answer.json['request_id']}]" in caplog.text
    page = client.get("/search?q=a")
    assert page.headers["X-Request-Id"] in page.text
    assert page.headers["X-Request-Id"] != answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [("abc-123.DEF_9", True), ("short", False), ("a" * 65, False), ("<script>alert", False)],
)
def test_a_request_id_of_a_proxy_is_kept_where_it_is_fit_for_a_log(client, given, is_taken):
    found = client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]
    assert (found == given) == is_taken


@pytest.mark.parametrize("address", ["/search?q=产业", "/static/style.css", "/doc/seeds/chain.txt"])
def test_an_answer_is_compressed_for_who_asks_and_the_same_when_unpacked(client, address):
    with (
        client.get(address) as plain,
        client.get(address, headers={"Accept-Encoding": "gzip"}) as packed,
    ):
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.data).splitlines()[:5] == plain.data.splitlines()[:5]


def test_files_of_the_site_are_kept_for_a_year_under_an_address_of_their_own(client):
    html = client.get("/").text
    address = html.split('rel="stylesheet" href="')[1].partition('"')[0]
    with client.get(address) as kept, client.get("/static/style.css?v=0") as other:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert other.headers["Cache-Control"] == "no-cache"


def test_every_answer_says_how_long_it_took(client):
    assert client.get("/search?q=产业").headers["Server-Timing"].startswith("total;dur=")


def test_who_watches_the_site_and_what_its_pages_are_drawn_with_is_never_refused(limited):
    for _ in range(6):
        limited.get("/help")
        with limited.get("/static/style.css") as style:
            assert style.status_code == 200
        assert limited.get("/healthz").status_code == 200
    refused = limited.get("/api/search?q=a")
    assert refused.status_code == 429
    assert refused.json["error"]["hint"] == "wait as long as Retry-After says"


def test_filters_are_bounded_and_of_one_name_the_last_counts(client, archive):
    many = "&".join(f"where=a{n}=x" for n in range(21))
    assert client.get(f"/search?q=产业&{many}").status_code == 400
    same = "&".join(["where=year=2020"] * 500 + ["where=year=2021"])
    assert client.get(f"/search?q=产业&{same}").status_code == 200
    assert archive.asked["where"] == {"year": "2021"}
