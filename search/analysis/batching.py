"""Documents one by one → batches analysed, in order, by this process or by several."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from search.analysis.batch import BATCH_CHARACTERS, Batch, analyze_batch
from search.document import Document


class Batching:
    """Collects documents until they make a batch; `rest` gives what is left at the end.

    With several `jobs` the batches are analysed by as many processes, started with the second
    batch: smaller changes need none. An OSError tells that one of them was ended.
    """

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs
        self._waiting: list[Document] = []
        self._size = 0
        self._pool: ProcessPoolExecutor | None = None
        self._running: deque[Future[Batch]] = deque()
        self._is_first = True

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
        documents, self._waiting, self._size = self._waiting, [], 0
        if self._jobs == 1 or self._is_first:
            self._is_first = False
            yield analyze_batch(documents)
            return
        if self._pool is None:
            # Not forked: other threads may hold locks, as in a server that indexes.
            self._pool = ProcessPoolExecutor(self._jobs, get_context("spawn"))
        try:
            self._running.append(self._pool.submit(analyze_batch, documents))
        except BrokenProcessPool as error:
            raise _ended() from error
        while len(self._running) > self._jobs + 1:
            yield self._result()

    def _result(self) -> Batch:
        try:
            return self._running.popleft().result()
        except BrokenProcessPool as error:
            raise _ended() from error


def _ended() -> OSError:
    return OSError(0, "a process that cuts texts was ended from outside")
