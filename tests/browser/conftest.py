"""A real Chromium, and real sites for it: `search serve` over an index made for the tests."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.serving import ROOT, served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
MISSING = "no Chromium here: the browser tests need the system's 'chromium'"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site over the seeds and a row of dated articles."""
    folder = tmp_path_factory.mktemp("browser")
    news = folder / "news"
    news.mkdir()
    for number, (date, title, body) in enumerate(NEWS):
        text = f"---\ntitle: {title}\ndate: {date}\nauthor: 王小明\n---\n{body}\n"
        (news / f"{number}.md").write_text(text, "utf-8")
    with served(folder / "index", ROOT / "seeds", news) as address:
        yield address


NEWS = [
    ("2019-03-01", "港口的集装箱", "港口里集装箱堆成山，起重机忙不停。"),
    ("2020-06-11", "港口新建码头", "港口新建码头，集装箱起重机到了。"),
    ("2020-07-12", "码头开工", "港口的码头开工，集装箱运到了。"),
    ("2022-01-05", "吞吐量创纪录", "港口的吞吐量上升，集装箱装满了码头。"),
    ("2023-11-30", "航线", "港口开通新航线，直达南洋。"),
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        assert not os.environ.get("XUNWEN_REQUIRE_ALL"), MISSING
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return what opens pages, of a Chinese reader unless said otherwise.

    The test fails where a console reports an error, or a page asks any other host for anything.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def is_other(address: str) -> bool:
        return not re.match(r"https?://127\.0\.0\.1[:/]|data:|blob:|about:", address)

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**{"locale": "zh-CN", **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if is_other(r.url) else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page of a reader at a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page of a reader with a phone 360 pixels wide."""
    return open_page(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
