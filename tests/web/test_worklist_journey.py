"""A morning at the worklist, in a browser: with a mouse, with the keyboard, without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from people import Role
from tests.web.browsers import DESK, TABLET, Application, fits, look
from tests.web.case_desks import Desk, days_ago
from tests.web.offices import COMMERCE, PASSWORD, add_person
from tests.web.page_objects import SignInPage


@pytest.fixture(scope="module")
def office(application: Application) -> Application:
    """Give an application with a reviewer, a case worker and some cases."""
    desk = Desk(application.office)
    add_person(application.office, "reviewer", (Role.REVIEWER, COMMERCE))
    add_person(application.office, "worker", (Role.CASE_WORKER, COMMERCE))
    for n in range(55):
        desk.register(f"2026-{n:03}", submitted=days_ago(3), description="道路养护支出")
    desk.register("2026-late", submitted=days_ago(90))
    desk.register("2026-post", submitted=days_ago(2), channel="online")
    return application


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page on which nothing may go wrong unseen."""
    context = browser.new_context(viewport=DESK, locale="zh-CN")
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


def worklist_of(office: Application, page: Page, name: str) -> SignInPage:
    screen = SignInPage(page, office.url)
    screen.sign_in(name, PASSWORD)
    screen.follow("待办")
    assert screen.heading == "待办"
    return screen


def test_a_reviewer_divides_the_work_and_a_colleague_finds_it(
    office: Application, page: Page
) -> None:
    screen = worklist_of(office, page, "reviewer")
    look(page, "worklist")
    screen.follow("科室和成员")
    screen.fill("科室名称", "政策法规科")
    screen.press("新增")
    page.get_by_label("加入政策法规科的人").select_option("worker")
    screen.press("加入")
    look(page, "worklist-offices")
    screen.open("/worklist")
    page.get_by_label("选择 2026-late").check()
    page.get_by_role("group", name="把选中的案件分给").get_by_label("科室").select_option(
        label="政策法规科"
    )
    screen.press("分办")
    assert "已分办 1 件" in screen.message
    screen.press("退出")

    screen = worklist_of(office, page, "worker")
    screen.follow("本科室")
    expect(page.locator("#cases tbody tr")).to_have_count(1)
    assert "2026-late" in page.locator("#cases tbody").inner_text()
    page.get_by_role("button", name="领办 2026-late").click()
    assert "已领办" in screen.message
    screen.follow("我的")
    expect(page.locator("#cases tbody tr")).to_have_count(1)
    look(page, "worklist-mine")


def test_filters_work_without_leaving_the_page_and_views_are_kept(
    office: Application, page: Page
) -> None:
    screen = worklist_of(office, page, "worker")
    page.get_by_label("期限状态").select_option("none")
    with page.expect_response(re.compile(r"/worklist\?")):
        screen.press("查询")
    expect(page.locator("#cases tbody tr")).to_have_count(1)
    page.wait_for_url(re.compile("due=none"))
    page.reload()
    page.get_by_text("保存当前条件为视图").click()
    screen.fill("视图名称", "待确认")
    screen.press("保存")
    assert "视图已保存" in screen.message
    page.get_by_role("link", name="待确认", exact=True).click()
    expect(page.locator("#cases tbody tr")).to_have_count(1)
    screen.open("/worklist?due=soon&year=x")
    expect(screen.summary).to_be_focused()
    look(page, "worklist-refused")


def test_a_search_says_where_each_case_was_found(office: Application, page: Page) -> None:
    screen = worklist_of(office, page, "worker")
    page.wait_for_function(
        "fetch('/worklist').then(a => a.text()).then(t => !t.includes('搜索准备中'))"
    )
    box = page.get_by_role("searchbox")
    box.fill("养护 2026-01")
    box.press("Enter")
    assert screen.heading == "检索"
    expect(page.locator("#cases tbody tr")).to_have_count(10)
    assert "养护" not in page.url
    look(page, "worklist-search")


def test_the_keyboard_reaches_the_first_case_and_its_reason(
    office: Application, page: Page
) -> None:
    worklist_of(office, page, "worker")
    first = page.locator("#cases tbody tr").first
    first.get_by_role("link").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("#ledger")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/requests/.*#ledger"))


@pytest.mark.parametrize("size", [DESK, TABLET, {"width": 390, "height": 844}], ids=str)
def test_the_list_is_read_without_scripts_on_any_screen(
    browser: Browser, office: Application, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size, java_script_enabled=False, locale="zh-CN")
    try:
        page = context.new_page()
        screen = worklist_of(office, page, "worker")
        expect(page.locator("#cases tbody tr")).to_have_count(50)
        screen.follow("下一页")
        expect(page.locator("#cases tbody tr")).to_have_count(7)
        page.get_by_text("更多条件").click()
        page.get_by_label("申请方式").select_option("online")
        screen.press("查询")
        expect(page.locator("#cases tbody tr")).to_have_count(1)
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_is_clean_and_fits_in_light_and_dark(
    browser: Browser, office: Application, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
    )
    try:
        page = context.new_page()
        worklist_of(office, page, "worker")
        assert fits(page)
        look(page, f"worklist-390-{scheme}")
    finally:
        context.close()
