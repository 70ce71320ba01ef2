"""A cluster that cannot answer, or may not, is an error that says why; it is never an answer."""

import re
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from search import Archive
from search import Cluster as Place
from search.engine.opensearch.catalog import Catalog
from search.errors import (
    ClusterRefusedError,
    ClusterUnavailableError,
    QueryTimeoutError,
    SearchError,
    SettingError,
    UnsupportedError,
)
from tests.opensearch.load import Articles, wrong_in
from tests.opensearch.nodes import Cluster, free_ports
from tests.opensearch.proxy import Asked, Reply, between, refusal

Ask = Callable[[Asked], Reply]
SECRETS = {"user": "leser", "password": "streng-geheim", "api_key": ""}
KEY = "c2VocjpnZWhlaW0="
OPENSEARCH = {"version": {"distribution": "opensearch", "number": "3.8.0"}}


def nobody() -> str:
    """Return an address at which nobody listens."""
    (port,) = free_ports(1)
    return f"http://127.0.0.1:{port}"


def refused(place: Place) -> SearchError:
    """Return the error of a search, which that of an update and a build is too."""
    found = []
    for run in (
        lambda: Archive(place).search("港口"),
        lambda: Archive(place).update(),
        lambda: Archive.build([Path(__file__).parent], place),
    ):
        with pytest.raises(SearchError) as caught:
            run()
        found.append(caught.value)
    assert len({(type(one), str(one)) for one in found}) == 1, found
    for secret in ("streng-geheim", KEY):
        assert not any(secret in f"{one!r} {one} {one.hint} {one.__cause__!r}" for one in found)
    return found[0]


def always(reply: Reply) -> Callable[[Asked, Ask], Reply]:
    return lambda *_: reply


def test_no_node_at_all_is_unavailable() -> None:
    address = nobody()
    error = refused(Place((address,), **SECRETS))
    assert type(error) is ClusterUnavailableError
    assert str(error) == f"cannot reach xunwen ({address}): no node answers"


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("who", [SECRETS, {"api_key": KEY}], ids=["password", "key"])
def test_who_is_not_let_in_is_told_so_without_the_secret(
    status: int, who: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def rule(asked: Asked, _: Ask) -> Reply:
        seen.append(asked.authorization)
        return refusal(status, "security_exception", "no permissions")

    with between(rule) as address:
        error = refused(Place((address,), **who))
        assert str(error) == (
            f"cannot use xunwen ({address}): the user or key was not accepted ({status})"
        )
    assert type(error) is ClusterRefusedError
    assert seen
    assert all(seen)
    assert not any(secret in caplog.text for secret in ("streng-geheim", KEY, seen[0]))


@pytest.mark.parametrize(
    ("told", "runs"),
    [
        ({"version": {"number": "8.15.0", "build_flavor": "default"}}, "elasticsearch 8.15.0"),
        ({"version": {"distribution": "opensearch", "number": "1.3.2"}}, "opensearch 1.3.2"),
    ],
)
def test_another_server_or_version_is_told_by_its_name(told: object, runs: str) -> None:
    with between(always(Reply.of(200, told))) as address:
        error = refused(Place((address,)))
        assert str(error) == f"cannot use xunwen ({address}): it runs {runs}"
    assert type(error) is UnsupportedError
    assert error.hint == "use OpenSearch 2.19 or newer"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>welcome to nginx</html>", "text/html"),
        Reply(404, b"<html>not found</html>", "text/html"),
        Reply(200, b"{}"),
        Reply(200, b"[]"),
        Reply(200, b'{"version": {"distribution": "opensearch", "number": "next"}}'),
        Reply(200, b"half of {"),
    ],
    ids=["page", "no page", "empty", "list", "no number", "half"],
)
def test_what_is_no_opensearch_is_told_to_be_none(reply: Reply) -> None:
    with between(always(reply)) as address:
        error = refused(Place((address,)))
        assert str(error) == f"cannot use xunwen ({address}): what answers there is no OpenSearch"
    assert type(error) is UnsupportedError


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_cluster_that_is_busy_or_fails_is_unavailable_and_says_why(status: int) -> None:
    busy = refusal(status, "some_exception", "too many requests")
    with between(always(busy)) as address:
        error = refused(Place((address,)))
        assert str(error) == f"cannot reach xunwen ({address}): too many requests ({status})"
    assert type(error) is ClusterUnavailableError


