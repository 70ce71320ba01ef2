"""The site speaks the reader's language: by `lang`, by cookie, by what the browser accepts."""

import re

import pytest

from search.messages import message
from tests.web.sentences import WEB

ATTRIBUTES = re.compile(r'(?:value|href|title|content|data-\w+)="[^"]*"|<title>.*?</title>')
PAGES = [
    "/",
    "/search?q=产业",
    "/search?q=无&explain=1",
    "/doc/seeds/chain.txt?q=产业",
    "/help",
    "/doc/x",
]


def language(answer):
    return re.search(r'<html lang="([^"]+)">', answer.text)[1]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("en-GB,en;q=0.9,zh;q=0.1", "en"),
        ("fr, zh-HK;q=0.5", "zh-Hant"),
        ("fr", "en"),
        ("zh-CN;q=0", "zh-Hans"),
        ("*", "zh-Hans"),
        (";;;,,=", "en"),
    ],
)
def test_a_browser_gets_what_it_accepts(client, header, expected):
    assert language(client.get("/", headers={"Accept-Language": header})) == expected


def test_a_language_that_is_asked_for_is_kept_in_a_cookie_and_goes_before_the_header(client):
    headers = {"Accept-Language": "zh-CN"}
    first = client.get("/search?q=产业&lang=en", headers=headers)
    assert language(first) == "en"
    cookie = first.headers["Set-Cookie"]
    assert cookie.startswith("xunwen_lang=en;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    again = client.get("/", headers=headers)
    assert language(again) == "en"
    assert "Set-Cookie" not in again.headers
    assert language(client.get("/?lang=zh-TW", headers=headers)) == "zh-Hant"


def test_a_language_that_it_does_not_speak_is_as_none(client):
    answer = client.get("/?lang=tlh")
    assert language(answer) == "zh-Hans"
    assert "Set-Cookie" not in answer.headers


def test_each_page_links_to_itself_in_the_others(client):
    html = client.get("/search?q=产业&sort=newest&lang=en").text
    links = re.findall(r'<li><a href="([^"]+)" lang="([^"]+)" hreflang', html)
    assert [tag for _, tag in links] == ["zh-Hans", "zh-Hant", "en"]
    for address, tag in links:
        answer = client.get(address.replace("&amp;", "&"))
        assert language(answer) == tag
        assert 'value="产业"' in answer.text
        assert 'name="sort" value="newest"' in answer.text


def test_caches_are_told_that_pages_are_one_for_each_language(client):
    headers = {"Accept-Language": "zh-TW"}
    page = client.get("/search?q=产业", headers=headers)
    assert {"Accept-Language", "Cookie"} <= set(page.headers["Vary"].split(", "))
    other = client.get(
        "/search?q=产业", headers={"Accept-Language": "en", "If-None-Match": page.headers["ETag"]}
    )
    assert other.status_code == 200
    assert "Cookie" not in client.get("/api/search?q=产业").headers["Vary"]


@pytest.mark.parametrize("address", PAGES)
def test_in_english_no_word_of_the_page_itself_is_chinese(client, address):
    html = client.get(address, headers={"Accept-Language": "en"}).text
    own = re.sub(r'<(\w+)[^>]* lang="zh[^"]*"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
    own = re.sub(r"“[^”]*”|<footer>.*?</footer>", "", ATTRIBUTES.sub("", own), flags=re.DOTALL)
    assert set(re.findall(r"[\u3400-\u9fff]+", own)) <= {"作者", "来源"}  # names in queries


def test_numbers_of_one_and_more_are_told_apart_in_english(client):
    headers = {"Accept-Language": "en"}
    assert "<b>1</b> result (" in client.get("/search?q=招商", headers=headers).text
    assert "<b>2</b> results (" in client.get("/search?q=的", headers=headers).text


def test_an_article_bears_the_language_of_its_own_script(client):
    html = client.get("/search?q=的", headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in html
    assert 'class="snippet" lang="zh-Hant"' in html
    assert 'class="snippet" lang="zh-Hans"' in html
    assert '<article lang="zh-Hant">' in client.get("/doc/seeds/chain.txt").text


def test_no_template_says_anything_outside_of_the_catalogs():
    for path in sorted((WEB / "templates").glob("*.html")):
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{[{%].*?[%}]\}", "", text, flags=re.DOTALL)
        assert re.findall(r"[\u3400-\u9fff]+", text) == [], path.name


def test_what_is_wrong_with_a_query_is_said_in_the_language_of_the_reader(client, archive):
    archive.notes = [message("the quotation mark {mark} is not closed; it was left out", mark="“")]
    for tag, refused, noted in (
        ("zh-CN", "page 不能是“0”：要是 1 到 1,000 的整数", "引号 “ 没有关上，已略去"),
        ("zh-TW", "page 不能是「0」：要是 1 到 1,000 的整數", "引號 “ 沒有關上，已略去"),
        ("en", "cannot use page &#39;0&#39;: not a whole number", "is not closed; it was left out"),
    ):
        headers = {"Accept-Language": tag}
        assert refused in client.get("/search?q=a&page=0", headers=headers).text
        assert noted in client.get("/search?q=产业", headers=headers).text
    assert client.get("/api/search?q=产业").json["query"]["notes"] == archive.notes
