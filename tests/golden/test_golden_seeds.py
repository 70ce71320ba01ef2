"""The whole order of answers over the two articles of `seeds/`, a reason for each place in it."""

import pytest
from golden_cases import FIRST, SECOND, answer


def order(archive, query):
    """Return the ids of all answers, best first."""
    return [hit.id for hit in answer(archive, query).hits]


@pytest.mark.parametrize("query", ["长三角", "長三角", "示范区", "示範區", "示范區"])
def test_first_article_has_the_word_in_its_title(seeds, query):
    assert order(seeds, query) == [
        FIRST,  # its first sentence, which is its title, has 长三角…示范区
        SECOND,  # only in the body
    ]


@pytest.mark.parametrize("query", ["产业", "產業", '"产业"', "產(chǎn)業(yè)"])
def test_article_denser_in_the_word_comes_first(seeds, query):
    assert order(seeds, query) == [
        SECOND,  # 25 times in 2,769 characters, each 111; in neither title
        FIRST,  # 12 times in 1,642 once its glosses are gone, each 137
    ]


def test_single_character_goes_by_length_at_the_same_count(seeds):
    assert order(seeds, "港") == [
        FIRST,  # 数智港 twice, in the shorter text
        SECOND,  # 花港湾 twice, in the longer one
    ]


def test_text_that_no_word_cut_gives_goes_by_count(seeds):
    assert order(seeds, "业链") == [
        FIRST,  # 产业链 three times, in the shorter text
        SECOND,  # 产业链 twice
    ]


@pytest.mark.parametrize("query", ["GIS", "gis", "bim", "bim+gis", "ＢＩＭ＋ＧＩＳ", "５Ｇ", "5g"])
def test_latin_terms_are_found_whole_and_by_part(seeds, query):
    assert order(seeds, query) == [SECOND]  # BIM+GIS and 5G stand only there


def test_number_with_its_unit_is_found(seeds):
    assert order(seeds, "154亿元") == [FIRST]  # 约154億元; the other has 903.1亿元 and 86.3亿元


@pytest.mark.parametrize("query", ['"联合招商活动"', '"延伸带动"', '"未来绿色交通"'])
def test_quotations_cross_breaks_of_the_layout(seeds, query):
    assert order(seeds, query) == [SECOND]  # a column's edge cut each in two


@pytest.mark.parametrize("query", ['"毛丽君各美"', '"合力发展如何"'])
def test_quotations_do_not_cross_real_breaks(seeds, query):
    assert order(seeds, query) == []  # the byline and the crosshead end where their lines end


@pytest.mark.parametrize("query", ["chǎn", "ch", "chan"])
def test_glosses_are_not_text(seeds, query):
    assert order(seeds, query) == []  # the first article's 產(chǎn) is its only chǎn
