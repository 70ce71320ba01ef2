"""Runs with words of the user's are cut as jieba would, had it these words and its old total."""

import random
import re

import jieba
import pytest
from analysis_cases import seed_texts, varied_text
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.cutting import cut, cut_all, cut_joined
from search.analysis.dictionary import Dictionary
from search.analysis.frequencies import TOTAL
from search.analysis.routes import cut_with, frequency_needed
from search.analysis.segmenter import _load

RUNS = sorted(
    {
        run
        for text in [*seed_texts(), varied_text()]
        for run in re.findall("[\u4e00-\u9fd5]{2,}", text)
    }
)


@pytest.fixture(scope="module")
def reference():
    """Return jieba itself, which is given words for each cut and forgets them again."""
    loaded = _load()

    def lcut(run, words):
        tokenizer = jieba.Tokenizer()
        tokenizer.initialized, tokenizer.total = True, TOTAL
        tokenizer.FREQ = _Laid(words, loaded.FREQ)
        forbidden = {word for word, count in words.items() if not count}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("jieba.finalseg.Force_Split_Words", forbidden)
            return tokenizer.lcut(run)

    return lcut


class _Laid(dict):
    """jieba's frequencies with others laid over them, beginnings of words included."""

    def __init__(self, words, below):
        super().__init__(words)
        self._begun = {word[:end] for word in words for end in range(1, len(word))}
        self._below = below

    def __contains__(self, text):
        return super().__contains__(text) or text in self._begun or text in self._below

    def __getitem__(self, text):
        return self.get(text, 0)

    def get(self, text, default=None):
        if super().__contains__(text):
            return super().__getitem__(text)
        return self._below.get(text, 0 if text in self._begun else default)


def test_without_a_word_the_model_cuts_as_jieba_does():
    nothing = Dictionary()
    assert [run for run in RUNS if cut_with(run, nothing) != cut(run)] == []


def test_with_words_it_cuts_as_jieba_does_with_them(reference):
    dice = random.Random(6)
    differing = []
    for run in dice.sample(RUNS, 400):
        words = {}
        for _ in range(dice.randint(1, 3)):
            start = dice.randrange(len(run) - 1)
            end = min(len(run), start + dice.randint(2, 5))
            words[run[start:end]] = dice.choice([0, 1, 3, 50, 2000, 10**6])
        found, expected = cut_with(run, Dictionary(words)), reference(run, words)
        if found != expected:
            differing.append((run, words, found, expected))
    assert differing == []


def test_a_word_is_cut_where_it_stands_and_nowhere_else():
    words = Dictionary({"容器编排": 1, "和服": 82, "台中": 69})
    assert cut("容器编排平台", words) == ["容器编排", "平台"]
    assert cut("容器和编排平台", words) == ["容器", "和", "编排", "平台"]
    assert cut("他在台中出席", words) == ["他", "在", "台中", "出席"]
    # 和服 stands here as text; as words 和 and 服务 are far likelier.
    assert cut("产品和服务", words) == ["产品", "和", "服务"]


def test_a_forbidden_word_is_cut_by_what_else_is_known():
    assert cut("武汉市长江大桥") == ["武汉市", "长江大桥"]
    assert cut("武汉市长江大桥", Dictionary({"长江大桥": 0})) == ["武汉市", "长江", "大桥"]
    # 末来 is in no dictionary: jieba's model of characters makes it.
    assert cut("末来") == ["末来"]
    assert cut("末来", Dictionary({"末来": 0})) == ["末", "来"]


def test_a_word_that_is_made_rarer_is_not_found_again_by_jieba_alone():
    assert cut("上海") == ["上海"]
    assert cut("上海", Dictionary({"上海": 1})) == ["上", "海"]


@pytest.mark.parametrize("run", ["容器编排", "区块链技术", "的了", "边缘计算平台", "毛丽君"])
def test_the_frequency_that_is_needed_is_enough_for_the_word_alone(run):
    needed = frequency_needed(run, Dictionary())
    assert cut(run, Dictionary({run: needed})) == [run]


def test_it_is_enough_beside_words_that_lie_within():
    within = Dictionary({"边缘": 10**6, "计算平台": 10**6})
    needed = frequency_needed("边缘计算平台", within)
    assert cut("边缘计算平台", Dictionary({**within.han, "边缘计算平台": needed})) == [
        "边缘计算平台"
    ]


HAN = st.text("长三角示范区一体化中国人民和服务", min_size=1, max_size=14)
WORDS = st.dictionaries(
    st.text("长三角示范区一体化中国人民和服务", min_size=2, max_size=4),
    st.integers(0, 10**6),
    max_size=4,
)


@given(st.lists(HAN, max_size=4), WORDS)
def test_many_runs_at_once_are_cut_as_each_alone(runs, words):
    dictionary = Dictionary(words)
    expected = [cut(run, dictionary) for run in runs]
    assert ["".join(found) for found in expected] == runs
    assert cut_all(runs, dictionary) == expected
    joined = cut_joined("\n".join(runs), dictionary)
    assert "\0".join(joined).replace("\0\n\0", "\n").replace("\0\n", "\n").replace(
        "\n\0", "\n"
    ) == "\n".join("\0".join(found) for found in expected)


@given(HAN, WORDS, WORDS)
def test_only_words_that_stand_in_a_run_matter_to_it(run, words, others):
    elsewhere = {word: count for word, count in others.items() if word not in run}
    assert cut(run, Dictionary({**elsewhere, **words})) == cut(run, Dictionary(words))
