"""Articles that are about the same as one."""

import pytest
from archive_cases import write, write_records

from search import Archive
from search.errors import ArticleMissingError

ROWS = [
    ("bridge", "长江大桥", "大桥的桥墩与桥面，工程师建造大桥。"),
    ("piers", "桥墩", "桥墩由工程师建造，大桥立在桥墩上。"),
    ("tower", "铁塔", "铁塔由工程师建造。"),
    ("soup", "鱼汤", "鱼汤要用小火。"),
    ("soup2", "鱼汤", "鱼汤要用小火。"),
]


@pytest.fixture
def rows(tmp_path):
    rows = [{"id": name, "title": title, "body": body} for name, title, body in ROWS]
    return Archive.build([write_records(tmp_path / "a.jsonl", *rows)], tmp_path / "index")


def related(archive, article_id, **options):
    return [hit.id for hit in archive.related(article_id, **options)]


def test_the_article_that_shares_most_comes_first(rows):
    assert related(rows, "bridge") == [
        "piers",  # pier, bridge, engineer
        "tower",  # engineer
    ]
    assert related(rows, "bridge", limit=1) == ["piers"]


def test_scores_fall_and_ranks_rise(rows):
    first, second = rows.related("bridge")
    assert first.score > second.score > 0
    assert [first.rank, second.rank] == [1, 2]
    assert (first.title, first.marked_title.spans) == ("桥墩", [])


def test_neither_itself_nor_its_copies_are_related(rows):
    assert related(rows, "soup") == []
    assert related(rows, "soup2") == []


def test_the_copies_of_another_are_one(tmp_path):
    rows = [*ROWS, ("piers2", *ROWS[1][1:])]
    named = [{"id": name, "title": title, "body": body} for name, title, body in rows]
    archive = Archive.build([write_records(tmp_path / "a.jsonl", *named)], tmp_path / "index")
    hits = archive.related("bridge")
    assert [hit.id for hit in hits] == ["piers", "tower"]
    assert [copy["id"] for copy in hits[0].copies] == ["piers2"]


def test_scripts_do_not_part_related_articles(tmp_path):
    write(tmp_path / "n/a.txt", "示范区\n示范区的产业集群。")
    write(tmp_path / "n/b.txt", "產業\n示範區和產業集群的發展。")
    archive = Archive.build([tmp_path / "n"], tmp_path / "index")
    assert related(archive, "n/a.txt") == ["n/b.txt"]


def test_an_article_without_words_is_related_to_none(tmp_path):
    rows = [{"id": "a", "title": "", "body": "。。"}, {"id": "b", "title": "题", "body": "文"}]
    archive = Archive.build([write_records(tmp_path / "a.jsonl", *rows)], tmp_path / "index")
    assert related(archive, "a") == []


def test_an_article_that_is_not_there_is_an_error(rows):
    with pytest.raises(ArticleMissingError):
        rows.related("none")
