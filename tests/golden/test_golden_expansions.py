"""What else may stand for a word: always behind what was typed, whatever it scores."""

import pytest
from golden_cases import ARTICLES, FIRST, SECOND, SYNONYMS, answer, order, page

from search import Archive
from tests.engine_under_test import place


@pytest.fixture(scope="module")
def with_synonyms(tmp_path_factory):
    index = place(tmp_path_factory.mktemp("golden-synonyms") / "index")
    Archive.build([ARTICLES], index)
    return Archive.open(index, synonyms=SYNONYMS)


def literal(*found):
    return [(one, "literal") for one in found]


def expanded(*found):
    return [(one, "expanded") for one in found]


# Regional words


@pytest.mark.parametrize("query", ["打印机", "打印機"])
def test_mainland_word_comes_before_that_of_taiwan(archive, query):
    assert page(archive, query) == [
        *literal(
            "printer",  # in the title and the body
            "library",  # once in a body
        ),
        *expanded("printer-tw"),  # 印表機, in the title: still behind 打印机 in passing
    ]


@pytest.mark.parametrize("query", ["印表机", "印表機"])
def test_word_of_taiwan_comes_before_that_of_the_mainland(archive, query):
    assert page(archive, query) == [
        *literal("printer-tw"),  # as typed
        *expanded("printer", "library"),  # 打印机 in a title, in a body
    ]


def test_expansions_are_told_and_can_be_switched_off(archive):
    assert answer(archive, "打印机").expansions == [
        {"from": "打印机", "to": "印表机", "kind": "regional"}
    ]
    assert order(archive, "打印机", expand=False) == ["printer", "library"]
    assert order(archive, "打印机", expand=["pinyin"]) == ["printer", "library"]


def test_quoted_and_excluded_words_are_not_expanded(archive):
    assert order(archive, '"打印机"') == ["printer", "library"]
    assert order(archive, "印表機 -打印机") == ["printer-tw"]


def test_expansions_sort_by_date_among_the_others(archive):
    assert order(archive, "打印机", sort="newest") == [
        "printer",  # 2021-03
        "printer-tw",  # 2020-05
        "library",  # undated, though typed so
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("出租车", [*literal("taxi"), *expanded("taxi-tw")]),
        ("出租車", [*literal("taxi"), *expanded("taxi-tw")]),
        ("计程车", [*literal("taxi-tw"), *expanded("taxi")]),
        ("計程車", [*literal("taxi-tw"), *expanded("taxi")]),
    ],
)
def test_taxis_of_both_sides_are_found_by_either_name(archive, query, expected):
    assert page(archive, query) == expected  # the article that has the name as typed comes first


@pytest.mark.parametrize("query", ["软件", "軟件"])
def test_software_of_the_mainland(archive, query):
    assert page(archive, query) == [
        *literal("translate"),  # 软件 in the title
        *expanded(
            "software-tw",  # 軟體, in the title
            "snail",  # 软体 inside 软体动物: the characters, not the word
        ),
    ]


@pytest.mark.parametrize("query", ["软体", "軟體"])
def test_software_of_taiwan(archive, query):
    assert page(archive, query) == [
        *literal(
            "software-tw",  # the word, in the title
            "snail",  # the characters as typed, inside 软体动物
        ),
        *expanded("translate"),  # 软件
    ]


@pytest.mark.parametrize("query", ["软体", "軟體"])
def test_software_of_the_seeds(seeds, query):
    assert page(seeds, query) == expanded(SECOND)  # 软件 twice; the other has neither


# Synonyms


def test_synonyms_of_a_file_come_behind_what_was_typed(with_synonyms):
    assert page(with_synonyms, "早市") == [
        *literal("taxi"),  # 早市 once, in passing
        *expanded("fish-market"),  # 鱼市, in the title
    ]
    assert page(with_synonyms, "鱼市") == [*literal("fish-market"), *expanded("taxi")]


