"""A cluster that does not answer: commands end with 2, the site answers 503, and both say why."""

import logging
from pathlib import Path

import pytest

from search import Archive, Cluster
from search.archive import ClusterUnavailableError
from search.cli import main
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node
from web import create_app

CLOSED = "http://127.0.0.1:1"  # nothing listens there


@pytest.mark.parametrize(
    "command",
    [
        ["长三角"],
        ["status"],
        ["index", "."],
        ["index", "--heal"],
        ["index", "--dry-run"],
        ["doctor", "--deep"],
        ["serve"],
        ["show", "a"],
        ["related", "a"],
        ["suggest", "长"],
        ["verify"],
        ["analyze", "长"],
        ["analyze", "--query", "长"],
    ],
    ids=" ".join,
)
def test_a_cluster_that_does_not_answer_ends_any_command_with_two(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    command: list[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    toml = tmp_path / "search.toml"
    toml.write_text(f"engine = 'opensearch'\nhosts = ['{CLOSED}']", "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("SEARCH_USER", "SEARCH_PASSWORD"):
        monkeypatch.setenv(name, f"geheim-{name}")
    assert main(command) == 2
    said = capsys.readouterr()
    assert said == (
        "",
        f"search: cannot reach xunwen ({CLOSED}): no node answers\n"
        "hint: see that the nodes run and can be reached, then run the command again\n",
    )
    assert "geheim" not in caplog.text


def test_the_site_starts_without_the_cluster_and_answers_503(
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = Cluster((CLOSED,), user="geheim-u", password="geheim-p")
    client = create_app(Archive(place)).test_client()
    for address in ("/", "/search?q=长", "/doc/a", "/api/search?q=长", "/healthz"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10"), address
        assert CLOSED not in answer.text
    assert client.get("/healthz").json["error"]["code"] == "cluster_unavailable"
    assert f"cannot reach xunwen ({CLOSED}): no node answers" in caplog.text
    assert "geheim" not in caplog.text + client.get("/metrics").text


def test_the_site_answers_again_when_the_node_does(node: Node, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("长三角产业。", "utf-8")
    place = place_on(node)
    client = create_app(Archive.build([tmp_path], place)).test_client()
    assert client.get("/healthz").json["articles"] == 1
    node.kill()
    assert client.get("/healthz").status_code == 503
    node.start()
    node.wait_for(1)
    assert client.get("/healthz").status_code == 200
    assert client.get("/api/search?q=产业").json["total"] == 1


def test_a_node_that_does_not_answer_in_time_is_an_outage(node: Node, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("长三角产业。", "utf-8")
    archive = Archive.build([tmp_path], place_on(node, timeout=1))
    node.pause()
    try:
        with pytest.raises(ClusterUnavailableError) as caught:
            archive.search("产业", seconds=0)
    finally:
        node.resume()
    assert str(caught.value) == f"cannot reach {archive.index}: it did not answer in time"
    assert archive.search("产业").total == 1
