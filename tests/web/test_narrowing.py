"""Facets and filters on the page and in the JSON interface, and newer articles first."""

import re
from urllib.parse import unquote

import pytest

from search.archive import FACETS

COUNTS = {
    "year": (("2024", 1), ("2023", 1)),
    "author": (("<毛>=丽君", 1),),
    "folder": (("seeds", 2),),  # all of them: leaves nothing out
    "format": (),
    "script": (("traditional", 1), ("simplified", 1)),
}


@pytest.fixture
def page(client):
    def read(address):
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    return read


def links(html):
    """Return text → address of the links, as people read it."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {
        re.sub(r"<[^>]+>", "", text): unquote(address.replace("&amp;", "&"))
        for address, text in found
    }


def test_facets_are_links_that_narrow_the_results(archive, page):
    archive.changes = {"facets": COUNTS, "total": 2}
    html = page("/search?q=a&sort=newest&page=2")
    assert re.findall(r"<summary>(.+?)</summary>", html) == ["时间不限", "年份", "作者", "字体"]
    found = links(html)
    assert found["2024 1"] == "/search?q=a&sort=newest&where=year=2024"
    assert found["繁体 1"] == "/search?q=a&sort=newest&where=script=traditional"
    assert found["&lt;毛&gt;=丽君 1"].endswith("where=author=<毛>=丽君")


def test_a_facet_narrows_further_and_takes_the_place_of_its_like(archive, page):
    archive.changes = {"facets": COUNTS, "total": 2}
    found = links(page("/search?q=a&where=section=x"))
    assert found["2024 1"] == "/search?q=a&where=section=x&where=year=2024"
    html = page("/search?q=a&where=year=2024")
    assert "<summary>年份" not in html
    assert archive.asked["where"] == {"year": "2024"}
    assert archive.asked["facets"] == (*FACETS, "month")


def test_each_filter_can_be_taken_away_by_itself_and_all_at_once(page):
    found = links(page("/search?q=a&where=year=2024&where=script=mixed&where=author=毛"))
    assert found["去掉条件 年份：2024 ×"] == "/search?q=a&where=script=mixed&where=author=毛"
    assert found["去掉条件 字体：繁简混合 ×"] == "/search?q=a&where=year=2024&where=author=毛"
    assert found["全部去掉"] == "/search?q=a"
    alone = links(page("/search?q=a&where=year=2024"))
    assert alone["去掉条件 年份：2024 ×"] == "/search?q=a"
    assert "全部去掉" not in alone


def test_a_new_query_keeps_each_filter_apart(page):
    html = page("/search?q=a&where=year=2024&where=author=毛&recency=0.5")
    assert '<input type="hidden" name="where" value="year=2024">' in html
    assert '<input type="hidden" name="where" value="author=毛">' in html
    assert '<input type="hidden" name="recency" value="0.5">' in html


def test_without_facets_there_is_no_strip(page):
    assert 'class="facets"' not in page("/search?q=产业")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ()),
        ("&facets=1", FACETS),
        ("&facets=0", ()),
        ("&facets=year, author,year", ("year", "author")),
    ],
)
def test_the_api_counts_what_is_asked_for(archive, client, asked, names):
    archive.changes = {"facets": {"year": (("2024", 1),)}}
    answer = client.get(f"/api/search?q=产业{asked}")
    assert archive.asked["facets"] == names
    assert answer.json["facets"] == {"year": [{"value": "2024", "count": 1}]}


def test_newer_articles_come_first_where_the_address_says_so(archive, page):
    html = page("/search?q=a&recency=0.5")
    assert archive.asked["recency"] == 0.5
    assert links(html)["不管新旧"] == "/search?q=a"
    assert "不管新旧" not in page("/search?q=a&recency=0")


@pytest.mark.parametrize("value", ["-1", "1.1", "nan", "1e-1", "９", "x", "9" * 5000])
def test_a_weight_that_is_none_is_a_bad_request(client, value):
    answer = client.get(f"/api/search?q=a&recency={value}")
    assert answer.status_code == 400
    assert answer.json["error"]["hint"] == "use recency=0.5, or leave it out"
