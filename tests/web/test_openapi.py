"""The description names every address that answers programs, and answers are as it says."""

import copy

import pytest
import schemathesis
from jsonschema_rs import ValidationError, validator_for

from search import Archive
from tests.web.serving import ROOT
from web import SiteSettings, create_app, create_blueprint
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
    told_elsewhere = {"/metrics", "/robots.txt"}
    assert set(document["paths"]) == rules - pages - told_elsewhere


def test_every_parameter_that_is_read_is_described_and_no_other(document):
    described = {p["name"] for p in document["paths"]["/api/search"]["get"]["parameters"]}
    assert described == {"q", *PageRequest.__slots__[1:]}


def closed(schema):
    """Return `schema` with every object closed to keys that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(value) for name, value in schema.items()}
    return {"additionalProperties": False, **inner} if inner.get("type") == "object" else inner


def answered_as_described(answer, document, path):
    """Assert that an answer's status, kind and headers are described; return its schema."""
    described = document["paths"][path]["get"]["responses"][str(answer.status_code)]
    for name, header in described["headers"].items():
        assert name in answer.headers or not header.get("required"), name
    told = {"ETag", "Retry-After", "Allow", "Server-Timing"} & set(answer.headers.keys())
    assert told <= set(described["headers"])
    if "content" not in described:
        assert answer.data == b""
        return True
    ((kind, content),) = described["content"].items()
    assert answer.mimetype == kind
    return content["schema"]


def test_it_is_openapi_3_1(document):
    schemathesis.openapi.from_dict(document).validate()
    broken = copy.deepcopy(document)
    broken["paths"]["/healthz"]["get"]["parameters"] = [{"name": "x", "in": "nowhere"}]
    with pytest.raises(ValidationError):
        schemathesis.openapi.from_dict(broken).validate()


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("/api/search?q=产业&explain=1&facets=1", "/api/search", 200),
        ("/api/search?q=长三角 不存在的词语", "/api/search", 200),
        ("/api/search?q=csj&expand=pinyin&recency=0.5", "/api/search", 200),
        ("/api/search?q=", "/api/search", 400),
        ("/api/suggest?q=产", "/api/suggest", 200),
        ("/api/suggest?q=" + "产" * 1001, "/api/suggest", 400),
        ("/api/doc/seeds/000_414e468a296fc206.txt?q=产业", "/api/doc/{id}", 200),
        ("/api/doc/nothing", "/api/doc/{id}", 404),
        ("/api/doc/seeds/000_414e468a296fc206.txt/related", "/api/doc/{id}/related", 200),
        ("/api/doc/nothing/related", "/api/doc/{id}/related", 404),
        ("/api/analyze?text=產(chǎn)業abc，《\ufffd》\n\n港", "/api/analyze", 200),
        ("/api/analyze?query=產業 csj 不存在的词语", "/api/analyze", 200),
        ('/api/analyze?query="a b"~5 ab~1 -x title:y', "/api/analyze", 200),
        ("/api/analyze", "/api/analyze", 400),
        ("/healthz", "/healthz", 200),
    ],
)
def test_an_answer_is_as_it_is_described_and_has_nothing_else(
    client, document, address, path, status
):
    answer = client.get(address)
    assert answer.status_code == status
    schema = answered_as_described(answer, document, path)
    # Askers have to ignore keys they do not know, so that the description itself closes nothing.
    components = closed(document["components"])
    validator_for({**closed(schema), "components": components}).validate(answer.json)


def filled(path):
    known = path.replace("{id}", "seeds/000_414e468a296fc206.txt")
    return f"{known}?q=产业" if path != "/api/analyze" else f"{known}?query=产业"


def test_every_address_that_is_kept_says_so_and_no_other(client, document):
    for path, methods in document["paths"].items():
        tag = client.get(filled(path)).headers.get("ETag")
        assert bool(tag) == ("304" in methods["get"]["responses"]), path
        if tag:
            again = client.get(filled(path), headers={"If-None-Match": tag})
            assert again.status_code == 304
            answered_as_described(again, document, path)


def test_refusals_before_an_address_looks_at_what_it_is_asked_are_as_described(client, document):
    archive = client.application.extensions["xunwen"]["xunwen"].archive
    for path, methods in document["paths"].items():
        asked = create_app(archive, SiteSettings(rate="1/hour")).test_client()
        first, second, posted = (
            asked.get(filled(path)),
            asked.get(filled(path)),
            asked.post(filled(path)),
        )
        is_limited = "429" in methods["get"]["responses"]
        statuses = [answer.status_code for answer in (first, second, posted)]
        assert statuses == [200, 429 if is_limited else 200, 405], path
        for answer in (second, posted):
            answered_as_described(answer, document, path)


def test_without_an_index_those_that_need_one_answer_503_and_are_described_so(document, tmp_path):
    asked = create_app(Archive(tmp_path / "index")).test_client()
    for path, methods in document["paths"].items():
        answer = asked.get(filled(path))
        # An analysis needs no index; of one that is damaged it says so.
        needs_none = ("/api/analyze", "/openapi.json", "/opensearch.xml")
        assert answer.status_code == (200 if path in needs_none else 503), path
        assert "503" in methods["get"]["responses"]
        answered_as_described(answer, document, path)


def test_a_refusal_where_too_many_ask_at_once_is_as_described(client, document):
    site = client.application.extensions["xunwen"]["xunwen"]
    app = create_app(site.archive, SiteSettings(at_once=1, queue=0))
    with app.extensions["xunwen"]["xunwen"].gate.place():
        for path in document["paths"]:
            answer = app.test_client().get(filled(path))
            assert answer.status_code == (200 if path == "/healthz" else 503), path
            assert ("Retry-After" in answer.headers) == (answer.status_code == 503)
            answered_as_described(answer, document, path)


def test_a_key_that_is_not_described_is_seen(client, document):
    answer = client.get("/healthz").json
    validator = validator_for(closed(document["components"]["schemas"]["Health"]))
    assert validator.is_valid(answer)
    assert not validator.is_valid({**answer, "more": 1})


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
