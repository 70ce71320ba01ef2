"""Documents one by one → batches analysed, in order, by this process or by several."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context, parent_process
from typing import Any

from search.analysis.batch import BATCH_CHARACTERS, Batch, analyze_batch
from search.analysis.dictionary import NONE, Dictionary
from search.document import Document

AHEAD = 4  # batches that each process has, the one it is at included: it never waits for more


Examine = Callable[[Sequence[Document]], Any]


@dataclass(frozen=True, slots=True)
class Aside:
    """Work on documents that is not analysis, but is done where they are analysed."""

    examine: Examine  # a function of a module: other processes are sent its name
    take: Callable[[Any], None]  # is given what that returned, in the order of the documents


class Batching:
    """Collects documents until they make a batch; `rest` gives what is left at the end.

    With several `jobs` all but one are processes of their own, started with the first full batch:
    smaller changes need none. This one cuts as well whenever the others have enough to do. An
    OSError tells that one of them was ended.
    """

    def __init__(
        self, jobs: int = 1, aside: Aside | None = None, dictionary: Dictionary = NONE
    ) -> None:
        self.jobs = jobs
        self._others = jobs - 1
        self._analyze = partial(_analyzed, aside.examine if aside else None, dictionary)
        self._take = aside.take if aside else None
        self._waiting: list[Document] = []
        self._size = 0
        self._pool: ProcessPoolExecutor | None = None
        self._running: deque[tuple[Sequence[Document], Future[_Analyzed]]] = deque()

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
            while not self._running[0][1].done() and self._take_back():
                pass
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
            yield self._taken(documents, self._analyze(documents))
            return
        if sum(not future.done() for _, future in self._running) < AHEAD * self._others:
            self._running.append((documents, self._submitted(documents)))
        else:
            self._running.append((documents, self._done_here(documents)))
        while self._running and self._running[0][1].done():
            yield self._result()

    def _take_back(self) -> bool:
        """Analyse the last batch here that no other process has begun; False: there is none."""
        for at in reversed(range(len(self._running))):
            documents, future = self._running[at]
            if future.cancel():
                self._running[at] = documents, self._done_here(documents)
                return True
        return False

    def _done_here(self, documents: Sequence[Document]) -> "Future[_Analyzed]":
        done: Future[_Analyzed] = Future()
        done.set_result(self._analyze(documents))
        return done

    def _submitted(self, documents: Sequence[Document]) -> "Future[_Analyzed]":
        if self._pool is None:
            # Not forked: other threads may hold locks, as in a server that indexes.
            self._pool = ProcessPoolExecutor(self._others, get_context("spawn"), _follow_parent)
        try:
            return self._pool.submit(self._analyze, documents)
        except BrokenProcessPool as error:
            raise _ended() from error

    def _result(self) -> Batch:
        documents, future = self._running.popleft()
        try:
            return self._taken(documents, future.result())
        except BrokenProcessPool as error:
            raise _ended() from error

    def _taken(self, documents: Sequence[Document], analyzed: "_Analyzed") -> Batch:
        """Return the batch whole, what was found aside handed over."""
        batch, examined = analyzed
        if self._take:
            self._take(examined)
        return replace(batch, documents=documents)


_Analyzed = tuple[Batch, Any]


def _analyzed(
    examine: Examine | None, dictionary: Dictionary, documents: Sequence[Document]
) -> _Analyzed:
    """Return the documents analysed, and what `examine` gives of them.

    Who asked has the documents, and need not read them back from another process.
    """
    batch = replace(analyze_batch(documents, dictionary), documents=())
    return batch, examine(documents) if examine else None


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
