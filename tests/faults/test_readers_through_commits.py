"""Readers in threads and in another process through many commits: each answer is of one of them."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fault_cases import IS_SOAK

from search import Archive

COMMITS = 1000 if IS_SOAK else 100
REBUILD_EVERY = 20
ARTICLES = 4

READER = """
import sys
from search import Archive
archive = Archive.open(sys.argv[1])
answers = 0
while True:
    results = archive.search("第 提交", limit=20)
    texts = [hit.snippets[0].text for hit in results.hits]
    marks = {text[text.index("<") : text.index(">")] for text in texts}
    if len(marks) != 1 or results.total != 4 or len(texts) != 4:
        sys.exit(f"mixed: {texts}")
    answers += 1
    if "<last" in marks.pop():
        print(answers)
        break
"""


def commit(news: Path, mark: object) -> None:
    """Write what all the articles of one commit have."""
    for number in range(ARTICLES):
        (news / f"{number}.txt").write_text(f"第{number}篇\n这是提交 <{mark}> 的文章。", "utf-8")


def test_each_answer_is_of_one_commit(tmp_path: Path) -> None:
    news, index = tmp_path / "news", tmp_path / "index"
    news.mkdir()
    commit(news, 0)
    archive = Archive.build([news], index)
    faults: list[object] = []
    answers = 0
    done = threading.Event()

    def read() -> None:
        nonlocal answers
        shared = Archive.open(index)
        try:
            while not done.is_set():
                results = shared.search("提交", limit=20)
                marks = {hit.snippets[0].text.partition("<")[2] for hit in results.hits}
                answers += 1
                if len(marks) != 1 or results.total != ARTICLES:
                    faults.append((results.total, marks))
                shared.article("news/0.txt", "提交")
                shared.status()
        except Exception as error:
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    other = subprocess.Popen(
        [sys.executable, "-c", READER, index], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for reader in readers:
        reader.start()
    try:
        for number in range(1, COMMITS + 1):
            commit(news, "last" if number == COMMITS else number)
            if number % REBUILD_EVERY:
                assert archive.update().changed == ARTICLES
            else:
                Archive.build([], index)
            if faults or other.poll() is not None:
                break
    finally:
        done.set()
        for reader in readers:
            reader.join()
    told, said = other.communicate(timeout=60)
    assert faults == []
    assert (other.returncode, said) == (0, b"")
    assert int(told) > 1
    assert answers > COMMITS / 10, "hardly anything was asked: this test is broken, not the code"


@pytest.mark.parametrize("jump", [-(10**9) * 86_400 * 400, 10**9 * 86_400 * 400])
def test_a_clock_that_jumps_loses_no_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    import time

    news, index = tmp_path / "news", tmp_path / "index"
    news.mkdir()
    commit(news, 0)
    archive = Archive.build([news], index)
    plain_ns, plain = time.time_ns, time.time
    monkeypatch.setattr(time, "time_ns", lambda: plain_ns() + jump)
    monkeypatch.setattr(time, "time", lambda: plain() + jump / 10**9)
    commit(news, 1)
    assert archive.update().changed == ARTICLES
    monkeypatch.undo()
    commit(news, 2)
    assert archive.update().changed == ARTICLES
    assert archive.update().unchanged == ARTICLES
