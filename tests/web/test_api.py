"""The JSON interface."""

from search.document import Document


def test_a_search_answers_in_this_very_shape(client):
    answer = client.get("/api/search?q=產業")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    body = "產(chǎn)業(yè)鏈\n示范區(qū)的產(chǎn)業(yè)在長三角。"
    assert answer.json == {
        "total": 1,
        "total_exact": True,
        "took_ms": 3.21,
        "page": 1,
        "per_page": 10,
        "relaxed": False,
        "hits": [
            {
                "rank": 1,
                "id": "seeds/chain.txt",
                "title": "產(chǎn)業(yè)鏈",
                "title_spans": [[0, 12]],
                "author": "",
                "date": "",
                "source": "seeds/chain.txt",
                "score": 1.5,
                "reading": "literal",
                "copies": [],
                "snippets": [{"text": body, "start": 0, "spans": [[0, 12], [22, 34]]}],
            }
        ],
        "query": {
            "text": "產業",
            "words": [{"text": "產業", "required": True}],
            "notes": [],
            "expansions": [],
        },
        "facets": {},
    }


def test_keys_come_in_the_documented_order_and_chinese_unescaped(client):
    text = client.get("/api/search?q=长三角").text
    assert text.startswith('{"total":1,"total_exact":true,"took_ms":3.21,"page":1,"per_page":10,')
    assert '"毛丽君"' in text


def test_pages_are_as_on_the_page(client, archive):
    archive.documents = [Document(f"{n}", f"第{n}篇", "港口") for n in range(1, 31)]
    answer = client.get("/api/search?q=港&page=3&per_page=7").json
    assert (answer["page"], answer["per_page"], answer["total"]) == (3, 7, 30)
    assert [hit["rank"] for hit in answer["hits"]] == [15, 16, 17, 18, 19, 20, 21]


def test_a_page_past_the_end_is_empty(client):
    answer = client.get("/api/search?q=产业&page=9").json
    assert answer["total"] == 1
    assert answer["hits"] == []


def test_lone_surrogates_stay_valid_json(client, archive):
    archive.documents = [Document("a", "题", "港\ud800")]
    answer = client.get("/api/search?q=港")
    assert answer.json["hits"][0]["snippets"][0]["text"] == "港\ud800"


def test_no_path_of_this_machine_is_told(client):
    assert "/machine" not in client.get("/api/search?q=长三角").text
    assert "/machine" not in client.get("/healthz").text


def test_health_says_which_generation_answers(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "generation": "0001", "articles": 2}
