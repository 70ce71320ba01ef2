"""What the site counts of itself, as Prometheus reads it."""

import flask
import pytest
from prometheus_client.parser import text_string_to_metric_families

from search import Archive
from search.archive import IndexMissingError, SiteSettings
from tests.web.conftest import CHAIN, FakeArchive
from web import create_app, create_blueprint


def told(client, address="/metrics"):
    """Return each value that is told, by name and labels; of labels only those given are kept."""
    text = client.get(address).text
    return {
        (
            sample.name,
            *sorted((k, v) for k, v in sample.labels.items() if k != "site"),
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def grown(client, ask):
    """Return what has grown by asking; what others have counted in this process is not seen."""
    before = told(client)
    ask()
    after = told(client)
    return {
        key: value - before.get(key, 0)
        for key, value in after.items()
        if value != before.get(key, 0)
    }


def count(route, status):
    return ("xunwen_request_seconds_count", ("route", route), ("status", status))


def test_answers_are_counted_by_route_and_kind_of_status(client):
    def ask():
        for address in ("/search?q=产业", "/search?q=鏈", "/search?q=a&page=0"):
            client.get(address)
        for article in ("seeds/chain.txt", "seeds/station.txt", "nothing"):
            client.get(f"/doc/{article}")
        client.get("/nowhere/at/all")

    found = grown(client, ask)
    counts = {key: value for key, value in found.items() if key[0].endswith("_count")}
    assert counts == {
        count("/search", "2xx"): 2,
        count("/search", "4xx"): 1,
        count("/doc/<article_id:article_id>", "2xx"): 2,
        count("/doc/<article_id:article_id>", "4xx"): 1,
        count("elsewhere", "4xx"): 1,
        count("/metrics", "2xx"): 1,
    }
    buckets = [key for key in found if key[0] == "xunwen_request_seconds_bucket"]
    assert ("route", "/search") in {label for key in buckets for label in key[1:]}


def test_what_was_not_sent_again_is_counted(client):
    tag = client.get("/search?q=产业").headers["ETag"]
    found = grown(client, lambda: client.get("/search?q=产业", headers={"If-None-Match": tag}))
    assert found["xunwen_not_modified_total",] == 1
    assert found[count("/search", "3xx")] == 1


def test_refusals_are_counted_by_their_reason(archive):
    app = create_app(archive, SiteSettings(rate="1/hour", at_once=1, queue=0))
    client = app.test_client()

    def ask():
        with app.extensions["xunwen"]["xunwen"].gate.place():
            for _ in range(3):
                client.get("/help")

    found = grown(client, ask)
    assert found["xunwen_refused_total", ("reason", "queue_full")] == 1
    assert found["xunwen_refused_total", ("reason", "rate")] == 2
    assert not any(key[0] == "xunwen_errors_total" for key in found)


def test_errors_are_counted_by_the_code_that_programs_are_told(client, archive):
    def ask():
        for archive.failure in (RuntimeError("x"), IndexMissingError("i"), IndexMissingError("i")):
            client.get("/search?q=a")
        archive.failure = None

    found = grown(client, ask)
    assert found["xunwen_errors_total", ("code", "internal")] == 1
    assert found["xunwen_errors_total", ("code", "index_missing")] == 2


def test_what_is_asked_meanwhile_is_counted_as_in_flight(client, archive):
    seen = []

    def related(*_):
        seen.append(told(client)["xunwen_requests_in_flight",])
        return []

    archive.related = related
    idle = told(client)["xunwen_requests_in_flight",]
    assert client.get("/doc/seeds/chain.txt").status_code == 200
    assert seen == [idle + 1]
    assert told(client)["xunwen_requests_in_flight",] == idle


def test_the_state_that_answers_is_told_and_what_runs(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("港口", "utf-8")
    archive = Archive.build([docs], tmp_path / "index")
    client = create_app(archive).test_client()
    first = told(client)
    (docs / "b.txt").write_text("码头", "utf-8")
    archive.update()
    second = told(client)
    assert [found["xunwen_index_articles",] for found in (first, second)] == [1, 2]
    assert first["xunwen_index_segments",] == first["xunwen_index_answers",] == 1
    states = [key for found in (first, second) for key in found if key[0] == "xunwen_index_info"]
    assert [dict(key[1:])["generation"] for key in states] == [archive.size().generation] * 2
    assert len({dict(key[1:])["commit"] for key in states}) == 2
    (built,) = (key for key in first if key[0] == "xunwen_build_info")
    assert set(dict(built[1:])) == {"version", "python"}


def test_without_an_index_it_says_that_there_is_none(tmp_path):
    found = told(create_app(Archive(tmp_path / "index")).test_client())
    assert found["xunwen_index_answers",] == 0
    assert ("xunwen_index_articles",) not in found


def test_it_can_be_switched_off(archive):
    client = create_app(archive, SiteSettings(metrics=False)).test_client()
    assert client.get("/metrics").status_code == 404


def test_in_an_app_of_ones_own_it_is_there_only_where_it_is_wanted():
    app = flask.Flask("host", static_folder=None)
    app.register_blueprint(create_blueprint(FakeArchive(CHAIN)), url_prefix="/find")
    other = create_blueprint(FakeArchive(CHAIN), name="other", metrics=True)
    app.register_blueprint(other, url_prefix="/other")
    client = app.test_client()
    assert client.get("/find/metrics").status_code == 404
    client.get("/find/help")
    assert count("/find/help", "2xx") in told(client, "/other/metrics")


def test_it_is_refused_to_nobody_and_is_not_to_be_indexed(archive):
    client = create_app(archive, SiteSettings(rate="1/hour")).test_client()
    answers = [client.get("/metrics") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["X-Robots-Tag"] for answer in answers} == {"noindex"}
    robots = client.get("/robots.txt")
    assert robots.text.splitlines()[:2] == ["User-agent: *", "Disallow: /metrics"]
    assert robots.mimetype == "text/plain"


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_it_is_read_only(client, method):
    answer = client.open("/metrics", method=method)
    assert (answer.status_code, answer.json["error"]["code"]) == (405, "method_not_allowed")