def test_a_server_that_does_not_answer_in_time_is_unavailable() -> None:
    over = threading.Event()

    def rule(*_: object) -> Reply:
        over.wait(30)
        return refusal(503, "late", "too late")

    with between(rule) as address:
        try:
            with pytest.raises(ClusterUnavailableError) as caught:
                Archive(Place((address,), timeout=1)).search("港口", seconds=0)
            said = f"cannot reach xunwen ({address}): it did not answer in time"
            assert str(caught.value) == said
            with pytest.raises(QueryTimeoutError):
                Archive(Place((address,), timeout=2)).search("港口", seconds=0.2)
        finally:
            over.set()


@pytest.fixture
def untrusted(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose certificate nobody has signed but itself."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_certificate_that_is_not_trusted_is_told_and_nothing_is_sent(untrusted: str) -> None:
    error = refused(Place((untrusted,), **SECRETS))
    cause = "the connection is not trusted (self-signed certificate)"
    assert re.sub("self.signed", "self-signed", str(error)) == (
        f"cannot use xunwen ({untrusted}): {cause}"
    )
    assert type(error) is ClusterRefusedError


def test_a_certificate_that_search_toml_names_is_trusted(untrusted: str, tmp_path: Path) -> None:
    place = Place((untrusted,), ca=str(tmp_path / "certificate.pem"))
    error = refused(place)  # let in, by a server that answers nothing of use
    assert "trusted" not in str(error)


def test_certificates_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()
    for name, cause in {
        "none.pem": "no such file or directory",
        "empty.pem": "there is no certificate in it",
    }.items():
        file = str(tmp_path / name)
        with pytest.raises(SettingError) as caught:
            Archive(Place(("https://127.0.0.1:1",), ca=file))
        assert str(caught.value) == f"cannot read '{file}': {cause}"
        assert caught.value.hint == "mend 'ca' in search.toml"


@pytest.fixture
def articles(tmp_path: Path) -> Articles:
    made = Articles(tmp_path / "news")
    made.write()
    return made


def test_a_node_that_is_down_is_passed_over(cluster: Cluster, articles: Articles) -> None:
    whole = Place(tuple(cluster.addresses), replicas=0)
    Archive.build([articles.folder], whole)
    for address in cluster.addresses:
        place = Place((nobody(), nobody(), address), replicas=0)
        articles.write()
        Archive(place).update()
        assert wrong_in(Archive(place), articles.run, articles.run) == ""


def test_a_part_without_a_node_is_an_error_and_never_an_answer_without_it(
    cluster: Cluster, articles: Articles
) -> None:
    place = Place(tuple(cluster.addresses), shards=3, replicas=0, timeout=5)
    Archive.build([articles.folder], place)
    archive = Archive(place, seconds=10)
    assert wrong_in(archive, 1, 1) == ""
    manager = cluster.manager()
    gone = next(node for node in cluster.nodes if node is not manager)
    gone.kill()
    manager.wait_for(2, "red")
    articles.write()
    for ask in (
        lambda: archive.search("集群"),
        lambda: archive.search("集群", facets=["year"]),
        lambda: archive.newest(),
        lambda: archive.digest(),
        lambda: archive.suggest("集"),
    ):
        with pytest.raises((ClusterUnavailableError, QueryTimeoutError)):
            ask()
    with pytest.raises(ClusterUnavailableError):
        archive.update()
    gone.start()
    manager.wait_for(3)
    assert wrong_in(archive, 1, 1) == ""
    archive.update()
    assert wrong_in(archive, 2, 2) == ""


def test_an_index_that_is_closed_is_an_error(cluster: Cluster, articles: Articles) -> None:
    place = Place(tuple(cluster.addresses), replicas=1)
    Archive.build([articles.folder], place)
    live = Catalog(place).current()
    assert live is not None
    index = Catalog(place).place(live).index
    with OpenSearch(cluster.addresses) as client:
        client.indices.close(index=index)
        for run in (lambda: Archive(place).search("集群"), lambda: Archive(place).update()):
            with pytest.raises(ClusterUnavailableError) as caught:
                run()
            assert "closed" in str(caught.value)
        client.indices.open(index=index)
    cluster.nodes[0].wait_for(3)
    assert wrong_in(Archive(place), 1, 1) == ""
