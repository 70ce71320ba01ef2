"""`search eval`: what it prints, saves and compares, and what it refuses."""

import json
import sys

import pytest
from cli_cases import CHAIN, STATION

JUDGED = [
    {"qid": "q1", "query": "產業鏈", "rel": [f"seeds/{CHAIN}"]},
    {"qid": "q2", "query": "eVTOL", "rel": {f"seeds/{STATION}": 2}},
    {"qid": "q3", "query": "图书馆", "rel": f"seeds/{STATION}"},
    {"qid": "q4", "query": "。", "rel": f"seeds/{CHAIN}"},
]


@pytest.fixture
def judged(here, tmp_path):
    """Return the path of judged queries over the seeds, the folder of their index the current."""
    assert here
    return written(tmp_path / "judged.jsonl", JUDGED)


def written(path, records):
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return str(path)


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


def test_the_figures_are_printed_and_what_could_not_be_asked_is_noted(command, judged):
    ran = command("eval", judged)
    lines = ran.out.splitlines()
    assert lines[:5] == [
        "queries     4",
        "MRR@10      0.5000",
        "recall@10   0.5000",
        "nDCG@10     0.5000",
        "no result   50.00% (2)",
    ]
    assert lines[5].startswith("median      ")
    assert lines[5].endswith(" ms")
    assert len(lines) == 6
    assert ran.err == "search: note: q4: nothing to search for in '。'\n"
    assert ran.code == 0


def test_json_has_the_figures_then_each_query_with_what_was_found(command, judged):
    first, *queries = objects(command("eval", "--json", judged).out)
    assert first.pop("median_ms") > 0
    assert first == {
        "type": "evaluation",
        "version": 1,
        "run": "xunwen",
        "queries": 4,
        "mrr_10": 0.5,
        "recall_10": 0.5,
        "ndcg_10": 0.5,
        "without_result": 2,
        "without_result_share": 0.5,
    }
    assert [(one["type"], one["qid"], one["mrr_10"]) for one in queries] == [
        ("query", "q1", 1.0),
        ("query", "q2", 1.0),
        ("query", "q3", 0.0),
        ("query", "q4", 0.0),
    ]
    assert queries[1]["found"] == [f"seeds/{STATION}"]
    assert queries[2] == {
        "type": "query",
        "version": 1,
        "qid": "q3",
        "query": "图书馆",
        "mrr_10": 0.0,
        "recall_10": 0.0,
        "ndcg_10": 0.0,
        "found": [],
    }


def test_any_of_the_words_will_do_where_it_is_asked_for(command, here, tmp_path):
    assert here
    path = written(tmp_path / "a.jsonl", [{**JUDGED[1], "query": "eVTOL 鲸鱼 海洋"}])
    assert command("eval", path).code == 1
    ran = command("eval", path, "--any")
    assert "recall@10   1.0000" in ran.out.splitlines()
    assert ran.code == 0


def test_a_saved_run_is_compared_query_by_query(command, judged, tmp_path):
    saved = tmp_path / "before.run"
    saved.write_text(
        f"q1 Q0 seeds/{STATION} 1 2 old\nq1 Q0 seeds/{CHAIN} 2 1 old\n"
        f"q3 Q0 seeds/{STATION} 1 1 old\n",
        "utf-8",
    )
    ran = command("eval", judged, "--compare", str(saved), "--limit", "2", "--run", "new")
    assert ran.out.splitlines()[7:] == [
        "MRR@10 from 'old' to 'new': 0.3750 → 0.5000 (+0.1250), 2 better, 1 worse, 1 the same",
        "  +1.0000  0.0000 → 1.0000  q2  eVTOL",
        "  -1.0000  1.0000 → 0.0000  q3  图书馆",
    ]
    assert "search: note: 1 more changed; '--limit 3' shows all\n" in ran.err

    compared = objects(
        command("eval", judged, "--json", "--compare", str(saved), "--measure", "recall@10").out
    )
    kinds = [one["type"] for one in compared]
    assert kinds == ["evaluation", *["query"] * 4, "comparison", *["difference"] * 2]
    assert compared[5] == {
        "type": "comparison",
        "version": 1,
        "measure": "recall_10",
        "from": "old",
        "to": "xunwen",
        "before": 0.5,
        "after": 0.5,
        "wins": 1,
        "losses": 1,
        "ties": 2,
    }
    assert compared[6] == {
        "type": "difference",
        "version": 1,
        "qid": "q2",
        "query": "eVTOL",
        "before": 0.0,
        "after": 1.0,
    }


