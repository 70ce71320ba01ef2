"""The whole way by keyboard alone, by touch, in the dark, in each language; links to share."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

STATION = "/doc/seeds/002_36eff7ae45c6ac4f.txt"
GLOSSED = "/doc/seeds/000_414e468a296fc206.txt"


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the element with this text or label has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()"
        )
        if re.search(name, focused):
            return
    raise AssertionError(f"no way by Tab to {name}")


def test_the_whole_journey_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/help")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("港口")
    page.keyboard.press("Enter")
    expect(page.locator("ol.hits > li")).to_have_count(5)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()  # past the box, at once
    page.keyboard.press("Enter")
    tab_to(page, "最新")
    page.keyboard.press("Enter")
    expect(page.locator("ol.hits h2").first).to_have_text("航线")
    tab_to(page, "时间不限")
    page.keyboard.press("Enter")
    tab_to(page, "自定义")
    page.keyboard.press("Shift+Tab")
    tab_to(page, "^航线$")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"  # one sees where one is
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("航线")
    page.keyboard.press("n")
    expect(page.locator("mark:target")).to_have_id("hit-1")
    page.go_back()
    expect(page.locator("ol.hits > li")).to_have_count(5)


def test_a_question_mark_shows_the_keys_and_escape_puts_them_away(page: Page, site: str) -> None:
    page.goto(site + STATION)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Ctrl")
    page.keyboard.press("n")  # nothing else acts meanwhile
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("?")
    expect(dialog).to_be_hidden()
    expect(page.locator("#q")).to_have_value("?")


def test_the_whole_journey_by_touch_on_a_small_phone(phone: Page, site: str) -> None:
    phone.goto(site)
    phone.locator("#q").tap()
    phone.keyboard.type("港口")
    phone.get_by_role("button", name="搜索").tap()
    expect(phone.locator("ol.hits > li")).to_have_count(5)
    phone.locator(".facets summary").first.tap()
    phone.get_by_role("link", name="一年内").tap()
    expect(phone.get_by_text("没有找到")).to_be_visible()
    phone.get_by_role("link", name="不限日期再找").tap()
    phone.locator("ol.hits h2 a").first.tap()
    expect(phone.locator("article mark").first).to_be_visible()
    phone.get_by_role("button", name="下一处").tap()
    expect(phone.locator("mark:target")).to_be_in_viewport()
    phone.get_by_role("link", name="返回结果").tap()
    expect(phone.locator("ol.hits > li")).to_have_count(5)


@pytest.mark.parametrize("path", ["/", "/search?q=港口", f"{STATION}?q=长三角", "/help"])
def test_what_a_finger_has_to_meet_is_large_enough(phone: Page, site: str, path: str) -> None:
    phone.goto(site + path)
    small = phone.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
          .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest('svg, .skip'))
          .map((e) => [e.innerText || e.name, (e.closest('label') ?? e).getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 && box.width)
          .map(([text, box]) => `${text.slice(0, 20)} ${box.height}`)"""
    )
    assert small == []


