"""Every engine: texts cut with a dictionary, documents given back, an index made of another."""

import pytest
from engine_cases import article, examples, tree
from engine_oracle import Oracle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import analyze_documents
from search.analysis.dictionary import Dictionary
from search.document import Document
from search.engine import FIELDS, SearchRequest
from search.query import parse

WORDS = Dictionary(
    {"容器编排": 1, "中国": 0}, frozenset({"卡拉ok", "new york", "〇中", "ター"}), {"5g"}
)
TEXT = st.lists(
    st.sampled_from(
        ["容器", "编排", "中", "国", "卡拉", "ok", " ", "new york", "5g", "〇", "ター", "\n", "。"]
    ),
    max_size=10,
).map("".join)
QUERIES = [
    "容器编排",
    "卡拉ok",
    "new york",
    "〇中国",
    "ター",
    "5g",
    "中国 容器编排",
    '"器编"',
    "容器",
]


def oracle(documents: list[Document]) -> Oracle:
    found = Oracle([], FIELDS)
    found.articles = list(analyze_documents(documents, WORDS))
    return found


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40))
def test_what_is_found_and_scored_is_what_the_words_of_the_dictionary_say(new_home, texts):
    home = new_home()
    documents = [article(f"{at}", body, title=title) for at, (title, body) in enumerate(texts)]
    writer = home.engine.writer(dictionary=WORDS)
    writer.write(documents)
    writer.commit(b"{}")
    for query in QUERIES:
        node = parse(query, dictionary=WORDS).tree
        assert dict(home.scored(node)) == pytest.approx(oracle(documents).answers(node)), query


def test_the_words_are_those_of_the_dictionary_in_other_processes_too(new_home):
    documents = [article(f"{at:02}", "容器编排在new york。" * 20_000) for at in range(8)]
    found = []
    for jobs in (1, 2):
        home = new_home()
        writer = home.engine.writer(jobs, dictionary=WORDS)
        writer.write(documents)
        writer.commit(b"{}")
        found.append(list(home.engine.reader().terms("words")))
    assert found[0] == found[1]
    assert {"容器编排", "new york"} <= set(found[0])


def test_documents_are_given_back_as_they_were_written(home):
    documents = [
        article("a", "容器編排\n\n产业。", title="題", author="某", date="2024", source="s/a.txt"),
        article("b", "", metadata={"tag": "雲"}, path="/x/b"),
        article("c"),
    ]
    home.commit(*documents)
    home.commit(article("d"), deleted=["c"])
    reader = home.engine.reader()
    numbers = reader.numbers()
    assert numbers == sorted(numbers)
    assert len(numbers) == reader.stats().documents
    by_id = {one.id: one for one in reader.documents(numbers)}
    assert by_id == {one.id: one for one in [*documents[:2], article("d")]}
    assert [one.id for one in reader.documents([reader.find("b"), reader.find("a")])] == ["b", "a"]


def test_an_index_made_of_another_goes_its_own_way(home, tmp_path):
    home.commit(article("a", "容器编排"), article("b", "产业"), manifest=b"before")
    new = tmp_path / "new"
    new.mkdir()
    fork = home.kind.fork(home.folder, new)
    assert fork.reader().manifest() == b"before"
    writer = fork.writer(dictionary=WORDS)
    writer.delete(["a"])
    writer.write([article("a", "容器编排")])
    writer.commit(b"after")
    home.commit(article("c", "示范区"), deleted=["b"], manifest=b"gone on")
    assert "容器编排" in list(fork.reader().terms("words"))
    assert "容器编排" not in list(home.engine.reader().terms("words"))
    for engine, ids, manifest in (
        (home.reopened(), {"a", "c"}, b"gone on"),
        (home.kind.open(new), {"a", "b"}, b"after"),
    ):
        reader = engine.reader()
        assert {one.id for one in reader.documents(reader.numbers())} == ids
        assert reader.manifest() == manifest
        assert reader.search(SearchRequest(tree("示范区"))).total == ("c" in ids)
