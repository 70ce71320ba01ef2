"""The description names every address that answers programs, and answers are as it says."""

import pytest
from jsonschema_rs import validator_for

from search import Archive
from tests.web.serving import ROOT
from web import create_app, create_blueprint
from web.parameters import PageRequest


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    archive = Archive.build([ROOT / "seeds"], tmp_path_factory.mktemp("openapi") / "index")
    archive.suggest("产")
    return create_app(archive).test_client()


@pytest.fixture(scope="module")
def document(client):
    return client.get("/openapi.json").json


def test_every_address_that_answers_programs_is_in_it_and_no_other(client, document):
    rules = {
        rule.rule.replace("<article_id:article_id>", "{id}")
        for rule in client.application.url_map.iter_rules()
    }
    pages = {"/", "/search", "/help", "/doc/{id}", "/original/{id}", "/static/<path:filename>"}
    assert set(document["paths"]) == rules - pages


def test_every_parameter_that_is_read_is_described_and_no_other(document):
    described = {p["name"] for p in document["paths"]["/api/search"]["get"]["parameters"]}
    assert described == {"q", *PageRequest.__slots__[1:]}


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("/api/search?q=产业&explain=1&facets=1", "/api/search", 200),
        ("/api/search?q=长三角 不存在的词语", "/api/search", 200),
        ("/api/search?q=", "/api/search", 400),
        ("/api/suggest?q=产", "/api/suggest", 200),
        ("/api/doc/seeds/000_414e468a296fc206.txt?q=产业", "/api/doc/{id}", 200),
        ("/api/doc/nothing", "/api/doc/{id}", 404),
        ("/api/doc/seeds/000_414e468a296fc206.txt/related", "/api/doc/{id}/related", 200),
        ("/api/analyze?text=產(chǎn)業abc", "/api/analyze", 200),
        ("/api/analyze?query=產業 csj", "/api/analyze", 200),
        ("/healthz", "/healthz", 200),
        ("/openapi.json", "/openapi.json", 200),
    ],
)
def test_an_answer_is_as_it_is_described(client, document, address, path, status):
    answer = client.get(address)
    assert answer.status_code == status
    described = document["paths"][path]["get"]["responses"][str(status)]
    schema = described["content"]["application/json"]["schema"]
    validator_for({**schema, "components": document["components"]}).validate(answer.json)
    for header in described["headers"]:
        assert header in answer.headers


def test_a_schema_that_is_not_kept_is_seen(client, document):
    schema = {"$ref": "#/components/schemas/Results", "components": document["components"]}
    answer = client.get("/api/search?q=产业").json
    validator = validator_for(schema)
    assert validator.is_valid(answer)
    del answer["total"]
    assert not validator.is_valid(answer)


def test_below_a_prefix_it_names_the_addresses_that_are_there(client):
    import flask

    app = flask.Flask("host")
    archive = client.application.extensions["xunwen"]["xunwen"].archive
    app.register_blueprint(create_blueprint(archive), url_prefix="/find")
    assert app.test_client().get("/find/openapi.json").json["servers"] == [{"url": "/find"}]
    assert client.get("/openapi.json").json["servers"] == [{"url": "/"}]
