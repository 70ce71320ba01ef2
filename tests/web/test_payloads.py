"""Nothing that an article, its file or a query says ever reaches a page as markup."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, urlencode, urljoin

import pytest

from search import Archive
from tests.web.payloads import NAMES, PAYLOADS, write_archive
from web import create_app

TAGS = {
    *("html", "head", "meta", "title", "link", "script", "body", "a", "header", "main", "footer"),
    *("nav", "ul", "ol", "li", "form", "label", "input", "button", "div", "section", "article"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "mark", "time", "details", "summary", "dl"),
    *("dt", "dd", "kbd", "code", "table", "caption", "thead", "tbody", "tr", "th", "td", "dialog"),
    *(
        "figure",
        "figcaption",
        "svg",
        "rect",
        "output",
        "b",
        "br",
        "small",
        "blockquote",
        "pre",
        "hr",
    ),
}


class Reader(HTMLParser):
    """Notes every tag and attribute as a browser would read them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacks")
    archive = Archive.build([write_archive(folder / "docs")], folder / "index")
    assert archive.size().articles == len(PAYLOADS) + len(NAMES)
    archive.suggest("港")
    return create_app(archive).test_client()


def check(html):
    reader = Reader()
    reader.feed(html)
    assert {tag for tag, _ in reader.tags} <= TAGS
    scripts = [attributes for tag, attributes in reader.tags if tag == "script"]
    assert len(scripts) == 1
    assert (scripts[0]["src"] or "").startswith("/static/site.js?")
    for tag, attributes in reader.tags:
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in attributes)
        for name in ("href", "src", "action", "formaction", "data-suggest"):
            address = attributes.get(name)
            assert address is None or address.startswith(("/", "#")), (tag, address)
        if tag == "meta":
            assert "http-equiv" not in attributes


def addresses(client):
    yield from ("/", "/help", "/search?q=港口&per_page=100", "/search?q=港口&explain=1")
    for payload in PAYLOADS:
        for parameters in (
            {"q": payload},
            {"q": f"港口 {payload}", "explain": "1"},
            {"q": "港口", "where": f"author={payload}"},
            {"q": "港口", "where": f"section={payload}"},
            {"q": "港口", "where": f"{payload}=x"},
            {"q": "港口", "since": payload},
            {"q": "港口", "sort": payload},
            {"q": "港口", "lang": payload},
            {payload: payload, "q": "港口"},
        ):
            yield f"/search?{urlencode(parameters)}"
        yield f"/{quote(payload)}"
        yield f"/doc/{quote(payload)}?{urlencode({'q': payload, 'at': payload})}"
    for hit in client.get("/api/search?q=港口&per_page=100&fold=0").json["hits"]:
        yield f"/doc/{quote(hit['id'])}?{urlencode({'q': '港口 script window'})}"
        yield f"/doc/{quote(hit['id'])}?at=0-40"


def test_every_page_holds_only_the_markup_of_the_site(client):
    read = 0
    for address in addresses(client):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 400, 404), address
        if answer.status_code != 302:
            check(answer.text)
            read += answer.status_code == 200
    assert read > 150


def test_the_check_itself_sees_what_is_not_escaped():
    clean = '<html><script src="/static/site.js?v=1"></script><a href="/x">'
    check(clean)
    for payload in PAYLOADS[:3]:
        with pytest.raises(AssertionError):
            check(f"{clean}<p>{payload}</p>")
    with pytest.raises(AssertionError):
        check(f'{clean}<a href="{PAYLOADS[6]}">')


@pytest.mark.parametrize("address", ["/api/search?q=港口&per_page=100", "/api/suggest?q=港"])
def test_json_is_never_taken_for_a_page(client, address):
    answer = client.get(address)
    assert answer.content_type == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_in_an_address_leads_to_its_article_and_back(client):
    for name in NAMES:
        answer = client.get(f"/doc/{quote(f'docs/{name}')}")
        assert answer.status_code == 200
        original = client.get(f"/original/{quote(f'docs/{name}')}")
        assert original.status_code == 200
        assert "\n" not in original.headers["Content-Disposition"]


def test_no_id_leads_a_browser_out_of_the_site(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    ids = ["../../etc/passwd", "a/../../x", "./b", "c//d"]
    rows = [json.dumps({"id": one, "title": one, "body": "港口"}) for one in ids]
    (docs / "r.jsonl").write_text("\n".join(rows), "utf-8")
    site = create_app(Archive.build([docs], tmp_path / "index")).test_client()
    html = site.get("/search?q=港口&fold=0").text
    links = [unescape(link) for link in re.findall(r'<h2><a href="([^"?]+)', html)]
    assert len(links) == 4
    for link in links:
        assert urljoin("http://site/search", link).startswith("http://site/doc/")
        assert not {".", ".."} & set(link.split("/"))
        assert site.get(link).status_code == 200
