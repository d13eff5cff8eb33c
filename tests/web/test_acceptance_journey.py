"""What an office does all day, in Chromium, where no other journey goes.

By keyboard alone from the letter to the archive; a correction that never came; a third party; an
extension by who may and who may not; a fee; a name that is a script. Then every kind of page once
more: with axe-core looking on, and read without scripts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from people import Role
from tests.web.browsers import DESK, Application, look
from tests.web.case_desks import TODAY, Desk, days_ago, staff
from tests.web.offices import CITY, COMMERCE, PASSWORD, add_person
from tests.web.page_objects import Screen, SignInPage

MOST_TABS = 150
MANY_SECONDS = 30_000
SCRIPT = "\"><script>document.title='x'</script><img src=x onerror=\"document.title='x'\">"
_numbers = count(901)


@dataclass(frozen=True, slots=True)
class Keyboard(Screen):
    """Somebody who has no mouse: Tab, arrows, Space, Enter, and what is typed."""

    def reach(self, target: Locator) -> None:
        """Press Tab until something has the focus."""
        for _ in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def enter(self, role: Literal["link", "button"], name: str) -> None:
        """Go to a link or a button, press Enter, and wait for the page it leads to."""
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        """Go to a field by its label and type."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, words: str) -> None:
        """Go to a list and press the arrow until it says what is wanted."""
        field = self.page.get_by_label(label, exact=True)
        self.reach(field)
        for _ in range(field.locator("option").count()):
            if field.evaluate("list => list.selectedOptions[0].text") == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} does not offer {words}")

    def tick(self, label: str) -> None:
        """Go to a choice and press Space."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Space")

    def sign_in(self, name: str) -> None:
        """Sign in."""
        self.open("/sign-in")
        self.write("用户名", name)
        self.write("密码", PASSWORD)
        self.enter("button", "登录")

    @property
    def stage(self) -> str:
        """Where the request stands."""
        return self.page.locator(".heading .state").first.inner_text()


@dataclass(frozen=True, slots=True)
class Case(Screen):
    """The page of one request, by mouse."""

    at: str = ""

    def begin(self, step: str) -> None:
        """Open the form of a step."""
        self.open(self.at)
        self.follow(step)

    @property
    def heading_line(self) -> str:
        """The heading with the states beside it."""
        return self.page.locator(".heading").inner_text()

    @property
    def timeline(self) -> str:
        """What has happened, in sentences."""
        return self.page.locator("main").inner_text()

    def shows(self, words: str) -> None:
        """Wait, opening the page anew, until it says something."""
        for _ in range(60):
            self.open(self.at)
            if words in self.timeline:
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"never seen: {words}")


@pytest.fixture(scope="module")
def manned(application: Application) -> Desk:
    office = application.office
    add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
    add_person(office, "editor", (Role.REPORT_EDITOR, COMMERCE))
    add_person(office, "mayor", (Role.DISCLOSURE_HEAD, CITY), (Role.REPORT_EDITOR, CITY))
    add_person(office, "admin", (Role.SYSTEM_ADMINISTRATOR, ""))
    add_person(office, "security", (Role.SECURITY_ADMINISTRATOR, ""))
    add_person(office, "auditor", (Role.AUDIT_ADMINISTRATOR, ""))
    staff(office)
    return Desk(office)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page on which nothing may go wrong unseen."""
    context = browser.new_context(viewport=DESK, locale="zh-CN")
    wrong = watched(context)
    yield context.new_page()
    context.close()
    assert wrong == []


def watched(context: BrowserContext) -> list[str]:
    """Return a list that fills with errors of scripts, and with what the policy had to stop."""
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on(
        "console",
        lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None,
    )
    return wrong


def somebody(browser: Browser, application: Application, name: str, at: str) -> Case:
    """Sign somebody in at a browser of their own."""
    page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()
    page.set_default_timeout(MANY_SECONDS)
    SignInPage(page, application.url).sign_in(name, PASSWORD)
    return Case(page, application.url, at)


@pytest.fixture
def case(manned: Desk, browser: Browser, application: Application) -> Iterator[Case]:
    """Give the page of a letter handed in three days ago, to its case worker."""
    screen = somebody(browser, application, "worker", manned.register(f"2026-{next(_numbers)}"))
    yield screen
    screen.page.context.close()


