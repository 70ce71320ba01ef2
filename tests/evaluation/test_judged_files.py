"""Judged queries read from each form of file, and the line that is named when one is wrong."""

import gzip
import json
import lzma

import pytest
from evaluation_cases import refused, write

from search.evaluation import JudgedQuery, read_judged, sample

SQUAD = {
    "version": "1.1",
    "data": [
        {
            "title": "梵文",
            "id": "1147",
            "paragraphs": [
                {"id": "1147-5", "context": "…", "qas": [{"id": "a", "question": "哪裡？"}]},
                {"context": "…", "qas": [{"id": 7, "question": "何時？"}]},
            ],
        },
        {"title": "唐诗", "paragraphs": [{"qas": [{"id": "b", "question": "谁写的？"}]}]},
        {
            "title": "宋词",
            "paragraphs": [{"qas": [{"id": "c", "question": "？", "is_impossible": True}]}],
        },
    ],
}
TOPICS = """<top>
<num> Number: 301
<title> 长三角
一体化
<desc> Description: not asked
</top>
<top><num>302</num><title>候鸟 调查</title></top>
"""
QRELS = "301 0 news/a b.txt 2\n301 0 c 0\n\n302 Q0 c 1\n303 0 d 1\n"


def test_lines_name_one_article_several_or_grades(tmp_path):
    path = write(
        tmp_path,
        "judged.jsonl",
        '{"qid": "a", "query": "产业", "rel": "x.txt"}\n'
        "\n"
        '{"qid": 2, "query": "算力", "rel": ["x.txt", "y.txt"], "kind": "ignored"}\r\n'
        '{"qid": "c", "query": "", "rel": {"x.txt": 2, "y.txt": 0}}',
    )
    assert list(read_judged([path]).queries) == [
        JudgedQuery("a", "产业", {"x.txt": 1}),
        JudgedQuery("2", "算力", {"x.txt": 1, "y.txt": 1}),
        JudgedQuery("c", "", {"x.txt": 2, "y.txt": 0}),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_the_article_of_a_question_is_its_paragraph_then_its_entry_then_the_title(tmp_path, indent):
    path = write(tmp_path, "squad.json", json.dumps(SQUAD, ensure_ascii=False, indent=indent))
    assert list(read_judged([path]).queries) == [
        JudgedQuery("a", "哪裡？", {"1147-5": 1}),
        JudgedQuery("7", "何時？", {"1147": 1}),
        JudgedQuery("b", "谁写的？", {"唐诗": 1}),  # what no paragraph answers is not asked
    ]


@pytest.mark.parametrize("qrels_first", [False, True])
def test_topics_go_with_their_qrels_whichever_comes_first(tmp_path, qrels_first):
    paths = [write(tmp_path, "topics", TOPICS), write(tmp_path, "qrels", QRELS)]
    judged = read_judged(paths[::-1] if qrels_first else paths)
    assert list(judged.queries) == [
        JudgedQuery("301", "长三角 一体化", {"news/a b.txt": 2, "c": 0}),
        JudgedQuery("302", "候鸟 调查", {"c": 1}),
    ]


def test_topics_may_be_elements_with_numbers_or_lines_with_tabs(tmp_path):
    qrels = write(tmp_path, "qrels", "1 0 a 1\n2 0 a 1\n")
    elements = write(
        tmp_path,
        "topics.xml",
        '<?xml version="1.0"?><topics><topic number="1"><query>甲 乙</query></topic>\n'
        "<topic number='2'><title>丙</title></topic></topics>",
    )
    lines = write(tmp_path, "topics.tsv", "1\t甲 乙\n2\t丙\r\n")
    expected = [JudgedQuery("1", "甲 乙", {"a": 1}), JudgedQuery("2", "丙", {"a": 1})]
    assert list(read_judged([elements, qrels]).queries) == expected
    assert list(read_judged([lines, qrels]).queries) == expected


def test_queries_without_a_relevant_article_are_named_and_left_out(tmp_path):
    path = write(
        tmp_path,
        "judged.jsonl",
        '{"qid": "a", "query": "甲", "rel": []}\n'
        '{"qid": "b", "query": "乙", "rel": {"x": 0}}\n'
        '{"qid": "c", "query": "丙", "rel": ["x"]}\n',
    )
    judged = read_judged([path])
    assert [query.qid for query in judged.queries] == ["c"]
    assert list(judged.left_out) == ["a", "b"]
    assert judged.articles == ["x"]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_compressed_files_are_read_as_what_is_in_them(tmp_path, suffix, pack):
    for name, text in (
        ("judged.jsonl", '{"qid": "a", "query": "甲", "rel": "x"}\n'),
        ("squad.json", json.dumps(SQUAD)),
    ):
        path = tmp_path / f"{name}{suffix}"
        path.write_bytes(pack(text.encode("utf-8-sig")))
        assert read_judged([path]).queries[0].qid == "a"


GOOD = '{"qid": "a", "query": "甲", "rel": "x"}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + '{"qid": \n', "line 2: not JSON"),
        (GOOD + "\n[]\n", "line 3: not a JSON object"),
        (GOOD + '{"query": "甲", "rel": "x"}', "line 2: it has no 'qid'"),
        (GOOD + '{"qid": true, "query": "甲", "rel": "x"}', "line 2: it has no 'qid'"),
        (GOOD + '{"qid": "b", "rel": "x"}', "line 2: it has no 'query'"),
        (
            GOOD + '{"qid": "b", "query": "乙"}',
            "line 2: its 'rel' is neither ids nor ids with whole numbers",
        ),
        (
            GOOD + '{"qid": "b", "query": "乙", "rel": {"x": "high"}}',
            "line 2: its 'rel' is neither ids nor ids with whole numbers",
        ),
        (GOOD + GOOD, "line 2: the qid 'a' stands a second time"),
        (GOOD.replace('"a"', '"a b"'), "line 1: the qid 'a b' holds a space"),
    ],
)
def test_the_line_that_is_wrong_is_named(tmp_path, text, said):
    path = write(tmp_path, "judged.jsonl", text)
    assert refused(path) == f"cannot read 'judged.jsonl', {said}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"data": 1}, "data: not a list"),
        ({"data": [1]}, "data[0]: not an object"),
        ({"data": [{"paragraphs": {}}]}, "data[0].paragraphs: not a list"),
        (
            {"data": [{"paragraphs": [{"qas": []}]}]},
            "data[0].paragraphs[0]: neither 'id' nor 'title' names its article",
        ),
        (
            {"data": [{"id": "x", "paragraphs": [{"qas": [{"id": "a"}]}]}]},
            "data[0].paragraphs[0].qas[0]: it has no 'id', or no 'question'",
        ),
    ],
)
def test_the_part_of_a_squad_file_that_is_wrong_is_named(tmp_path, content, said):
    path = write(tmp_path, "squad.json", json.dumps(content))
    assert refused(path) == f"cannot read 'squad.json', {said}"