def test_synonyms_of_one_way_do_not_lead_back(with_synonyms):
    assert page(with_synonyms, "海鲜市场") == [
        *expanded("fish-market"),  # 鱼市
        ("fruit-prices", "relaxed"),  # 市场, one of the two words
    ]
    assert answer(with_synonyms, "鱼市").expansions == [
        {"from": "鱼市", "to": "早市", "kind": "synonym"}
    ]


def test_without_the_file_there_are_no_synonyms(archive):
    assert order(archive, "早市") == ["taxi"]
    assert order(archive, "海鲜市场") == []


# Numbers and dates


@pytest.mark.parametrize("query", ["2024年", "２０２４年"])
def test_year_in_digits_comes_before_the_year_in_han(archive, query):
    assert page(archive, query, relax=False) == [*literal("snow"), *expanded("stage")]


def test_year_in_han_comes_before_the_year_in_digits(archive):
    assert page(archive, "二〇二四年", relax=False) == [
        *literal("stage"),  # as typed, once
        *expanded("snow"),  # 2024年, in the title
    ]


@pytest.mark.xfail(strict=True, reason="a number in Han scores as three words, in digits as two")
def test_year_in_a_way_that_no_article_has_finds_both(archive):
    assert page(archive, "二零二四年", relax=False) == expanded(
        "snow",  # in the title
        "stage",  # in the body
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("1991年", ["taxi-tw"]),  # 一九九一年
        ("1972年", ["c-lang"]),  # 一九七二年
        ("40000个", ["longjing"]),  # 四万个
        ("100年", ["island", "sewing"]),  # 一百年前; 一百 and 年 apart, as the words of any run
        ("5000个月", []),  # 五个月 is another number
    ],
)
def test_numbers_are_found_as_they_are_spelt(archive, query, expected):
    assert page(archive, query, relax=False) == expanded(*expected)


@pytest.mark.parametrize("query", ["八十六点三亿元", "八十六點三億元", "二〇二五年"])
def test_numbers_of_the_seeds_are_found_spelt_out(seeds, query):
    assert page(seeds, query, relax=False) == expanded(SECOND)  # 86.3亿元, 2025年


# Pinyin


@pytest.mark.parametrize("query", ["changsanjiao", "chang san jiao", "csj"])
def test_pinyin_finds_and_marks_the_characters(seeds, query):
    assert page(seeds, query) == expanded(
        FIRST,  # 长三角 in the title
        SECOND,  # only in the body
    )
    title = answer(seeds, query).hits[0].marked_title
    assert {title.text[start:end] for start, end in title.spans} == {"長三角"}


@pytest.mark.parametrize("query", ["chaguan", "cha guan", "CHAGUAN"])
def test_pinyin_gives_the_order_of_the_word(archive, query):
    assert page(archive, query) == expanded(
        "teahouse",  # as for 茶馆: the whole title
        "teahouse-gloss",  # in the title
        "longjing",  # in the body
    )


def test_initials_of_three_syllables_find_a_word_and_not_its_other_names(archive):
    assert page(archive, "dyj") == expanded("printer", "library")  # 打印机, and no 印表机
    assert order(archive, "cg") == []  # two initials are no pinyin


def test_pinyin_of_two_words_finds_both(archive):
    assert page(archive, "jingdian") == expanded(
        "sights",  # 景点: a word of the title, and once in the body
        "classics",  # 经典: a word of the body, in the title only inside 经典台词
        "drawn-map",  # 景点 in the body alone
    )


@pytest.mark.parametrize("query", ['"chaguan"', '"changsanjiao"', "chaguanx"])
def test_quoted_letters_are_no_pinyin(archive, query):
    assert order(archive, query) == []


def test_latin_word_that_stands_in_an_article_comes_before_pinyin(archive):
    assert page(archive, "gis", relax=False) == literal("gis")  # g-i-s, though three initials
