"""axe-core, which looks for what keeps people out, finds nothing on any page, in either theme."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATION = "/doc/seeds/002_36eff7ae45c6ac4f.txt"
PAGES = {
    "home": "/",
    "results": "/search?q=港口",
    "explained": "/search?q=港口&explain=1",
    "narrowed": "/search?q=港口&since=2020&until=2020&where=author=王小明",
    "widened": "/search?q=jizhuangxiang",
    "relaxed": "/search?q=港口 长三角 苹果",
    "many pages": "/search?q=港口&per_page=1&page=3",
    "nothing": "/search?q=不存在的词语",
    "past the end": "/search?q=港口&page=90",
    "article": f"{STATION}?q=长三角",
    "glossed": "/doc/seeds/000_414e468a296fc206.txt?q=产业&at=100-160",
    "help": "/help",
}
ERRORS = {"missing": "/doc/nothing", "bad": "/search?q=a&page=0"}


def violations(page: Page) -> list[str]:
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


themes = pytest.mark.parametrize("scheme", ["light", "dark"])


@themes
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_no_page_keeps_anyone_out(open_page: OpenPage, site: str, scheme: str, path: str) -> None:
    page = open_page(color_scheme=scheme)
    page.goto(site + path)
    for details in page.locator("details:not([name])").all():
        details.evaluate("e => e.open = true")
    assert violations(page) == []


@themes
def test_nor_does_what_opens_over_it(open_page: OpenPage, site: str, scheme: str) -> None:
    page = open_page(color_scheme=scheme, locale="en-US")
    page.goto(f"{site}/help")
    while not page.request.get(f"{site}/api/suggest?q=港").json()["suggestions"]:
        pass
    page.locator("#q").click()
    page.keyboard.type("港")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


@themes
@pytest.mark.parametrize("filter_name", ["时间不限", "作者"])
def test_nor_do_filters(open_page: OpenPage, site: str, scheme: str, filter_name: str) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page.goto(f"{site}/search?q=港口 OR 长三角")
    page.locator("summary", has_text=filter_name).click()
    assert violations(page) == []


@themes
@pytest.mark.parametrize("path", ERRORS.values(), ids=ERRORS.keys())
def test_nor_does_an_error(open_page: OpenPage, site: str, scheme: str, path: str) -> None:
    page = open_page(color_scheme=scheme, java_script_enabled=True)
    # A browser reports each answer of 400 and 404 in its console; this one is looked at as a page.
    html = page.request.get(site + path).text()
    page.route("**/looked-at", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{site}/looked-at")
    assert violations(page) == []


def test_it_is_seen_when_something_is_wrong(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("document.querySelector('label[for=q]').remove()")
    page.evaluate("document.querySelector('.tagline').style.color = '#eee'")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    assert {one.partition(":")[0] for one in violations(page)} >= {"label", "color-contrast"}
