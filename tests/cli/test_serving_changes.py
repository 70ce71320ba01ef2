"""A site that is asked all the time while its index changes: each answer is of one state, whole."""

import json
import random
import subprocess
import threading
import urllib.parse
import urllib.request

import pytest
from archive_writing import write
from cli_cases import SEARCH, environment, run

QUERIES = ["容器编排", "容器编排 平台", '"器编"', "K8S 平台"]
ARTICLES = 60


@pytest.fixture
def docs(empty):
    dice = random.Random(6)
    for at in range(ARTICLES):
        own = "".join(chr(dice.randrange(0x4E00, 0x9000)) for _ in range(20 * at + 100))
        words = "容器编排平台，" if at % 3 else "容器与编排的平台，"
        write(empty / f"docs/{at:03}.txt", f"第{at}篇K8S平台\n\n" + words * (at % 7 + 1) + own)
    assert run("index", "-q", "docs").returncode == 0
    return empty


@pytest.fixture
def site(docs):
    """Return the address of a site over the index."""
    del docs
    with subprocess.Popen(
        [SEARCH, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment()
    ) as served:
        assert served.stdout
        line = served.stdout.readline()
        yield line.split(" at ")[1].split()[0]
        served.terminate()


def get(address, **parameters):
    url = f"{address}?{urllib.parse.urlencode(parameters)}"
    with urllib.request.urlopen(url, timeout=30) as answer:
        assert answer.status == 200
        return answer.read().decode()


def answer(site, query):
    """Return all of an answer but how long it took."""
    fields = json.loads(get(f"{site}api/search", q=query, explain=1, per_page=20))
    return json.dumps({**fields, "took_ms": 0}, sort_keys=True)


class Asking:
    """Threads that ask until they are told to stop, and keep each answer that differs, in order."""

    def __init__(self, site):
        self._site = site
        self._stop = threading.Event()
        self.seen = {query: [] for query in QUERIES}
        self.count = 0
        self.errors = []
        asking = [threading.Thread(target=self._ask, args=(query,)) for query in QUERIES]
        self._threads = [*asking, threading.Thread(target=self._read_pages)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, query):
        def ask():
            found = answer(self._site, query)
            if not self.seen[query] or self.seen[query][-1] != found:
                self.seen[query].append(found)

        self._until_stopped(ask)

    def _read_pages(self):
        def read():
            assert "<mark" in get(f"{self._site}search", q="容器编排")
            assert "<mark" in get(f"{self._site}doc/docs/001.txt", q="容器编排")
            json.loads(get(f"{self._site}api/suggest", q="容器"))

        self._until_stopped(read)

    def _until_stopped(self, ask):
        while not self._stop.is_set():
            try:
                ask()
                self.count += 1
            except Exception as error:
                self.errors.append(repr(error))
                return


def test_each_answer_is_of_the_state_before_or_of_the_one_after(docs, site):
    before = {query: answer(site, query) for query in QUERIES}
    with Asking(site) as asking:
        write(docs / "dictionary.txt", "容器编排\nK8S 平台\n")
        changed = run("index")
        rebuilt = run("index", "--rebuild")
        write(docs / "dictionary.txt", "")
        back = run("index")
    assert [ran.returncode for ran in (changed, rebuilt, back)] == [0, 0, 0]
    assert b", 60 cut again (" in changed.stdout
    assert asking.errors == []
    assert asking.count > 20
    write(docs / "dictionary.txt", "容器编排\nK8S 平台\n")
    assert run("index").returncode == 0
    after = {query: answer(site, query) for query in QUERIES}
    assert sum(before[query] != after[query] for query in QUERIES) >= 2
    for query in QUERIES:
        # From the one to the other and back again, and nothing between.
        states = [before[query], after[query], before[query]]
        assert asking.seen[query] in (states, states[:2]) or len({*states}) == 1, query
        assert {*asking.seen[query]} == {*states}
        assert json.loads(before[query])["total"] >= 40
