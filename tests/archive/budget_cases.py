"""What the tests of time budgets share: an archive with everything in it, and hostile queries."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from archive_cases import write, write_records

from search import Archive
from search.deadline import within
from search.errors import QueryTimeoutError

FACETS = ("year", "month", "author", "folder", "format", "script")
# In a usual run every other look is the last, in `make soak` each.
STEP = 1 if os.environ.get("XUNWEN_SOAK") else 2
LONG = "长三角示范区的产业链，由软件和算力组成。"

# Each kind of clause, and each way through a search: literal, expanded, relaxed, misspelt.
QUERIES = [
    "产业",
    "长三角 软件 -上海",
    "产业 OR 算力 OR 示范区",
    '"长三角的产业" "，由"',
    '"。" OR "★"',
    '原文:"產業" OR 原文:"产业"',
    '"长三角 产业 的"~9 OR "产 业"~20',
    "doc* kubernetes~2 li*",
    "title:产业 body:算力 date:2020..2024 author:甲",
    "changsanjiao OR csj",
    "kuberntes",
    "长三脚",
    "产业 没有的词 算力 的",
    "二〇二四年 軟體 硬盘",
    "什么 是 算力",
]


def build(folder: Path) -> Archive:
    """Return an archive of articles in which each of the queries finds something."""
    texts = {
        "a": f"长三角的产业\n{LONG}\n\n" + "在二〇二四年，我们说软件和硬盘。★" * 3,
        "b": f"示范区的产業\n{LONG * 2}\n产業鏈的後面是算力。Docker 和 kubernetes。",
        "c": "linux 与 docker\n用 kubernetes 编排容器，docker-compose 也是。" * 2,
        "d": f"示范区的产業\n{LONG * 2}\n产業鏈的後面是算力。Docker 和 kubernetes。",
        "e": "軟體園區\n產(chǎn)業(yè)鏈的一是不了人，長三角⏎在這裡。" + "的" * 40,
    }
    for name, text in texts.items():
        write(folder / f"docs/{name}.txt", text)
    records = [
        {
            "id": f"r{n}",
            "title": f"算力第{n}期",
            "body": LONG[n:] * 3,
            "date": f"202{n}",
            "author": "甲",
        }
        for n in range(5)
    ]
    write_records(folder / "docs/r.jsonl", *records)
    return Archive.build([folder / "docs"], folder / "index")


def answered(archive: Archive, query: str, **options: object) -> object:
    """Return all that an archive says to a query, what is looked for later too."""
    found = archive.search(query, facets=FACETS, seconds=0, **options)  # type: ignore[arg-type]
    return (
        found.total,
        [(hit.id, hit.score, hit.reading, hit.title_spans, hit.snippets) for hit in found.hits],
        [list(hit.contributions) for hit in found.hits],
        [hit.copies for hit in found.hits],
        dict(found.facets),
        dict(found.word_counts),
        found.relaxed_reason,
        found.did_you_mean,
        found.related_queries,
    )


def interrupted(call: Callable[[], object], step: int = STEP) -> Iterator[int]:
    """Call until nothing more interrupts: at its first look at the clock, at a later one, …"""
    for looks in itertools.count(1, step):
        try:
            with within(looks, itertools.count().__next__):
                call()
        except QueryTimeoutError:
            yield looks
        else:
            return
