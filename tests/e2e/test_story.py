"""What an investigator does: search, read, check the source, follow connections, take the evidence along."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.e2e.conftest import Service

pytestmark = pytest.mark.e2e

PLATING = "上海晨星示例电镀有限公司"
CHEMICALS = "上海北斗示例精细化工有限公司"


def search(page: Page, text: str) -> None:
    """Ask from the start page or from any result page."""
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("searchbox").press("Enter")


def saved(download: Download, folder: Path) -> Path:
    """Return where a download was put."""
    target = folder / download.suggested_filename
    download.save_as(target)
    return target


def test_search_finds_an_enterprise_and_marks_what_matched(page: Page) -> None:
    page.goto("/")
    search(page, PLATING)
    first = page.get_by_role("article").first
    expect(first.get_by_role("heading")).to_have_text(PLATING)
    expect(first.locator("mark").first).to_be_visible()
    expect(first.get_by_text("虚构", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"#/\?q="))


def test_facets_narrow_the_result_and_the_address_keeps_them(page: Page, service: Service) -> None:
    page.goto("/")
    search(page, "危险废物")
    expect(page.get_by_role("article").first).to_be_visible()
    group = page.get_by_role("region", name="类别")
    choice = group.get_by_role("checkbox").first
    choice.check()
    expect(page).to_have_url(re.compile("class="))
    chosen = re.search(r"class=(\w+)", page.url)
    assert chosen is not None
    total = service.ask("/search", **{"q": "危险废物", "class": chosen.group(1), "limit": "1"})["total"]
    expect(page.get_by_role("status").filter(has_text="条结果")).to_have_text(f"{total:,} 条结果")
    page.reload()
    expect(page.get_by_role("region", name="类别").get_by_role("checkbox", checked=True)).to_have_count(1)
    page.get_by_role("button", name="清除全部筛选").click()
    expect(page).not_to_have_url(re.compile("class="))


def test_paging_appends_without_doubles(page: Page) -> None:
    page.goto("/#/?q=" + "排放口")
    hits = page.get_by_role("article")
    expect(hits).to_have_count(20)
    page.get_by_role("button", name="加载更多").click()
    expect(hits).to_have_count(40)
    links = page.locator("article h3 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(set(links)) == 40


def test_shown_hits_leave_as_csv_and_json(page: Page, tmp_path: Path) -> None:
    page.goto("/#/?q=" + PLATING)
    page.get_by_text("下载所示结果").click()
    with page.expect_download() as table:
        page.get_by_role("button", name="下载为 CSV").click()
    text = saved(table.value, tmp_path).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert any(row["label"] == PLATING for row in rows)
    page.get_by_text("下载所示结果").click()
    with page.expect_download() as data:
        page.get_by_role("button", name="下载为 JSON").click()
    hits = json.loads(saved(data.value, tmp_path).read_text("utf-8"))["hits"]
    assert [hit["id"] for hit in hits] == [row["id"] for row in rows]


def test_nothing_found_says_what_to_do(page: Page) -> None:
    page.goto("/#/?q=" + "zzqqxx")
    expect(page.get_by_text("没有符合条件的结果")).to_be_visible()


def test_a_faulty_query_shows_the_problem_and_its_remedy(page: Page) -> None:
    expected: list[str] = []
    page.on("response", lambda response: expected.append(response.url) if response.status >= 400 else None)
    page.goto("/#/?q=" + "a&date_from=2020-02-31")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    assert expected


def test_a_fact_leads_to_its_source_record(page: Page, service: Service) -> None:
    page.goto("/#/?q=" + PLATING)
    page.get_by_role("link", name=PLATING, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLATING)
    expect(page.get_by_text("没有记录不等于合规")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"\d+ 个来源")).first.click()
    source = page.get_by_role("link", name="原始记录").first
    record = (source.get_attribute("href") or "").rpartition("/")[2]
    source.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("原始记录")
    payload = service.ask(f"/records/{record}")["payload"]
    column, value = next((name, text) for name, text in payload.items() if text)
    expect(page.get_by_role("rowheader", name=column, exact=True)).to_be_visible()
    expect(page.get_by_role("table", name="记录内容")).to_contain_text(str(value)[:40])


def test_an_as_of_date_stays_in_the_address(page: Page, service: Service) -> None:
    page.goto(f"/#/entity/{service.id_of(PLATING, 'Enterprise')}")
    page.get_by_label("截至日期").fill("2021-01-01")
    page.get_by_label("截至日期").blur()
    expect(page.get_by_text("所示为 2021-01-01 当日成立的内容")).to_be_visible()
    expect(page).to_have_url(re.compile("as_of=2021-01-01"))
    page.get_by_role("button", name="不限日期").click()
    expect(page).not_to_have_url(re.compile("as_of"))


def test_a_site_shows_its_outlets_and_limits(page: Page, service: Service) -> None:
    site = service.id_of(PLATING, "Site")
    outlets = service.ask(f"/entities/{site}/outlets")
    limit = next(one for outlet in outlets["outlets"] for one in outlet["limits"])
    page.goto(f"/#/entity/{site}")
    table = page.get_by_role("region", name="排放口与限值").get_by_role("table")
    expect(table).to_contain_text(limit["pollutant"])
    expect(page.locator(".maplibregl-canvas")).to_be_visible()


def test_relations_are_counted_before_and_listed_when_opened(page: Page, service: Service) -> None:
    enterprise = service.id_of(PLATING, "Enterprise")
    counts = service.ask(f"/entities/{enterprise}")["relation_counts"]
    page.goto(f"/#/entity/{enterprise}")
    section = page.get_by_role("region", name="关系", exact=True)
    for kind in counts:
        head = section.get_by_role("button", name=kind["label"]["zh"]).filter(has_text=kind["class_label"]["zh"])
        expect(head.first).to_contain_text(str(kind["count"]))


def test_graph_expands_by_kind_undoes_and_reopens_from_its_address(page: Page, service: Service) -> None:
    enterprise = service.id_of(PLATING, "Enterprise")
    page.goto(f"/#/entity/{enterprise}")
    page.get_by_role("link", name="在图谱中打开").click()
    counts = page.locator("p.counts")
    expect(counts).to_contain_text("1 个实体")
    panel = page.get_by_role("region", name="所选")
    panel.get_by_role("button", name=re.compile(r"展开 \d+ 个")).first.click()
    expect(counts).not_to_contain_text("1 个实体")
    expect(counts).to_contain_text("个实体 ·")
    shown = counts.inner_text()
    page.reload()
    expect(counts).to_have_text(shown)
    panel.get_by_role("button", name="收起其展开").click()
    expect(counts).to_have_text("1 个实体 · 0 条关系")
    page.get_by_role("button", name="撤销").click()
    expect(counts).to_have_text(shown)
    page.get_by_role("button", name="重做").click()
    expect(counts).to_have_text("1 个实体 · 0 条关系")


def test_a_path_between_two_enterprises_is_found_with_evidence_and_exported(
    page: Page, service: Service, tmp_path: Path
) -> None:
    page.goto(f"/#/graph?ids={service.id_of(PLATING, 'Enterprise')}&from={service.id_of(PLATING, 'Enterprise')}")
    end = page.get_by_role("combobox", name="终点")
    end.fill(CHEMICALS)
    page.get_by_role("option", name=re.compile(CHEMICALS)).filter(has_text="企业").first.click()
    page.get_by_role("button", name="查找路径").click()
    paths = page.get_by_role("region", name="路径")
    expect(paths.get_by_role("button", name=re.compile(r"路径 1 · \d+ 步"))).to_be_visible()
    paths.get_by_text(re.compile(r"证据: \d+ 条记录")).first.click()
    expect(paths.get_by_role("link", name="原始记录").first).to_be_visible()

    page.get_by_text("导出", exact=True).click()
    with page.expect_download() as table:
        page.get_by_role("button", name="关系表 CSV").click()
    rows = list(csv.DictReader(io.StringIO(saved(table.value, tmp_path).read_text("utf-8-sig"))))
    ends = {row["source_label"] for row in rows} | {row["target_label"] for row in rows}
    assert {PLATING, CHEMICALS} <= ends
    assert all(row["evidence"] for row in rows)

    page.get_by_text("导出", exact=True).click()
    with page.expect_download() as picture:
        page.get_by_role("button", name="图片 PNG").click()
    assert saved(picture.value, tmp_path).read_bytes().startswith(b"\x89PNG")


def test_the_table_view_shows_the_same_and_hides_by_keyboard(page: Page, service: Service) -> None:
    enterprise = service.id_of(PLATING, "Enterprise")
    page.goto(f"/#/graph?ids={enterprise}&selected={enterprise}&view=table")
    page.get_by_role("button", name=re.compile(r"展开 \d+ 个")).first.click()
    tables = page.get_by_role("region", name="表格")
    rows = tables.get_by_role("table").first.locator("tbody tr")
    expect(rows.nth(1)).to_be_visible()
    before = rows.count()
    hide = rows.nth(1).get_by_role("button", name=re.compile("^隐藏"))
    hide.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before - 1)
    page.get_by_role("button", name=re.compile("已隐藏 1 个")).click()
    expect(rows).to_have_count(before)


def test_datasets_are_listed_and_lead_to_search(page: Page, service: Service) -> None:
    listed = service.ask("/datasets")["items"]
    page.goto("/#/datasets")
    for one in listed:
        card = page.get_by_role("listitem").filter(has=page.get_by_text(one["id"], exact=True))
        expect(card.get_by_role("heading")).to_have_text(one["title"]["zh"])
        expect(card).to_contain_text(f"{one['records']:,}")
    page.get_by_role("link", name="检索其内容").first.click()
    expect(page.get_by_role("article").first).to_be_visible()


def test_quarantine_lists_reason_and_row(page: Page, service: Service) -> None:
    answer = service.ask("/quarantine", limit="50")
    page.goto("/#/quarantine")
    if answer["total"] == 0:
        expect(page.get_by_text("没有被隔离的记录")).to_be_visible()
    else:
        expect(page.get_by_text(answer["items"][0]["reason"]).first).to_be_visible()
