"""What the engine will rest on: scores over two fields as one, and writes told one by one."""

import math

import pytest
from opensearchpy import OpenSearch, helpers

TITLE_WEIGHT = 3
FIELDS = [f"t^{TITLE_WEIGHT}", "b"]
FRUIT = {
    "title": {"t": "苹果", "b": "秋天 收获"},
    "body": {"t": "果园 日记", "b": "苹果 苹果 梨"},
    "other": {"t": "港口", "b": "集装箱 堆 成 山"},
}


@pytest.fixture
def fruit(client: OpenSearch, index: str) -> str:
    for number, body in FRUIT.items():
        client.index(index=index, id=number, body=body)
    client.indices.refresh(index=index)
    return index


def scores(client: OpenSearch, index: str, query: str, operator: str = "or") -> dict[str, float]:
    combined = {"query": query, "fields": FIELDS, "operator": operator}
    answer = client.search(index=index, body={"query": {"combined_fields": combined}})
    return {hit["_id"]: hit["_score"] for hit in answer["hits"]["hits"]}


def test_combined_fields_scores_two_fields_as_one_text(client: OpenSearch, fruit: str) -> None:
    lengths = {
        name: TITLE_WEIGHT * len(article["t"].split()) + len(article["b"].split())
        for name, article in FRUIT.items()
    }
    mean = sum(lengths.values()) / len(lengths)
    # How rare a word is, it takes from the field that has it most: one title, one body. Of the
    # articles that have it in either, which would be two, it knows nothing.
    rarity = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))

    def bm25f(name: str, times: float) -> float:
        return rarity * times / (times + 1.2 * (0.25 + 0.75 * lengths[name] / mean))

    expected = {"title": bm25f("title", TITLE_WEIGHT), "body": bm25f("body", 2)}
    found = scores(client, fruit, "苹果")
    assert list(found) == ["title", "body"]  # the title weighs more than two places in a body
    assert found == pytest.approx(expected, rel=1e-5)


def test_combined_fields_finds_words_that_lie_in_different_fields(
    client: OpenSearch, fruit: str
) -> None:
    assert list(scores(client, fruit, "日记 梨", "and")) == ["body"]
    assert scores(client, fruit, "日记 山", "and") == {}


def test_a_bulk_with_one_bad_document_tells_which_and_keeps_the_others(
    client: OpenSearch, index: str
) -> None:
    articles = {"1": {"b": "港口"}, "2": {"b": "码头", "unknown": "x"}, "3": {"b": "航线"}}
    actions = [{"_index": index, "_id": key} | body for key, body in articles.items()]
    told = [
        (done, item["index"]["_id"], item["index"]["status"], item["index"].get("error"))
        for done, item in helpers.streaming_bulk(client, actions, raise_on_error=False)
    ]
    reason = "mapping set to strict, dynamic introduction of [unknown] within [_doc] is not allowed"
    error = {"type": "strict_dynamic_mapping_exception", "reason": reason}
    assert told == [
        (True, "1", 201, None),
        (False, "2", 400, error),
        (True, "3", 201, None),
    ]
    client.indices.refresh(index=index)
    hits = client.search(index=index, body={"query": {"match_all": {}}})["hits"]["hits"]
    assert sorted(hit["_id"] for hit in hits) == ["1", "3"]
