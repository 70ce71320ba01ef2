"""What the documents show of the site: drawn in a browser, kept where XUNWEN_SCREENSHOTS is set."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.web.serving import ROOT

pytestmark = pytest.mark.browser

FOLDER = ROOT / "docs" / "screenshots"
DESK = {"viewport": {"width": 1000, "height": 760}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SHOWN = {
    "home": ("/", DESK),
    "results": ("/search?q=长三角 示范区", DESK),
    "timeline": ("/search?q=港口", DESK),
    "article": ("/doc/seeds/002_36eff7ae45c6ac4f.txt?q=长三角#hit-3", DESK),
    "article-dark": (
        "/doc/seeds/000_414e468a296fc206.txt?q=产业",
        {**DESK, "color_scheme": "dark"},
    ),
    "results-phone": ("/search?q=产业", PHONE),
    "results-phone-dark": ("/search?q=产业", {**PHONE, "color_scheme": "dark"}),
    "results-traditional": ("/search?q=產業", {**DESK, "locale": "zh-TW"}),
    "results-english": ("/search?q=产业", {**DESK, "locale": "en-US"}),
}


def keep(page: Page, name: str, folder: Path) -> None:
    """Draw a page, whose figures of time are set to one, so that it is the same each time."""
    page.evaluate(
        """() => {
          const found = document.querySelector('.found');
          if (found) found.lastChild.data = found.lastChild.data.replace(/[\\d.]+(?=\\D*$)/, '3.2');
        }"""
    )
    target = FOLDER if os.environ.get("XUNWEN_SCREENSHOTS") else folder
    target.mkdir(exist_ok=True)
    page.screenshot(path=target / f"{name}.png", animations="disabled", caret="hide")
    assert (target / f"{name}.png").stat().st_size > 5_000
    assert (FOLDER / f"{name}.png").exists(), "run 'make screenshots'"


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_of_the_documents_is_drawn(
    open_page: OpenPage, site: str, tmp_path: Path, name: str
) -> None:
    path, options = SHOWN[name]
    page = open_page(**options)
    page.goto(site + path)
    expect(page.locator("main")).to_be_visible()
    keep(page, name, tmp_path)


def test_so_are_suggestions(open_page: OpenPage, site: str, tmp_path: Path) -> None:
    page = open_page(**DESK)
    page.goto(site)
    while not page.request.get(f"{site}/api/suggest?q=shi").json()["suggestions"]:
        pass
    page.locator("#q").click()
    page.keyboard.type("shi")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    keep(page, "suggestions", tmp_path)
