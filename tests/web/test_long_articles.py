"""A very long article is shown a part at a time, each place in it as in the whole."""

import re

import pytest

from search.archive import Marked
from search.document import Document
from web import create_app
from web.long_articles import MAX_SHOWN, Part, cut_out, part_of

LINE = "长三角的产业延伸。" * 11 + "\n"
BODY = LINE * 3_500 + "末尾的港口\n"


@pytest.fixture
def client(archive):
    archive.documents.append(Document("long.txt", "长文", BODY, source="long.txt"))
    return create_app(archive).test_client()


def texts(page: str) -> str:
    found = re.findall(r"<p data-line[^>]*>(.*?)</p>", page)
    return "".join(re.sub("<[^>]*>", "", line) + "\n" for line in found)


def test_the_parts_joined_are_the_article(client):
    pages = [client.get(f"/doc/long.txt?part={n}").text for n in range(1, 5)]
    assert "".join(map(texts, pages)) == BODY
    assert all(len(texts(page)) <= MAX_SHOWN for page in pages)
    assert [page.count("全文很长，分 4 部分，这是第") for page in pages] == [2] * 4
    assert [page.count('rel="prev"') for page in pages] == [0, 2, 2, 2]
    assert [page.count('rel="next"') for page in pages] == [2, 2, 2, 0]
    assert 'href="/doc/long.txt?q=&amp;part=2"' in pages[0]


def test_it_opens_at_the_first_mark_or_where_a_link_leads(client):
    assert "这是第 4 部分" in client.get("/doc/long.txt?q=港口").text
    assert 'id="hit-1"' in client.get("/doc/long.txt?q=港口").text
    place = BODY.index("港口")
    linked = client.get(f"/doc/long.txt?q=产业&at={place}-{place + 2}").text
    assert "这是第 4 部分" in linked
    assert "链接所指的那段文字已经不在文中" not in linked
    assert "这是第 1 部分" in client.get("/doc/long.txt?q=产业").text


@pytest.mark.parametrize("asked", ["0", "5", "-1", "x", "", "9" * 99, "１"])
def test_what_is_no_part_asks_for_nothing(client, asked):
    assert "这是第 1 部分" in client.get(f"/doc/long.txt?part={asked}").text


def test_an_article_of_usual_length_has_no_parts(client):
    page = client.get("/doc/seeds/chain.txt").text
    assert "部分" not in page
    assert "data-line" in page


def test_marks_over_an_edge_are_shown_on_both_sides():
    body = Marked("字" * (MAX_SHOWN + 10), 0, [(0, 2), (MAX_SHOWN - 1, MAX_SHOWN + 2)])
    first, second = (part_of(body, n, None) for n in "12")
    assert (first, second) == (
        Part(1, 2, 0, MAX_SHOWN),
        Part(2, 2, MAX_SHOWN, MAX_SHOWN + 10),
    )
    assert cut_out(body, first).spans == [(0, 2), (MAX_SHOWN - 1, MAX_SHOWN)]
    assert cut_out(body, second).spans == [(0, 2)]
    assert cut_out(body, second).start == MAX_SHOWN
