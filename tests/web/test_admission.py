"""While all places are taken the site says so, and goes on to answer what is free."""

import threading

import flask
import pytest

from search.archive import SiteSettings
from tests.web.conftest import CHAIN, STATION, FakeArchive
from tests.web.test_gate import Watched
from web import create_app, create_blueprint
from web.gate import Gate

SETTINGS = SiteSettings(at_once=2, queue=1, queue_seconds=30)


class Blocking(FakeArchive):
    """Answers no search until it is told to."""

    def __init__(self):
        super().__init__(CHAIN, STATION)
        self.asking, self.go_on = threading.Semaphore(0), threading.Event()

    def search(self, query, **options):
        self.asking.release()
        assert self.go_on.wait(30)
        return super().search(query, **options)


@pytest.fixture
def archive():
    return Blocking()


def alone(archive, settings):
    return create_app(archive, settings)


def mounted(archive, settings):
    app = flask.Flask("host", static_folder=None)
    app.register_blueprint(create_blueprint(archive, settings, metrics=True))
    return app


@pytest.fixture(params=[alone, mounted])
def make(request):
    return request.param


class Searches:
    """Searches in threads of their own, whose answers are told when all have ended."""

    def __init__(self, app):
        self._app = app
        self._threads = []
        self.statuses = []

    def ask(self):
        def ask():
            self.statuses.append(self._app.test_client().get("/search?q=产业").status_code)

        self._threads.append(threading.Thread(target=ask))
        self._threads[-1].start()

    def end(self, archive):
        archive.go_on.set()
        for thread in self._threads:
            thread.join()
        return self.statuses


def taken(app, archive, count):
    """Return searches that have all places."""
    searches = Searches(app)
    for _ in range(count):
        searches.ask()
        assert archive.asking.acquire(timeout=30)
    return searches


def test_the_next_waits_and_the_one_after_is_refused_at_once(make, archive):
    app = make(archive, SETTINGS)
    changed = Watched()
    app.extensions["xunwen"]["xunwen"].gate = Gate(2, 1, 30, changed)
    searches = taken(app, archive, 2)
    searches.ask()
    assert changed.waits.acquire(timeout=30)
    client = app.test_client()
    page, api = client.get("/search?q=产业"), client.get("/api/search?q=产业")
    for answer in (page, api):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert answer.headers["Content-Security-Policy"]
    assert "<h1>现在来的人太多了</h1>" in page.text
    assert api.json["error"] == {
        "code": "too_busy",
        "message": "too busy",
        "hint": "wait as long as Retry-After says",
    }
    assert not archive.asking.acquire(blocking=False)  # nobody else has asked
    assert searches.end(archive) == [200, 200, 200]
    assert client.get("/search?q=产业").status_code == 200


def test_who_waits_too_long_is_refused(make, archive):
    app = make(archive, SiteSettings(at_once=1, queue=1, queue_seconds=0))
    searches = taken(app, archive, 1)
    answer = app.test_client().get("/api/search?q=产业")
    assert (answer.status_code, answer.json["error"]["code"]) == (503, "too_busy")
    assert searches.end(archive) == [200]


@pytest.mark.parametrize("address", ["/healthz", "/metrics", "/static/style.css"])
def test_what_is_free_is_answered_all_the_while(make, archive, address):
    app = make(archive, SiteSettings(at_once=1, queue=0))
    searches = taken(app, archive, 1)
    with app.test_client().get(address) as answer:
        assert answer.status_code == 200
    assert searches.end(archive) == [200]


def test_errors_and_answers_that_are_known_give_their_places_up(make, archive):
    archive.go_on.set()
    client = make(archive, SiteSettings(at_once=1, queue=0)).test_client()
    tag = client.get("/search?q=产业").headers["ETag"]
    archive.failure = RuntimeError("inside")
    statuses = [
        client.get(address, headers=headers).status_code
        for address, headers in [
            ("/search?q=产业", {"If-None-Match": tag}),
            ("/search?q=产业", {}),
            ("/search?q=a&page=0", {}),
            ("/doc/nothing", {}),
        ]
    ]
    assert statuses == [304, 500, 400, 500]


def test_who_asks_too_often_takes_no_place(archive):
    app = create_app(archive, SiteSettings(at_once=1, queue=0, rate="1/minute"))
    archive.go_on.set()
    assert app.test_client().get("/search?q=产业").status_code == 200
    with app.extensions["xunwen"]["xunwen"].gate.place():
        assert app.test_client().get("/search?q=产业").status_code == 429
