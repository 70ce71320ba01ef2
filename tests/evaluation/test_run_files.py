"""Runs in TREC's form: what is written is read again, and those of other tools are read."""

import pytest
from evaluation_cases import write

from search.errors import JudgmentError
from search.evaluation import Run, read_run, write_run


def test_a_run_that_was_written_is_read_as_it_was(tmp_path):
    ranked = {"q1": ["报纸/a b.txt", "c"], "q2": ["c"]}
    write_run(Run("my run", {**ranked, "q3": []}), tmp_path / "a.run")
    assert (tmp_path / "a.run").read_text("utf-8") == (
        "q1 Q0 报纸/a b.txt 1 2 my-run\nq1 Q0 c 2 1 my-run\nq2 Q0 c 1 1 my-run\n"
    )
    assert read_run(tmp_path / "a.run") == Run("my-run", ranked)


def test_score_decides_before_rank_and_rank_where_scores_are_equal(tmp_path):
    path = write(tmp_path, "a.run", "1 Q0 a 1 0.5 x\n1 Q0 b 2 1e1 x\n1\tQ0\tc\t0\t0.5\tx\n")
    assert read_run(path).ranked == {"1": ["b", "c", "a"]}


def test_a_run_that_found_nothing_is_an_empty_file_named_after_it(tmp_path):
    write_run(Run("none", {"q1": []}), tmp_path / "none.run")
    assert (tmp_path / "none.run").read_bytes() == b""
    assert read_run(tmp_path / "none.run") == Run("none", {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 Q0 a 1 2 x\n1 Q0 a 1 2\n", ", line 2: it is not 'qid Q0 article rank score name'"),
        ("1 Q0 a 1 high x\n", ", line 1: it is not 'qid Q0 article rank score name'"),
        ("1 Q0 a 1 nan x\n", ", line 1: it is not 'qid Q0 article rank score name'"),
    ],
)
def test_the_line_of_a_run_that_is_wrong_is_named(tmp_path, text, said):
    path = write(tmp_path, "a.run", text)
    with pytest.raises(JudgmentError) as caught:
        read_run(path)
    assert str(caught.value) == f"cannot read '{path}'{said}"
