"""Explanations on the page and in the JSON interface; what is told where nothing is found."""

import re

import pytest

from search.document import Document
from search.results import Contribution, Explanation, QueryWord, Step

STEPS = [
    Step("產業鏈<b>", "产业链", ("产业", "链"), "text"),
    Step('"港"', "港", ("港",), "exact", "title"),
    Step("船", "船", ("船",), "text", excluded=True),
    Step("毛", "毛", (), "column", "author"),
]
PARTS = [
    Contribution("产业", "word", 1, 1200, 1.0),
    Contribution("业链", "gram", 0, 2, 0.25),
    Contribution("87%", "coverage", 0, 0, 0.25),
    Contribution("40%", "recency", 0, 0, 0.5),
]


@pytest.fixture
def explained(archive):
    hit = archive.search("长三角", limit=1, offset=0).hits[0]
    hit.contributions, hit.score = PARTS, 2.0
    archive.changes = {
        "hits": [hit],
        "explanation": Explanation(STEPS),
        "expansions": [{"from": "csj", "to": "长三角", "kind": "pinyin"}],
        "word_counts": {"产业": 1234},
    }
    return archive


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_page_says_how_the_query_was_read(explained, client):
    html = client.get("/search?q=长三角&explain=1").text
    assert explained.asked["explain"] is True
    told = html.partition("怎样理解这个查询</summary>")[2].partition("</details>")[0]
    assert [item.strip() for item in re.findall(r"<li[^>]*>(.*?)</li>", told)] == [
        "產業鏈&lt;b&gt; → 产业链 → 产业 链",
        "&#34;港&#34; → 港（要一字不差，在标题里）",
        "船（不要）",
        "毛（限定作者）",
        "“csj”也搜“长三角”（拼音）",
        "“产业”在 1,234 篇文章里",
    ]
    assert "不再说明" in told


def test_each_hit_says_why_it_is_where_it_is(explained, client):
    html = client.get("/search?q=长三角&explain=1").text
    told = html.partition("为什么匹配</summary>")[2].partition("</details>")[0]
    rows = re.findall(r"<tr[^>]*><td>(.*?)</td><td[^>]*>(.*?)</td></tr>", told)
    assert rows == [
        ("1.0000", "“产业”一词：标题 1 处，正文 1,200 处"),
        ("0.2500", "“业链”二字相连：正文 2 处"),
        ("0.2500", "按轻重算，含有 87% 的词"),
        ("0.5000", "日期较新，多 40%"),
        ("2.0000", "总分"),
    ]
    assert "按日期排列" not in html
    assert "按日期排列" in client.get("/search?q=长三角&explain=1&sort=newest").text
    explained.changes["hits"][0].reading = "relaxed"
    assert "总分（只含有其中一部分词" in client.get("/search?q=长三角&explain=1").text


def test_nothing_is_explained_unasked_but_a_link_asks(client, archive):
    html = client.get("/search?q=招商&sort=newest").text
    assert archive.asked["explain"] is False
    assert "<summary>为什么匹配" not in html
    assert '&amp;sort=newest&amp;explain=1#why-1">为什么匹配</a>' in html


@pytest.mark.usefixtures("explained")
def test_the_api_explains_when_asked(client):
    answer = client.get("/api/search?q=长三角&explain=1").json
    assert answer["query"]["word_counts"] == {"产业": 1234}
    assert answer["query"]["explanation"]["steps"][0] == {
        "typed": "產業鏈<b>",
        "folded": "产业链",
        "words": ["产业", "链"],
        "kind": "text",
        "field": "",
        "excluded": False,
    }
    parts = answer["hits"][0]["explanation"]
    assert [part["term"] for part in parts] == ["产业", "业链", "87%", "40%"]
    assert sum(part["score"] for part in parts) == answer["hits"][0]["score"]


def test_the_api_explains_nothing_unasked(client):
    answer = client.get("/api/search?q=长三角").json
    assert "explanation" not in answer["query"]
    assert "explanation" not in answer["hits"][0]


def test_an_empty_page_names_the_words_to_drop(archive, client):
    archive.changes = {
        "words": [QueryWord("产业"), QueryWord("<量子>")],
        "word_counts": {"产业": 1234, "<量子>": 0},
    }
    told = text_of(client.get("/search?q=甲乙丙").text)
    assert "没有一篇文章含有：&lt;量子&gt;。去掉它再试。" in told
    assert "产业 1,234 篇" in told
    archive.changes["word_counts"] = {"产业": 2, "<量子>": 1}
    html = client.get("/search?q=甲乙丙&relax=0&where=year=2024").text
    assert "这些词各有文章含有，但没有一篇全有。" in text_of(html)
    assert 'where=year%3D2024">只含其中一部分的也列出</a>' in html
    assert 'relax=0">不加筛选再找</a>' in html


def test_an_empty_page_has_the_newest_articles(archive, client):
    dates = ["2024-06-28", "2023", "", "2024-07", "1999", "2001", "2002"]
    archive.documents = [Document(f"{n}", f"第{n}篇", "正文", "", d) for n, d in enumerate(dates)]
    html = client.get("/search?q=甲乙丙").text
    told = html.partition("最新的文章")[2]
    assert re.findall(r'href="/doc/(\d+)"', told) == ["3", "0", "1", "6", "5"]
    assert "<time>2024-07</time>" in told
    assert "最新的文章" not in client.get("/search?q=正文").text
    archive.documents = [Document("a", "题", "文")]
    assert "最新的文章" not in client.get("/search?q=甲乙丙").text
