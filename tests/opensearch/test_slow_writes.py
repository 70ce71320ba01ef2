"""What a cluster takes too late is sent again, and nothing is hidden by what came of the first."""

import json
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from search import Archive
from search.archive.live import LiveIndex
from search.engine.opensearch.bulk import Bulk
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node

COUNT = 1_100


def test_after_a_request_that_took_too_long_all_documents_are_there_at_once(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that is written twice is out of sight between: 557 of 1,103 were there."""
    written, is_paused = Bulk.index, threading.Event()

    def write_to_who_hangs(bulk: Bulk, bodies: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        if not is_paused.is_set():
            is_paused.set()
            threading.Timer(0.1, node.pause).start()
            threading.Timer(2.8, node.resume).start()
        written(bulk, bodies)

    monkeypatch.setattr(Bulk, "index", write_to_who_hangs)
    records = [json.dumps({"id": f"p{n}", "body": f"床前明月光{n}"}) for n in range(COUNT)]
    (tmp_path / "poems.jsonl").write_text("\n".join(records), "utf-8")
    place = place_on(node, timeout=2)
    Archive.build([tmp_path / "poems.jsonl"], place)
    reader = LiveIndex(place).reader()
    assert len(reader.numbers()) == reader.stats().documents == COUNT
