"""The mixed load: a small site goes through it well, and what would be wrong is seen."""

import sys

import pytest

from bench.corpora import SEEDS, read_corpus
from bench.load import Answer
from bench.markers import ARTICLES, COUNT, SEARCHES, Markers
from bench.mixed import Plan, Run, memory, paths, report, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def page(numbers):
    """Return the answer that names an article for each of the numbers, its words marked."""
    titles = [
        f"混合<mark>负载</mark>标记第{number}次，第{at}篇" for at, number in enumerate(numbers)
    ]
    return "\n".join(titles).encode()


@pytest.fixture
def markers(tmp_path):
    return Markers(tmp_path)


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ([2] * COUNT, ""),
        ([3] * COUNT, ""),  # committed, though the command that did it has not ended yet
        ([1] * COUNT, "stale"),
        ([2] * (COUNT - 1) + [3], "mixed"),
        ([2] * (COUNT - 1), "incomplete"),
        ([], "incomplete"),
    ],
)
def test_an_answer_that_is_not_of_one_state_is_seen(markers, numbers, wrong):
    for _ in range(2):
        markers.write()
        markers.committed()
    markers.write()
    assert markers.watch(SEARCHES[0])(page(numbers)) == wrong


def test_what_is_committed_while_it_is_asked_may_show_or_not(markers):
    markers.write()
    markers.committed()
    look = markers.watch(SEARCHES[0])
    markers.write()
    markers.committed()
    assert [look(page([number] * COUNT)) for number in (1, 2)] == ["", ""]


def test_an_article_page_names_one_number_and_others_none(markers):
    markers.write()
    assert markers.watch(ARTICLES[0])(page([1])) == ""
    assert markers.watch(ARTICLES[0])(page([1, 2])) == "mixed"
    assert markers.watch(ARTICLES[0])(b"") == "incomplete"
    assert markers.watch("/search?q=x")(b"") == ""


def test_markers_are_no_copies_of_one_another(markers):
    markers.write()
    texts = [path.read_text("utf-8") for path in markers.folder.iterdir()]
    assert len(texts) == COUNT
    assert len({text[100:200] for text in texts}) == COUNT


def test_failures_and_wrong_answers_are_told_apart():
    happened = Run([Answer(1, 1), Answer(3, None, "503"), Answer(2, 1, "mixed")], [0.5], [2.0], {1})
    assert report(happened, Plan(60))[:2] == [
        "3 requests at 20 a second of 2 workers",
        "failures 1, mixed 1, incomplete 0, stale 0, 1 × 503, 1 × mixed",
    ]
    assert not happened.is_well()


def test_a_memory_that_grows_has_a_slope():
    assert memory([(0, 100), (60, 110), (120, 120)]) == (
        "memory of all workers (Pss): first 100, median 110, most 120, last 120 MB, "
        "slope +10.0 MB a minute"
    )
    assert memory([]) == "memory: not told"


def test_the_addresses_are_the_same_for_the_same_documents(tmp_path):
    documents = read_corpus(SEEDS, tmp_path)
    assert paths(documents, 50) == paths(documents, 50)
    assert {path.split("?")[0].split("/")[1] for path in paths(documents, 50)} == {
        *("search", "api", "doc")
    }


def test_a_small_site_that_is_changed_and_hurt_loses_and_mixes_nothing(tmp_path):
    happened = run(read_corpus(SEEDS, tmp_path), Plan(seconds=8, rate=15, commit_seconds=1))
    assert happened.is_well(), report(happened, Plan(8))
    assert len(happened.answers) == 120
    assert len(happened.commit_seconds) >= 1
    assert len(happened.rebuild_seconds) == 1
    assert len(happened.workers) >= 4  # those of the start, and those of the reload
    assert all(size > 0 for _, size in happened.memory)
