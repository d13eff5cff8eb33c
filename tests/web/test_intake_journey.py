"""A day at the intake desk, in a browser: a paper letter, a sheet with bad rows, a new agency."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from disclosure.agency_events import AgencyConfigured
from people import Role
from records import Write
from tests.web.browsers import DESK, TABLET, TELEPHONE, Application, fits, look
from tests.web.case_desks import TODAY, days_ago
from tests.web.intake_desks import AT, BULK, PDF, row, sheet
from tests.web.offices import COMMERCE, PASSWORD, add_person
from tests.web.page_objects import SignInPage
from web.attachments import attachments_of
from web.bulk_columns import COLUMNS

LETTER = "2024 年度商务发展专项资金的分配结果"


class IntakePage(SignInPage):
    """The form of a letter."""

    def choose(self, label: str, words: str) -> None:
        """Choose from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=words)

    def write_letter(self, text: str) -> None:
        """Fill in a letter that was handed in today."""
        self.choose("申请渠道", "当面")
        self.fill("提交日", TODAY.isoformat())
        self.choose("申请人类型", "自然人")
        self.fill("姓名或者名称", "李四光")
        self.fill("申请公开的内容", text)

    @property
    def dates(self) -> str:
        """What follows from the dates."""
        return self.page.locator("#dates").inner_text()

    @property
    def similar(self) -> str:
        """What came before."""
        return self.page.locator("#similar").inner_text()


@pytest.fixture(scope="module", autouse=True)
def people(application: Application) -> None:
    office = application.office
    add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
    add_person(office, "admin", (Role.SYSTEM_ADMINISTRATOR, ""))
    coded = AgencyConfigured(on=days_ago(300), document_code="保商公开")
    office.parts.log.write(Write(f"agency/{COMMERCE}", 1, "code", "", [coded]))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page at a desk, on which nothing may go wrong unseen."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def screen(page: Page, application: Application) -> IntakePage:
    return IntakePage(page, application.url)


def test_a_paper_letter_is_registered_with_its_scan(
    application: Application, screen: IntakePage
) -> None:
    screen.sign_in("worker", PASSWORD)
    screen.follow("登记")
    look(screen.page, "intake-empty")
    with screen.page.expect_response(re.compile("/dates")):
        screen.write_letter(LETTER)
    screen.page.locator("#dates", has_text="答复期限").get_by_text(TODAY.isoformat()).wait_for()
    screen.page.get_by_label("附件（选填）").set_input_files(
        {"name": "申请书.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    look(screen.page, "intake-filled")
    case = screen.page.get_by_label("申请编号").input_value()
    screen.page.get_by_role("button", name="登记", exact=True).click()
    assert "已登记" in screen.message
    assert case in screen.page.inner_text("main")
    (kept,) = attachments_of(application.office, COMMERCE, case)
    assert kept.name == "申请书.pdf"

    screen.follow("登记")
    with screen.page.expect_response(re.compile("/similar")):
        screen.write_letter(LETTER)
        screen.page.keyboard.press("Tab")
    screen.page.locator("#similar .similar").get_by_text("内容相似 100%").wait_for()
    assert case in screen.similar
    assert "同一申请人" in screen.similar
    look(screen.page, "intake-similar")


def test_mistakes_are_led_to_and_a_second_matter_is_added(screen: IntakePage) -> None:
    screen.sign_in("worker", PASSWORD)
    screen.open(AT)
    screen.page.get_by_role("button", name="登记", exact=True).click()
    assert "处需要改正" in screen.summary.inner_text()
    assert screen.summary.evaluate("element => element === document.activeElement")
    look(screen.page, "intake-refused")
    screen.page.get_by_role("link", name="请填写姓名或者名称").click()
    assert screen.page.evaluate("document.activeElement.name") == "applicant.name"
    screen.press("再加一项内容")
    screen.fill("申请公开的内容 1", "第一项")
    screen.page.get_by_label("申请公开的内容 2（选填）").fill("第二项")
    look(screen.page, "intake-two-matters")


def test_a_sheet_with_bad_rows_is_checked_registered_and_mended(
    application: Application, screen: IntakePage, tmp_path: Path
) -> None:
    screen.sign_in("worker", PASSWORD)
    screen.open(BULK)
    look(screen.page, "bulk-start")
    content = sheet(
        *(row(备注=f"第 {n} 件") for n in range(12)),
        row(申请渠道="快递柜", 备注="坏"),
        row(提交日="2999-01-01", 姓名或者名称="", 备注="更坏"),
    )
    give_sheet(screen, content)
    assert screen.heading == "核对结果"
    assert "不在列表之内" in screen.page.inner_text("#bad")
    look(screen.page, "bulk-checked")
    screen.press("登记合格的 12 行")
    # While it runs, the page lists the rows that are done so far.
    screen.page.get_by_role("button", name="办理完毕，销毁登记表").wait_for(timeout=60_000)
    assert screen.page.locator("#there tbody tr").count() == 12
    look(screen.page, "bulk-registered")
    with screen.page.expect_download() as download:
        screen.follow("下载须改正的 2 行")
    mended = tmp_path / "mended.xlsx"
    download.value.save_as(mended)
    give_sheet(screen, mended.read_bytes())
    assert screen.page.locator("#bad tbody tr").count() == 2
    screen.press("办理完毕，销毁登记表")
    assert "已销毁" in screen.message
    head = application.office.parts.store.head()
    give_sheet(screen, content)
    assert "已经登记 12 行" in screen.page.inner_text("main")
    assert application.office.parts.store.head() == head


def give_sheet(screen: IntakePage, content: bytes) -> None:
    screen.open(BULK)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    screen.page.get_by_label("批量登记表").set_input_files(
        {"name": "登记表.xlsx", "mimeType": media_type, "buffer": content}
    )
    screen.press("上传并核对")


def test_agencies_and_calendar_are_set_up(screen: IntakePage) -> None:
    screen.sign_in("admin", PASSWORD)
    screen.follow("机关")
    look(screen.page, "agencies")
    screen.follow("登记机关")
    screen.fill("机关代码", "baoding-finance")
    screen.fill("机关名称", "保定市财政局")
    look(screen.page, "agency-new")
    screen.press("登记")
    assert "机关已登记" in screen.message
    look(screen.page, "agency")
    screen.follow("工作日历")
    look(screen.page, "calendar")
    screen.follow("2026")
    look(screen.page, "calendar-year")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_intake_fits_a_tablet_and_a_telephone(
    browser: Browser, application: Application, scheme: Literal["light", "dark"]
) -> None:
    for size in (TABLET, TELEPHONE):
        context = browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
        screen = IntakePage(context.new_page(), application.url)
        screen.sign_in("worker", PASSWORD)
        for path in (AT, BULK, "/calendar", "/calendar/2026"):
            screen.open(path)
            assert fits(screen.page), path
            name = path.strip("/").replace("/", "-")
            look(screen.page, f"{name}-{size['width']}-{scheme}")
        context.close()


def test_the_empty_sheet_opens_with_its_columns(screen: IntakePage, tmp_path: Path) -> None:
    screen.sign_in("worker", PASSWORD)
    screen.open(BULK)
    with screen.page.expect_download() as download:
        screen.follow("下载空表")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    workbook = load_workbook(saved)
    assert [cell.value for cell in workbook["申请"][1]] == [column.head for column in COLUMNS]
    workbook.close()
