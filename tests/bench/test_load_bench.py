"""The load generator: what it says of answers and failures, whatever the times."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import Answer, addresses, load, report
from search.document import Document


class Answering(BaseHTTPRequestHandler):
    """Answers 503 below /busy, and 200 with its own time elsewhere."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(503 if self.path.startswith("/busy") else 200)
        if not self.path.startswith("/mute"):
            self.send_header("Server-Timing", "total;dur=2.50")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def port():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_every_request_is_answered_once_and_what_failed_is_named(port):
    answers = load(port, ["/busy", "/a", "/mute", "/busy", "/b"], 1000)
    assert sorted((answer.error, answer.server_ms or 0) for answer in answers) == [
        ("", 0),
        ("", 2.5),
        ("", 2.5),
        ("503", 2.5),
        ("503", 2.5),
    ]


def test_a_server_that_is_not_there_is_an_error_of_every_request():
    with socket.socket() as taken:  # and listened to by nobody
        taken.bind(("127.0.0.1", 0))
        answers = load(taken.getsockname()[1], ["/a", "/b"], 1000)
    assert [answer.error for answer in answers] == ["ConnectionRefusedError"] * 2


def test_times_that_were_not_told_count_for_nothing():
    answers = [Answer(2, 1), Answer(4, 3), Answer(6, None), Answer(8, 99, "500")]
    assert report(answers, 50) == [
        "4 requests at 50 a second, 1 errors, 1 × 500",
        "at the server: p50 2.0, p90 2.8, p95 2.9, p99 3.0, most 3.0 ms",
        "from when it was due: p50 5.0, p90 7.4, p95 7.7, p99 7.9, most 8.0 ms",
    ]


def test_where_all_fail_it_says_so():
    assert report([Answer(1, None, "TimeoutError")], 50)[:2] == [
        "1 requests at 50 a second, 1 errors, 1 × TimeoutError",
        "at the server: not told",
    ]


def test_addresses_are_the_same_for_the_same_documents():
    documents = [
        Document(id=f"{n}", title="", body="长三角的产业链与绿色交通一体化示范区" * 5)
        for n in range(5)
    ]
    assert addresses(documents, 20) == addresses(documents, 20)
    assert all(one.startswith("/search?q=") for one in addresses(documents, 20))
