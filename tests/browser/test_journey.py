"""A reader's way through the site, in real Chromium: type, see marks, open the article."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(open_page: OpenPage, request: pytest.FixtureRequest) -> Page:
    """A page of a reader with scripts, and of one without."""
    return open_page(java_script_enabled=request.param)


@pytest.fixture
def scripted(open_page: OpenPage) -> Page:
    return open_page()


def test_a_reader_types_sees_marks_and_opens_the_article(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#q").click()
    page.keyboard.type("长三角")
    page.keyboard.press("Enter")

    hits = page.locator("ol.hits li")
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
    expect(page.locator("#q")).to_have_value("长三角")


def test_a_word_that_layout_cut_is_one_mark(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=%22延伸带动%22")
    expect(page.locator("ol.hits li")).to_have_count(1)
    assert page.locator("ol.hits li mark").all_inner_texts() == ["延伸带动"]


def test_glosses_lie_inside_the_mark_and_are_small(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=产业")
    mark = page.locator("mark", has_text="產").first
    assert mark.inner_text() == "產(chǎn)業(yè)"
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert mark.locator(".gloss").first.evaluate(size) < mark.evaluate(size)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(open_page: OpenPage, site: str, scheme: str) -> None:
    page = open_page(
        viewport={"width": 360, "height": 740}, is_mobile=True, color_scheme=scheme, locale="en-US"
    )
    article = "/doc/seeds/000_414e468a296fc206.txt?q=产业"
    for path in ("/", "/search?q=港口", "/search?q=产业&explain=1", article, "/help"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path


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
    box = page.locator("#q")
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
    open_page: OpenPage, site: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/doc/seeds/002_36eff7ae45c6ac4f.txt?q=长三角")
    expect(page.locator(".walk")).to_be_hidden()
    page.get_by_role("link", name="看第一处").click()
    expect(page.locator("mark:target")).to_have_id("hit-1")


def test_glosses_are_hidden_and_shown_again_without_a_script_too(page: Page, site: str) -> None:
    page.goto(f"{site}/doc/seeds/000_414e468a296fc206.txt?q=产业")
    mark, box = page.locator("article mark").first, page.get_by_role("checkbox", name="隐藏注音")
    assert mark.inner_text() == "產(chǎn)業(yè)"
    box.check()
    assert mark.inner_text() == "產業"
    box.uncheck()
    assert mark.inner_text() == "產(chǎn)業(yè)"
