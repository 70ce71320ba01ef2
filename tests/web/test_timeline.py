"""Hits over time: bars for every period from first to last, each with the way to its own."""

import re
from datetime import date
from urllib.parse import unquote

import pytest

from web.dates import date_ranges, named_range
from web.parameters import PageRequest
from web.timeline import timeline

ASKED = PageRequest("港", page=3, sort="newest")


def counts(found):
    return [(bar.name, bar.count) for bar in found.bars]


def test_years_without_an_article_are_shown_too():
    found = timeline(ASKED, {"year": [("2020", 4), ("2017", 1), ("2018", 2)], "month": []})
    assert counts(found) == [("2017", 1), ("2018", 2), ("2019", 0), ("2020", 4)]
    assert [bar.height for bar in found.bars] == [25, 50, 0, 100]
    assert [bar.y + bar.height for bar in found.bars] == [100] * 4
    assert [bar.name for bar in found.told] == ["2017", "2018", "2020"]
    assert found.bars[0].address == {"q": "港", "sort": "newest", "since": "2017", "until": "2017"}


def test_of_one_or_two_years_the_months_are_shown():
    months = [("2023-11", 2), ("2024-02", 5), ("2023-12", 1)]
    found = timeline(ASKED, {"year": [("2023", 3), ("2024", 5)], "month": months})
    assert counts(found) == [("2023-11", 2), ("2023-12", 1), ("2024-01", 0), ("2024-02", 5)]
    assert found.bars[3].address["since"] == "2024-02"


def test_of_very_many_years_the_decades_are():
    years = [("1712", 1), ("1719", 2), ("1850", 7), ("2024", 1)]
    found = timeline(ASKED, {"year": years})
    assert found.bars[0].name == "1710–1719"
    assert found.bars[0].count == 3
    assert found.bars[0].address["until"] == "1719"
    assert sum(bar.count for bar in found.bars) == 11
    widest = timeline(ASKED, {"year": [("0001", 1), ("0700", 2), ("9999", 1)]})
    assert len(widest.bars) <= 120
    assert widest.bars[-1].address["until"] == "9999"


def test_the_least_of_all_can_still_be_seen():
    found = timeline(ASKED, {"year": [("2020", 100_000), ("2021", 1), ("2022", 7)]})
    assert found.bars[1].height == 3


@pytest.mark.parametrize(
    "facets", [{}, {"year": []}, {"year": [("2024", 9)], "month": [("2024-01", 4), ("2024-02", 5)]}]
)
def test_of_fewer_than_three_periods_there_is_nothing_to_see(facets):
    assert timeline(ASKED, facets) is None


def test_the_page_draws_bars_with_a_table_behind_them(client, archive):
    archive.changes = {"facets": {"year": [("2020", 1_234), ("2022", 1), ("2023", 2)]}}
    html = client.get("/search?q=产业&page=1").text
    figure = html.partition("<figure")[2].partition("</figure>")[0]
    assert figure.count("<rect") == 6  # a bar and its room for each period that has articles
    table = figure.partition("<tbody>")[2]
    rows = re.findall(r'<tr><td><a href="([^"]+)">(.*?)</a></td><td>(.*?)</td></tr>', table)
    assert [(name, count) for _, name, count in rows] == [
        ("2020", "1,234"),
        ("2022", "1"),
        ("2023", "2"),
    ]
    assert unquote(rows[1][0]) == "/search?q=产业&amp;since=2022&amp;until=2022"
    assert "style=" not in figure  # which the policy of the site would forbid
    assert "年份" not in html.partition('class="facets"')[2].partition("</nav>")[0]


@pytest.mark.parametrize(
    ("today", "month", "year"),
    [
        (date(2024, 6, 28), "2024-05-28", "2023-06-28"),
        (date(2024, 3, 31), "2024-02-29", "2023-03-31"),
        (date(2024, 2, 29), "2024-01-29", "2023-02-28"),
        (date(2024, 1, 15), "2023-12-15", "2023-01-15"),
    ],
)
def test_the_last_month_and_year_end_today(today, month, year):
    found = {one.name: one.since for one in date_ranges(ASKED, today)}
    assert found["一月内"] == month
    assert found["一年内"] == year
    assert found["时间不限"] == ""


def test_what_was_chosen_is_named():
    today = date(2024, 6, 28)
    for changes, name in (
        ({}, "时间不限"),
        ({"since": "2024-06-21"}, "一周内"),
        ({"since": "2024-06-21", "until": "2024-06-25"}, "2024-06-21 – 2024-06-25"),
        ({"until": "2020"}, "最早 – 2020"),
        ({"since": "2020", "until": "2020"}, "2020"),
    ):
        asked = PageRequest("港", **changes)
        assert named_range(asked, date_ranges(asked, today)) == name


def test_dates_of_ones_own_are_asked_for_in_a_form_that_keeps_the_rest(client, archive):
    archive.changes = {"facets": {"year": [("2020", 1)]}, "total": 1}
    html = client.get("/search?q=产业&sort=newest&where=author=毛&since=2020-01-02&page=1").text
    form = html.partition('class="dates"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="q" value="产业">' in form
    assert '<input type="hidden" name="sort" value="newest">' in form
    assert '<input type="hidden" name="where" value="author=毛">' in form
    assert '<input type="date" name="since" value="2020-01-02">' in form
    assert '<input type="date" name="until" value="">' in form
    assert form.count('name="since"') == 1


def test_a_year_is_shown_from_its_first_day_to_its_last(client):
    form = client.get("/search?q=产业&since=2019&until=2024-02").text
    assert 'name="since" value="2019-01-01"' in form
    assert 'name="until" value="2024-02-29"' in form
    assert 'name="since" value=""' in client.get("/search?q=产业&since=x&until=2020").text


def test_an_archive_without_dates_offers_none(client):
    assert 'class="dates"' not in client.get("/search?q=产业").text