def test_hits_over_time_narrow_by_a_click_and_stand_in_a_table(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=港口")
    figure = page.locator("figure.timeline")
    bars = figure.locator("svg a")
    expect(bars).to_have_count(4)
    bars.nth(1).click()
    expect(page.locator("ol.hits > li")).to_have_count(2)
    expect(page.locator(".chosen")).to_contain_text("2020")
    page.go_back()
    figure.get_by_text("各时段的篇数").click()
    expect(figure.get_by_role("row")).to_have_count(5)
    figure.get_by_role("link", name="2022").click()
    expect(page.locator("ol.hits > li")).to_have_count(1)


def test_why_a_hit_matches_is_one_click_away_and_opens_at_that_hit(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=港口")
    page.locator("ol.hits > li").nth(2).get_by_role("link", name="为什么匹配").click()
    table = page.locator("#why-3")
    expect(table).to_be_visible()
    expect(table).to_contain_text("总分")
    expect(page.locator("#why-1")).to_be_hidden()


def test_the_map_leads_to_each_mark_at_the_height_where_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}{STATION}?q=长三角")
    marks, ticks = page.locator("article mark"), page.locator("svg.map a")
    count = marks.count()
    expect(ticks).to_have_count(count)
    places = page.evaluate(
        """() => {
          const height = document.documentElement.scrollHeight;
          const down = (e) => 1000 * (e.getBoundingClientRect().top + scrollY) / height;
          return [...document.querySelectorAll('svg.map a')].map((a) => [
            Number(a.firstElementChild.getAttribute('y')),
            down(document.getElementById(a.getAttribute('href').slice(1))),
          ]);
        }"""
    )
    assert all(abs(tick - mark) < 2 for tick, mark in places)
    page.locator("svg.map a").nth(count - 1).click()
    expect(page.locator("mark:target")).to_have_id(f"hit-{count}")
    expect(page.locator("mark:target")).to_be_in_viewport()


def select(page: Page, paragraph: str, start: int, length: int) -> None:
    """Select a stretch of the paragraph that a selector finds, as a reader's mouse would."""
    page.evaluate(
        """([selector, start, length]) => {
          const p = document.querySelector(selector);
          const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
          const at = (offset) => {
            walker.currentNode = p;
            while (walker.nextNode()) {
              if (offset <= walker.currentNode.data.length) return [walker.currentNode, offset];
              offset -= walker.currentNode.data.length;
            }
          };
          const range = document.createRange();
          range.setStart(...at(start));
          range.setEnd(...at(start + length));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [paragraph, start, length],
    )


@pytest.mark.parametrize(("path", "line"), [(STATION, 9), (GLOSSED, 5), (f"{STATION}?q=产业", 12)])
def test_a_link_to_what_is_selected_leads_to_the_same_characters(
    open_page: OpenPage, site: str, path: str, line: int
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site + path)
    paragraph = f".text > :nth-child({line})"
    select(page, paragraph, 4, 25)
    selected = page.evaluate("getSelection().toString()")
    assert len(selected) == 25
    page.get_by_role("button", name="复制所选文字的链接").click()
    expect(page.locator(".share output")).to_have_text("链接已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("#at")
    other = open_page(java_script_enabled=False)  # whoever it is sent to, script or none
    other.goto(link)
    expect(other.locator("#at")).to_be_in_viewport()
    assert "".join(other.locator(".pointed").all_text_contents()) == selected


def test_a_link_over_a_cut_line_counts_the_break_that_is_not_shown(
    open_page: OpenPage, site: str
) -> None:
    page = open_page()
    page.goto(site + STATION)
    cut = page.locator(".text > [data-line]", has=page.locator("[data-at]")).first
    text = cut.text_content() or ""
    number = page.evaluate("e => [...e.parentNode.children].indexOf(e) + 1", cut.element_handle())
    select(page, f".text > :nth-child({number})", 2, len(text) - 4)
    page.get_by_role("button", name="复制所选文字的链接").click()
    expect(page.locator(".share output")).not_to_have_text("")  # no clipboard is granted here
    page.reload()
    assert "".join(page.locator(".pointed").all_text_contents()) == text[2:-2]


def test_back_and_forward_keep_query_page_and_place(page: Page, site: str) -> None:
    page.goto(site)
    for query in ("港口", "码头"):
        page.locator("#q").fill(query)
        page.keyboard.press("Enter")
        expect(page).to_have_title(f"{query} - 寻文")
    page.locator("ol.hits h2 a").first.click()
    expect(page.locator("article")).to_be_visible()
    page.go_back()
    expect(page.locator("#q")).to_have_value("码头")
    page.go_back()
    expect(page.locator("#q")).to_have_value("港口")
    expect(page).to_have_title("港口 - 寻文")
    page.go_forward()
    expect(page.locator("#q")).to_have_value("码头")


def test_the_dark_is_dark_and_marks_are_red_in_it_too(open_page: OpenPage, site: str) -> None:
    page = open_page(color_scheme="dark")
    page.goto(f"{site}/search?q=港口")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", ground)[:3])) < 40
    mark = page.locator("mark").first.evaluate("e => getComputedStyle(e).color")
    r, g, b = map(int, re.findall(r"\d+", mark)[:3])
    assert r > g + 50
    assert r > b + 50


@pytest.mark.parametrize(
    ("locale", "lang", "button", "found"),
    [
        ("zh-CN", "zh-Hans", "搜索", "找到 5 条结果"),
        ("zh-TW", "zh-Hant", "搜尋", "找到 5 條結果"),
        ("en-US", "en", "Search", "5 results"),
    ],
)
def test_each_language_by_what_the_browser_says(
    open_page: OpenPage, site: str, locale: str, lang: str, button: str, found: str
) -> None:
    page = open_page(locale=locale)
    page.goto(site)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    page.locator("#q").fill("港口")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".found")).to_contain_text(found)


def test_a_language_that_was_chosen_stays(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=港口&sort=newest")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("link", name="Newest")).to_have_attribute("aria-current", "true")
    page.locator("ol.hits h2 a").first.click()
    expect(page.get_by_role("link", name="Back to results")).to_be_visible()
    expect(page.locator("article")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("link", name="繁體").click()
    expect(page.get_by_role("link", name="返回結果")).to_be_visible()


def test_each_script_is_shown_in_a_font_of_its_own(page: Page, site: str) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("DOM.enable")
    cdp.send("CSS.enable")
    fonts = {}
    for path in (STATION, GLOSSED):
        page.goto(site + path)
        root = cdp.send("DOM.getDocument")["root"]["nodeId"]
        node = cdp.send("DOM.querySelector", {"nodeId": root, "selector": ".text > p"})["nodeId"]
        used = cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        fonts[path] = max(used, key=lambda font: font["glyphCount"])["familyName"]
    assert fonts == {STATION: "Noto Sans CJK SC", GLOSSED: "Noto Sans CJK TC"}


def test_a_file_is_saved_and_not_opened(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(site + STATION)
    with page.expect_download() as saving:
        page.get_by_role("link", name="下载原文件").click()
    saving.value.save_as(tmp_path / "saved")
    seed = Path(__file__).parents[2] / "seeds" / "002_36eff7ae45c6ac4f.txt"
    assert (tmp_path / "saved").read_bytes() == seed.read_bytes()


def test_on_paper_there_is_the_article_and_nothing_to_press(page: Page, site: str) -> None:
    page.goto(f"{site}{STATION}?q=长三角")
    page.emulate_media(media="print")
    for selector in ("header.bar", ".way", "svg.map", ".related", "footer", "a[download]"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    mark = page.locator("article mark").first
    expect(mark).to_be_visible()
    assert mark.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"


def test_n_goes_on_from_where_the_reader_is_and_a_tick_leaves_no_step_back(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/search?q=产业")
    page.goto(f"{site}{STATION}?q=产业")
    count = page.locator("article mark").count()
    page.evaluate("window.scrollTo({top: document.body.scrollHeight / 2, behavior: 'instant'})")
    page.keyboard.press("n")
    number = int(page.url.rpartition("-")[2])
    assert 1 < number < count
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.locator("svg.map a").last.click()
    expect(page.locator("mark:target")).to_have_id(f"hit-{count}")
    page.go_back()
    expect(page.locator("ol.hits > li")).to_have_count(2)
