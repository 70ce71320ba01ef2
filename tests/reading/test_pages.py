import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cases import told

from search.document import Document
from search.reading import SourceFile, documents

SENTENCE = "长三角示范区举行联合招商活动，各地企业代表参加。"
MENU = "".join(f"<li><a href=/{n}>频道{n}</a></li>" for n in range(9))


def page(body: str, head: str = "") -> Document:
    return page_of(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def page_of(raw: bytes) -> Document:
    (reading,) = documents(SourceFile("a.html", "s/a.html", 0, 0), raw)
    assert isinstance(reading, Document), reading
    return reading


@pytest.mark.parametrize(
    "around",
    [
        f"<nav>{SENTENCE}</nav>",
        f"<ul>{MENU}</ul>",
        f"<div class='nav-bar'><ul>{MENU}</ul></div>",
        "<div class='crumb'><a href=/>首页</a> &gt; <a href=/n>要闻</a></div>",
        f"<div id='footer'><p>版权所有。{SENTENCE}</p></div>",
        f"<aside><h3>热点</h3><ul>{MENU}</ul></aside>",
        f"<div class='comments'><p>{SENTENCE}</p></div>",
        "<script>var a = '。';</script><style>p {}</style><p hidden>藏。</p>",
    ],
)
def test_what_stands_around_an_article_is_left_out(around):
    article = f"<div><h1>招商引凤</h1><p>{SENTENCE}</p><p>短段</p><p>{SENTENCE}</p></div>"
    expected = f"招商引凤\n\n{SENTENCE}\n\n短段\n\n{SENTENCE}"
    assert page(around + article).body == expected
    assert page(article + around).body == expected


def test_an_article_is_never_lost_to_the_name_of_its_box():
    assert page(f"<div class='comment'><p>{SENTENCE}</p></div>").body == SENTENCE
    assert page(f"<ul>{MENU}</ul>").body.startswith("- 频道0\n- 频道1")
    assert page("<p>短</p>").body == "短"


def test_lists_and_tables_stay_readable_and_breaks_are_lines():
    body = page(
        "<p>一<br>二</p><ul><li>甲<li>乙</ul><ol><li>丙</li><li>丁</li></ol>"
        "<table><tr><th>地</th><th>值</th></tr><tr><td>沪</td><td>1</td></tr></table>"
        "三<br><br>四<pre>a  b\n  c</pre>"
    ).body
    assert body == "一\n二\n\n- 甲\n- 乙\n\n1. 丙\n2. 丁\n\n地\t值\n沪\t1\n\n三\n\n四\n\na  b\n  c"


def test_a_line_of_the_source_that_breaks_off_is_no_line():
    assert (
        page("<p>联合\n  招商 活动\nof  <b>Shanghai</b>\nand</p>").body
        == "联合招商 活动 of Shanghai and"
    )


@pytest.mark.parametrize(
    ("ruby", "text"),
    [
        ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>", "漢(hàn)字(zì)"),
        ("<ruby>漢字<rt>hàn zì</rt></ruby>", "漢(hàn)字(zì)"),
        ("<ruby><rb>漢</rb><rb>字</rb><rt>hàn</rt><rt>zì</rt></ruby>", "漢(hàn)字(zì)"),
        ("<ruby>北京<rt>ペキン</rt></ruby>", "北京(ペキン)"),
        ("<ruby>漢<rt></rt></ruby>", "漢"),
    ],
)
def test_readings_above_characters_follow_them_in_brackets(ruby, text):
    assert page(f"<p>{ruby}。</p>").body == f"{text}。"


def test_the_head_of_a_page_names_title_author_and_address():
    found = page(
        f"<h1>正文题</h1><p>{SENTENCE}</p>",
        "<meta property='og:title' content='招商引凤'><meta name=author content=毛丽君>"
        "<meta name=keywords content=招商><title>招商引凤_某报</title>",
    )
    assert (found.title, found.author) == ("招商引凤", "毛丽君")
    assert found.metadata["keywords"] == "招商"


def test_the_name_of_the_site_is_no_part_of_the_title():
    body = f"<h1>招商引凤</h1><p>{SENTENCE}</p>"
    assert page(body, "<title>招商引凤_某报网</title>").title == "招商引凤"
    assert page(body, "<title>某报网</title>").title == "某报网"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "gb2312"),
        ("big5", "big5"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8", "iso-8859-1"),
    ],
)
def test_a_page_is_decoded_as_it_declares_where_its_bytes_agree(encoding, declared):
    text = f"<meta charset='{declared}'><p>上海市舉行聯合招商活動，代表參加。</p>"
    assert page_of(text.encode(encoding)).body == "上海市舉行聯合招商活動，代表參加。"


@pytest.mark.parametrize("body", ["", "<script>1</script>", "<img src=a.png>", "<p> \xa0</p>"])
def test_a_page_without_text_says_so(body):
    raw = f"<html><head><title>题</title></head><body>{body}</body></html>".encode()
    (reading,) = documents(SourceFile("a.html", "s/a.html", 0, 0), raw)
    assert told(reading) == (
        "cannot read 's/a.html': a page without text",
        "save it once the browser shows its text, or remove it",
    )


def test_an_entity_of_another_file_is_not_read(tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")
    raw = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><p>正文&e;。</p>'.encode()
    assert "secret" not in page_of(raw).body.replace(f"{tmp_path}/secret", "")


@given(st.text(alphabet="<>/pdivanul =\"'甲。&;\n", max_size=80))
def test_no_page_raises_and_no_text_is_lost(text):
    for reading in documents(SourceFile("a.html", "s/a.html", 0, 0), text.encode()):
        assert not isinstance(reading, Document) or reading.body.strip()