def test_two_saved_runs_are_compared_without_an_index(command, judged, tmp_path, monkeypatch):
    for name, more in (("before", ()), ("after", ("--any",))):
        path = str(tmp_path / f"{name}.run")
        assert command("eval", judged, "--save", path, *more).code == 0
    monkeypatch.chdir(tmp_path)  # there is no index here
    runs = ("--compare", "before.run", "--compare", "after.run")
    ran = command("eval", "judged.jsonl", *runs)
    assert ran.code == 0
    assert ran.err == ""
    assert "median" not in ran.out
    assert "MRR@10 from 'before' to 'after': " in ran.out


def test_a_sample_of_the_queries_is_drawn_by_its_seed(command, judged):
    def qids(seed):
        ran = command("eval", "--json", judged, "--limit-queries", "2", "--seed", str(seed))
        return [one["qid"] for one in objects(ran.out) if one["type"] == "query"]

    assert qids(1) == qids(1)
    assert len({tuple(qids(seed)) for seed in range(6)}) > 1
    assert {len(qids(seed)) for seed in range(6)} == {2}


def test_queries_and_articles_that_cannot_count_are_noted(command, here, tmp_path):
    assert here
    records = [
        {"qid": "a", "query": "产业", "rel": [f"seeds/{CHAIN}", "x", "y", "z", "w"]},
        {"qid": "b", "query": "产业", "rel": []},
    ]
    ran = command("eval", written(tmp_path / "a.jsonl", records))
    assert ran.err.splitlines() == [
        "search: note: 1 queries without a relevant article are left out: b",
        "search: note: 4 judged articles are not in the index and count as not found: x, y, z, …",
    ]
    assert "recall@10   0.2000" in ran.out


@pytest.mark.usefixtures("here")
def test_articles_of_another_index_are_an_error_that_says_so(command, tmp_path):
    path = written(tmp_path / "a.jsonl", [{"qid": "a", "query": "产业", "rel": "x.txt"}])
    ran = command("eval", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        f"search: cannot read '{path}': not one of the articles it names is in the index, "
        "such as 'x.txt'",
        "hint: name the index of these articles with '--index DIR'; "
        "ids are as 'search' prints them",
    ]


def test_bad_input_is_an_error_with_its_line_and_no_traceback(command, judged, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"qid": "a", "query": "甲", "rel": "x"}\n{"qid": "b"}\n', "utf-8")
    other = tmp_path / "other.run"
    other.write_text("q9 Q0 a 1 1 x\n", "utf-8")
    for arguments, said in [
        ([str(bad)], f"cannot read '{bad}', line 2: it has no 'query'"),
        ([str(tmp_path / "no")], f"cannot read '{tmp_path / 'no'}': no such file or directory"),
        (
            [judged, "--compare", str(other)],
            f"cannot read '{other}': it answers none of the queries",
        ),
        ([judged, *["--compare", str(other)] * 3], "'--compare' can be given twice at most"),
        ([judged, "--save", str(tmp_path / "no" / "a.run")], None),
        ([judged, "--index", str(tmp_path / "no")], None),
        ([], None),
    ]:
        ran = command("eval", *arguments)
        first, second = ran.err.splitlines()[-2:]
        assert ran.code == 2
        assert first == f"search: {said}" if said else first.startswith("search: ")
        assert second.startswith("hint: ")
        assert "Traceback" not in ran.err


@pytest.mark.usefixtures("here")
def test_without_ir_measures_nothing_is_asked_and_it_is_said_what_to_install(
    command, judged, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    ran = command("eval", judged, "--save", str(tmp_path / "a.run"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "search: cannot measure a run: 'ir-measures' is not installed\n"
        "hint: run \"pip install 'xunwen[eval]'\"\n"
    )
    assert not (tmp_path / "a.run").exists()
