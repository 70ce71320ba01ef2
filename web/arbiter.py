"""The process that starts workers, replaces them and reloads the site, by gunicorn.

It holds the socket and loads nothing of the site, so that a worker that it forks begins with none
of it: after SIGHUP the code, libraries, templates and settings are those on disk. Workers that were
there go on until those that follow can answer, and for good where these cannot be loaded.

Home of gunicorn. Its arbiter stops at the first worker that cannot be loaded, has old workers end
before new ones are loaded, and drops what is in flight on Ctrl-C: what differs here.
"""

import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import HaltServer
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from web.logs import handler

COUNTS = "PROMETHEUS_MULTIPROC_DIR"  # names the folder where workers write what they count
LOADING_SECONDS = 120  # that a worker may take; one that hangs is replaced after as many
ENDING_SECONDS = 30  # for requests in flight
LINGERING_SECONDS = 5  # that an ending worker keeps connections on which nothing goes on
KEPT_SECONDS = 30  # that a connection stays open for another request
PAUSE_SECONDS = 1.0  # before another is tried where a worker could not be loaded
FAILED = 2  # exit code of the command


class NotLoadedError(Exception):
    """A worker could not be loaded."""


class SiteLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes what gunicorn says as the site does."""

    def setup(self, cfg: Any) -> None:
        """Replace gunicorn's own way to stderr."""
        super().setup(cfg)
        self.error_log.handlers = [handler()]


class SiteWorker(ThreadWorker):  # type: ignore[misc]
    """Loads the site by itself, after the fork."""

    slot: int  # a number that no other worker has at the time
    ready: tuple[int, int]  # a pipe, written to once it is loaded
    was_loaded = False
    has_ended = False
    keepalived_conns: deque[Any]  # gunicorn's, by when they end

    def init_signals(self) -> None:
        """Leave Ctrl-C, which a terminal sends to all, to the arbiter."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def load_wsgi(self) -> None:
        """Load the site, and have as many threads as it can use."""
        from web.admission import threads
        from web.loading import load_site
        from web.logs import log_to_stderr
        from web.metrics import count_as

        count_as(self.slot)
        try:
            self.wsgi, site = load_site(**self.app.changes)
        except Exception:  # which gunicorn would print as it is, besides
            self.log.exception("Worker cannot be loaded (pid: %s)", self.pid)
            sys.exit(Arbiter.WORKER_BOOT_ERROR)
        log_to_stderr(site.log != "off")
        self.tpool = ThreadPoolExecutor(threads(site))

    def murder_keepalived(self, force: bool = False) -> None:
        """Close connections that were idle for too long, but none on which a request has come.

        One by one: closing lets other threads go on, for 5 ms each, and requests come meanwhile.
        """
        now = time.monotonic()
        while self.keepalived_conns and (force or self.keepalived_conns[0].timeout <= now):
            connection = self.keepalived_conns.popleft()
            kept = self.keepalived_conns
            if not force and _is_readable(connection.sock.fileno(), 0):
                connection.timeout = now + 1  # the poller sees it before that
                kept.append(connection)
                continue
            self.keepalived_conns = deque([connection])
            super().murder_keepalived(force=True)
            self.keepalived_conns = kept

    def _cap_keepalive(self, _deadline: float) -> None:
        """When ending, keep connections open for as long as their next request may take to come."""
        super()._cap_keepalive(time.monotonic() + LINGERING_SECONDS)

    def run(self) -> None:
        """Say that it is loaded, and answer."""
        self.log.info("Worker loaded (pid: %s)", self.pid)
        os.write(self.ready[1], b"1")
        super().run()


class SiteArbiter(Arbiter):  # type: ignore[misc]
    """Starts workers and replaces them."""

    _is_reloading = False
    _was_loaded = False  # whether any worker ever was

    def handle_int(self) -> None:
        """End as with SIGTERM: what is in flight is answered."""
        raise StopIteration

    def handle_usr2(self) -> None:
        """Do nothing: SIGHUP loads all anew."""

    def spawn_worker(self) -> int:
        """Start a worker and return its process id."""
        pid: int = super().spawn_worker()
        os.close(self.WORKERS[pid].ready[1])
        return pid

    def manage_workers(self) -> None:
        """Keep the number of workers; when reloading those of before, until others are loaded."""
        if self._is_reloading:
            self._await_new()
        super().manage_workers()

    def reload(self) -> None:
        """Put new workers in the place of those that there are; keep these where that fails."""
        self._is_reloading = True
        try:
            super().reload()
        except NotLoadedError:
            self.log.error("cannot reload: the workers of before go on")
        finally:
            self._is_reloading = False

    def reap_workers(self) -> None:
        """Note which workers have ended; one that could not be loaded ends only a site's start."""
        self._was_loaded |= any(_is_loaded(one, 0) for one in self.WORKERS.values())
        before = dict(self.WORKERS)
        try:
            super().reap_workers()
        except HaltServer:
            if not self._was_loaded:
                raise
            for pid in before.keys() - self.WORKERS.keys():
                _worker_ended(self, before[pid])
            self.log.error("cannot load a worker: it is tried again")
            time.sleep(PAUSE_SECONDS)

    def _await_new(self) -> None:
        """Wait until the newest workers are loaded, as many as there are to be.

        Raises NotLoadedError where one is not, after ending them.
        """
        ages = sorted(self.WORKERS.items(), key=lambda pair: pair[1].age)
        new = ages[-self.num_workers :]
        deadline = time.monotonic() + LOADING_SECONDS
        if all(_is_loaded(worker, max(0.0, deadline - time.monotonic())) for _, worker in new):
            return
        for pid, _ in new:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            _worker_ended(self, self.WORKERS.pop(pid))
        raise NotLoadedError


