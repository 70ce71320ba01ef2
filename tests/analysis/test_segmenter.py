"""rjieba cuts as jieba does, and jieba keeps quiet."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from analysis_cases import seed_texts, varied_text
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.segmenter import cut, cut_with_jieba

HAN_RUN = re.compile("[\u4e00-\u9fd5]+")
REAL_RUNS = sorted(
    {run for text in [*seed_texts(), varied_text()] for run in HAN_RUN.findall(text)}
)


def test_the_real_text_is_long_enough_to_tell():
    assert sum(map(len, REAL_RUNS)) > 4500
    assert len(REAL_RUNS) > 500


def test_real_text_is_cut_as_jieba_cuts_it():
    differing = [run for run in REAL_RUNS if cut(run) != cut_with_jieba(run)]
    assert differing == []


@pytest.mark.parametrize(
    "run",
    [
        "龦鿕",  # U+9FA6 to U+9FD5, which jieba counts as Han
        "中鿕国",
        "鿖鿫",  # U+9FD6 and on, which it does not
        "中国鿫人民",
        "㐀㐁",  # extension A
        "中国㐀人民",
        "𠮷野家",  # extension B
        "二〇二四年",
        "人々",
        "𰻞𰻞面",  # extension G
        "⺀人",
        "㐂",
    ],
)
def test_rare_characters_are_cut_as_jieba_cuts_them(run):
    assert cut(run) == cut_with_jieba(run)
    assert "".join(cut(run)) == run


@given(st.text(st.sampled_from("中国人民长三角示范区〇𠮷㐀鿖鿕々"), min_size=1, max_size=12))
def test_the_words_of_a_run_joined_are_the_run(run):
    assert "".join(cut(run)) == run
    assert all(cut(run))


def test_jieba_loads_without_a_word_and_without_a_file(tmp_path: Path):
    code = (
        "from search.analysis.segmenter import cut_with_jieba;"
        "assert cut_with_jieba('𠮷野家') == ['𠮷', '野家']"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_cutting_does_not_load_jieba():
    code = (
        "import sys; from search.analysis.segmenter import cut; cut('长三角示范区二〇二四𠮷野家');"
        "assert 'jieba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
