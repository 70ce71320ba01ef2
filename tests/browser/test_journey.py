"""A reader's way through the site, in real Chromium: type, see marks, open the article."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

if CHROMIUM is None:
    message = "no Chromium here: the browser tests need the system's 'chromium'"
    if os.environ.get("XUNWEN_REQUIRE_ALL"):
        raise RuntimeError(message)
    pytest.skip(message, allow_module_level=True)

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402 - after the skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `search serve` over an index of the seeds, on a free port."""
    index = str(tmp_path_factory.mktemp("browser") / "index")
    command = [sys.executable, "-c", "import sys; from search.cli import main; sys.exit(main())"]
    subprocess.run([*command, "index", "-q", str(ROOT / "seeds"), "--index", index], check=True)
    serving = [*command, "serve", "--index", index, "--port", "0"]
    with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address, "the server printed no address"
        yield address[0].rstrip("/")
        server.terminate()
        assert server.wait(10) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test when its console reports an error."""
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_a_reader_types_sees_marks_and_opens_the_article(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox").click()
    page.keyboard.type("长三角")
    page.keyboard.press("Enter")

    hits = page.locator("ol li")
    expect(hits).to_have_count(2)
    marks = hits.nth(0).locator("mark").all_inner_texts()
    assert marks
    assert set(marks) == {"長三角"}  # in the author's own characters
    red = hits.nth(0).locator("mark").first.evaluate("e => getComputedStyle(e).color")
    r, g, b = map(int, re.findall(r"\d+", red)[:3])
    assert r > 2 * max(g, b)

    hits.nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("招商不“内卷” 携手共“引凤”")
    article_marks = page.locator("article mark").all_inner_texts()
    assert article_marks.count("长三角") == 6

    page.go_back()
    expect(hits).to_have_count(2)
    expect(page.get_by_role("searchbox")).to_have_value("长三角")


def test_a_word_that_layout_cut_is_one_mark(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=%22延伸带动%22")
    expect(page.locator("ol li")).to_have_count(1)
    assert page.locator("ol li mark").all_inner_texts() == ["延伸带动"]


def test_glosses_lie_inside_the_mark_and_are_small(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=产业")
    mark = page.locator("mark", has_text="產").first
    assert mark.inner_text() == "產(chǎn)業(yè)"
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert mark.locator(".gloss").first.evaluate(size) < mark.evaluate(size)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, color_scheme=scheme
    )
    page = context.new_page()
    for path in ("/", "/search?q=产业", "/doc/seeds/000_414e468a296fc206.txt?q=产业"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()