class SiteApplication(BaseApplication):  # type: ignore[misc]
    """What gunicorn asks for its settings; the site itself is loaded by workers."""

    def __init__(self, socket: int, workers: int, changes: dict[str, Any]) -> None:
        self._socket = socket
        self._workers = workers
        self.changes = changes  # to the settings of the site
        super().__init__()

    def load_config(self) -> None:
        """Set what is set; all else is as gunicorn has it, no proxy being believed."""
        settings = {
            "bind": [f"fd://{self._socket}"],
            "workers": self._workers,
            "worker_class": SiteWorker,
            "logger_class": SiteLogger,
            "control_socket_disable": True,
            "timeout": LOADING_SECONDS,
            "graceful_timeout": ENDING_SECONDS,
            "keepalive": KEPT_SECONDS,
            "forwarded_allow_ips": "",
            "limit_request_line": 0,  # a text of 10,000 characters is 90 KB; gunicorn's most is 8
            "pre_fork": _worker_begins,
            "child_exit": _worker_ended,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)


def _worker_begins(arbiter: Arbiter, worker: SiteWorker) -> None:
    """Give a worker the lowest number that is free, and the pipe by which it tells it is loaded."""
    taken = {other.slot for other in arbiter.WORKERS.values()}
    worker.slot = next(slot for slot in range(len(taken) + 1) if slot not in taken)
    worker.ready = os.pipe()


def _worker_ended(_arbiter: Arbiter, worker: SiteWorker) -> None:
    """Forget what a worker was doing; what it has done stays counted, the next goes on from it."""
    if worker.has_ended:
        return
    worker.has_ended = True
    worker.tmp.close()
    os.close(worker.ready[0])
    for path in Path(os.environ[COUNTS]).glob(f"gauge_live*_{worker.slot}.db"):
        path.unlink()


def _is_loaded(worker: SiteWorker, seconds: float) -> bool:
    """Return whether a worker is loaded, or is within so many seconds."""
    if not _is_readable(worker.ready[0], seconds):
        return False
    if not worker.was_loaded:
        worker.was_loaded = os.read(worker.ready[0], 1) == b"1"
    return worker.was_loaded


def _is_readable(file: int, seconds: float) -> bool:
    """Return whether there is anything to read, or is within so many seconds; an end counts."""
    found = select.poll()  # select() fails where a file's number goes beyond 1,023
    found.register(file, select.POLLIN)
    return bool(found.poll(seconds * 1000))


def main() -> None:
    """Serve on the socket, with the number of workers and the changes that the arguments name."""
    socket, workers, changes = sys.argv[1:]
    process = os.getpid()
    os.environ[COUNTS] = tempfile.mkdtemp(prefix="xunwen-counts-")
    try:
        SiteArbiter(SiteApplication(int(socket), int(workers), json.loads(changes))).run()
    except SystemExit as ended:
        if os.getpid() == process and ended.code:
            raise SystemExit(FAILED) from ended
        raise
    finally:
        if os.getpid() == process:  # a worker passes here too
            shutil.rmtree(os.environ[COUNTS], ignore_errors=True)
