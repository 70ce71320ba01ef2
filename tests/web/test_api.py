"""The JSON interface."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from search import Archive
from search.document import Document
from web import create_app

SEEDS = Path(__file__).parents[2] / "seeds"


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


def test_an_article_is_given_whole_with_the_places_of_a_query(client):
    answer = client.get("/api/doc/seeds/chain.txt?q=產業")
    assert answer.status_code == 200
    assert answer.json == {
        "id": "seeds/chain.txt",
        "title": "產(chǎn)業(yè)鏈",
        "title_spans": [[0, 12]],
        "author": "",
        "date": "",
        "source": "seeds/chain.txt",
        "metadata": {},
        "body": "產(chǎn)業(yè)鏈\n示范區(qū)的產(chǎn)業(yè)在長三角。",
        "spans": [[0, 12], [22, 34]],
        "glosses": [[1, 7], [8, 12], [17, 21], [23, 29], [30, 34]],
        "breaks": [],
    }
    assert "/machine" not in answer.text


def test_without_a_query_nothing_in_an_article_is_marked(client):
    assert client.get("/api/doc/seeds/chain.txt").json["spans"] == []


def test_an_article_that_is_not_there_is_a_404(client):
    answer = client.get("/api/doc/none.txt")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "not_found"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """Return a client of the site over the seeds, really indexed."""
    index = tmp_path_factory.mktemp("real") / "index"
    return create_app(Archive.build([SEEDS], index)).test_client()


def test_a_text_is_analyzed_as_on_the_command_line(real):
    answer = real.get("/api/analyze?text=產(chǎn)業(yè)鏈").json
    assert answer["folded"] == "产业链"
    assert [word["term"] for word in answer["words"]] == ["产业链"]
    assert answer["dropped"][0]["reason"] == "chǎn is a reading of 產"


def test_a_query_is_analyzed_with_what_stands_for_its_words(real):
    answer = real.get("/api/analyze?query=軟體 産業").json
    assert answer["index"]["documents"] == 2
    (first, second) = answer["parts"]
    assert first["expansions"][0]["to"] == "软件"
    assert second["articles"] == 2
    plain = real.get("/api/analyze?query=軟體&expand=0").json
    assert plain["parts"][0]["expansions"] == []


def test_an_analysis_without_an_index_names_no_folder_of_this_machine(tmp_path):
    client = create_app(Archive(tmp_path / "index")).test_client()
    answer = client.get("/api/analyze?query=港口")
    assert answer.json["index"] == {"documents": None, "problem": "there is no index yet"}
    assert str(tmp_path) not in answer.text


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/api/analyze", "bad_parameter"),
        ("/api/analyze?text=a&query=b", "bad_parameter"),
        ("/api/analyze?text=" + "港" * 10_001, "bad_parameter"),
        ("/api/analyze?query=" + "港" * 1_001, "bad_query"),
        ("/api/analyze?query=港&expand=x", "bad_parameter"),
    ],
)
def test_what_cannot_be_analyzed_is_a_400(real, address, code):
    answer = real.get(address)
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == code


def test_a_browser_can_add_the_site_as_a_search_engine(client):
    page = client.get("/").text
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    answer = client.get("/opensearch.xml", base_url="http://archive.example:8000/")
    assert answer.content_type == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.text)
    url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template") == "http://archive.example:8000/search?q={searchTerms}"
