"""The bench of relevance around its figures: what is asked of whom, kept, compared and shown."""

import io
import json
import lzma
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from bench.peers import fts5
from bench.relevance.__main__ import main
from bench.relevance.ablations import ABLATIONS, Ablation, applied, chosen
from bench.relevance.figures import by_half, differing, merge
from bench.relevance.table import BEGIN, END, put_tables, tables
from bench.relevance.task import HALVES, Question, asked, passages
from bench.relevance.workspace import Answer
from search import Archive
from search.cli import main as search
from search.document import Document

# jieba leaves the file of its word weights to be closed by the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO")

DOCUMENTS = {
    "cmrc-dev": [("c-0", "茶园", "春天的茶园里长出嫩芽，清明以前采的茶最贵。")],
    "drcd-dev": [
        ("d-0", "渡輪", "石嶼的渡輪每四十分鐘一班，颱風來了就停航。"),
        ("d-1", "圖書館", "圖書館二樓整夜開放，護理系的學生在那裡讀書。"),
    ],
}
QUERIES = {
    "cmrc-dev": [("qa", "什么时候采的茶最贵？", "c-0"), ("qb", "茶园里长出什么？", "c-0")],
    "drcd-dev": [("qc", "渡輪多久一班？", "d-0"), ("qd", "誰在圖書館讀書？", "d-1")],
}


@pytest.fixture
def given(tmp_path):
    """Return the arguments of a run over judged sets and a corpus of a few texts."""
    for name, documents in DOCUMENTS.items():
        rows = [{"id": i, "title": t, "body": b} for i, t, b in documents]
        pack(tmp_path / f"{name}.docs.jsonl.xz", rows)
        rows = [{"qid": i, "query": q, "rel": r} for i, q, r in QUERIES[name]]
        pack(tmp_path / f"{name}.queries.jsonl.xz", rows)
    with tarfile.open(tmp_path / "lctt.tar.xz", "w:xz") as archive:
        raw = ("# 编译内核\n\n" + "编译内核以前先看配置。" * 100).encode()
        member = tarfile.TarInfo("lctt/a.md")
        member.size = len(raw)
        archive.addfile(member, io.BytesIO(raw))
    (tmp_path / "relevance.md").write_text(f"before\n{BEGIN}\n{END}\nafter\n", "utf-8")
    folders = {"data": ".", "corpora": ".", "docs": ".", "folder": "kept"}
    return [part for name, at in folders.items() for part in (f"--{name}", str(tmp_path / at))]


def pack(path, rows):
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def kept(given):
    """Return the figures that a run has written, and its page."""
    docs = Path(given[given.index("--docs") + 1])
    figures = json.loads((docs / "relevance.json").read_text("utf-8"))
    return figures, (docs / "relevance.md").read_text("utf-8")


def test_passages_are_of_six_hundred_characters_and_together_the_text():
    texts = {"long": "甲乙丙" * 500, "rest": "丁" * 899, "stub": "戊" * 1301, "blank": " \n"}
    found = list(passages(Document(name, f"on {name}", text) for name, text in texts.items()))
    assert [(number, len(body)) for number, _, body in found] == [
        ("long#0", 600),
        ("long#1", 600),
        ("long#2", 300),
        ("rest#0", 899),  # 299 are too few for a passage of their own
        ("stub#0", 600),
        ("stub#1", 701),
    ]
    assert "".join(body for number, _, body in found if "long" in number) == texts["long"]
    assert {title for _, title, _ in found} == {"on long", "on rest", "on stub"}


def test_halves_are_even_and_stay_as_they_are():
    found = Counter(Question(str(number), "", "").half for number in range(1000))
    assert set(found) == set(HALVES)
    assert min(found.values()) > 450
    # Fixed: weights were chosen on these halves, and would be reported on what they were chosen on.
    first = [Question(f"DEV_{number}_QUERY_0", "?", "?").half for number in range(6)]
    assert first == ["tune", "tune", "tune", "tune", "report", "tune"]


def test_kinds_of_a_question_keep_its_id_answer_and_half():
    questions = [Question("a", "软件里的头发", "x"), Question("b", "。", "y")]
    assert asked("cmrc-dev", "questions", questions) == questions
    other = asked("cmrc-dev", "other script", questions)
    assert other == [Question("a", "軟件裏的頭髮", "x"), Question("b", "。", "y")]
    back = asked("drcd-dev", "other script", other)
    assert [question.query for question in back] == ["软件里的头发", "。"]
    (keywords,) = asked("cmrc-dev", "keywords", questions)  # of 。 none is left
    assert (keywords.qid, keywords.answer) == ("a", "x")
    assert set(keywords.query.split()) == {"软件", "头发"}


def test_figures_are_of_each_half_that_was_asked_whole():
    questions = [Question(str(number), "", "x") for number in range(20)]
    answers = {q.qid: Answer(["y", "x"] if q.half == "tune" else [], 0.5) for q in questions}
    found = by_half(questions, answers, "all")
    assert found["tune"]["mrr_10"] == 0.5
    assert (found["report"]["mrr_10"], found["report"]["no_result"]) == (0.0, 1.0)
    assert found["all"]["queries"] == 20
    assert found["all"]["seconds"] == 10.0
    tune = [question for question in questions if question.half == "tune"]
    assert by_half(tune, answers, "tune") == {"tune": found["tune"]}


def test_other_hits_are_other_ids_or_another_order():
    first = {"a": Answer(["x", "y"], 0), "b": Answer(["x", "y"], 0), "c": Answer([], 0)}
    second = {"a": Answer(["x", "y"], 1), "b": Answer(["y", "x"], 0), "c": Answer(["x"], 0)}
    assert differing(first, second) == 2
    assert differing(first, first) == 0


