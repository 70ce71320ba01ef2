"""`search serve` on a real node, in one process and with workers; and a folder served beside it."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search import Archive
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node

SECRET = "geheim"
RUN = "from search.cli import run; run()"


@contextmanager
def serving(folder: Path, node: Node, *options: str) -> Iterator[str]:
    """Serve as search.toml of a folder and variables say; yield the address, end with the test."""
    variables = {
        "SEARCH_ENGINE": "opensearch",
        "SEARCH_HOSTS": node.address,
        "SEARCH_USER": "wer",
        "SEARCH_PASSWORD": SECRET,
    }
    with (folder / "stderr").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", RUN, "serve", "--port", "0", "--log", *options],
            cwd=folder,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert " at http" in line, (folder / "stderr").read_text("utf-8")
            yield line.split(" at ")[1].split()[0]
        finally:
            process.terminate()
            process.wait(60)
            process.stdout.close()


def get(address: str) -> tuple[int, dict]:
    """Return the status and the object of an answer."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


@pytest.mark.parametrize("options", [(), ("--workers", "1")], ids=["waitress", "gunicorn"])
def test_the_site_answers_from_the_cluster_and_tells_an_outage(
    node: Node, tmp_path: Path, options: tuple[str, ...]
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.txt").write_text("长三角产业。", "utf-8")
    archive = Archive.build([tmp_path / "docs"], place_on(node))
    with serving(tmp_path, node, *options) as address:
        told = {"status": "ok", "generation": archive.status().generation, "articles": 1}
        assert get(f"{address}healthz") == (200, told)
        (tmp_path / "docs/b.txt").write_text("码头产业。", "utf-8")
        archive.update()
        assert get(f"{address}api/search?q=%E4%BA%A7%E4%B8%9A")[1]["total"] == 2
        node.kill()
        status, said = get(f"{address}healthz")
        assert (status, said["error"]["code"]) == (503, "cluster_unavailable")
    log = (tmp_path / "stderr").read_text("utf-8")
    assert f"cannot reach {archive.index}: no node answers" in log
    assert SECRET not in log


def test_with_workers_too_a_folder_that_is_named_is_what_is_served(
    node: Node, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("长三角产业。", "utf-8")
    Archive.build([tmp_path / "a.txt"], tmp_path / "there")
    with serving(tmp_path, node, "--workers", "1", "--index", "there") as address:
        assert get(f"{address}healthz")[1]["generation"] == "gen-000001"
