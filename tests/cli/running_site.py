"""A real `search serve` in a folder of its own, and requests that end when they are told to."""

import json
import os
import queue
import signal
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive_writing import write
from cli_cases import SEARCH, environment, run

SECONDS = 60  # that anything may take, before a test gives up
TEXT = "港口的文章，容器编排平台。\n"


def build(folder: Path) -> None:
    """Write an article and index it."""
    write(folder / "docs/a.txt", TEXT)
    assert run("index", "-q", "docs").returncode == 0


class Site:
    """A server that runs: its address, and what it logs as it comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[dict | None] = queue.Queue()
        self.seen: list[dict] = []
        self._reading = threading.Thread(target=self._read)
        self._reading.start()
        assert process.stdout is not None
        line = process.stdout.readline()
        assert " at http" in line, line
        self.address = line.split(" at ")[1].split()[0]

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(json.loads(line))
        self._lines.put(None)

    def await_line(self, part: str) -> dict:
        """Return the next line whose message holds `part`."""
        while line := self._lines.get(timeout=SECONDS):
            self.seen.append(line)
            if part in line["message"]:
                return line
        raise AssertionError(f"the site ended before it said {part!r}: {self.seen}")

    def await_workers(self, count: int) -> list[int]:
        """Return the process ids of the next workers that are loaded."""
        told = [self.await_line("Worker loaded")["message"] for _ in range(count)]
        return [int(one.split("pid: ")[1].rstrip(")")) for one in told]

    def get(self, path: str, **headers: str) -> str:
        """Return what is answered with status 200."""
        asked = urllib.request.Request(f"{self.address}{path}", headers=headers)
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            assert answer.status == 200
            return answer.read().decode()

    def end(self, ending: int = signal.SIGTERM) -> int:
        """End the site and return its exit code; all that it logged is in `seen`."""
        self.process.send_signal(ending)
        return self.wait()

    def wait(self) -> int:
        """Return the exit code once the site has ended."""
        code = self.process.wait(SECONDS)
        if self._reading.is_alive() or not self._lines.empty():
            while line := self._lines.get(timeout=SECONDS):
                self.seen.append(line)
        self._reading.join()
        return code


@contextmanager
def running(*options: str, **variables: str) -> Iterator[Site]:
    """Give a site over the index of the current folder; it is ended by its process id."""
    with subprocess.Popen(
        [SEARCH, "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(), **variables},
    ) as process:
        site = None
        try:
            site = Site(process)
            yield site
        finally:
            if process.poll() is None:
                process.terminate()
            if site:
                site.wait()


class InFlight:
    """A request for the file of the article, which is answered once `finish` lets it be read."""

    def __init__(self, site: Site, folder: Path) -> None:
        path = folder / "docs/a.txt"
        path.unlink()
        os.mkfifo(path)
        self._answers: list[str | Exception] = []
        self._asking = threading.Thread(target=self._ask, args=(site,))
        self._asking.start()
        self._file = path.open("w")  # which is opened when it is being read
        path.unlink()
        path.write_text(TEXT, "utf-8")

    def _ask(self, site: Site) -> None:
        try:
            self._answers.append(site.get("original/docs/a.txt"))
        except Exception as error:
            self._answers.append(error)

    def finish(self) -> str | Exception:
        """Return the answer, or what was raised instead of one."""
        try:
            self._file.write(TEXT)
            self._file.close()
        finally:
            self._asking.join()
        return self._answers[0]
