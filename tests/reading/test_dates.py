"""Dates as they are written, against a plain maker of every form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading.dateline import date_of_address, date_of_line, date_of_path, with_year
from search.reading.dates import date_in, iso_date

FIGURES = "〇一二三四五六七八九"
DAYS = st.dates(date(1912, 1, 1), date(2999, 12, 31))


def in_han(number: int) -> str:
    """Return a number below a hundred as it is said: 二十八."""
    tens, ones = divmod(number, 10)
    said = "十" if tens == 1 else FIGURES[tens] + "十" if tens else ""
    return said + (FIGURES[ones] if ones else "")


def forms(day: date) -> list[str]:
    year, month, date_ = day.year, day.month, day.day
    digits = "".join(FIGURES[int(digit)] for digit in str(year))
    in_figures = f"{year}年{month}月{date_}日"
    return [
        day.isoformat(),
        f"{day.isoformat()}T10:20:30+08:00",
        f"{day.isoformat()} 10:20",
        f"{year}-{month}-{date_}",
        f"{year}/{month}/{date_} 9:05",
        f"{year}.{month:02}.{date_:02}",
        in_figures,
        f"{year} 年 {month:02} 月 {date_:02} 日 10:20:30",
        f"{in_figures} 星期五",
        f"{in_figures}（星期五）",
        in_figures.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        f"{digits}年{in_han(month)}月{in_han(date_)}日",
        f"{digits.replace('〇', '零')}年{in_han(month)}月{in_han(date_)}日",
        f"{digits.replace('〇', '○')}年{in_han(month)}月{in_han(date_)}號",
        f"民國{year - 1911}年{month}月{date_}日",
        f"中華民國 {year - 1911} 年 {month} 月 {date_} 日",
        day.strftime("%a, %d %b %Y 10:20:30 +0800"),
        day.strftime("%d %B %Y"),
        day.strftime("%a %b %d 10:20:30 2024").replace("2024", str(year)),
        day.strftime("%B %d, %Y"),
    ]


@given(DAYS)
def test_every_way_to_write_a_day_gives_that_day(day):
    assert {form: iso_date(form) for form in forms(day)} == dict.fromkeys(
        forms(day), day.isoformat()
    )


@given(DAYS)
def test_a_line_of_a_date_gives_that_day(day):
    assert {date_of_line(f"（{form}）") for form in forms(day)} == {day.isoformat()}


@given(DAYS)
def test_a_month_stays_a_month(day):
    digits = "".join(FIGURES[int(digit)] for digit in str(day.year))
    written = (f"{digits}年{in_han(day.month)}月", f"{day.year}年{day.month}月", f"{day:%Y.%m}")
    assert {iso_date(form) for form in written} == {f"{day:%Y-%m}"}


@given(st.text(alphabet="0123456789年月日民國元〇二十廿百-/. :TJun星期五") | st.text())
def test_no_text_makes_reading_a_date_fail(text):
    assert date_in(text) == "" or iso_date(date_in(text)) == date_in(text)
    assert date_of_line(text) == "" or len(date_of_line(text)) > 4


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("民國元年", "1912"),
        ("中华民国二十六年七月七日", "1937-07-07"),
        ("民國一百一十三年六月廿八日", "2024-06-28"),
        ("二〇二四年", "2024"),
        ("2024年元月1日", "2024-01-01"),
    ],
)
def test_years_and_days_by_name(written, day):
    assert iso_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "2024年2月30日",
        "二〇二四年十三月",
        "2024年0月1日",
        "20240628",
        "一二三年",
        "民國",
        "六月二十八日",
    ],
)
def test_days_that_are_none(written):
    assert date_in(written) == ""


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.com/2024/06/28/title.html", "2024-06-28"),
        ("http://paper.example.cn/n1/2024/0628/c1001-40.html", "2024-06-28"),
        ("http://www.example.cn/politics/2024-06/28/c_113.htm", "2024-06-28"),
        ("http://example.com/nw.D110000renmrb_20240628_1-01.htm", "2024-06-28"),
        ("https://example.com/2024/06/title", "2024-06"),
        ("https://example.com/2024/6/8/title", "2024-06-08"),
        ("https://example.com/article-12493-1.html", ""),
        ("https://example.com/2024/13/28/title", ""),
        ("https://example.com/20240628093015123/title", ""),
        ("https://example.com/happy-2024-the-year", ""),
    ],
)
def test_the_date_of_an_address(address, day):
    assert date_of_address(address) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("lctt/06882-20221101.3_Title.md", "2022-11-01"),
        ("blog/2024-06-28-title.md", "2024-06-28"),
        ("news/20240628.txt", "2024-06-28"),
        ("news/2024/06/28/a.txt", "2024-06-28"),
        ("news/20240628/a.txt", "2024-06-28"),
        ("office/纪要（2024年6月28日）.txt", "2024-06-28"),
        ("office/公文民國113年6月28日.txt", "2024-06-28"),
        ("seeds/002_36eff7ae45c6ac4f.txt", ""),
        ("calls/13820240628.txt", ""),
        ("news/20241399.txt", ""),
    ],
)
def test_the_date_of_a_path(path, day):
    assert date_of_path(path) == day


def test_a_day_without_its_year_is_the_one_next_to_a_date_that_is_known():
    assert with_year("06-28", "2024-06-30") == "2024-06-28"
    assert with_year("12-31", "2024-01-02") == "2023-12-31"
    assert with_year("01-01", "2023-12-31") == "2024-01-01"
    assert with_year("06-28", "2024") == "2024-06-28"
    assert with_year("02-29", "2023") == ""
    assert with_year("06-28", "") == ""
