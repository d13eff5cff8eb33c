"""The report from its draft to the public in a browser, and the figures behind it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.web.browsers import DESK, Application, fits, look
from tests.web.figure_lives import YEAR, a_year
from tests.web.offices import CITY, COMMERCE, PASSWORD
from tests.web.page_objects import SignInPage
from tests.web.report_desks import staff

REPORT = f"/reports/{COMMERCE}/{YEAR}"
FIGURES = f"/figures/{COMMERCE}/{YEAR}"


@pytest.fixture(scope="module")
def lived(application: Application, tmp_path_factory: pytest.TempPathFactory) -> Application:
    """Give an application with its staff, whose agency has lived a year."""
    staff(application.office)
    a_year(application.office.parts, tmp_path_factory.mktemp("lines"))
    return application


@pytest.fixture
def screen(browser: Browser, lived: Application) -> Iterator[SignInPage]:
    """Give a page at a desk, on which nothing may go wrong unseen."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield SignInPage(page, lived.url)
    context.close()
    assert wrong == []


def test_the_report_from_draft_to_published(screen: SignInPage) -> None:
    page = screen.page
    screen.sign_in("editor", PASSWORD)
    look_at_the_figures(screen)
    write_section_five(screen)
    screen.press("送审")
    assert "已送审" in screen.message
    look(page, "report-submitted")
    screen.press("退出")

    screen.sign_in("head", PASSWORD)
    screen.open(REPORT)
    screen.fill("退回意见", "第五部分请补充改进措施")
    screen.press("退回修改")
    assert "已退回" in screen.message
    look(page, "report-returned")
    screen.press("退出")

    screen.sign_in("editor", PASSWORD)
    screen.open(REPORT)
    assert "第五部分请补充改进措施" in page.inner_text("#history")
    screen.press("送审")
    screen.press("退出")
    screen.sign_in("head", PASSWORD)
    screen.open(REPORT)
    screen.press("审核通过")
    look(page, "report-approved")
    screen.press("公布")
    assert "已公布" in screen.message
    look(page, "report-published")
    with page.expect_download() as download:
        screen.follow("report.json")
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert document["table3"]["new"]["total"] == 5
    assert "今年收到申请5件" in document["sections"]["problems"]
    page.get_by_role("link", name=re.compile("^核对")).click()
    assert "完全相同" in page.inner_text("main")
    look(page, "report-checked")
    check_our_own_report(screen, download.value.path())
    screen.press("退出")
    screen.sign_in("mayor", PASSWORD)
    screen.open(f"/rollups/{CITY}/{YEAR}")
    look(page, "rollup")
    screen.follow("撰写“一、总体情况”")
    page.locator("#field-text").fill("全市各机关新收政府信息公开申请{{new}}件。")
    page.locator("#preview", has_text="全市各机关新收政府信息公开申请5件。").wait_for()
    look(page, "rollup-section")
    screen.press("保存")
    assert "“一、总体情况”已保存" in screen.message


def look_at_the_figures(screen: SignInPage) -> None:
    page = screen.page
    screen.open(FIGURES)
    look(page, "figures")
    page.locator('td[headers] a[href$="/cells/partial.natural_person"]').click()
    assert "甲-3" in page.inner_text("#counted")
    page.get_by_text("项，甲-3").click()
    look(page, "figures-cell")
    screen.open(FIGURES)
    slider = page.get_by_label("拖动查看往日")
    slider.focus()
    with page.expect_navigation():
        slider.press("Home")
    assert "day=0" in page.url
    assert f"{YEAR}-01-01 结束时" in page.inner_text("main")
    look(page, "figures-before")
    screen.open(f"{FIGURES}/handling")
    look(page, "figures-handling")


def write_section_five(screen: SignInPage) -> None:
    page = screen.page
    screen.open(REPORT)
    look(page, "report-draft")
    page.get_by_role("link", name=re.compile("撰写.*存在的主要问题")).click()
    text = page.locator("#field-text")
    text.fill("存在不足：答复不够及时。下一步加强培训。今年收到申请")
    with page.expect_response(re.compile("preview")):
        page.locator('button[data-insert="{{new}}"]').click()
    page.wait_for_function("document.getElementById('preview').innerText.includes('今年收到申请5')")
    with page.expect_response(re.compile("preview")):
        text.press_sequentially("件。2025年共收到政府信息公开申请9件。")
    page.wait_for_selector("#preview mark.error")
    look(page, "report-section")
    text.fill("存在不足：答复不够及时。下一步加强培训。今年收到申请{{new}}件。")
    screen.press("保存")
    assert "已保存" in screen.message


def check_our_own_report(screen: SignInPage, made: Path) -> None:
    page = screen.page
    screen.open("/audits")
    look(page, "audit-form")
    page.get_by_label("年度报告文件").set_input_files(made)
    screen.press("核验")
    assert "共核对 1 份文件：错误 0 处" in page.inner_text("main")
    look(page, "audit-found")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_and_report_fit_a_tablet_and_a_telephone(
    browser: Browser, lived: Application, scheme: Literal["light", "dark"]
) -> None:
    for size in (ViewportSize(width=820, height=1180), ViewportSize(width=390, height=844)):
        context = browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
        try:
            screen = SignInPage(context.new_page(), lived.url)
            screen.sign_in("editor", PASSWORD)
            for path in (FIGURES, REPORT, f"{REPORT}/sections/overall", "/reports"):
                screen.open(path)
                assert fits(screen.page), path
            screen.open(FIGURES)
            look(screen.page, f"figures-{size['width']}-{scheme}")
        finally:
            context.close()
