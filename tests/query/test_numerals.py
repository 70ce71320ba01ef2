"""Chinese numerals to numbers and back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.query.numerals import MOST, digits, number_of, numeral, spelt

numbers = st.integers(0, MOST) | st.builds(
    lambda head, zeros, tail: (head * 10**zeros + tail) % (MOST + 1),
    st.integers(1, 99),
    st.integers(0, 14),
    st.integers(0, 120),
)


@given(numbers)
@example(10**8 + 10**4)
@example(10_000_010)
def test_a_numeral_reads_back_as_its_number(number):
    assert number_of(numeral(number)) == number


@given(st.text("零〇一二两三九十百千万亿", max_size=8))
def test_what_reads_as_a_number_is_its_numeral(text):
    number = number_of(text)
    if number is not None:
        plain = text.replace("〇", "零").replace("两", "二")
        assert plain in (numeral(number), f"一{numeral(number)}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("一十二", 12),
        ("十二", 12),
        ("三十五", 35),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百二十", 120),
        ("两千", 2000),
        ("二千", 2000),
        ("两万五千", 25_000),
        ("一万零五十", 10_050),
        ("十万", 100_000),
        ("三千二百万", 32_000_000),
        ("八亿", 800_000_000),
        ("一万亿", 10**12),
    ],
)
def test_usual_numerals_are_read(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三五",
        "二〇二四",
        "千万",
        "百",
        "万一",
        "一百二",
        "一百五十十",
        "十十",
        "两",
        "两十",
        "一千五",
    ],
)
def test_what_is_no_numeral_or_may_be_another_is_not_read(text):
    assert number_of(text) is None


def test_a_number_beyond_all_numerals_is_refused():
    with pytest.raises(ValueError, match="has no usual numeral"):
        numeral(MOST + 1)


@given(st.text("0123456789", min_size=1))
def test_digits_are_spelt_and_read_back(figures):
    assert digits(spelt(figures)) == digits(spelt(figures, "零")) == figures
