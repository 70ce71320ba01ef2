"""Documents one by one → batches analysed, in order, by this process or by several."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context, parent_process

from search.analysis.batch import BATCH_CHARACTERS, Batch, analyze_batch
from search.document import Document

AHEAD = 4  # batches that each process has, the one it is at included: it never waits for more


class Batching:
    """Collects documents until they make a batch; `rest` gives what is left at the end.

    With several `jobs` all but one are processes of their own, started with the first full batch:
    smaller changes need none. This one cuts as well whenever the others have enough to do. An
    OSError tells that one of them was ended.
    """

    def __init__(self, jobs: int = 1) -> None:
        self._others = jobs - 1
        self._waiting: list[Document] = []
        self._size = 0
        self._pool: ProcessPoolExecutor | None = None
        self._running: deque[tuple[Sequence[Document], Future[Batch]]] = deque()

    def add(self, documents: Iterable[Document]) -> Iterator[Batch]:
        """Take documents; yield the batches that have become ready."""
        for document in documents:
            self._waiting.append(document)
            self._size += len(document.title) + len(document.body)
            if self._size >= BATCH_CHARACTERS:
                yield from self._analyzed()

    def rest(self) -> Iterator[Batch]:
        """Yield the batches of all documents that are left."""
        if self._waiting:
            self._others = self._others if self._pool else 0
            yield from self._analyzed()
        while self._running:
            yield self._result()
        self.close()

    def close(self) -> None:
        """End the processes; what was not yielded is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        self._running.clear()

    def _analyzed(self) -> Iterator[Batch]:
        """Have what waits analysed, here or elsewhere; yield what is ready and next in order."""
        documents, self._waiting, self._size = self._waiting, [], 0
        if not self._others:
            yield analyze_batch(documents)
            return
        if sum(not future.done() for _, future in self._running) < AHEAD * self._others:
            self._running.append((documents, self._submitted(documents)))
        else:
            done: Future[Batch] = Future()
            done.set_result(analyze_batch(documents))
            self._running.append((documents, done))
        while self._running and self._running[0][1].done():
            yield self._result()

    def _submitted(self, documents: Sequence[Document]) -> "Future[Batch]":
        if self._pool is None:
            # Not forked: other threads may hold locks, as in a server that indexes.
            self._pool = ProcessPoolExecutor(self._others, get_context("spawn"), _follow_parent)
        try:
            return self._pool.submit(_without_documents, documents)
        except BrokenProcessPool as error:
            raise _ended() from error

    def _result(self) -> Batch:
        documents, future = self._running.popleft()
        try:
            return replace(future.result(), documents=documents)
        except BrokenProcessPool as error:
            raise _ended() from error


def _without_documents(documents: Sequence[Document]) -> Batch:
    """Return the documents analysed; who asked has them, and need not read them back."""
    return replace(analyze_batch(documents), documents=())


def _follow_parent() -> None:
    """Let this process end with the one that started it, and then only.

    Ctrl-C goes to both, and it is for the other to say what that means. When that is killed, this
    one would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _ended() -> OSError:
    return OSError(0, "a process that cuts texts was ended from outside")
