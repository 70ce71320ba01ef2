"""What a dictionary file may say, and what is said of one that cannot be used."""

import pickle

import pytest

from search.analysis.cutting import cut
from search.analysis.dictionary import NONE, Dictionary, from_json
from search.analysis.dictionary_file import read_dictionary
from search.errors import SettingError


def read(text: str) -> Dictionary:
    return read_dictionary(text, "dictionary.txt")[0]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("卡拉OK", "卡拉ok"),
        ("B超 5 n", "b超"),
        ("C++", "c++"),
        ("让·雷诺 nr", "让·雷诺"),
        ("A*算法", "a*算法"),
        ("k8s/容器 10", "k8s/容器"),
        ("阿尔-法", "阿尔-法"),
        ("5G+工业互联网", "5g+工业互联网"),
        ("New York", "new york"),
        ("New  York 3 ns", "new york"),
        ("使用 Docker", "使用docker"),
        ('"Windows 10"', "windows 10"),
        ('"Windows 10" 20 nz', "windows 10"),
        ("“iPhone X”", "iphone x"),
        ("ＢＩＭ＋ＧＩＳ", "bim+gis"),
        ('"Python 3.5"', "python 3.5"),
        ("卡拉OK 5 company", "卡拉ok"),
        ("東京タワー", "东京タワー"),
        ("𠮷野家", "𠮷野家"),
        ("二〇二四", "二〇二四"),
    ],
)
def test_words_with_signs_spaces_latin_and_digits_are_mixed(line, word):
    assert read(line) == Dictionary(mixed={word})


def test_usual_han_words_have_a_frequency_given_or_needed():
    found = read("云计算 5\n雲端 7 n\n產(chǎn)業(yè)鏈條 9\n容器编排\n江大桥 0")
    assert found.han.items() >= {"云计算": 5, "云端": 7, "产业链条": 9, "江大桥": 0}.items()
    assert cut("容器编排", found) == ["容器编排"]


def test_a_frequency_may_have_any_tag_behind_it_and_be_in_full_width():
    assert read("容器编排 5 nis\n云计算　７ company").han == {"容器编排": 5, "云计算": 7}


def test_of_lines_with_the_same_word_the_last_counts():
    assert read("云计算 5\n雲計算 8").han == {"云计算": 8}


def test_comments_blank_lines_and_a_byte_order_mark_say_nothing():
    assert read("# 词\n\n  \n云计算 5 # 五\nC# 3\n") == Dictionary({"云计算": 5}, {"c#"})


def test_a_latin_term_of_parts_can_be_kept_apart():
    assert read("bim+gis 0\n5g 0\nnode.js 0") == Dictionary(apart={"bim+gis", "5g", "node.js"})


def test_a_single_character_is_noted_and_left_out():
    found, notes = read_dictionary(
        "的 5\n\n" + "\n".join("一二三四五六七八九十百千万亿上下左右前后东西"), "d"
    )
    assert found == NONE
    assert len(notes) == 20
    assert notes[0] == "line 1 of 'd': '的' is one character, which changes nothing"
    assert notes[-1] == "and 4 more of the kind"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("……", "'……' holds no character, letter or digit"),
        ("gis 0", "'gis' cannot be forbidden: only Han and Latin of several parts can"),
        ("卡拉ok 0", "'卡拉ok' cannot be forbidden: only Han and Latin of several parts can"),
        ("云" * 65, "a word has 64 characters at most"),
        ("云计算 1000000001", "a frequency is 1,000,000,000 at most"),
        ('"云计算" 五', "'五' is no frequency and no tag"),
        ("云计算 -5", "'-5' is no frequency: a whole number is, from 0"),
        ("云计算 3.5", "'3.5' is no frequency: a whole number is, from 0"),
        ('"云计算', 'the quotation mark " is not closed'),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line, fault):
    with pytest.raises(SettingError) as error:
        read(f"云计算 5\n{line}")
    assert str(error.value) == f"cannot use dictionary 'dictionary.txt': line 2: {fault}"
    assert error.value.hint.startswith("mend line 2: a word, and behind it")


def test_what_is_stored_is_read_back_and_sent_to_other_processes():
    found = read("云计算 5\nC++\nbim+gis 0\n江大桥 0")
    assert from_json(found.to_json()) == found
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(pickle.loads(pickle.dumps(found))) == hash(found)
    with pytest.raises(ValueError, match="the dictionary is damaged"):
        from_json('{"han": 5}')


def test_its_name_is_that_of_what_it_holds():
    assert NONE.digest == "none"
    assert read("云计算 5\nC++").digest == read("c++ 7\n# 雲\n雲計算 5 n").digest
    assert read("云计算 5").digest != read("云计算 6").digest


def test_words_differ_where_one_is_added_taken_away_or_changed():
    before, after = read("云计算 5\n江大桥 0\nC++"), read("云计算 6\n江大桥 0\nbim+gis 0")
    assert before.differing(after) == after.differing(before) == ["bim+gis", "c++", "云计算"]
    assert before.differing(before) == []
