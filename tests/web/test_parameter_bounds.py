"""What an address may ask for: each bound reached, and a 400 beyond it."""

import pytest

from search.archive import MAX_LIMIT
from search.document import Document
from web.hit_map import MOST
from web.limits import MAX_ANALYZED
from web.parameters import MAX_FACETS, MAX_PER_PAGE


def names(count: int) -> str:
    return ",".join(f"n{at}" for at in range(count))


@pytest.mark.parametrize(
    ("most", "beyond"),
    [
        (f"per_page={MAX_PER_PAGE}", f"per_page={MAX_PER_PAGE + 1}"),
        (f"page={MAX_LIMIT // 10}", f"page={MAX_LIMIT // 10 + 1}"),
        (f"facets={names(MAX_FACETS)}", f"facets={names(MAX_FACETS + 1)}"),
        ("recency=1", "recency=1.1"),
    ],
)
def test_a_search_takes_so_much_and_no_more(client, most, beyond):
    assert client.get(f"/api/search?q=产业&{most}").status_code == 200
    answer = client.get(f"/api/search?q=产业&{beyond}")
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "bad_parameter"
    assert len(answer.json["error"]["message"]) < 100


def test_so_many_characters_are_analyzed_and_no_more(client, archive):
    archive.analyze_text = lambda text: pytest.fail(f"asked for {len(text)} characters")
    answer = client.get("/api/analyze?text=" + "港" * (MAX_ANALYZED + 1))
    assert answer.status_code == 400


def test_what_is_said_of_a_wrong_value_is_short_however_long_it_is(client):
    for name in ("page", "per_page", "sort", "field", "expand", "recency", "where", "relax"):
        answer = client.get(f"/api/search?q=a&{name}=" + "x" * 50_000)
        assert answer.status_code == 400
        assert len(answer.json["error"]["message"]) < 200


def test_of_very_many_marks_some_are_on_the_map(client, archive):
    archive.documents.append(Document("many.txt", "多", "产业，\n" * 3 * MOST, source="many.txt"))
    page = client.get("/doc/many.txt?q=产业").text
    assert page.count('id="hit-') == 3 * MOST
    assert 0 < page.count("<rect") <= MOST
