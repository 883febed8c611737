"""Reading: a pasted text and the text of a complaint, with their mentions."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Service
from tests.e2e.test_ease import AXE, settle, tab_until_focused

pytestmark = pytest.mark.e2e

PLATING = "上海晨星示例电镀有限公司"
TEXT = f"𠮷日，执法人员检查{PLATING}，该公司超标。另查上海并不存在某某公司。"


def read(page: Page, text: str) -> None:
    """Paste a text and have it read."""
    page.goto("/#/read")
    page.get_by_label("要阅读的文字").fill(text)
    page.get_by_role("button", name="阅读", exact=True).click()
    expect(page.get_by_role("heading", name="读出的内容")).to_be_visible()


def test_a_pasted_text_shows_its_mentions_and_leads_to_the_entity(page: Page, service: Service) -> None:
    read(page, TEXT)
    mention = page.locator(".result a.mention", has_text=PLATING)
    expect(mention).to_have_count(1)
    # Places are characters, whatever a browser counts: nothing of the text is lost or doubled.
    expect(page.locator(".result .text")).to_have_text(TEXT)
    mention.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("企业")
    expect(tip).to_contain_text("recogniser")
    expect(tip).to_contain_text("99%")
    mention.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLATING)
    assert service.id_of(PLATING, "Enterprise") in page.url


def test_kinds_can_be_hidden(page: Page) -> None:
    read(page, TEXT)
    legend = page.get_by_role("list", name="图例").get_by_role("button", name="企业")
    expect(legend).to_have_attribute("aria-pressed", "true")
    legend.click()
    expect(page.locator(".result .mention", has_text=PLATING)).to_have_count(0)
    expect(page.locator(".result .text")).to_have_text(TEXT)


def test_what_was_read_can_be_kept_as_json(page: Page, tmp_path: Path) -> None:
    read(page, TEXT)
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载 JSON").click()
    target = tmp_path / "reading.json"
    saved.value.save_as(target)
    answer = json.loads(target.read_text("utf-8"))
    assert PLATING in {one["text"] for one in answer["entities"]}


def test_reading_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    settle(page)
    page.keyboard.press("g")
    page.keyboard.press("r")
    field = page.get_by_label("要阅读的文字")
    field.focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".result .mention").first).to_be_visible()
    tab_until_focused(page, link_selector=".result a.mention")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PLATING)


def test_a_complaint_shows_its_text_with_mentions(page: Page, service: Service) -> None:
    page.goto(f"/#/entity/{service.id_of('酸味熏得睡不着', 'Complaint')}")
    card = page.get_by_role("region", name="正文")
    expect(card.locator("a.mention", has_text=PLATING)).to_be_visible()
    expect(card).to_contain_text("排气筒冒白烟")


def test_nothing_found_too_long_and_a_fault_are_said(page: Page) -> None:
    read(page, "嗯。")
    expect(page.get_by_text("没有读出名称、编号或数值")).to_be_visible()
    page.get_by_label("要阅读的文字").fill("字" * 100_001)
    expect(page.get_by_role("alert")).to_contain_text("最多 100,000 字")
    expect(page.get_by_role("button", name="阅读", exact=True)).to_be_disabled()
    page.get_by_label("要阅读的文字").fill("短。")
    fault = '{"type":"about:blank","title":"模型没有载入","status":503,"detail":"","remedy":"稍后再试"}'
    page.route(
        "**/api/v1/read",
        lambda route: route.fulfill(status=503, content_type="application/problem+json", body=fault),
    )
    page.get_by_role("button", name="阅读", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("稍后再试")
    page.unroute("**/api/v1/read")
    page.get_by_role("alert").get_by_role("button", name="重试").click()
    expect(page.get_by_role("heading", name="读出的内容")).to_be_visible()


def test_the_example_speaks_both_languages(page: Page) -> None:
    page.goto("/#/read")
    page.get_by_role("button", name="Switch to English").click()
    page.get_by_role("button", name="Try an example").click()
    expect(page.get_by_role("heading", name="What it says")).to_be_visible()
    expect(page.locator(".result .mention").first).to_be_visible()


def test_axe_finds_nothing_in_a_read_text(page: Page, service: Service) -> None:
    context = page.context.browser
    assert context is not None
    opened = context.new_context(base_url=service.address, locale="zh-CN", bypass_csp=True, reduced_motion="reduce")
    own = opened.new_page()
    read(own, TEXT)
    own.locator(".result .mention").first.focus()
    expect(own.get_by_role("tooltip")).to_be_visible()
    own.add_script_tag(path=AXE)
    found = own.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(one => "
        "`${one.id}: ${one.nodes.map(node => node.html + node.failureSummary).join('\\n')}`)"
    )
    opened.close()
    assert found == []
