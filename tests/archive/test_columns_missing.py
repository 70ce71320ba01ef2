"""A column that no article has: a filter by it is refused, a query that names it says so."""

import json

from search import Archive
from search.archive.request import notes_on_columns
from search.query import And, Dated, Held, In, Not, Or, Prefix


def test_a_column_in_the_query_that_no_article_has_is_noted_once():
    asked = And((Held("section", "x"), Not(Held("版", "3")), In("title", Or((Held("版", "4"),)))))
    assert notes_on_columns(asked, ["section"]) == ["no article has '版'"]
    assert notes_on_columns(And((Prefix("a"), Dated("2024"))), []) == []


def test_articles_are_told_apart_by_where_they_come_from(tmp_path):
    other = {"id": "b", "body": "江南的產業，與別處無涉。", "date": "2024"}
    rows = [{"id": "a", "body": "产业链。"}, other]
    source = tmp_path / "报"
    source.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (source / "all.jsonl").write_text("\n".join(lines), "utf-8")
    (source / "c.md").write_text("# 题\n\n产业。\n", "utf-8")
    archive = Archive.build([source], tmp_path / "index")

    def found(**where):
        return [hit.id for hit in archive.search("产业", where=where).hits]

    assert sorted(found(format="jsonl")) == ["a", "b"]
    assert found(format="md") == ["报/c.md"]
    assert found(script="traditional") == ["b"]
    assert found(year="2024") == ["b"]
    assert sorted(found(source="报")) == ["a", "b", "报/c.md"]
