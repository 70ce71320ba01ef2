"""The log: an object a line, each request in it where that is asked for, and no query elsewhere."""

import json
import logging
import re
import sys

import flask
import pytest

from search.archive import IndexDamagedError, SiteSettings
from tests.web.conftest import CHAIN, FakeArchive
from tests.web.log_lines import logged
from web import create_app, create_blueprint
from web.logs import LEFT_OUT, JsonLines

SEARCHED = ["长三角算力", "q=", "%E9%95%BF"]


def get(client, address, **options):
    """Ask as a server does, which closes each answer when it has gone out."""
    with client.get(address, **options) as answer:
        return answer


def test_a_request_is_told_as_an_object_without_what_was_searched_for(client):
    with logged() as lines:
        answer = get(client, "/search?q=长三角算力", headers={"X-Request-Id": "proxy-0001"})
    (line,) = lines
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "logger": "xunwen.access",
        "message": "request",
        "id": "proxy-0001",
        "method": "GET",
        "route": "/search",
        "path": "/search",
        "status": 200,
        "generation": "0001.1",
        "client": "127.0.0.1",
        "bytes": len(answer.data),
    }


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/doc/seeds/chain.txt?q=产业", "/doc/<article_id:article_id>", 200),
        ("/api/doc/nothing?q=产业", "/api/doc/<article_id:article_id>", 404),
        ("/nowhere?q=产业", "elsewhere", 404),
        ("/static/style.css?q=产业", "/static/<path:filename>", 200),
        ("/search?q=", "/search", 302),
        ("/healthz", "/healthz", 200),
    ],
)
def test_so_is_every_other_address(client, address, route, status):
    with logged() as lines:
        get(client, address)
    (line,) = lines
    assert (line["route"], line["status"]) == (route, status)
    assert line["path"] == address.partition("?")[0]
    assert "产业" not in json.dumps(line, ensure_ascii=False)


def test_bytes_are_those_that_are_sent(client):
    with logged() as lines:
        packed = get(client, "/search?q=产业", headers={"Accept-Encoding": "gzip"})
        with client.head("/search?q=产业"):
            pass
        get(client, "/search?q=产业", headers={"If-None-Match": packed.headers["ETag"]})
    assert [line["bytes"] for line in lines] == [len(packed.data), 0, 0]
    assert [line["status"] for line in lines] == [200, 200, 304]


def test_without_asking_for_it_no_request_is_told(client):
    with logged(each_request=False) as lines:
        get(client, "/search?q=产业")
    assert lines == []


def test_queries_are_told_where_that_is_asked_for(archive):
    client = create_app(archive, SiteSettings(log_queries=True)).test_client()
    with logged() as lines:
        get(client, "/search", query_string="q=长三角&page=2")
    assert lines[0]["query"] == "q=长三角&page=2"


def test_the_reader_is_named_by_a_proxy_only_where_one_was_named(archive):
    told = []
    for proxies in (0, 1):
        client = create_app(archive, SiteSettings(proxies=proxies)).test_client()
        with logged() as lines:
            get(client, "/help", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.7"})
        told.append(lines[0]["client"])
    assert told == ["127.0.0.1", "192.0.2.7"]


def test_a_surprise_is_told_with_its_traceback_and_the_id_that_the_reader_has(client, archive):
    archive.failure = RuntimeError("the disk at /machine is gone")
    with logged(each_request=False) as lines:
        answer = get(client, "/api/search?q=长三角算力")
    (line,) = lines
    assert line["id"] == answer.json["request_id"]
    assert (line["level"], line["code"], line["path"]) == ("error", "internal", "/api/search")
    assert line["traceback"].endswith("RuntimeError: the disk at /machine is gone\n")
    assert ", in _refuse\n    raise self.failure\n" in line["traceback"]


@pytest.mark.parametrize(
    ("said", "is_left_out"),
    [
        ("no such word: '长三角算力'", True),
        ("no such word: '三角'", True),
        ("at /search?q=%E9%95%BF%E4%B8%89", True),
        ("no such file", False),
    ],
)
def test_what_an_exception_says_is_left_out_where_it_may_hold_the_query(
    client, archive, said, is_left_out
):
    archive.failure = RuntimeError("outer")
    archive.failure.__cause__ = KeyError(said)
    with logged() as lines:
        get(client, "/search?q=长三角算力")
    told = lines[0]["traceback"]
    assert told.endswith("RuntimeError: outer\n")
    assert f"KeyError: {LEFT_OUT}\n" in told if is_left_out else said in told
    assert not any(one in json.dumps(lines, ensure_ascii=False) for one in SEARCHED)


def test_with_queries_it_is_told_whole(archive):
    archive.failure = RuntimeError("长三角")
    client = create_app(archive, SiteSettings(log_queries=True)).test_client()
    with logged(each_request=False) as lines:
        get(client, "/search?q=长三角")
    assert lines[0]["traceback"].endswith("RuntimeError: 长三角\n")


def test_an_index_that_cannot_answer_is_told_whole(client, archive):
    archive.failure = IndexDamagedError("/machine/i", "page 3 is torn")
    with logged(each_request=False) as lines:
        get(client, "/search?q=产业")
    (line,) = lines
    assert "cannot open index '/machine/i': page 3 is torn; hint: " in line["message"]
    assert line["code"] == "index_damaged"


@pytest.mark.parametrize("name", ["waitress", "gunicorn.error"])
def test_a_server_that_names_an_address_names_it_without_the_query(name):
    try:
        raise ValueError("cannot parse 'GET /search?q=长三角'")
    except ValueError:
        record = logging.LogRecord(
            *(name, logging.ERROR, "a.py", 1, "Error handling request %s"),
            *(("/search?q=长 三角",), sys.exc_info()),
        )
    line = json.loads(JsonLines().format(record))
    assert line["message"] == "Error handling request /search?…"
    assert line["traceback"].endswith("ValueError: cannot parse 'GET /search?…\n")


def test_whatever_a_path_holds_is_one_line_of_json(client):
    with logged() as lines:
        get(client, '/doc/a%0A"b"%00%E2%80%A8长%C2%85')
    assert lines[0]["path"] == '/doc/a\n"b"\0\u2028长\x85'


def test_in_an_app_of_ones_own_the_app_decides_what_is_logged(caplog):
    app = flask.Flask("host", static_folder=None)
    app.register_blueprint(create_blueprint(FakeArchive(CHAIN)), url_prefix="/find")
    client = app.test_client()
    get(client, "/find/help")
    assert caplog.messages == []
    with caplog.at_level(logging.INFO, "xunwen.access"):
        get(client, "/find/help")
    (record,) = caplog.records
    assert record.xunwen_fields["route"] == "/find/help"
