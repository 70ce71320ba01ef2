"""What may have been meant, as a link above the hits and on an empty page."""


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_page_links_to_what_may_have_been_meant(archive, client):
    archive.changes = {"correct": lambda: "长三角 -<b>"}
    html = page(client, "/search?q=招商&sort=newest&page=1")
    link = (
        '您要找的是不是：<a href="/search?q=%E9%95%BF%E4%B8%89%E8%A7%92+-%3Cb%3E&amp;sort=newest" '
        'lang="zh">长三角 -&lt;b&gt;</a>'
    )
    assert link in html
    assert html.index(link) < html.index('<ol class="hits"')


def test_the_empty_page_links_too(archive, client):
    archive.changes = {"correct": lambda: "长三角"}
    html = page(client, "/search?q=长三脚")
    assert "没有找到" in html
    assert html.index("您要找的是不是") < html.index("没有找到")


def test_nothing_is_said_where_nothing_else_is_meant(client):
    assert "您要找的是不是" not in page(client, "/search?q=招商")
    assert "您要找的是不是" not in page(client, "/search?q=没有的词")
    assert "did_you_mean" not in client.get("/api/search?q=招商").get_json()


def test_the_api_has_it_when_there_is_one(archive, client):
    archive.changes = {"correct": lambda: "长三角"}
    assert client.get("/api/search?q=长三脚").get_json()["did_you_mean"] == "长三角"
