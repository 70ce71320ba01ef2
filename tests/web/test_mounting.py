"""The site inside someone's own app: under any prefix and name, and twice."""

import flask
import pytest

from search.document import Document
from tests.web.conftest import CHAIN, STATION, FakeArchive
from web import create_blueprint


@pytest.fixture
def host():
    app = flask.Flask("host", static_folder=None)
    app.jinja_env.globals["asset"] = "the host's own"

    @app.get("/")
    def home():
        return flask.render_template_string("{{ asset }} {{ missing }}")

    app.register_blueprint(create_blueprint(FakeArchive(CHAIN, STATION)), url_prefix="/find")
    other = create_blueprint(FakeArchive(Document("a//b", "别的", "别的文章")), name="other")
    app.register_blueprint(other, url_prefix="/archives/other")
    return app.test_client()


def test_every_address_on_its_pages_stays_below_the_prefix(host):
    for page in ("/find/", "/find/search?q=产业", "/find/doc/seeds/chain.txt?q=产业"):
        html = host.get(page).text
        found = html.split('href="')[1:] + html.split('src="')[1:] + html.split('action="')[1:]
        addresses = [part.partition('"')[0] for part in found]
        assert len(addresses) > 5
        assert [a for a in addresses if not a.startswith(("/find/", "#"))] == []


def test_the_host_keeps_its_own_templates_errors_and_headers(host):
    answer = host.get("/")
    assert answer.text == "the host&#39;s own "
    assert "Content-Security-Policy" not in answer.headers
    assert "寻文" not in host.get("/nowhere").text


def test_its_own_errors_are_its_own_there_too(host):
    assert "没有这篇文章" in host.get("/find/doc/nothing").text
    answer = host.get("/find/api/doc/nothing")
    assert answer.json["error"]["code"] == "not_found"
    assert answer.headers["Content-Security-Policy"]


def test_two_archives_in_one_app_answer_apart(host):
    assert host.get("/find/healthz").json["articles"] == 2
    assert host.get("/archives/other/healthz").json["articles"] == 1
    assert "别的" in host.get("/archives/other/search?q=别的").text
    assert 'href="/archives/other/' in host.get("/archives/other/").text


def test_an_id_with_two_slashes_is_found_under_a_prefix(host):
    assert host.get("/archives/other/api/doc/a//b").json["title"] == "别的"


def test_mounted_in_a_blueprint_it_goes_by_the_names_of_both():
    outer = flask.Blueprint("outer", "outer")
    outer.register_blueprint(create_blueprint(FakeArchive(CHAIN)), url_prefix="/in")
    app = flask.Flask("host")
    app.register_blueprint(outer, url_prefix="/out")
    html = app.test_client().get("/out/in/").text
    assert 'action="/out/in/search"' in html
