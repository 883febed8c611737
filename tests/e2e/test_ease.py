"""Languages, keyboard, small windows and assistive technology."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Service

pytestmark = pytest.mark.e2e

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PLATING = "上海晨星示例电镀有限公司"


def views(service: Service) -> dict[str, str]:
    """Every page of the product, each with something on it."""
    enterprise = service.id_of(PLATING, "Enterprise")
    site = service.id_of(PLATING, "Site")
    fact = service.ask(f"/entities/{enterprise}")["facts"][0]
    return {
        "start": "/#/",
        "results": "/#/?q=危险废物",
        "nothing found": "/#/?q=zzqqxx",
        "enterprise": f"/#/entity/{enterprise}",
        "site": f"/#/entity/{site}",
        "record": f"/#/record/{fact['sources'][0]['record']}",
        "graph": f"/#/graph?ids={enterprise}&ids={site}&selected={enterprise}",
        "table": f"/#/graph?ids={enterprise}&ids={site}&selected={enterprise}&view=table",
        "empty graph": "/#/graph",
        "read": "/#/read",
        "complaint": f"/#/entity/{service.id_of('电镀厂废气扰民', 'Complaint')}",
        "datasets": "/#/datasets",
        "quarantine": "/#/quarantine",
        "missing": "/#/no-such-page",
    }


VIEWS = (
    "start",
    "results",
    "nothing found",
    "enterprise",
    "site",
    "record",
    "graph",
    "table",
    "empty graph",
    "read",
    "complaint",
    "datasets",
    "quarantine",
    "missing",
)


def settle(page: Page) -> None:
    """Wait until nothing is being fetched and no skeleton stands in."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".skeleton")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(browser: Browser, service: Service, view: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run `npm ci` in web/")
    context = browser.new_context(
        base_url=service.address,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        # Injecting a script is what the page's security policy forbids; only this test may.
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(views(service)[view])
    settle(page)
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(found => "
        "`${found.id}: ${found.nodes.slice(0, 4).map(one => `${one.html}\\n${one.failureSummary}`).join('\\n')}`)"
    )
    context.close()
    assert found == []


def test_the_language_switch_changes_everything_and_is_remembered(page: Page) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="Switch to English").click()
    expect(page.get_by_role("link", name="Search", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("searchbox", name=re.compile("^Search enterprises"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Graph", exact=True)).to_be_visible()
    page.get_by_role("button", name="切换到中文").click()
    expect(page.get_by_role("link", name="图谱", exact=True)).to_be_visible()


def test_the_theme_can_be_chosen_and_is_remembered(page: Page) -> None:
    page.goto("/")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name=re.compile("^外观")).click()
    page.get_by_role("button", name=re.compile("^外观")).click()
    expect(html).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(html).to_have_attribute("data-theme", "dark")


def test_slash_focuses_search_and_question_mark_lists_shortcuts(page: Page) -> None:
    page.goto("/#/datasets")
    settle(page)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("废水?/")
    expect(page.get_by_role("searchbox")).to_have_value("废水?/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("searchbox").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_two_keys_go_to_a_page(page: Page) -> None:
    page.goto("/")
    settle(page)
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", level=1)).to_have_text("数据集")


def test_from_search_to_source_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(PLATING)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").first).to_be_visible()
    link = page.get_by_role("article").first.get_by_role("heading").get_by_role("link")
    tab_until_focused(page, link_selector="article h3 a")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PLATING)
    tab_until_focused(page, link_selector="table.facts button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="原始记录").first).to_be_visible()


def tab_until_focused(page: Page, *, link_selector: str, most: int = 120) -> None:
    """Press Tab until an element of the selector has the focus."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", link_selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{link_selector} cannot be reached with {most} presses of Tab")


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, service: Service, view: str) -> None:
    context = browser.new_context(
        base_url=service.address, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(views(service)[view])
    settle(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 360


def test_the_service_going_away_is_said(page: Page) -> None:
    page.goto("/#/datasets")
    settle(page)
    page.route(
        "**/api/v1/search**",
        lambda route: route.fulfill(
            status=503,
            content_type="application/problem+json",
            body='{"type":"urn:ecograph:problem:engine-unavailable","title":"搜索引擎没有回答","status":503,"detail":"tantivy","remedy":"稍后再试"}',
        ),
    )
    page.goto("/#/?q=废水")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("稍后再试")
    page.unroute("**/api/v1/search**")
    alert.get_by_role("button", name="重试").click()
    expect(page.get_by_role("article").first).to_be_visible()
