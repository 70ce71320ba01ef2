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


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_n_and_shift_n_walk_through_the_marks_of_an_article(scripted: Page, site: str) -> None:
    page = scripted
    page.goto(f"{site}/search?q=长三角")
    page.goto(f"{site}/doc/seeds/002_36eff7ae45c6ac4f.txt?q=长三角")
    place, marked = page.locator(".walk output"), page.locator("mark:target")
    count = page.locator("article mark").count()
    assert count > 3
    expect(place).to_have_text("")
    page.keyboard.press("n")
    expect(place).to_have_text(f"第 1 处，共 {count} 处")
    page.keyboard.press("Shift+N")  # round, to the last
    expect(place).to_have_text(f"第 {count} 处，共 {count} 处")
    expect(marked).to_have_id(f"hit-{count}")
    expect(marked).to_be_in_viewport()
    page.get_by_role("button", name="下一处").click()
    page.get_by_role("button", name="下一处").click()
    expect(marked).to_have_id("hit-2")
    assert page.url.endswith("#hit-2")
    page.go_back()  # the marks are no pages of their own
    expect(page.locator("ol.hits li")).to_have_count(2)


def test_an_address_with_a_mark_leads_to_it(scripted: Page, site: str) -> None:
    scripted.goto(f"{site}/doc/seeds/002_36eff7ae45c6ac4f.txt?q=长三角#hit-3")
    expect(scripted.locator(".walk output")).to_contain_text("第 3 处")
    expect(scripted.locator("#hit-3")).to_be_in_viewport()


def test_keys_typed_into_the_box_or_by_an_input_method_do_nothing_else(
    scripted: Page, site: str
) -> None:
    page = scripted
    page.goto(f"{site}/doc/seeds/002_36eff7ae45c6ac4f.txt?q=长三角")
    box = page.get_by_role("searchbox")
    for keys in ("/", "Control+k"):
        page.locator("h1").click()
        page.keyboard.press(keys)
        expect(box).to_be_focused()
    page.keyboard.type("n")
    expect(box).to_have_value("n")
    page.locator("h1").click()
    for composing in ("{key: 'n', isComposing: true}", "{key: 'n', keyCode: 229}"):
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{bubbles: true, ...{composing}}}))"
        )
    expect(page.locator(".walk output")).to_have_text("")
    assert "#" not in page.url


def test_without_a_script_the_first_mark_is_linked_and_no_button_is_there(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/doc/seeds/002_36eff7ae45c6ac4f.txt?q=长三角")
    expect(page.locator(".walk")).to_be_hidden()
    page.get_by_role("link", name="看第一处").click()
    expect(page.locator("mark:target")).to_have_id("hit-1")
    context.close()


def test_glosses_are_hidden_and_shown_again_without_a_script_too(page: Page, site: str) -> None:
    page.goto(f"{site}/doc/seeds/000_414e468a296fc206.txt?q=产业")
    mark, box = page.locator("article mark").first, page.get_by_role("checkbox", name="隐藏注音")
    assert mark.inner_text() == "產(chǎn)業(yè)"
    box.check()
    assert mark.inner_text() == "產業"
    box.uncheck()
    assert mark.inner_text() == "產(chǎn)業(yè)"
