"""The page of one article."""

import re
from html import unescape

import pytest

from search.document import Document


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_marks_are_numbered_counted_and_linked_to(client):
    html = read(client, "/doc/seeds/station.txt?q=长三角")
    assert re.findall(r'<mark id="(hit-\d+)">', html) == ["hit-1", "hit-2"]
    assert "本页标出 2 处" in html
    assert '<a class="first" href="#hit-1">看第一处</a>' in html
    assert '<a href="/search?q=%E9%95%BF%E4%B8%89%E8%A7%92">← 返回结果</a>' in html


def test_the_way_back_leads_to_the_page_the_reader_came_from(client):
    html = read(client, "/doc/seeds/station.txt?q=a&page=3&sort=newest")
    assert '<a href="/search?q=a&amp;page=3&amp;sort=newest">← 返回结果</a>' in html


def test_a_title_that_is_the_first_line_is_printed_once(client):
    html = read(client, "/doc/seeds/station.txt")
    assert html.count("招商不“内卷”") == 3  # the tab's title, the description and the heading
    assert "<h1>招商不“内卷”</h1>" in html


def test_a_title_of_its_own_leaves_the_body_whole(client, archive):
    archive.documents = [Document("a", "题目", "首行\n次行")]
    html = read(client, "/doc/a")
    assert "<h1>题目</h1>" in html
    assert re.findall(r"<p data-line[^>]+>(.*?)</p>", html) == ["首行", "次行"]


def test_paragraphs_keep_the_text_and_join_what_layout_cut(client):
    html = read(client, "/doc/seeds/station.txt?q=延伸")
    assert re.findall(r"<p data-line[^>]+>(.*?)</p>", html) == [
        "本报记者 毛丽君",
        '长三角的产业<mark id="hit-1">延<span data-at="30">伸</span></mark>带动长三角。',
    ]


def test_glosses_are_shown_apart(client):
    html = read(client, "/doc/seeds/chain.txt?q=產業")
    assert (
        'id="hit-1">產<span class="gloss">(chǎn)</span>業<span class="gloss">(yè)</span></m' in html
    )
    assert "本页標" not in html
    assert "本页标出 2 处" in html


def test_without_a_query_nothing_is_marked_or_counted(client):
    html = read(client, "/doc/seeds/station.txt")
    assert "<mark" not in html
    assert "返回结果" not in html


def test_a_query_that_stands_nowhere_is_said(client):
    assert "本页没有标出的字词" in read(client, "/doc/seeds/station.txt?q=量子")


def test_body_author_and_title_are_escaped(client, archive):
    evil = '<script>alert("x")</script>'
    archive.documents = [Document("a", evil, f"港{evil}", evil, evil, evil)]
    html = read(client, "/doc/a?q=港<script>")
    assert html.count("<script") == 1  # the site's own
    assert '<p data-line="0"><mark id="hit-1">港&lt;script&gt;</mark>alert(' in html


@pytest.mark.parametrize(
    "article_id",
    [
        "a b",
        "https://例.cn/x?y=1#z",
        "/leading",
        "trailing/",
        "100%",
        "a\nb",
        "中文/第1篇.txt",
        "a//b",
    ],
)
def test_the_link_of_any_id_leads_to_its_article(client, archive, article_id):
    archive.documents = [Document(article_id, "题目", "港口")]
    link = re.search(r'<h2><a href="([^"]+)"', client.get("/search?q=港").text)
    assert link
    assert "<h1>题目</h1>" in read(client, link[1])


def test_no_path_of_this_machine_is_shown(client):
    assert "/machine" not in read(client, "/doc/seeds/station.txt?q=长三角")
    assert "/machine" not in read(client, "/search?q=长三角")


def test_glosses_can_be_hidden_where_there_are_any(client):
    assert 'class="no-gloss"' in read(client, "/doc/seeds/chain.txt")
    assert 'class="no-gloss"' not in read(client, "/doc/seeds/station.txt")


KINDS = """---
title: 港口
---
港口
====

> 一句引文

文／王小明

# 第一节

第一节的正文，写得很长，足够做一个段落，说的是港口与码头的事情，还有别的许多事情。

### 深两级的小标题

* 一项
* 另一项

```
代码  一行

又一行
```

■港口的夜景 本报记者 王小明 摄
"""


def test_lines_are_set_apart_by_what_they_are_and_none_is_lost(client, archive):
    archive.documents = [Document("a", "港口", KINDS)]
    html = read(client, "/doc/a?q=港口")
    text = html.partition('<div class="text">')[2].partition("</article>")[0]
    blocks = re.findall(r'<(?:div|blockquote) class="(\w+)">|<(h\d) data', text)
    assert [one or other for one, other in blocks] == [
        "definition",  # the front matter; the title below it is the page's own, its rule gone too
        "quote",
        "byline",
        "h2",
        "h3",  # not h4: no level is passed over
        "list",
        "code",
        "caption",
    ]
    shown = unescape(re.sub(r"<[^>]+>", "", text))
    assert shown.split() == KINDS.replace("港口\n====\n", "").split()
    assert '<span class="sign">### </span>深两级' in text
    assert re.findall(r"<h1>(.*?)</h1>", html) == ['<mark id="hit-1">港口</mark>']


def test_verse_is_set_tight_and_code_keeps_its_blank_lines(client, archive):
    archive.documents = [
        Document("a", "静夜思", "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。")
    ]
    html = read(client, "/doc/a")
    verse = html.partition('<div class="verse">')[2].partition("</div>")[0]
    assert verse.count("<p ") == 4
