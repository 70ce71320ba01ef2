"""Keys found by how they begin, what they hold and how they sound; the plain rule beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.archive.phrase_table import PhraseTable, key_of
from search.query.sounding import read_as, read_from

KEYS = ["长三角", "长江", "长江三角洲", "中国人", "git仓库", "digit识别", "长大", "git"]


def named(table, numbers):
    return [table.key(number) for number in numbers]


@pytest.fixture
def table():
    return PhraseTable(KEYS)


def test_keys_are_found_by_their_beginning_in_their_order(table):
    assert named(table, table.beginning("长", 9)) == ["长三角", "长江", "长江三角洲", "长大"]
    assert named(table, table.beginning("长", 2)) == ["长三角", "长江"]
    assert named(table, table.beginning("长江", 9)) == ["长江三角洲"]  # it has to go on
    assert table.beginning("三角", 9) == []


def test_keys_are_found_by_what_they_hold_behind_their_beginning(table):
    assert named(table, table.holding("三角", 9)) == ["长三角", "长江三角洲"]
    assert named(table, table.holding("三角", 1)) == ["长三角"]
    assert table.holding("长", 9) == []


def test_latin_letters_begin_a_word_where_they_are_held():
    table = PhraseTable(["digit", "用git", "a git", "legit git"])
    assert named(table, table.holding("git", 9)) == ["用git", "a git", "legit git"]


def test_keys_are_found_by_the_sound_of_their_first_characters(table):
    chang, jiang, z = read_as("chang"), read_as("jiang"), read_from("z")
    assert named(table, table.sounding([chang, jiang], 9)) == ["长江", "长江三角洲"]
    assert named(table, table.sounding([z], 9)) == [
        "长三角",
        "长江",
        "长江三角洲",
        "中国人",
        "长大",
    ]
    assert table.sounding([chang] * 9, 9) == []


def test_no_sound_reaches_over_the_end_of_a_key():
    table = PhraseTable(["长", "江"])
    assert table.sounding([read_as("chang"), read_as("jiang")], 9) == []


def test_letters_sound_like_every_syllable_that_they_begin():
    zh, zhong = read_from("zh"), read_from("zhong")
    assert zh[ord("中")]
    assert zh[ord("长")]
    assert not zh[ord("江")]
    assert zhong[ord("中")]
    assert not zhong[ord("长")]


def test_an_empty_table_holds_nothing():
    table = PhraseTable([])
    assert len(table) == 0
    assert table.beginning("长", 9) == table.holding("长", 9) == []
    assert table.sounding([read_as("chang")], 9) == []


@pytest.mark.parametrize(
    ("folded", "key"),
    [
        ("《红楼梦》 上", "红楼梦》上"),
        ("10 个 linux  命令", "10个linux命令"),
        ("visual studio code", "visual studio code"),
        ("——", ""),
        ("c++", "c++"),
        ("长江。", "长江"),
        ("a\nb", "a b"),
    ],
)
def test_signs_before_a_key_and_blanks_beside_han_count_for_nothing(folded, key):
    assert key_of(folded) == key


@given(
    st.lists(st.text("长江三角🀄", min_size=1, max_size=6), unique=True),
    st.text("长江三角🀄", min_size=1, max_size=3),
)
def test_any_table_finds_what_looking_at_each_key_finds(keys, wanted):
    table = PhraseTable(keys)
    starting = [k for k in keys if k.startswith(wanted) and k != wanted]
    assert named(table, table.beginning(wanted, 99)) == starting
    inside = [k for k in keys if wanted in k and not k.startswith(wanted)]
    assert named(table, table.holding(wanted, 99)) == inside
