"""The site on its server."""

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from search.errors import ServerError
from web.server import serve

SITE = """
import sys
from flask import Flask
from web.server import serve
app = Flask("site")
app.add_url_rule("/", view_func=lambda: "港")
serve(app, "127.0.0.1", 0, lambda url: print(url, flush=True))
"""


def refuse(url):
    raise AssertionError(f"announced {url}")


def test_a_port_that_is_taken_is_said_before_anything_is_announced(app):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError) as raised:
            serve(app, "127.0.0.1", port, refuse)
    assert str(raised.value) == f"cannot serve on '127.0.0.1:{port}': address already in use"
    assert raised.value.hint == "try another --port, or --port 0 for any that is free"


@pytest.mark.parametrize(
    ("host", "cause"),
    [("x" * 64, "no such host"), ("192.0.2.1", "cannot assign requested address")],
)
def test_a_host_that_is_not_here_is_said(app, host, cause):
    with pytest.raises(ServerError) as raised:
        serve(app, host, 0, refuse)
    assert str(raised.value) == f"cannot serve on '{host}:0': {cause}"
    assert raised.value.hint == "try --host 127.0.0.1"


def test_a_port_that_does_not_exist_is_said(app):
    with pytest.raises(ServerError) as raised:
        serve(app, "127.0.0.1", 70000, refuse)
    assert str(raised.value) == "cannot serve on port 70000: no such port"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_once_announced_and_ends_cleanly(ending):
    with subprocess.Popen(
        [sys.executable, "-c", SITE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as site:
        assert site.stdout
        url = site.stdout.readline().strip()
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert answer.read().decode() == "港"
            assert answer.headers["Server"] is None
        site.send_signal(ending)
        _, errors = site.communicate(timeout=10)
    assert site.returncode == 0
    assert errors == ""
