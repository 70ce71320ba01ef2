"""Documents are analysed by the batch, by one process or several, in their order."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from search.analysis.batch import Batch
from search.analysis.batching import AHEAD, Aside, Batching
from search.document import Document

DOCUMENTS = [Document(str(n), "题", "示范区的产业，5G。" * 60_000) for n in range(9)]


def batched(batching: Batching) -> list[Batch]:
    found = [batch for document in DOCUMENTS for batch in batching.add([document])]
    return [*found, *batching.rest()]


def test_batches_keep_order_and_lose_nothing() -> None:
    found = batched(Batching())
    assert [d for batch in found for d in batch.documents] == DOCUMENTS
    assert 1 < len(found) < len(DOCUMENTS)


def test_several_processes_give_what_one_does() -> None:
    for one, other in zip(batched(Batching()), batched(Batching(jobs=2)), strict=True):
        assert one.documents == other.documents
        assert one.words.terms == other.words.terms
        assert np.array_equal(one.characters, other.characters)
        assert np.array_equal(one.word_counts, other.word_counts)


def ids_of(documents: Sequence[Document]) -> list[str]:
    return [document.id for document in documents]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_done_aside_is_handed_over_in_the_order_of_the_documents(jobs) -> None:
    taken: list[str] = []
    batching = Batching(jobs, Aside(ids_of, taken.extend))
    batched(batching)
    assert taken == [document.id for document in DOCUMENTS]


def test_this_process_takes_back_at_the_end_what_no_other_has_begun(monkeypatch) -> None:
    class Stuck:
        """A pool whose process is at its first batch; that comes to an end last."""

        def __init__(self, *_) -> None:
            self.first: Future | None = None

        def submit(self, analyze, documents) -> Future:
            future = Future()
            if self.first is None:
                self.first = future
                future.set_running_or_notify_cancel()
                future.result = lambda: analyze(documents)
            return future

        def shutdown(self, **_) -> None:
            pass

    monkeypatch.setattr("search.analysis.batching.ProcessPoolExecutor", Stuck)
    monkeypatch.setattr("search.analysis.batching.BATCH_CHARACTERS", 1)
    batching = Batching(jobs=2)
    for document in DOCUMENTS[:AHEAD]:
        assert list(batching.add([document])) == []
    found = [d for batch in batching.rest() for d in batch.documents]
    assert found == DOCUMENTS[:AHEAD]


def test_this_process_cuts_when_the_others_have_enough_to_do(monkeypatch) -> None:
    given = []

    class Busy:
        """A pool whose processes do not come to an end."""

        def __init__(self, *_) -> None:
            pass

        def submit(self, analyze, documents) -> Future:
            given.append((analyze, documents, Future()))
            return given[-1][-1]

        def shutdown(self, **_) -> None:
            pass

    monkeypatch.setattr("search.analysis.batching.ProcessPoolExecutor", Busy)
    monkeypatch.setattr("search.analysis.batching.BATCH_CHARACTERS", 1)
    batching = Batching(jobs=2)
    for document in DOCUMENTS:
        assert list(batching.add([document])) == []
    assert [documents for _, documents, _ in given] == [[d] for d in DOCUMENTS[:AHEAD]]
    for analyze, documents, future in given:
        future.set_result(analyze(documents))
    assert [d for batch in batching.rest() for d in batch.documents] == DOCUMENTS


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them(ending) -> None:
    program = """
from search.analysis.batching import Batching
from search.document import Document
batching = Batching(2)
if __name__ == "__main__":
    list(batching.add([Document("a", "", "产业。" * 800_000)]))
    while not batching._running[0][1].done():
        pass
    print(*batching._pool._processes, flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        other = int(running.stdout.readline())
        running.send_signal(ending)
        running.wait(20)
        deadline = time.monotonic() + 20
        while Path(f"/proc/{other}/cmdline").exists() and time.monotonic() < deadline:
            if not Path(f"/proc/{other}/cmdline").read_bytes():  # has ended, nobody has asked how
                break
            time.sleep(0.02)
        else:
            assert time.monotonic() < deadline


def test_few_documents_start_no_process(monkeypatch) -> None:
    monkeypatch.setattr("search.analysis.batching.ProcessPoolExecutor", None)
    batching = Batching(jobs=4)
    assert list(batching.add(DOCUMENTS[:1])) == []
    assert [d.id for batch in batching.rest() for d in batch.documents] == ["0"]
