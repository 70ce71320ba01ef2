"""OpenSearch nodes for tests: each a JVM on loopback that can be stopped, killed and started alone.

What a node writes, its log included, lies in a folder that the caller gives and removes.
"""

import http.client
import json
import random
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.opensearch.fetching import Server

MODULES = {
    "OneNode$WithoutThai",  # the analysis module; see there
    "org.opensearch.index.mapper.MapperExtrasModulePlugin",
    "org.opensearch.index.reindex.ReindexModulePlugin",
    "org.opensearch.painless.PainlessModulePlugin",
    "org.opensearch.script.expression.ExpressionModulePlugin",
    "org.opensearch.transport.Netty4ModulePlugin",
}
START_SECONDS = 120  # two busy cores take 30 for three nodes
HOST = "127.0.0.1"

SETTINGS = {
    "network.host": HOST,
    "node.processors": "2",
    "node.roles": "cluster_manager,data",
    "action.auto_create_index": "false",
    # A disk that is nearly full is no reason to refuse a test's hundred documents.
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    # A node that hangs is given up after 4 seconds, not 30.
    "cluster.fault_detection.follower_check.timeout": "2s",
    "cluster.fault_detection.follower_check.retry_count": "2",
    "cluster.fault_detection.leader_check.timeout": "2s",
    "cluster.fault_detection.leader_check.retry_count": "2",
    # A new manager waits so long for the one that hangs before it does anything else, not 30.
    "cluster.publish.timeout": "5s",
}


class NodeError(Exception):
    """A node, or a cluster in the state that was waited for, is not there."""


@dataclass
class Node:
    """One node: its ports and its folder stay the same however often it is started."""

    server: Server
    folder: Path
    settings: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def name(self) -> str:
        return self.settings["node.name"]

    @property
    def port(self) -> int:
        return int(self.settings["http.port"])

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        if self.process is None:
            raise NodeError(f"'{self.name}' is not running")
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, without waiting for it."""
        assert not self.is_running, f"{self.name} runs already"
        self.folder.mkdir(parents=True, exist_ok=True)
        command = self.server.command(self.folder, self.settings)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.PIPE, stdout=log, stderr=log
            )

    def stop(self) -> None:
        """Let it leave the cluster and close its files, and wait for its end."""
        self.end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would, paused or not."""
        self.end(signal.SIGKILL)

    def pause(self) -> None:
        """Make it hang: its connections stay open, and nobody answers."""
        self.send(signal.SIGSTOP)

    def resume(self) -> None:
        self.send(signal.SIGCONT)

    def send(self, number: signal.Signals) -> None:
        if not self.is_running:
            raise NodeError(f"'{self.name}' is not running")
        assert self.process is not None
        self.process.send_signal(number)

    def end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(30)
            raise
        finally:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process = None

    def ask(self, path: str, timeout: float = 10) -> Any:
        """Return what GET answers, or raise `NodeError`: no retries, no other node asked."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise NodeError(f"'{self.name}' does not answer: {error}") from error
        finally:
            connection.close()
        if answer.status != 200:
            raise NodeError(f"'{self.name}' answers {answer.status} to {path}: {told}")
        return told

    def wait_for(self, nodes: int, status: str = "green", seconds: float = START_SECONDS) -> Any:
        """Return the health of its cluster as soon as it has so many nodes and that status."""
        deadline = time.monotonic() + seconds
        wanted = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=5s"
        last = None
        while time.monotonic() < deadline:
            if not self.is_running:
                raise NodeError(f"'{self.name}' has ended:\n{self.last_lines()}")
            try:
                return self.ask(wanted)
            except NodeError as error:
                last = error
                time.sleep(0.1)
        raise NodeError(f"no {nodes} nodes with status {status} in {seconds} s: {last}")

    @property
    def log(self) -> Path:
        return self.folder / "node.log"

    def last_lines(self) -> str:
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-30:])


@dataclass
class Cluster:
    """Nodes of one cluster, running unless one was stopped."""

    nodes: list[Node]

    @property
    def addresses(self) -> list[str]:
        return [node.address for node in self.nodes]

    def running(self) -> list[Node]:
        return [node for node in self.nodes if node.is_running]

    def manager(self) -> Node:
        """Return the node that the others have elected."""
        (elected,) = self.running()[0].ask("/_cat/cluster_manager?format=json")
        return self.named(elected["node"])

    def named(self, name: str) -> Node:
        (node,) = (node for node in self.nodes if node.name == name)
        return node

    def heal(self) -> None:
        """Have all nodes running, awake and together, whatever was done to them."""
        for node in self.nodes:
            if node.is_running:
                node.resume()
            else:
                node.kill()
                node.start()
        for node in self.nodes:
            node.wait_for(len(self.nodes), "yellow")


@contextmanager
def started(server: Server, folder: Path, count: int = 1) -> Iterator[Cluster]:
    """Give a new cluster of so many nodes, all joined and checked; end them whatever happens."""
    ports = free_ports(2 * count)
    names = [f"n{number}" for number in range(1, count + 1)]
    common = SETTINGS | {"cluster.name": f"xunwen-tests-{secrets.token_hex(4)}"}
    if count == 1:
        common["discovery.type"] = "single-node"
    else:
        common["discovery.seed_hosts"] = ",".join(f"{HOST}:{port}" for port in ports[count:])
        common["cluster.initial_cluster_manager_nodes"] = ",".join(names)
    nodes = []
    for name, port, transport in zip(names, ports[:count], ports[count:], strict=True):
        home = folder / name
        own = {"node.name": name, "http.port": f"{port}", "transport.port": f"{transport}"}
        nodes.append(Node(server, home, common | own))
    with ExitStack() as ends:
        for node in nodes:
            ends.callback(node.kill)
            node.start()
        for node in nodes:
            node.wait_for(count)
            check(node)
        yield Cluster(nodes)


def check(node: Node) -> None:
    """Raise where a node is no OpenSearch, or of another version, or lacks a module."""
    told = node.ask("/")["version"]
    if (told.get("distribution"), told["number"]) != ("opensearch", node.server.version):
        raise NodeError(f"this is not OpenSearch {node.server.version}: {told}")
    (own,) = node.ask("/_nodes/_local/plugins")["nodes"].values()
    missing = MODULES - {plugin["name"] for plugin in own["plugins"]}
    if missing:
        raise NodeError(f"'{node.name}' lacks {', '.join(sorted(missing))}")


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on.

    They lie below those that systems hand out to outgoing connections, one of which could take the
    port of a node that is down.
    """
    found: list[int] = []
    # Not by a seed: tests set the same in each of several processes.
    for port in random.SystemRandom().sample(range(20_000, 32_000), 500):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            found.append(port)
        if len(found) == count:
            return found
    raise NodeError(f"no {count} free ports below 32000")
