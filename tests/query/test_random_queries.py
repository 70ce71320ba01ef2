"""Random queries through a small archive raise nothing but QueryErrors, and none takes long."""

import os
import time
from itertools import islice

import pytest
from random_queries import DATES, WORDS, random_queries

from search import Archive
from search.errors import QueryError

MANY = 200_000 if os.environ.get("XUNWEN_SOAK") else 20_000
SECONDS = 1.0  # of this process: another that is busy makes no query slow
OPTIONS = (
    {},
    {"any_word": True},
    {"sort": "newest"},
    {"explain": True},
    {"facets": ["year", "author", "script"], "recency": 0.5},
    {"fields": ["title"]},
    {"since": "2024"},
    {"fold": False},
    {"limit": 1, "offset": 1},
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory, request):
    """Return an archive of the seeds and of articles made of the words that are asked for."""
    folder = tmp_path_factory.mktemp("random")
    for at, word in enumerate(WORDS):
        title = f"{word}{WORDS[at - 1]} {WORDS[at - 2]}"
        body = f"{''.join(WORDS[at:])}。{word} {DATES[at % len(DATES)]}"
        (folder / f"{at}.txt").write_text(f"{title}\n\n作者：余光中\n\n{body}", "utf-8")
    return Archive.build([request.config.rootpath / "seeds", folder], folder / "index")


def test_random_queries_raise_nothing_and_take_no_second(archive):
    found = refused = 0
    slowest = (0.0, "")
    for at, query in enumerate(islice(random_queries(3), MANY)):
        began = time.process_time()
        try:
            hits = archive.search(query, **OPTIONS[at % len(OPTIONS)]).hits
            found += bool(hits)
            _ = [hit.snippets for hit in hits[:1]]
        except QueryError:
            refused += 1
        slowest = max(slowest, (time.process_time() - began, query))
    assert slowest[0] < SECONDS, slowest
    # Most are searched, and many find something: else this tests little.
    assert refused < MANY * 0.15
    assert found > MANY * 0.2
