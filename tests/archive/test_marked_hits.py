"""The titles and passages of hits, marked without reading more than they need."""

import sys

import pytest
from archive_cases import write_records

TITLES = [
    "长三角的產業",
    "產(chǎn)業(yè)的另一篇（二）",
    "甲㎏產業",
    "業" * 50 + "产业",
    "Industry in brackets (產業)",
    "",
]


@pytest.mark.parametrize("query", ["产业", "产业 的", "長三角 OR industry", "正文"])
def test_a_title_is_marked_in_a_hit_as_in_the_article(archive, tmp_path, query):
    records = [{"id": str(n), "title": t, "body": "正文：产业"} for n, t in enumerate(TITLES)]
    archive.update([write_records(tmp_path / "titles.jsonl", *records)])
    hits = archive.search(query).hits
    assert len(hits) >= len(TITLES) - 3
    for hit in hits:
        assert hit.marked_title == archive.article(hit.id, query).title
        assert hit.marked_title.text == hit.title
        assert hit.title_spans == hit.marked_title.spans


def test_a_glossed_title_is_marked_without_finding_its_glosses_again(
    archive, tmp_path, monkeypatch
):
    record = {"id": "1", "title": "產(chǎn)業(yè)", "body": "正文"}
    archive.update([write_records(tmp_path / "glossed.jsonl", record)])
    (hit,) = archive.search("正文 产业").hits
    monkeypatch.setattr(sys.modules["search.text.gloss"], "is_reading", None)
    assert hit.marked_title.glosses == [(1, 7), (8, 12)]
    assert hit.title_spans == [(0, 12)]


def test_a_hit_is_marked_once(archive):
    hit = archive.search("长三角").hits[0]
    assert hit.marked_title is hit.marked_title
    assert hit.snippets is hit.snippets