@pytest.mark.usefixtures("manned")
def test_a_letter_goes_from_the_desk_to_the_archive_by_keyboard_alone(
    application: Application, page: Page
) -> None:
    hands = Keyboard(page, application.url)
    hands.sign_in("worker")
    hands.enter("link", "登记")
    hands.choose("申请渠道", "当面")
    hands.choose("申请人类型", "自然人")
    hands.write("姓名或者名称", "赵小岚")
    hands.write("申请公开的内容", "有关商务扶持的材料")
    number = page.get_by_label("申请编号").input_value()
    hands.enter("button", "登记")
    assert hands.heading == f"申请 {number}", page.inner_text("main")
    look(page, "keyboard-registered")

    hands.enter("link", "告知补正")
    hands.write("需要补正的内容", "请明确所需信息的年度和名称")
    hands.enter("button", "登记")
    assert hands.stage == "待补正"
    hands.enter("link", "收到补正")
    hands.write("补正后的申请内容", "2024 年度商务扶持资金分配方案")
    hands.enter("button", "登记")

    hands.enter("link", "答复（起草送审）")
    hands.choose("办理结果", "予以公开（条例第三十六条第（一）、（二）项）")
    hands.write("依据和理由（选填）", "该方案可以公开，现予提供")
    hands.enter("button", "保存草稿")
    hands.enter("link", "修改")
    hands.write("获取信息的方式，或者另行提出的渠道（选填）", "随本答复书提供纸质件一份")
    hands.enter("button", "保存草稿")
    hands.enter("button", "送审")
    hands.enter("button", "退出")
    hands.sign_in("reviewer")
    hands.enter("link", "审核")
    hands.enter("link", number)
    hands.write("审核意见（选填）", "同意")
    look(page, "keyboard-review")
    hands.enter("button", "批准并登记")
    assert hands.stage == "已办结"
    hands.enter("button", "退出")

    hands.sign_in("worker")
    hands.open(f"/agencies/{COMMERCE}/requests/{number}")
    hands.enter("link", "送达")
    hands.tick("当面")
    hands.enter("button", "登记")
    hands.enter("link", "归档")
    hands.write("案卷号", "2026-依申请-1")
    hands.write("保管年限", "30")
    hands.enter("button", "登记")
    assert "已归档" in page.inner_text("main")
    hands.reach(page.locator("details.help > summary"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("一件申请的全部情况")).to_be_visible()
    assert application.office.parts.store.stream_version(f"case/{COMMERCE}/{number}") == 6


def test_a_correction_that_never_comes_lapses_by_itself_and_is_reopened_for_a_good_reason(
    manned: Desk, case: Case, browser: Browser, application: Application
) -> None:
    old = Case(case.page, case.url, manned.register("2026-0899", submitted=days_ago(60)))
    old.begin("告知补正")
    old.fill("告知补正之日", days_ago(58).isoformat())
    old.fill("需要补正的内容", "请明确年度")
    old.fill("补正期限届满日（选填）", days_ago(40).isoformat())
    old.press("登记")
    old.shows("已办结")
    assert "逾期不补正" in old.timeline
    look(old.page, "lapsed")

    head = somebody(browser, application, "head", old.at)
    head.begin("恢复办理")
    head.fill("恢复办理的理由", "申请人住院，有正当理由")
    head.press("登记")
    assert "待补正" in head.heading_line or "办理中" in head.heading_line
    head.page.context.close()


def test_a_third_party_is_asked_objects_and_its_objection_is_on_the_page(case: Case) -> None:
    case.begin("征询第三方意见")
    case.fill("第三方", "保定某某贸易有限公司")
    case.press("登记")
    assert "等待答复" in case.page.locator("#parties").inner_text()
    case.begin("第三方答复")
    case.page.get_by_label("保定某某贸易有限公司").check()
    case.page.get_by_label("不同意公开").check()
    case.fill("理由（选填）", "涉及商业秘密")
    case.press("登记")
    assert "不同意公开" in case.page.locator("#parties").inner_text()
    look(case.page, "third-party")


def test_an_extension_is_the_heads_and_nobody_elses(
    case: Case, browser: Browser, application: Application
) -> None:
    case.begin("延期答复（起草送审）")
    case.fill("延期理由", "案情复杂，须向有关单位核实")
    case.press("保存草稿")
    case.press("送审")
    draft = case.page.url.removeprefix(case.url)

    reviewer = somebody(browser, application, "reviewer", case.at)
    reviewer.open(case.at)
    step = reviewer.page.locator("#steps + ul li", has_text="延期答复")
    assert "由经办人、公开机构负责人办理" in step.inner_text()
    assert step.get_by_role("link").count() == 0
    reviewer.open(draft)
    assert reviewer.page.get_by_role("button", name="批准并登记").count() == 0
    reviewer.open(f"{case.at}/do/extend")
    assert reviewer.heading == "没有权限"
    reviewer.page.context.close()

    head = somebody(browser, application, "head", case.at)
    head.open(draft)
    look(head.page, "extension-review")
    head.press("批准并登记")
    assert "经head先生同意，延长答复期限 20 个工作日" in head.timeline
    head.page.context.close()


def test_a_fee_is_worked_out_asked_for_and_paid(case: Case) -> None:
    case.begin("收取信息处理费")
    case.page.get_by_label("按量计收").check()
    case.fill("页数，或本申请所计件数（选填）", "100")
    case.fill("申请人收到收费通知之日", TODAY.isoformat())
    case.press("登记")
    assert "按量计收 100 页，700 元" in case.timeline
    assert "缴费期限至" in case.heading_line
    look(case.page, "fee-charged")
    case.begin("缴费")
    case.fill("金额（元）", "700")
    case.press("登记")
    assert "答复期限至" in case.heading_line


def test_a_name_that_is_a_script_is_a_name_on_every_page(
    manned: Desk, application: Application, page: Page
) -> None:
    screen = SignInPage(page, application.url)
    screen.sign_in("worker", PASSWORD)
    screen.open(f"/intake/{COMMERCE}")
    page.get_by_label("申请渠道").select_option("in_person")
    page.get_by_label("申请人类型").select_option("natural_person")
    screen.fill("姓名或者名称", SCRIPT)
    screen.fill("申请公开的内容", SCRIPT)
    number = page.get_by_label("申请编号").input_value()
    page.get_by_role("button", name="登记", exact=True).click()
    assert SCRIPT in page.inner_text("main")
    at = f"/agencies/{COMMERCE}/requests/{number}"
    seen = 0
    for path in (at, f"{at}/documents/receipt", "/worklist", f"{at}/do/decide", f"{at}/documents"):
        screen.open(path)
        seen += SCRIPT in page.inner_text("body")
        assert page.title() != "x", path
        assert page.locator("img[src=x]").count() == 0, path
    assert seen >= 2
    assert manned.types(number) == ["request_registered"]


PAGES = {
    "worker": (
        "/",
        "/worklist",
        "/worklist/search",
        f"/intake/{COMMERCE}",
        f"/intake/{COMMERCE}/bulk",
        f"/attachments/{COMMERCE}/{{case}}/add",
        "{at}",
        "{at}/do/request_correction",
        "{at}/documents",
        "{at}/documents/receipt",
        "/clearance",
        "/proceedings",
        f"/agencies/{COMMERCE}/proceedings",
        f"/agencies/{COMMERCE}/proceedings/new/file_lawsuit",
        "/figures",
        f"/figures/{COMMERCE}/{TODAY.year}",
        f"/figures/{COMMERCE}/{TODAY.year}/handling",
        "/audits",
        "/calendar",
        f"/calendar/{TODAY.year}",
        "/account",
        "/account/password",
        "/handbook",
        "/nowhere",
    ),
    "editor": (
        "/reports",
        f"/reports/{COMMERCE}/{TODAY.year - 1}",
        f"/reports/{COMMERCE}/{TODAY.year - 1}/sections/overall",
    ),
    "mayor": (
        f"/rollups/{CITY}/{TODAY.year - 1}",
        f"/rollups/{CITY}/{TODAY.year - 1}/sections/overall",
    ),
    "reviewer": (
        f"/agencies/{COMMERCE}/offices",
        f"/agencies/{COMMERCE}/clearance-rules",
        f"/agencies/{COMMERCE}/templates",
    ),
    "admin": (
        "/registry",
        "/registry/new",
        f"/registry/{COMMERCE}",
        "/accounts",
        "/accounts/new",
        "/accounts/worker",
        "/clients",
        "/clients/new",
    ),
    "security": ("/grants", "/grants/worker"),
    "auditor": ("/trail",),
}
"""Every kind of page that shows without anything sent before, by somebody who may open it."""


@pytest.fixture(scope="module")
def one_case(manned: Desk) -> str:
    manned.register("一览-1")
    return "一览-1"


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_is_accessible_and_is_read_without_scripts(
    browser: Browser, application: Application, one_case: str, name: str
) -> None:
    plain = browser.new_context(viewport=DESK, locale="zh-CN", java_script_enabled=False)
    full = browser.new_context(viewport=DESK, locale="zh-CN")
    wrong = watched(full)
    without, screen = (SignInPage(each.new_page(), application.url) for each in (plain, full))
    without.sign_in(name, PASSWORD)
    screen.sign_in(name, PASSWORD)
    at = f"/agencies/{COMMERCE}/requests/{one_case}"
    for pattern in PAGES[name]:
        path = pattern.format(at=at, case=one_case)
        screen.open(path)
        screen.page.locator("details.help > summary").or_(screen.page.locator("h1")).first.click()
        found = Axe().run(screen.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        without.open(path)
        assert without.heading == screen.heading, path
        assert len(without.page.inner_text("main")) >= len(without.heading), path
    plain.close()
    full.close()
    assert [each for each in wrong if "404" not in each] == []
