"""Reprints on the command line: one hit that names the others, each for `--no-fold`."""

import json

import pytest
from archive_writing import write

from search import Archive

TEXT = "长三角示范区的产业链，" + "".join(map(chr, range(0x4E00, 0x4F00)))


@pytest.fixture(autouse=True)
def _news(empty):
    for name in ("a", "b", "c"):
        write(empty / f"news/{name}.txt", f"{name}\n{TEXT}")
    Archive.build([empty / "news"], empty / "index")


def test_people_read_where_else_an_article_is(command, empty):
    out = command("产业链", "--color", "always").out
    assert "also in: news/b.txt, news/c.txt\x1b" in out
    for name in ("d", "e"):
        write(empty / f"news/{name}.txt", f"{name}\n{TEXT}")
    command("index")
    out = command("产业链", "--color", "always").out
    assert "also in: news/b.txt, news/c.txt, news/d.txt and 1 more" in out


def test_programs_read_the_copies(command):
    found = [json.loads(line) for line in command("--json", "产业链").out.splitlines()]
    assert found[0]["total"] == 1
    assert found[1]["copies"] == [
        {"id": "news/b.txt", "source": "news/b.txt"},
        {"id": "news/c.txt", "source": "news/c.txt"},
    ]


def test_no_fold_shows_each(command):
    assert command("-c", "产业链", "--no-fold").out == "3\n"
    assert command("query", "-c", "产业链", "--no-fold").out == "3\n"
    assert "also in" not in command("产业链", "--no-fold", "--color", "always").out
