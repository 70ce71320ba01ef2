"""The search box offers what the archive has: by keyboard, by touch, never while composing."""

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

COMPOSED = ("j", "ji", "jizh", "集装")


@pytest.fixture
def offers(page: Page, site: str) -> Page:
    """A page whose archive has its suggestions made, so that the first key finds them."""
    page.goto(site)
    answer = page.request.get(f"{site}/api/suggest?q=港")
    while not answer.json()["suggestions"]:
        answer = page.request.get(f"{site}/api/suggest?q=港")
    return page


def options(page: Page):
    return page.get_by_role("option")


def compose(cdp: CDPSession, text: str) -> None:
    """Do what an input method does while a reader types: text that is not yet decided on."""
    place = {"selectionStart": len(text), "selectionEnd": len(text)}
    cdp.send("Input.imeSetComposition", {"text": text, **place})


def press_in_composition(cdp: CDPSession, code: str) -> None:
    """Press a key that the input method takes for itself: browsers give it the code 229."""
    for key in ("Process", code):
        event = {"type": "rawKeyDown", "key": key, "code": code, "windowsVirtualKeyCode": 229}
        cdp.send("Input.dispatchKeyEvent", event)


def test_a_reader_chooses_with_the_arrow_keys_and_enter(offers: Page) -> None:
    box = offers.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.click()
    offers.keyboard.type("港")
    expect(options(offers).first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    texts = options(offers).all_inner_texts()
    offers.keyboard.press("ArrowDown")
    offers.keyboard.press("ArrowDown")
    chosen = offers.locator("[aria-selected=true]")
    expect(chosen).to_have_text(texts[1])
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    expect(box).to_have_value(texts[1])
    offers.keyboard.press("Enter")
    expect(offers.locator("ol.hits li").first).to_be_visible()
    expect(offers.locator("#q")).to_have_value(texts[1])


def test_up_from_the_first_gives_back_what_was_typed(offers: Page) -> None:
    box = offers.get_by_role("combobox")
    box.click()
    offers.keyboard.type("港")
    expect(options(offers).first).to_be_visible()
    offers.keyboard.press("ArrowDown")
    offers.keyboard.press("ArrowUp")
    expect(box).to_have_value("港")
    expect(offers.locator("[aria-selected=true]")).to_have_count(0)
    offers.keyboard.press("ArrowUp")  # round, to the last
    expect(options(offers).last).to_have_attribute("aria-selected", "true")


def test_escape_closes_first_and_clears_then(offers: Page) -> None:
    box = offers.get_by_role("combobox")
    box.click()
    offers.keyboard.type("港")
    expect(options(offers).first).to_be_visible()
    offers.keyboard.press("ArrowDown")
    offers.keyboard.press("Escape")
    expect(offers.locator(".offers")).to_be_hidden()
    expect(box).to_have_value("港")
    offers.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_pinyin_and_its_initials_are_understood(offers: Page) -> None:
    offers.get_by_role("combobox").click()
    for typed in ("jizhuangx", "jzx"):
        offers.locator("#q").fill("")
        offers.keyboard.type(typed)
        expect(offers.get_by_role("option", name="集装箱").first).to_be_visible()


def test_a_finger_chooses_too(phone: Page, site: str, offers: Page) -> None:
    assert offers
    phone.goto(site)
    phone.locator("#q").tap()
    phone.keyboard.type("港")
    option = options(phone).first
    expect(option).to_be_visible()
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    text = option.inner_text()
    option.tap()
    expect(phone.locator("#q")).to_have_value(text)
    expect(phone.locator("ol.hits li").first).to_be_visible()


def test_while_an_input_method_composes_nothing_is_asked_chosen_or_searched(
    offers: Page, site: str
) -> None:
    asked: list[str] = []
    offers.on("request", lambda r: asked.append(r.url) if "/api/suggest" in r.url else None)
    cdp = offers.context.new_cdp_session(offers)
    offers.get_by_role("combobox").click()
    for text in COMPOSED:
        compose(cdp, text)
    for code in ("ArrowDown", "Enter"):
        press_in_composition(cdp, code)
    offers.wait_for_timeout(400)  # longer than the pause after which the archive is asked
    assert asked == []
    assert offers.url == f"{site}/"
    expect(offers.locator("#q")).to_have_value("集装")
    expect(offers.locator(".offers")).to_be_hidden()
    cdp.send("Input.insertText", {"text": "集装箱"})  # the reader decides
    expect(options(offers).first).to_be_visible()
    assert len(asked) == 1
    offers.keyboard.press("Enter")  # and this one searches
    expect(offers.locator("ol.hits li").first).to_be_visible()
    expect(offers.locator("#q")).to_have_value("集装箱")


def test_keys_typed_fast_ask_once_and_a_late_answer_is_dropped(offers: Page) -> None:
    asked: list[str] = []

    def late(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            offers.wait_for_timeout(500)  # while it waits, the reader types on
        route.continue_()

    offers.get_by_role("combobox").click()
    offers.keyboard.type("集装箱", delay=10)
    expect(options(offers).first).to_be_visible()
    offers.route("**/api/suggest*", late)
    offers.locator("#q").fill("")
    offers.keyboard.type("码")
    offers.wait_for_timeout(200)
    offers.keyboard.type("头")
    expect(options(offers).first).to_contain_text("码头")
    offers.wait_for_timeout(400)
    assert all("码头" in text for text in options(offers).all_inner_texts())
    assert len(asked) == 2


def test_what_was_searched_lately_is_offered_here_and_can_be_forgotten(
    offers: Page, site: str
) -> None:
    for query in ("港口", "码头"):
        offers.goto(site)
        offers.locator("#q").fill(query)
        offers.keyboard.press("Enter")
        expect(offers.locator("ol.hits li").first).to_be_visible()
    offers.goto(site)
    offers.wait_for_timeout(300)
    expect(offers.locator(".offers")).to_be_hidden()  # nothing opens by itself
    offers.locator("#q").click()
    expect(options(offers)).to_have_text(["码头", "港口"])  # the last one first
    expect(offers.get_by_text("最近搜过")).to_be_visible()
    offers.keyboard.press("ArrowDown")
    expect(offers.locator("#q")).to_have_value("码头")
    offers.get_by_role("button", name="清除记录").click()
    expect(offers.locator(".offers")).to_be_hidden()
    offers.reload()
    offers.locator("#q").click()
    offers.wait_for_timeout(300)
    expect(offers.locator(".offers")).to_be_hidden()


def test_what_was_searched_never_leaves_the_browser(offers: Page, site: str) -> None:
    offers.locator("#q").fill("港口")
    offers.keyboard.press("Enter")
    expect(offers.locator("ol.hits li").first).to_be_visible()
    sent: list[str] = []
    offers.on("request", lambda r: sent.append(f"{r.url} {r.post_data} {r.headers}"))
    offers.goto(f"{site}/help")
    offers.wait_for_timeout(200)
    assert sent
    assert not any("%E6%B8%AF" in one for one in sent if "/help" not in one)
    assert not any("recent" in one for one in sent)


def test_without_storage_the_box_works_all_the_same(open_page: OpenPage, site: str) -> None:
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }});"
    )
    page.goto(site)
    page.locator("#q").fill("港口")
    page.keyboard.press("Enter")
    expect(page.locator("ol.hits li").first).to_be_visible()


def test_the_button_that_forgets_is_reached_by_keyboard(offers: Page, site: str) -> None:
    offers.locator("#q").fill("港口")
    offers.keyboard.press("Enter")
    expect(offers.locator("ol.hits li").first).to_be_visible()
    offers.goto(site)
    offers.locator("#q").click()
    expect(options(offers)).to_have_text(["港口"])
    offers.keyboard.press("Tab")
    expect(offers.get_by_role("button", name="清除记录")).to_be_focused()
    offers.keyboard.press("Enter")
    expect(offers.locator(".offers")).to_be_hidden()
    expect(offers.locator("#q")).to_be_focused()
    offers.keyboard.press("ArrowDown")
    offers.wait_for_timeout(300)
    expect(offers.locator(".offers")).to_be_hidden()


def test_escape_before_the_archive_is_asked_leaves_nothing_open(offers: Page) -> None:
    offers.locator("#q").click()
    offers.keyboard.type("港")
    offers.keyboard.press("Escape")
    expect(offers.locator("#q")).to_have_value("")
    offers.wait_for_timeout(400)
    expect(offers.locator(".offers")).to_be_hidden()
