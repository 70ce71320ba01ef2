"""Suggestions and related articles, as JSON and below an article."""

import re

import pytest

from search.document import Document
from search.errors import IndexMissingError


def test_suggestions_have_this_very_shape(client):
    answer = client.get("/api/suggest?q=招商")
    assert answer.status_code == 200
    assert answer.json == {
        "query": "招商",
        "suggestions": [{"text": "招商不“内卷”", "kind": "title"}],
    }


def test_no_reader_waits_for_suggestions_to_be_made(client, archive):
    client.get("/api/suggest?q=招商")
    assert archive.asked["wait"] is False


@pytest.mark.parametrize("address", ["/api/suggest", "/api/suggest?q=", "/api/suggest?q=龘"])
def test_nothing_typed_and_nothing_found_are_no_errors(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.json["suggestions"]) == (200, [])


def test_errors_are_told_as_elsewhere(client, archive):
    answer = client.get("/api/suggest?q=" + "长" * 1001)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "bad_query")
    answer = client.get("/api/doc/none.txt/related")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")
    assert answer.json["error"]["message"] == "no article 'none.txt' in the index"
    archive.failure = IndexMissingError("/machine/i")
    answer = client.get("/api/suggest?q=长")
    assert (answer.status_code, answer.json["error"]["code"]) == (503, "index_missing")


def test_related_articles_have_this_very_shape(client):
    assert client.get("/api/doc/seeds/chain.txt/related").json == {
        "id": "seeds/chain.txt",
        "related": [
            {
                "rank": 1,
                "id": "seeds/station.txt",
                "title": "招商不“内卷”",
                "author": "毛丽君",
                "date": "2024-06-28",
                "source": "seeds/station.txt",
                "score": 1.5,
            }
        ],
    }


def test_related_articles_follow_the_article(client):
    html = client.get("/doc/seeds/station.txt").text
    _, section = html.split("</article>")
    assert "相关文章" in section
    links = re.findall(r'<a href="(/doc/[^"]+)" lang="zh-Hant">(.*?)</a>', section)
    glossed = re.sub(r"([(]\w+[)])", r'<span class="gloss">\1</span>', "產(chǎn)業(yè)鏈")
    assert links == [("/doc/seeds/chain.txt", glossed)]


def test_an_article_like_no_other_has_no_section(client, archive):
    archive.documents = [Document("a", "题目", "港口")]
    assert "相关文章" not in client.get("/doc/a").text


def test_titles_of_related_articles_are_escaped(client, archive):
    archive.documents = [Document("a", "题", "港"), Document("b", "<script>", "港", "<script>")]
    html = client.get("/doc/a").text
    assert html.count("<script") == 1  # the site's own
    assert "&lt;script&gt;" in html
