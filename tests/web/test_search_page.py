"""The home page and the page of results."""

import re

import pytest

from search.archive import FACETS, KINDS
from search.document import Document
from search.results.hit import Marked, Marking, QueryWord, RelaxedReason, Snippet


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "text/html; charset=utf-8"
    return answer.text


def test_home_says_the_size_and_how_to_search(client):
    html = page(client, "/")
    assert "共 2 篇文章" in html
    assert '<a href="/search?q=%E2%80%9C%E8%81%94%E5%90%88%E6%8B%9B%E5%95%86%E2%80%9D"' in html
    assert "加引号，一字不差" in html
    newest = html.partition("最新的文章")[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', newest) == ["/doc/seeds/station.txt"]  # dated ones alone
    assert '<form class="box" action="/search" role="search">' in html


def test_results_say_how_many_and_how_fast_in_a_live_region(client):
    html = page(client, "/search?q=长三角")
    assert re.search(r'role="status">找到 <b>1</b> 条结果（用时 3.2 毫秒）</p>', html)


def test_an_inexact_count_says_so(client, archive):
    archive.changes = {"total": 12345, "total_exact": False}
    assert "找到约 <b>12,345</b> 条结果" in page(client, "/search?q=长三角")


def test_the_query_stays_in_the_box_and_in_the_title(client):
    html = page(client, "/search?q=长三角")
    assert 'name="q" value="长三角"' in html
    assert "<title>长三角 - 寻文</title>" in html


@pytest.mark.parametrize(
    "address", ["/search", "/search?q=", "/search?q=%20", "/search?q=%E3%80%80"]
)
def test_an_empty_query_leads_home(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.location == "/"


def test_a_hit_shows_title_source_date_and_author_and_links_to_its_article(client):
    html = page(client, "/search?q=招商")
    assert (
        '<h2><a href="/doc/seeds/station.txt?q=%E6%8B%9B%E5%95%86" lang="zh-Hans">'
        "<mark>招商</mark>不“内卷”</a></h2>" in html
    )
    assert '<time>2024-06-28</time><span lang="zh">毛丽君</span>' in html
    assert '<span class="source">seeds/station.txt</span>' in html


def test_a_word_with_glosses_is_one_mark_with_the_glosses_inside(client):
    html = page(client, "/search?q=產業")
    assert (
        '<mark>產<span class="gloss">(chǎn)</span>業<span class="gloss">(yè)</span></mark>鏈'
        in html
    )


def test_a_word_cut_by_layout_is_one_mark_without_the_break(client):
    assert "产业<mark>延伸</mark>带动" in page(client, "/search?q=延伸")


def test_neighbouring_marks_become_one(client):
    assert "的<mark>产业延伸</mark>带动" in page(client, "/search?q=产业 延伸")


def test_several_snippets_are_joined_with_a_visible_ellipsis(client, archive):
    snippets = [Snippet("甲港", 0, [(1, 2)]), Snippet("乙港", 40, [(1, 2)])]
    hits = archive.search("招商", limit=1, offset=0).hits
    hits[0].mark = lambda: Marking(Marked("题"), snippets)
    archive.changes = {"hits": hits}
    html = page(client, "/search?q=港")
    assert '甲<mark>港</mark><span class="gap"> …… </span>乙<mark>港</mark></p>' in html


def test_text_titles_ids_and_queries_are_escaped(client, archive):
    evil = "<script>alert('x')</script>\"&"
    archive.documents = [Document(evil, evil, f"港 {evil}", evil, evil, evil)]
    archive.notes = [evil]
    html = page(client, "/search?q=" + "港+<script>")
    assert "alert" in html
    assert html.count("<script") == 1  # the site's own
    assert "<mark>&lt;script&gt;</mark>" in html
    assert 'value="港 &lt;script&gt;"' in html
    assert 'href="/doc/%3Cscript%3Ealert%28%27x%27%29%3C/script%3E%22%26?q=' in html


def test_a_query_cannot_leave_its_attribute(client):
    html = page(client, '/search?q=港"+onfocus%3D"x&since=2024"><b>')
    assert "港&#34; onfocus=&#34;x" in html
    assert 'value="2024&#34;&gt;&lt;b&gt;"' in html


def test_lone_surrogates_do_not_break_a_page(client, archive):
    archive.documents = [Document("a\ud800", "题\ud800", "港\ud800")]
    assert "<mark>港</mark>?" in page(client, "/search?q=港")


def test_what_was_chosen_goes_along_with_a_new_query(client):
    html = page(client, "/search?q=产业&sort=newest&per_page=20&page=1")
    assert '<input type="hidden" name="sort" value="newest">' in html
    assert '<input type="hidden" name="per_page" value="20">' in html
    assert 'name="page"' not in html


def test_tools_show_what_is_chosen_and_keep_the_rest(client):
    html = page(client, "/search?q=a&sort=newest&field=title&page=2")
    assert '<a href="/search?q=a&amp;sort=newest&amp;field=title" aria-current="true">最新' in html
    assert '<a href="/search?q=a&amp;field=title">相关度' in html
    assert '<a href="/search?q=a&amp;sort=newest">全文' in html


def test_the_archive_is_asked_for_what_the_address_says(client, archive):
    page(client, "/search?q=港&page=3&per_page=5&sort=oldest&since=2023&until=2024-06&field=title")
    assert archive.asked == {
        "limit": 5,
        "offset": 10,
        "sort": "oldest",
        "since": "2023",
        "until": "2024-06",
        "where": {},
        "fields": ("title",),
        "fold": True,
        "expand": KINDS,
        "relax": True,
        "facets": (*FACETS, "month"),
        "facet_values": {**dict.fromkeys(FACETS, 10), "year": 2400, "month": 2400},
        "explain": False,
        "recency": 0.0,
    }


def test_copies_are_told_and_can_be_shown_each(client, archive):
    html = page(client, "/search?q=长三角&fold=1")
    assert "另见" not in html
    assert archive.asked["fold"]
    others = [{"id": f"seeds/{name}", "source": f"seeds/{name}"} for name in ("x.txt", "y.txt")]
    hit = archive.search("长三角", limit=1, offset=0).hits[0]
    hit.copies = others[:1]
    archive.changes = {"hits": [hit]}
    html = page(client, "/search?q=长三角")
    assert '另见 <a href="/doc/seeds/x.txt?q=%E9%95%BF%E4%B8%89%E8%A7%92">seeds/x.txt</a>' in html
    assert "<details" not in html
    hit.copies = others
    html = page(client, "/search?q=长三角")
    listed = html.partition("<summary>另见 2 篇</summary>")[2].partition("</details>")[0]
    assert re.findall(r'href="/doc/([^?]+)\?', listed) == ["seeds/x.txt", "seeds/y.txt"]
    assert '&amp;fold=0">逐篇列出</a>' in listed
    html = page(client, "/search?q=长三角&fold=0")
    assert not archive.asked["fold"]
    assert "相同的文章逐篇列出" in html
    assert client.get("/api/search?q=长三角").json["hits"][0]["copies"] == others


def test_a_chosen_span_of_time_can_be_dropped(client):
    html = page(client, "/search?q=港&since=2023")
    chip = '<a href="/search?q=%E6%B8%AF"><span class="unseen">去掉条件 </span>日期：2023 – 最新 '
    assert chip in html
    assert "<summary>2023 – 最新</summary>" in html


def test_notes_of_the_parser_are_shown(client, archive):
    archive.notes = ["a quotation mark is not closed"]
    assert '<p class="note">a quotation mark is not closed</p>' in page(client, '/search?q="产业')


def test_a_relaxed_search_says_so(client, archive):
    reason = RelaxedReason("图书馆", 1_234)
    archive.changes = {"relaxed": True, "relaxed_reason": reason}
    html = page(client, "/search?q=产业")
    assert "没有一篇文章含有所有的词，以下文章只含有其中一部分。" in html
    assert "不在同一篇的是“图书馆”；去掉它有 1,234 条结果。" in html
    assert '&amp;relax=0">只要全有的</a>' in html


def test_nothing_found_is_an_answer_that_names_the_words(client, archive):
    archive.changes = {"words": [QueryWord("量子"), QueryWord("<b>")]}
    html = page(client, "/search?q=量子 <b>&field=title&since=2024")
    assert "没有找到" in html
    assert "找到 <b>0</b> 条结果" in html
    assert ">量子</span></a>" in html
    assert ">&lt;b&gt;</span></a>" in html
    assert "改在全文里找" in html
    assert "不限日期再找" in html


def many(archive, number):
    archive.documents = [Document(f"{n}.txt", f"第{n}篇", "港口") for n in range(1, number + 1)]


def test_pages_are_offered_ten_at_a_time_with_previous_and_next(client, archive):
    many(archive, 200)
    html = page(client, "/search?q=港&page=9")
    offered = [int(n) for n in re.findall(r'aria-label="第 (\d+) 页"', html)]
    assert offered == list(range(4, 14))
    assert '<a aria-current="page" aria-label="第 9 页"' in html
    assert '<a rel="prev" href="/search?q=%E6%B8%AF&amp;page=8">上一页</a>' in html
    assert '<a rel="next" href="/search?q=%E6%B8%AF&amp;page=10">下一页</a>' in html
    assert '<ol class="hits" start="81">' in html


def test_first_and_last_pages_have_no_way_out_of_the_results(client, archive):
    many(archive, 30)
    assert "上一页" not in page(client, "/search?q=港")
    assert "下一页" not in page(client, "/search?q=港&page=3")


def test_one_page_needs_no_numbers(client):
    assert "翻页" not in page(client, "/search?q=产业")


def test_a_page_past_the_end_says_so_kindly(client, archive):
    many(archive, 30)
    html = page(client, "/search?q=港&page=4")
    assert "没有第 4 页" in html
    assert '<a href="/search?q=%E6%B8%AF&amp;page=3">看最后一页</a>' in html


def test_filters_are_handed_on_and_shown_with_a_way_without_them(client, archive):
    page = client.get("/search?q=产业&where=author=余光中&where=section=要闻").text
    assert archive.asked["where"] == {"author": "余光中", "section": "要闻"}
    assert "作者：余光中" in page
    assert "section：要闻" in page
    assert 'href="/search?q=%E4%BA%A7%E4%B8%9A">全部去掉</a>' in page


def test_a_filter_that_is_none_is_a_bad_request(client):
    answer = client.get("/search?q=产业&where=author")
    assert answer.status_code == 400
    assert "where 不能是“author”：要写成 名称=值" in answer.text
