"""The bench around its timings: what is asked, how figures are kept and shown, what is refused."""

import json
from pathlib import Path

import pytest

from bench.corpora import SEEDS, read_corpus, sample
from bench.figures import read_figures, record, write_figures
from bench.peers import KINDS, PEERS, Query, load
from bench.queries import draw_queries
from bench.records import read_records, write_records
from bench.speed import main
from bench.table import BEGIN, END, put_tables, table
from search.document import Document

ROWS = {
    "page": {
        "unit": "ms",
        "values": {"ours": [0.512, 1.234], "tantivy": [0.25, 12.0]},
        "ratios": {"tantivy": [2.048, 3.1]},
    }
}


@pytest.fixture
def seeds() -> list[Document]:
    return read_corpus(SEEDS, Path())


def test_the_same_queries_are_drawn_each_time_and_none_twice(seeds: list[Document]) -> None:
    drawn = draw_queries(seeds, 30)
    assert drawn == draw_queries(seeds, 30)
    assert list(drawn) == list(KINDS)
    for kind, queries in drawn.items():
        assert len(queries) == len(set(queries)) >= 35
        assert {query.kind for query in queries} == {kind}


def test_the_commonest_word_is_asked_and_phrases_stand_in_the_text(seeds: list[Document]) -> None:
    drawn = draw_queries(seeds, 30)
    assert Query("term", ("的",)) in drawn["term"][:20]
    for query in drawn["phrase"]:
        assert any("".join(query.words) in document.body for document in seeds)


def test_few_texts_give_fewer_queries_and_no_endless_loop() -> None:
    drawn = draw_queries([Document("a", "", "春眠不觉晓，处处闻啼鸟。")], 500)
    assert all(0 < len(queries) < 100 for queries in drawn.values())


def test_a_sample_is_spread_over_the_corpus_and_in_order() -> None:
    documents = [Document(str(number), "", "") for number in range(10)]
    assert [d.id for d in sample(documents, 5)] == ["0", "2", "4", "6", "8"]
    assert sample(documents, 99) == documents


def test_raw_files_give_back_what_was_written(tmp_path: Path) -> None:
    articles = [("a", "标题", "一行\n又一行"), ("b", "", "\u2028")]
    write_records(articles, tmp_path / "raw.jsonl")
    assert list(read_records(tmp_path / "raw.jsonl")) == articles


def test_a_table_has_a_row_for_each_size_and_a_dash_for_who_was_not_measured() -> None:
    figures = {"corpora": {}}
    record(figures, "poetry", 1_000, 2_000_000, "page", ROWS, "today")
    record(figures, "poetry", 10_000, 20_000_000, "page", ROWS, "today")
    lines = table(figures["corpora"]["poetry"]).splitlines()
    assert lines[0].split(" | ")[2:6] == list(PEERS)
    assert lines[2:] == [
        "| page of ten snippets | 1,000 | 0.51 / 1.2 ms | 0.25 / 12 ms | – | – | 2 / 3.1× | – |",
        "|  | 10,000 | 0.51 / 1.2 ms | 0.25 / 12 ms | – | – | 2 / 3.1× | – |",
    ]


def test_a_part_measured_again_leaves_the_others_and_prose_stays(tmp_path: Path) -> None:
    kept = tmp_path / "performance.json"
    figures = read_figures(kept)
    record(figures, "lctt", 1_000, 8_000_000, "page", ROWS, "on Monday")
    record(figures, "lctt", 1_000, 8_000_000, "cold", {}, "on Monday")
    write_figures(figures, kept)
    figures = read_figures(kept)
    record(figures, "lctt", 1_000, 8_000_000, "page", {}, "on Tuesday")
    measures = figures["corpora"]["lctt"]["1000"]["measures"]
    assert measures == {
        "page": {"at": "on Tuesday", "rows": {}},
        "cold": {"at": "on Monday", "rows": {}},
    }

    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", "utf-8")
    put_tables(figures, page)
    put_tables(figures, page)
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}\n\n### lctt: 1,000 documents (8.0 MB)\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "stale" not in text
    assert text.count("*on Tuesday (page 1,000).*") == 1


def test_rendering_alone_needs_only_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "performance.md").write_text("no marks here\n", "utf-8")
    (tmp_path / "performance.json").write_text(json.dumps({"corpora": {}}), "utf-8")
    assert main(["--render", "--docs", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("speed: no place for tables in ")
    (tmp_path / "performance.md").write_text(f"{BEGIN}{END}", "utf-8")
    assert main(["--render", "--docs", str(tmp_path)]) == 0


@pytest.mark.parametrize("corpus", ["lctt", "poetry"])
def test_a_missing_corpus_is_a_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], corpus: str
) -> None:
    assert main(["--corpora", str(tmp_path), "--corpus", corpus, "--no-write"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"speed: cannot measure on '{corpus}': no such file '{tmp_path}")
    assert said[1].endswith("with '--corpora DIR'")


@pytest.mark.parametrize("arguments", [["--size", "0"], ["--size", "many"], ["--up-to", "x=1"]])
def test_arguments_that_mean_nothing_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)


@pytest.mark.parametrize("name", ["ours", "fts5"])
def test_a_peer_finds_what_it_was_built_from_and_what_was_added(tmp_path: Path, name: str) -> None:
    raw = tmp_path / "raw.jsonl"
    write_records([("a", "春晓", "春眠不觉晓，处处闻啼鸟"), ("b", "无题", "相见时难别亦难")], raw)
    peer = load(name, tmp_path / "index")
    peer.build(raw)
    peer.open()
    for query, found in [
        (Query("term", ("啼鸟",)), ["a"]),
        (Query("and", ("处处", "啼鸟")), ["a"]),
        (Query("and", ("处处", "别")), []),
        (Query("or", ("相见", "啼鸟")), ["a", "b"]),
        (Query("phrase", ("不觉", "晓")), ["a"]),
        (Query("phrase", ("觉", "处处")), []),
    ]:
        written = peer.written(query)
        assert sorted(peer.ranked(peer.prepared(written))[1]) == found
        total, answered = peer.answer(written)
        assert (total, sorted(number for number, _ in answered)) == (len(found), found)
        assert len(peer.page(written)) == len(found)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "0.txt").write_text("新篇\n\n独坐幽篁里\n", "utf-8")
    peer.add(tmp_path / "more")
    assert peer.answer(peer.written(Query("term", ("幽篁里",))))[0] == 1
