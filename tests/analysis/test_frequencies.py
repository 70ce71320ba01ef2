"""Frequencies are those of jieba's file, whatever order its lines are in."""

import random

import pytest

from search.analysis.frequencies import LONGEST, TOTAL, dictionary_path, frequency
from search.analysis.segmenter import is_usual


@pytest.fixture(scope="module")
def counted():
    rows = (line.split(" ") for line in dictionary_path().read_text("utf-8").splitlines())
    return [(row[0], int(row[1])) for row in rows]


def test_what_jieba_divides_by_is_the_sum_of_its_file(counted):
    assert sum(count for _, count in counted) == TOTAL
    assert max(len(word) for word, _ in counted if is_usual(word)) == LONGEST


def test_each_word_has_the_frequency_of_its_line(counted):
    out_of_order = ["一", "一一二", "吉林", "高富帅", "吉林工业大学", "高姓大名", "龢"]
    of_file = {word: count for word, count in counted if is_usual(word)}
    drawn = random.Random(6).sample(sorted(of_file), 3000) + out_of_order
    assert {word: frequency(word) for word in drawn} == {word: of_file[word] for word in drawn}


@pytest.mark.parametrize("text", ["三角形的", "角三", "容器编排", "龦鿕", "〇", "的的"])
def test_what_is_no_word_has_none(text):
    assert frequency(text) == 0