def test_json_that_is_cut_off_is_named_with_its_line(tmp_path):
    path = write(tmp_path, "squad.json", '{"data": [\n{"title": "甲",\n')
    assert refused(path).startswith("cannot read 'squad.json', line 3: not JSON (")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": empty file"),
        ("plain text\n", ", line 1: of no form that is known"),
        ("<html>\n", ", line 1: no topic in it"),
        ("<top>\n<title>甲</top>", ", line 1: a topic without number"),
        ("\n<top>\n<num>1\n</top>", ", line 2: a topic without title"),
        ("1\t甲\n2 乙\n", ", line 2: it is not 'qid', a tab and the query"),
        ("1 0 a 1\n1 0 a\n", ", line 2: it is not 'qid 0 article grade'"),
        ("1\t甲\n", ": topics without qrels"),
        ("1 0 a 1\n", ": qrels without topics"),
    ],
)
def test_a_file_of_topics_or_qrels_that_is_wrong_is_named(tmp_path, text, said):
    assert refused(write(tmp_path, "file", text)) == f"cannot read 'file'{said}"


def test_files_that_cannot_be_read_at_all_are_named(tmp_path):
    assert refused(tmp_path / "none") == "cannot read 'none': no such file or directory"
    assert refused(tmp_path).endswith(": is a directory")
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(GOOD.encode() + GOOD.encode("gbk"))
    assert refused(path) == "cannot read 'gbk.jsonl', line 2: not UTF-8"
    for name in ("a.gz", "a.xz"):
        assert (
            refused(write(tmp_path, name, "plain"))
            == f"cannot read '{name}': it cannot be unpacked"
        )


def test_a_set_without_any_relevant_article_cannot_be_measured(tmp_path):
    path = write(tmp_path, "judged.jsonl", '{"qid": "a", "query": "甲", "rel": []}\n')
    assert refused(path) == "cannot read 'judged.jsonl': no query in it has a relevant article"


def test_a_sample_is_the_same_for_a_seed_and_in_order():
    queries = [JudgedQuery(str(number), "", {}) for number in range(50)]
    drawn = sample(queries, 10, seed=3)
    assert drawn == sample(queries, 10, seed=3) != sample(queries, 10, seed=4)
    assert [int(query.qid) for query in drawn] == sorted(int(query.qid) for query in drawn)
    assert sample(queries, 99, seed=3) == queries
