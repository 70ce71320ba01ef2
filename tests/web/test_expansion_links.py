"""What else was searched for: said on the page, with a way to leave it out."""

import pytest

FOUND = (
    {"from": "软体", "to": "软件", "kind": "regional"},
    {"from": "x", "to": "软件", "kind": "synonym"},
    {"from": "csj", "to": "长三角", "kind": "pinyin"},
)


@pytest.fixture
def page(client):
    def read(address):
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return read


def test_the_page_says_what_else_was_searched_and_links_to_without(archive, page):
    archive.changes = {"expansions": FOUND}
    html = page("/search?q=csj&sort=newest")
    assert '同时搜索：<span lang="zh">软件、长三角</span>' in html
    assert '/search?q=csj&amp;sort=newest&amp;expand=0">只搜原词</a>' in html
    assert set(archive.asked["expand"]) == {"regional", "synonym", "number", "pinyin"}


def test_without_expansions_the_page_links_back(archive, page):
    html = page("/search?q=产业&expand=0")
    assert archive.asked["expand"] == ()
    assert "同时搜索" not in html
    assert '/search?q=%E4%BA%A7%E4%B8%9A">恢复</a>' in html
    assert "只搜原词" not in page("/search?q=产业")


def test_some_kinds_go_along_to_other_pages_and_articles(archive, page):
    html = page("/search?q=招商&expand=pinyin, number")
    assert archive.asked["expand"] == ["pinyin", "number"]
    assert "expand=pinyin,number" in html or "expand=pinyin%2Cnumber" in html
    page("/doc/seeds/station.txt?q=招商&expand=pinyin")
    assert archive.asked["expand"] == ["pinyin"]


def test_an_unknown_kind_is_a_bad_request(client):
    answer = client.get("/api/search?q=产业&expand=pinyn")
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["message"] == "cannot use expand 'pinyn': there is no such choice"
    assert error["hint"] == "use expand=0, or some of regional,synonym,number,pinyin"


def test_the_api_lists_the_expansions(archive, client):
    archive.changes = {"expansions": FOUND[:1]}
    answer = client.get("/api/search?q=csj").get_json()
    assert answer["query"]["expansions"] == list(FOUND[:1])
