"""Searches of several threads at once: none waits for another, each finds what it does alone."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from engine_cases import Home, article, tree
from whoosh_cases import PIECES, sizes

from search.deadline import within
from search.engine import SearchRequest

QUERIES = [
    *(
        "产业",
        "的",
        "产业 OR 的 OR a",
        '"长三角产业"',
        '"的 产"~9',
        "产* OR bi* OR a~",
        '"。"',
        '"，的"',
    ),
    *('原文:"産業"', "产业 -示范区", "title:产业 body:的", "示范区 没有的词 5G 的", "C++ 2024"),
]
GROUPS = [[f"{at:03}", f"{at + 1:03}"] for at in range(0, 60, 2)]
WAIT = 60  # seconds, after which a test that would hang fails


def requests() -> list[SearchRequest]:
    return [
        SearchRequest(tree(query), limit=20, relax=True, copies=copies, sort=sort)
        for query in QUERIES
        for copies in ((), GROUPS)
        for sort in ("relevance", "newest")
    ]


@pytest.fixture(scope="module", params=[False, True], ids=["one segment", "several segments"])
def reader(request, new_home):
    draw = random.Random(7)
    home: Home = new_home()
    articles = [
        article(
            f"{at:03}",
            "".join(draw.choices(PIECES, k=60)),
            title="".join(draw.choices(PIECES, k=4)),
            date=f"20{at % 30:02}",
        )
        for at in range(120)
    ]
    if request.param:
        with sizes():
            for at in range(0, 120, 20):
                home.commit(*articles[at : at + 20])
            home.commit(deleted=["007", "070"])
            yield home.engine.reader()
    else:
        home.commit(*articles)
        yield home.engine.reader()


def test_a_search_ends_while_another_is_held_in_the_middle(reader):
    held, free = threading.Event(), threading.Event()

    def clock() -> float:
        """Hold the thread that looks at it from its third look on, until it may go on."""
        clock.looks += 1
        if clock.looks == 3:
            held.set()
            assert free.wait(WAIT)
        return 0.0

    clock.looks = 0

    def slow():
        with within(1, clock):
            return reader.search(SearchRequest(tree("产业 的")))

    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(slow)
            assert held.wait(WAIT)
            second = pool.submit(reader.search, SearchRequest(tree("产业 的")))
            found = second.result(WAIT)
            others = pool.submit(
                lambda: (reader.headings([0, 1]), reader.text(0, "body"), reader.find("003"))
            )
            assert others.result(WAIT)[2] is not None
            counted = pool.submit(reader.facets, SearchRequest(tree("的")), ["year"])
            assert counted.result(WAIT)["year"]
            assert not first.done()
        finally:
            free.set()
        assert first.result(WAIT) == found


def test_eight_threads_find_what_one_does(reader):
    plain = [(reader.search(one), reader.facets(one, ["year"])) for one in requests()]

    def ask(seed: int) -> list[bool]:
        order = list(range(len(plain))) * 2
        random.Random(seed).shuffle(order)
        asked = requests()
        found = []
        for at in order:
            answers = reader.search(asked[at]), reader.facets(asked[at], ["year"])
            found.append(answers == plain[at])
        return found

    with ThreadPoolExecutor(8) as pool:
        assert all(all(one) for one in pool.map(ask, range(8)))


def test_rows_are_lent_to_one_thread_and_forgotten_when_something_fails():
    from search.engine.whoosh.document_sets import Rows

    made: list[list[int]] = []

    def make() -> list[int]:
        made.append([])
        return made[-1]

    rows = Rows(make)
    one, two = rows.lend(), rows.lend()
    assert one is not two
    rows.give_back(two)
    assert rows.lend() is two
    assert rows.lend() is made[2]  # `one` never came back
