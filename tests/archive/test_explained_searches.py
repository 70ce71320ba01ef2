"""Searches that say why: facets, how a query was read, what newer articles gain, what is newest."""

import pytest
from archive_cases import write_records

from search import Archive
from search.archive import FACETS
from search.errors import QueryError

ROWS = [
    {"id": "a", "title": "一", "body": "长三角的产业。", "author": "余光中", "date": "2024-06-28"},
    {
        "id": "b",
        "title": "二",
        "body": "长三角产业链，产业。",
        "author": "余光中",
        "date": "2023",
    },
    {"id": "c", "title": "三", "body": "長三角的鏈條與後果。", "date": "2021-01"},
    {"id": "d", "title": "预报", "body": "天气很好。", "section": "要闻"},
]


@pytest.fixture
def shelf(tmp_path):
    write_records(tmp_path / "news/all.jsonl", *ROWS)
    return Archive.build([tmp_path / "news"], tmp_path / "index")


def test_facets_count_all_that_is_found_whatever_page_is_shown(shelf):
    found = shelf.search("长三角", limit=1, offset=1, facets=FACETS).facets
    assert list(found) == list(FACETS)
    assert found["year"] == (("2021", 1), ("2023", 1), ("2024", 1))
    assert found["author"] == (("余光中", 2),)
    assert found["folder"] == (("news", 3),)
    assert found["format"] == (("jsonl", 3),)
    assert dict(found["script"]) == {"simplified": 2, "traditional": 1}


def test_facets_are_those_of_what_the_filters_leave(shelf):
    found = shelf.search("长三角", where={"author": "余光中"}, facets=["year"]).facets
    assert found == {"year": (("2023", 1), ("2024", 1))}
    assert shelf.search("长三角", facets="year", facet_values=1).facets == {"year": (("2021", 1),)}
    assert shelf.search("长三角").facets == {}


def test_a_facet_that_no_article_has_is_refused_the_usual_ones_never(archive):
    assert archive.search("产业", facets=FACETS).facets["author"] == ()
    with pytest.raises(QueryError) as caught:
        archive.search("产业", facets=["editor"])
    assert str(caught.value) == "cannot count by 'editor': no article has it"
    assert caught.value.hint == "use some of: author, folder, format, month, script, source, year"


def test_an_explanation_tells_how_the_query_was_read(shelf):
    results = shelf.search("產業鏈 title:xy*", explain=True)
    assert [(step.typed, step.folded, step.words) for step in results.explanation.steps] == [
        ("產業鏈", "产业链", ("产业链",)),
        ("xy*", "xy", ()),
    ]
    assert results.word_counts == {"产业链": 1, "xy*": 0}
    assert shelf.search("产业").explanation is None


def test_a_prefix_is_explained_by_the_words_it_stands_for(tmp_path):
    write_records(tmp_path / "a.jsonl", {"id": "a", "body": "kubernetes 与 kubectl"})
    archive = Archive.build([tmp_path / "a.jsonl"], tmp_path / "index")
    (step,) = archive.search("kube*", explain=True).explanation.steps
    assert set(step.words) == {"kubernetes", "kubectl"}


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("产业 量子 飞碟", {"产业": 2, "量子": 0, "飞碟": 0}),
        ("量子 OR title:(飞碟 天气)", {"量子": 0, "飞碟": 0, "天气": 0}),
        ("天气 量子 多少 -产业", {"天气": 1, "量子": 0, "多少": 0}),
        ("量子", {}),  # nothing to be told apart
    ],
)
def test_where_nothing_is_found_each_word_is_counted(shelf, query, counts):
    results = shelf.search(query, relax=False)
    assert results.total == 0
    assert results.word_counts == counts


def test_words_are_counted_in_articles_that_the_filters_leave(shelf):
    results = shelf.search("产业 量子", where={"year": "2023"}, relax=False)
    assert results.word_counts == {"产业": 1, "量子": 0}
    assert shelf.search("产业 链").word_counts == {}  # something is found


def test_no_more_words_are_counted_than_take_a_moment(shelf):
    many = " ".join(f"x{n}y" for n in range(100))
    assert len(shelf.search(many).word_counts) == 24


def test_newer_articles_gain_where_it_is_asked_for(shelf):
    assert [hit.id for hit in shelf.search("产业").hits] == ["b", "a"]
    hits = shelf.search("产业", recency=1.0, explain=True).hits
    assert [hit.id for hit in hits] == ["a", "b"]
    assert sum(part.score for part in hits[0].contributions) == pytest.approx(hits[0].score)
    assert hits[0].contributions[-1].kind == "recency"


@pytest.mark.parametrize("weight", [-0.1, 1.01, float("nan"), float("inf")])
def test_a_weight_out_of_bounds_is_refused(shelf, weight):
    with pytest.raises(QueryError) as caught:
        shelf.search("产业", recency=weight)
    assert str(caught.value) == f"cannot weigh recency by {weight}"


def test_the_newest_articles_have_dates_and_nothing_marked(shelf):
    assert [hit.id for hit in shelf.newest()] == ["a", "b", "c"]
    (first,) = shelf.newest(1)
    assert (first.rank, first.id, first.date) == (1, "a", "2024-06-28")
    assert first.snippets[0].text == "长三角的产业。"
    assert first.snippets[0].spans == []


def test_an_archive_without_dates_has_no_newest_articles(archive):
    assert archive.newest() == []
