"""A link to a stretch of text leads there, also after the text has moved."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Document
from web.ranges import checked, read_range

TEXTS = st.text(alphabet="港口长三角 \n\t的a", max_size=60)


@st.composite
def stretches(draw):
    """Return a text and a stretch of it that is not blank throughout."""
    text = draw(TEXTS.filter(str.strip))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return (text, start, end) if text[start:end].strip() else (text, 0, len(text))


def bare(text):
    return re.sub(r"\s", "", text)


@given(stretches(), TEXTS, TEXTS)
def test_the_very_characters_are_found_wherever_they_have_moved(stretch, before, after):
    text, start, end = stretch
    found = read_range(checked(text, start, end), before + text + after)
    assert found is not None
    assert bare((before + text + after)[slice(*found)]) == bare(text[start:end])


@given(stretches())
def test_in_a_text_that_has_not_changed_it_is_where_it_was(stretch):
    text, start, end = stretch
    found = read_range(checked(text, start, end), text)
    assert found is not None
    assert bare(text[: found[0]]) == bare(text[:start])
    assert bare(text[found[0] : found[1]]) == bare(text[start:end])


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_value_is_a_range_of_the_text_or_none(value, body):
    found = read_range(value, body)
    assert found is None or 0 <= found[0] < found[1] <= len(body)


def test_of_several_places_the_nearest_is_meant():
    text = "港口在东，港口在西，港口在北"
    assert read_range(checked(text, 5, 7), text) == (5, 7)
    assert read_range("9-11" + checked(text, 5, 7)[3:], text) == (10, 12)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2-4", (2, 4)),
        ("2-9999", (2, 6)),
        ("9-12", None),  # beyond the end
        ("0-2-2-00000000", None),  # the sum of other characters
        ("", None),
    ],
)
def test_a_place_without_a_sum_is_taken_as_it_is(value, found):
    assert read_range(value, "长三角的港口") == found


@pytest.mark.parametrize(
    "value", ["4-2", "3-3", "-1-2", "a-b", "1", "1-2-3", "１-２", "1-" + "9" * 99]
)
def test_what_is_no_range_still_leads_to_the_article_and_says_so(client, value):
    answer = client.get(f"/doc/seeds/station.txt?at={value}")
    assert answer.status_code == 200
    assert "已经不在文中" in answer.text


def test_a_stretch_that_the_page_does_not_show_is_said(client, archive):
    archive.documents = [Document("a", "题目", "题目\n正文")]
    assert "已经不在文中" in client.get("/doc/a?at=0-2").text
    assert "已经不在文中" not in client.get("/doc/a?at=3-5").text


def test_the_page_marks_the_stretch_beside_the_words_of_the_query(client, archive):
    archive.documents = [Document("a", "题", "东边的港口很大。\n西边没有。")]
    html = client.get("/doc/a?q=港口&at=2-6").text
    line = re.search(r'<p data-line="0">(.*?)</p>', html)[1]
    assert line == (
        '东边<span class="pointed" id="at">的</span>'
        '<span class="pointed"><mark id="hit-1">港口</mark></span>'
        '<span class="pointed">很</span>大。'
    )
    assert re.sub(r"<[^>]+>", "", line) == "东边的港口很大。"


def test_a_stretch_over_lines_is_marked_in_each(client, archive):
    archive.documents = [Document("a", "题", "东边的港口。\n\n西边没有。")]
    html = client.get("/doc/a?at=4-10").text
    assert re.findall(r'<span class="pointed"[^>]*>(.*?)</span>', html) == ["口。", "西边"]
    assert html.count('id="at"') == 1


def test_a_stretch_that_is_gone_is_said(client):
    html = client.get("/doc/seeds/station.txt?at=0-2-2-00000001").text
    assert "已经不在文中" in html
    assert "pointed" not in html


def test_each_line_says_where_it_begins_and_each_jump_where_it_goes_on(client, archive):
    body = archive.documents[1].body
    html = client.get("/doc/seeds/station.txt").text
    starts = [int(at) for at in re.findall(r'<p data-line="(\d+)">', html)]
    assert [body[at : at + 3] for at in starts] == ["本报记", "长三角"]
    (jump,) = map(int, re.findall(r'<span data-at="(\d+)">', html))
    assert body[jump : jump + 2] == "伸带"
