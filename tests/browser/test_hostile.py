"""An archive whose every word is an attack, in a browser: nothing runs, policy or no policy."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.web.payloads import PAYLOADS, write_archive
from tests.web.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    docs = write_archive(folder / "docs")
    with served(folder / "index", docs) as address:
        yield address


@pytest.fixture(params=[False, True], ids=["as served", "without the policy"])
def target(open_page: OpenPage, request: pytest.FixtureRequest) -> Page:
    page = open_page(bypass_csp=request.param)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    return page


def test_nothing_of_it_runs_on_any_page(target: Page, hostile: str) -> None:
    found = target.request.get(f"{hostile}/api/search?q=港口&per_page=100&fold=0").json()["hits"]
    assert len(found) > len(PAYLOADS)
    paths = ["/", "/search?q=港口&per_page=100&fold=0&explain=1"]
    paths += [f"/search?{urlencode({'q': payload})}" for payload in PAYLOADS]
    paths += [f"/doc/{quote(hit['id'])}?q=港口&at=0-30" for hit in found]
    for path in paths:
        target.goto(hostile + path)
        assert target.evaluate("window.attacked") is None, path
        assert target.evaluate("document.querySelectorAll('iframe, img, base, object').length") == 0


def test_neither_do_suggestions_nor_what_was_searched_lately(target: Page, hostile: str) -> None:
    target.goto(hostile)
    while not target.request.get(f"{hostile}/api/suggest?q=港").json()["suggestions"]:
        pass
    target.locator("#q").click()
    target.keyboard.type("港口")
    target.get_by_role("option").first.wait_for()
    for _ in range(target.get_by_role("option").count()):
        target.keyboard.press("ArrowDown")
    for payload in PAYLOADS[:8]:
        target.goto(hostile)
        target.locator("#q").fill(payload)
        target.keyboard.press("Enter")
        target.wait_for_url("**/search?*")
    target.goto(hostile)
    target.locator("#q").click()
    target.get_by_role("option").first.wait_for()
    assert target.get_by_role("option").count() == 8
    assert target.evaluate("window.attacked") is None
