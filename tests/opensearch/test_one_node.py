"""A node is the server it should be, outlives being killed, and does not outlive the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from tests.opensearch import nodes
from tests.opensearch.fetching import Server
from tests.opensearch.nodes import Node, NodeError, check

ROOT = Path(__file__).parents[2]


def test_a_node_answers_as_opensearch_of_the_version_that_the_pom_names(node: Node) -> None:
    told = node.ask("/")["version"]
    assert (told["distribution"], told["number"]) == ("opensearch", "3.8.0")
    check(node)


def test_a_node_of_another_version_or_without_a_module_is_refused(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(node, server=replace(node.server, version="3.7.0"))
    with pytest.raises(NodeError, match=r"^this is not OpenSearch 3\.7\.0: "):
        check(other)
    monkeypatch.setattr(nodes, "MODULES", nodes.MODULES | {"no.such.Plugin"})
    with pytest.raises(NodeError, match=r"^'n1' lacks no\.such\.Plugin$"):
        check(node)


def test_what_a_node_acknowledged_is_there_after_kill_9_and_a_start(
    node: Node, client: OpenSearch, index: str
) -> None:
    before = node.pid
    client.index(index=index, id="1", body={"b": "港口 新建 码头"})
    node.kill()
    assert not node.is_running
    with pytest.raises(NodeError, match="does not answer"):
        node.ask("/")
    node.start()
    node.wait_for(1)
    assert node.pid != before
    assert client.get(index=index, id="1")["_source"] == {"b": "港口 新建 码头"}
    assert client.count(index=index, body=term("码头"))["count"] == 1


def test_a_node_that_was_stopped_in_order_ends_by_itself_and_keeps_its_address(
    node: Node, client: OpenSearch, index: str
) -> None:
    address = node.address
    node.stop()
    assert not node.is_running
    assert node.last_lines().endswith("closed")
    node.start()
    node.wait_for(1)
    assert node.address == address
    assert client.indices.exists(index=index)


def test_a_node_that_cannot_start_is_told_with_its_last_words(
    opensearch: Server, tmp_path: Path
) -> None:
    broken = Node(opensearch, tmp_path / "n1", {"node.name": "n1", "no.such.setting": "1"})
    broken.settings["http.port"] = "1"
    broken.start()
    with pytest.raises(NodeError, match=r"(?s)^'n1' has ended:.*unknown setting \[no\.such"):
        broken.wait_for(1, seconds=60)
    broken.kill()


@pytest.mark.usefixtures("opensearch")
def test_no_node_outlives_the_program_that_started_it() -> None:
    command = [sys.executable, "-m", "tests.opensearch.running"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        _, address, pid = program.stdout.readline().split()
        assert listens(address)
        program.kill()
    deadline = time.monotonic() + 30
    while listens(address) and time.monotonic() < deadline:
        time.sleep(0.05)
    is_left = listens(address)
    if is_left:
        os.kill(int(pid), signal.SIGKILL)
    assert not is_left


def listens(address: str) -> bool:
    """Tell whether anyone listens there, which a process that has ended does not, reaped or not."""
    host, port = address.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), 5).close()
    except OSError:
        return False
    return True


def term(word: str) -> dict[str, object]:
    return {"query": {"term": {"b": word}}}
