"""A server between a client and a node, which passes requests on, or answers them as it is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Asked(NamedTuple):
    """A request."""

    method: str
    path: str
    body: bytes
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    body: bytes
    kind: str = "application/json"

    @classmethod
    def of(cls, status: int, told: Any) -> "Reply":
        return cls(status, json.dumps(told).encode())


LOST = Reply(0, b"")  # the connection ends without an answer
Rule = Callable[[Asked, Callable[[Asked], Reply]], Reply]  # may pass on what was asked


def refusal(status: int, kind: str, reason: str) -> Reply:
    """Return how OpenSearch words an error."""
    return Reply.of(status, {"error": {"type": kind, "reason": reason}, "status": status})


@contextmanager
def between(rule: Rule, node: str = "") -> Iterator[str]:
    """Give the address of a server that answers by a rule, and may ask a node."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(rule, node)) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def passed_on(node: str) -> Callable[[Asked], Reply]:
    """Return what asks a node the same."""

    def ask(asked: Asked) -> Reply:
        connection = HTTPConnection(urlsplit(node).netloc, timeout=60)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(asked.method, asked.path, asked.body or None, headers)
            answer = connection.getresponse()
            return Reply(answer.status, answer.read())
        finally:
            connection.close()

    return ask


def _handler(rule: Rule, node: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            who = self.headers.get("Authorization", "")
            reply = rule(Asked(self.command, self.path, body, who), passed_on(node))
            if reply is LOST:
                self.close_connection = True
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        def log_message(self, *_: Any) -> None:
            """Nothing: a test's own output is enough."""

    for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        setattr(Handler, f"do_{method}", Handler.answer)
    return Handler
