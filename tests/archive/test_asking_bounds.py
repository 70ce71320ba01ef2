"""What may be asked of an archive at once: each bound reached, and what lies beyond it."""

from dataclasses import replace

import pytest
from archive_cases import write, write_records

from search import Archive
from search.archive import MAX_LIMIT, MAX_QUERY
from search.archive.related import MOST_CHARACTERS
from search.archive.related_queries import MOST_HITS, OFFERED
from search.archive.request import MAX_EXPLAINED
from search.errors import QueryError
from search.results import Marked
from search.results.hit import Marking


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelf")
    hundred = [chr(0x4E00 + at) for at in range(100)]
    write(folder / "docs/a.txt", "字表\n" + "、".join(hundred))
    words = ["软件", "硬件", "网络", "服务器", "浏览器", "数据库", "编译器", "操作系统", "算力"]
    records = [
        {"id": f"{at}", "title": f"期刊{at}", "body": f"长三角的{'和'.join(words)}。"}
        for at in range(15)
    ]
    records.append({"id": "long", "title": "长" * 61, "body": "长三角"})
    records.append({"id": "other", "title": "期刊", "body": "港口"})
    write_records(folder / "docs/r.jsonl", *records)
    return Archive.build([folder / "docs"], folder / "index")


def test_a_query_has_so_many_characters_at_most(shelf):
    assert shelf.search(" " * (MAX_QUERY - 2) + "港口").total == 1
    with pytest.raises(QueryError) as caught:
        shelf.search(" " * (MAX_QUERY - 1) + "港口")
    assert str(caught.value) == "cannot search for 1,001 characters: at most 1,000 are allowed"


@pytest.mark.parametrize("name", ["limit", "offset"])
def test_a_page_has_so_many_hits_and_begins_so_far_down_at_most(shelf, name):
    assert shelf.search("港口", **{name: MAX_LIMIT}).total == 1
    for wrong in (MAX_LIMIT + 1, -1):
        with pytest.raises(QueryError) as caught:
            shelf.search("港口", **{name: wrong})
        assert caught.value.hint == "both must lie between 0 and 10,000"


def test_of_so_many_hits_at_most_the_scores_are_explained(shelf):
    assert shelf.search("港口", limit=MAX_EXPLAINED, explain=True).hits[0].contributions
    assert shelf.search("港口", limit=MAX_EXPLAINED + 1).total == 1
    with pytest.raises(QueryError) as caught:
        shelf.search("港口", limit=MAX_EXPLAINED + 1, explain=True)
    assert str(caught.value) == "cannot explain 1,001 results"
    assert caught.value.hint == "explain 1,000 at most at a time"


def test_of_so_many_words_at_most_the_articles_are_counted(shelf):
    typed = " ".join(chr(0x4E00 + at) for at in range(60))
    assert len(shelf.search(typed, explain=True).word_counts) == 24


def test_of_so_many_parts_at_most_an_analysis_counts_the_articles(shelf):
    typed = " ".join(chr(0x4E00 + at) for at in range(250))
    parts = shelf.analyze(typed).parts
    assert len(parts) == 250
    assert [part.articles is not None for part in parts[:150]] == [True] * 150
    assert [part.articles is not None for part in parts[-30:]] == [False] * 30


def test_what_is_longer_than_any_title_offered_has_no_suggestions(shelf):
    assert [one.text for one in shelf.suggest("期刊1")]
    assert shelf.suggest("长" * 60) == []  # of a title that is longer, none is offered
    assert shelf.suggest("期" * 61) == []
    assert len(shelf.suggest("期", limit=3)) == 3


def test_so_many_related_queries_are_offered_at_most(shelf):
    assert len(shelf.search("长三角").related_queries) == OFFERED


def test_so_many_values_of_a_facet_are_counted_at_most(shelf):
    counted = shelf.search("长三角", facets=["folder"], facet_values=0).facets
    assert counted == {"folder": ()}


def test_related_queries_are_made_of_the_first_hits(shelf):
    read = []
    found = shelf.search("长三角")
    offered = found.related_queries
    for hit in found.hits:
        hit.mark = lambda hit=hit: read.append(hit) or Marking(Marked(""), ())
    again = found.lead_on([replace(hit) for hit in found.hits * 30])
    assert offered
    assert not again
    assert len(read) == MOST_HITS


def test_what_an_article_is_about_is_told_by_its_beginning(tmp_path):
    far = "。" * MOST_CHARACTERS
    write(tmp_path / "docs/a.txt", f"一\n鲸鱼在海里。{far}骆驼在沙漠。")
    write(tmp_path / "docs/b.txt", "二\n鲸鱼。")
    write(tmp_path / "docs/c.txt", "三\n骆驼和沙漠。")
    archive = Archive.build([tmp_path / "docs"], tmp_path / "index")
    assert [hit.id for hit in archive.related("docs/a.txt")] == ["docs/b.txt"]
