"""Every error as readers and programs meet it; and what every answer carries."""

import pytest

from search import errors
from search.messages import translated

UNAVAILABLE = [
    (errors.IndexMissingError("/machine/i"), "index_missing", "文库还没有建好"),
    (errors.IndexDamagedError("/machine/i", "bad"), "index_damaged", "文库的索引坏了"),
    (errors.IndexMismatchError("/machine/i", "other"), "index_mismatch", "文库的索引要重建"),
    (errors.IndexLockedError("/machine/i", "process 7"), "index_locked", "文库正在更新"),
    (errors.IndexWriteError("/machine/i", "full"), "index_write", "文库暂时没法使用"),
    (
        errors.ClusterUnavailableError(
            "xunwen (https://u.machine:9200/machine)", "no node answers"
        ),
        "cluster_unavailable",
        "文库所在的集群现在没有回应",
    ),
    (
        errors.ClusterRefusedError("xunwen (https://u.machine:9200/machine)", "not accepted (401)"),
        "cluster_refused",
        "文库所在的集群没有接受本站",
    ),
]
BAD_REQUESTS = [
    "/search?q=a&page=0",
    "/search?q=a&page=-1",
    "/search?q=a&page=x",
    "/search?q=a&page=1_0",
    "/search?q=a&page=１",
    "/search?q=a&page=1001",
    "/search?q=a&page=" + "9" * 5000,
    "/search?q=a&per_page=0",
    "/search?q=a&per_page=101",
    "/search?q=a&per_page=100&page=101",
    "/search?q=a&sort=best",
    "/search?q=a&field=author",
    "/doc/seeds/chain.txt?q=a&page=x",
]


@pytest.mark.parametrize("address", BAD_REQUESTS)
def test_values_out_of_bounds_are_a_400_on_the_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "<h1>网址里的参数不对</h1>" in answer.text


@pytest.mark.parametrize("address", [a for a in BAD_REQUESTS if a.startswith("/search")])
def test_values_out_of_bounds_are_a_400_in_the_api(client, address):
    answer = client.get("/api" + address)
    assert answer.status_code == 400
    error = answer.json["error"]
    assert list(error) == ["code", "message", "hint"]
    assert error["code"] == "bad_parameter"
    assert error["message"]
    assert error["hint"]


def test_a_query_that_is_too_long_is_a_400(client):
    answer = client.get("/search?q=" + "长" * 1001)
    assert answer.status_code == 400
    assert "<h1>这样没法搜索</h1>" in answer.text
    assert client.get("/api/search?q=" + "长" * 1001).json["error"]["code"] == "bad_query"


def test_a_page_beyond_reach_says_what_to_do(client):
    assert client.get("/api/search?q=a&page=1001").json["error"] == {
        "code": "bad_parameter",
        "message": "cannot use page '1001': not a whole number from 1 to 1,000",
        "hint": "only the first 10,000 hits can be paged to: narrow the query by another word",
    }


