"""What a browser still has is not searched for again, and never kept longer than it is true."""

import pytest

from search import Archive
from search.document import Document
from search.errors import IndexMissingError
from web import create_app

ADDRESSES = ["/", "/search?q=产业", "/doc/seeds/chain.txt?q=产业", "/api/search?q=产业"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_that_the_asker_has_is_not_sent_again(client, archive, address):
    first = client.get(address)
    assert first.status_code == 200
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    archive.asked = None
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Content-Security-Policy"]
    assert archive.asked is None


@pytest.mark.parametrize("address", ADDRESSES)
def test_once_the_index_has_changed_it_is(client, archive, address):
    tag = client.get(address).headers["ETag"]
    archive.documents.append(Document("new", "新", "产业"))
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_each_address_has_its_own(client):
    tags = {client.get(address).headers["ETag"] for address in [*ADDRESSES, "/search?q=鏈"]}
    assert len(tags) == 5


@pytest.mark.parametrize("address", ["/healthz", "/api/suggest?q=招", "/search?q=a&page=0", "/x"])
def test_what_is_not_kept_has_none(client, address):
    assert "ETag" not in client.get(address).headers


def test_an_index_that_is_gone_is_said_whatever_the_asker_has(client, archive, monkeypatch):
    tag = client.get("/search?q=产业").headers["ETag"]

    def state():
        raise IndexMissingError("i")

    monkeypatch.setattr(archive, "state", state)
    archive.failure = IndexMissingError("i")
    answer = client.get("/search?q=产业", headers={"If-None-Match": tag})
    assert answer.status_code == 503
    assert "ETag" not in answer.headers


def test_the_state_is_another_after_each_change_of_what_answers(tmp_path):
    docs, synonyms = tmp_path / "docs", tmp_path / "synonyms.txt"
    docs.mkdir()
    (docs / "a.txt").write_text("容器编排", "utf-8")
    Archive.build([docs], tmp_path / "index")
    archive = Archive.open(tmp_path / "index", synonyms)
    states = [archive.state(), archive.state()]
    (docs / "b.txt").write_text("港口", "utf-8")
    archive.update()
    states.append(archive.state())
    synonyms.write_text("港口, 码头", "utf-8")
    states.append(archive.state())
    (tmp_path / "words.txt").write_text("容器编排", "utf-8")
    archive.update(dictionary=tmp_path / "words.txt")
    states.append(archive.state())
    Archive.build([], tmp_path / "index")
    states.append(archive.state())
    assert states[0] == states[1]
    assert len(set(states)) == 5
    client = create_app(archive).test_client()
    tag = client.get("/api/search?q=港口").headers["ETag"]
    assert client.get("/api/search?q=港口", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("address", ["/doc/nope", "/search?q=a&page=0"])
def test_a_star_is_no_answer_that_is_known(client, address):
    assert client.get(address, headers={"If-None-Match": "*"}).status_code in (400, 404)