def test_a_run_writes_tables_figures_and_runs_that_the_command_reads(
    given, tmp_path, capsys, monkeypatch
):
    runs = str(tmp_path / "runs")
    assert main([*given, "--engine", "ours", "ours-any", "fts5", "--save-runs", runs]) == 0
    figures, page = kept(given)
    assert page.startswith(f"before\n{BEGIN}\n\n### cmrc-dev: questions\n\n|  | MRR@10 | ")
    assert page.endswith(f"\n\n{END}\nafter\n")
    assert capsys.readouterr().out.strip() in page
    script = figures["results"]["drcd-dev"]["other script"]
    assert script["ours-any"]["halves"]["all"]["mrr_10"] == 1.0
    assert (script["ours-any"]["differing"], script["fts5"]["differing"]) == (0, 1)
    assert figures["results"]["cmrc-dev"]["questions"]["ours"]["halves"]["all"]["queries"] == 2

    # The peer is not asked again, ours is; what was not measured stays.
    monkeypatch.setattr(fts5.Peer, "best", None)
    some = ["--engine", "ours-any", "fts5", "--kind", "questions", "--compare", runs]
    assert main([*given, *some]) == 0
    assert ", 0 better, 0 worse, 2 the same" in capsys.readouterr().out
    again, _ = kept(given)
    assert again["results"]["cmrc-dev"]["keywords"] == figures["results"]["cmrc-dev"]["keywords"]

    # Not to be written where it is only looked at.
    (tmp_path / "relevance.json").unlink()
    assert main([*given, "--engine", "ours", "--sample", "1"]) == 0
    assert main([*given, "--engine", "ours", "--half", "tune", "--no-write"]) == 0
    assert not (tmp_path / "relevance.json").exists()

    index = next((tmp_path / "kept").glob("*/ours-*"))
    command = ["eval", f"{runs}/drcd-dev.questions.jsonl", "--index", str(index)]
    capsys.readouterr()
    assert search([*command, "--any", "--compare", f"{runs}/drcd-dev.questions.fts5.run"]) == 0
    assert "MRR@10 from 'fts5' to 'xunwen': " in capsys.readouterr().out


def test_ours_is_built_anew_when_its_index_does_not_open(given, tmp_path, capsys):
    few = ["--engine", "ours", "--kind", "questions", "--no-write"]
    assert main([*given, *few]) == 0
    assert main([*given, *few]) == 0
    assert capsys.readouterr().err.count("index of ours: built in") == 1
    next((tmp_path / "kept").glob("*/ours-*/CURRENT")).unlink()
    assert main([*given, *few]) == 0
    assert capsys.readouterr().err.count("index of ours: built in") == 1


def test_parts_of_ranking_are_switched_off_and_on_again(given, tmp_path):
    assert main([*given, "--ablate", "all", "--kind", "questions", "--half", "report"]) == 0
    figures, page = kept(given)
    assert set(figures["ablations"]) == {"everything on", *ABLATIONS}
    for name, ablation in ABLATIONS.items():
        assert f"\n| {name}: {ablation.says} | " in page
    index = next((tmp_path / "kept").glob("*/ours-*"))

    def score():
        return Archive.open(index).search("茶园里采的茶叶机器").hits[0].score

    usual = score()
    for ablation in ABLATIONS.values():
        before = {name: getattr(ablation.module, name) for name in ablation.constants}
        with applied(ablation):
            assert score() != usual, f"{ablation.says}: nothing is switched off"
        assert {name: getattr(ablation.module, name) for name in before} == before
    assert score() == usual


def test_an_ablation_of_what_ranking_has_not_is_an_error():
    with pytest.raises(AttributeError), applied(Ablation("nothing", {"NO_SUCH_WEIGHT": 0})):
        pass
    with pytest.raises(ValueError, match="no part of ranking is named 'x'"):
        chosen(["x"])
    assert chosen(["all"]) == ABLATIONS


def test_a_table_has_a_dash_for_what_was_not_measured():
    figures = {"queries": 2, "mrr_10": 0.5, "recall_10": 1.0, "ndcg_10": 0.75}
    halves = {"tune": {**figures, "no_result": 0.25, "seconds": 3.2}}
    new = {"results": {"cmrc-dev": {"questions": {"ours": {"at": "today", "halves": halves}}}}}
    assert tables(new).splitlines() == [
        "### cmrc-dev: questions",
        "",
        "|  | MRR@10 | recall@10 | nDCG@10 | MRR@10, tune | MRR@10, report "
        "| no result | queries | seconds |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
        "| ours | – | – | – | 0.5000 | – | – | – | – |",
        "",
        "*today.*",
    ]
    both = {"results": {"drcd-dev": {"questions": {}}}}
    merge(both, new)
    assert set(both["results"]) == {"cmrc-dev", "drcd-dev"}


def test_a_page_without_marks_and_data_that_is_missing_are_clear_errors(tmp_path, capsys):
    page = tmp_path / "relevance.md"
    page.write_text("no marks here\n", "utf-8")
    with pytest.raises(ValueError, match="no place for tables"):
        put_tables({}, page)
    assert main(["--render", "--docs", str(tmp_path)]) == 2
    assert main(["--data", str(tmp_path), "--corpora", str(tmp_path)]) == 2
    assert main(["--ablate", "x"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[1].startswith(f"relevance: cannot read judged set '{tmp_path}")
    assert said[2] == "hint: name the folder of the judged sets with '--data DIR'"
    assert said[3] == "relevance: no part of ranking is named 'x'"


@pytest.mark.parametrize("arguments", [["--engine", "x"], ["--half", "x"], ["--sample", "x"]])
def test_what_there_is_none_of_is_refused(arguments):
    with pytest.raises(SystemExit):
        main(arguments)