@pytest.mark.parametrize(("failure", "code", "headline"), UNAVAILABLE)
def test_an_index_that_cannot_answer_is_a_503_without_its_path(
    client, archive, failure, code, headline
):
    archive.failure = failure
    for address in ("/", "/search?q=a", "/doc/x"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert f"<h1>{headline}</h1>" in answer.text
        assert "/machine" not in answer.text
    for address in ("/api/search?q=a", "/healthz"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.json["error"]["code"] == code
        assert answer.json["error"]["hint"]
        assert "/machine" not in answer.text


def test_a_cluster_that_does_not_answer_is_asked_again_later(client, archive, caplog):
    archive.failure = errors.ClusterUnavailableError(
        "xunwen (https://node:9200)", "no node answers"
    )
    for address in ("/", "/search?q=a", "/api/search?q=a", "/healthz"):
        assert client.get(address).headers["Retry-After"] == "10"
    assert client.get("/healthz").json["error"] == {
        "code": "cluster_unavailable",
        "message": "the cluster that holds the archive does not answer, or not whole",
        "hint": "ask again as Retry-After says; the log of the site says why",
    }
    assert "cannot reach xunwen (https://node:9200): no node answers" in caplog.text


def test_a_cluster_that_refuses_the_site_is_not_asked_again(client, archive):
    archive.failure = errors.ClusterRefusedError("xunwen (https://node:9200)", "not trusted")
    assert "Retry-After" not in client.get("/healthz").headers


def test_the_log_gets_the_whole_of_an_index_error(client, archive, caplog):
    archive.failure = errors.IndexDamagedError("/machine/i", "page 3 is torn")
    client.get("/")
    assert "cannot open index '/machine/i': page 3 is torn" in caplog.text


@pytest.mark.parametrize(
    "failure",
    [errors.QueryError("nothing to search for", "type a word"), errors.UnsupportedError("no *")],
)
def test_an_error_of_the_query_is_told_in_its_own_words(client, archive, failure):
    archive.failure = failure
    answer = client.get("/search?q=！")
    assert answer.status_code == 400
    assert translated(str(failure), "zh-Hans") in answer.text
    assert translated(failure.hint, "zh-Hans") in answer.text
    assert 'value="！"' in answer.text
    told = client.get("/api/search?q=！").json["error"]
    assert told == {"code": failure.code, "message": str(failure), "hint": failure.hint}


def test_a_missing_article_is_a_404(client):
    answer = client.get("/doc/<script>/x")
    assert answer.status_code == 404
    assert "<h1>没有这篇文章</h1>" in answer.text
    assert answer.text.count("<script") == 1


def test_a_missing_page_is_a_404_of_its_kind(client):
    assert "没有这个页面" in client.get("/nowhere").text
    assert "没有这个页面" in client.get("/static/nowhere.css").text
    answer = client.get("/api/nowhere")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "not_found"


def test_a_surprise_is_a_plain_500_and_goes_to_the_log(client, archive, caplog):
    archive.failure = RuntimeError("the inside at /machine")
    answer = client.get("/search?q=a")
    assert answer.status_code == 500
    assert "出了意外" in answer.text
    assert "inside" not in answer.text
    assert "the inside at /machine" in caplog.text
    assert client.get("/api/search?q=a").json["error"] == {
        "code": "internal",
        "message": "something unexpected went wrong",
        "hint": "try again in a while",
    }


@pytest.mark.parametrize("address", ["/", "/search?q=a", "/doc/seeds/chain.txt", "/api/search"])
def test_head_is_answered_and_post_is_not(client, address):
    head = client.head(address.replace("/api/search", "/api/search?q=a"))
    assert head.status_code == 200
    assert head.data == b""
    post = client.post(address, data={"q": "a"})
    assert post.status_code == 405
    assert "GET" in post.headers["Allow"]
    assert ("error" in post.json) if address.startswith("/api") else ("不能这样访问" in post.text)


@pytest.mark.parametrize("address", ["/api/search", "/healthz", "/openapi.json"])
def test_a_wrong_method_is_told_to_programs_as_an_object(client, address):
    answer = client.post(address)
    assert answer.status_code == 405
    assert answer.json["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "address", ["/", "/search?q=产业", "/search?q=", "/nowhere", "/healthz", "/static/style.css"]
)
def test_every_answer_carries_strict_headers(client, address):
    with client.get(address) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Request-Id"]
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/", "/search?q=产业", "/doc/seeds/chain.txt?q=a", "/nowhere"])
def test_no_page_holds_a_script_or_a_style_of_its_own(client, address):
    html = client.get(address).text
    assert "<style" not in html
    assert "style=" not in html
    assert html.count("<script") == html.count('<script src="/static/') == 1


@pytest.mark.parametrize(
    "address",
    ["/search?q=%00", "/search?q=%FF%FE", "/search?%FF=%FF&q=a", "/doc/%FF", "/doc/%00", "/doc/"],
)
def test_broken_bytes_are_never_a_500(client, address):
    assert client.get(address).status_code in (200, 400, 404)
