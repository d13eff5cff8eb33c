"""A request from desk to archive in a browser: two people, one case, the law beside each step."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pypdfium2
import pytest
from playwright.sync_api import Browser

from people import Role
from tests.web.browsers import DESK, TELEPHONE, Application, fits, look
from tests.web.case_desks import NAME, TODAY, Desk, days_ago, staff
from tests.web.offices import COMMERCE, PASSWORD, add_person
from tests.web.page_objects import Screen, SignInPage


@dataclass(frozen=True, slots=True)
class RequestScreen(Screen):
    """The page of one request."""

    at: str = ""

    def show(self) -> None:
        """Open the page."""
        self.open(self.at)

    @property
    def stage(self) -> str:
        """Where the request stands, in the words beside its heading."""
        return self.page.locator(".heading .state").first.inner_text()

    def begin(self, step: str) -> None:
        """Open the form of a step the page offers."""
        self.show()
        self.follow(step)

    def finish(self) -> None:
        """Send the form."""
        self.press("登记")


def at_desk(browser: Browser, application: Application, name: str, at: str) -> RequestScreen:
    """Sign somebody in at a browser of their own, and open the request."""
    page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()
    SignInPage(page, application.url).sign_in(name, PASSWORD)
    screen = RequestScreen(page, application.url, at)
    screen.show()
    return screen


_numbers = count(117)


@pytest.fixture(scope="module")
def manned(application: Application) -> Desk:
    """Give the application's office with somebody at each role."""
    add_person(application.office, "worker", (Role.CASE_WORKER, COMMERCE))
    staff(application.office)
    return Desk(application.office)


@pytest.fixture
def case() -> str:
    return f"2026-0{next(_numbers)}"


@pytest.fixture
def at(manned: Desk, case: str) -> str:
    """Put a letter that came in by hand on record; return the address of its page."""
    return manned.register(case, submitted=days_ago(6))


@pytest.fixture
def worker(browser: Browser, application: Application, at: str) -> Iterator[RequestScreen]:
    screen = at_desk(browser, application, "worker", at)
    yield screen
    screen.page.context.close()


@pytest.fixture
def reviewer(browser: Browser, application: Application, at: str) -> Iterator[RequestScreen]:
    screen = at_desk(browser, application, "reviewer", at)
    yield screen
    screen.page.context.close()


def test_a_paper_request_goes_by_correction_and_clearance_to_the_archive(
    worker: RequestScreen, reviewer: RequestScreen, case: str
) -> None:
    assert worker.heading == f"申请 {case}"
    assert NAME in worker.page.content()
    look(worker.page, "request-new")

    worker.begin("告知补正")
    worker.finish()
    assert "请填写需要补正的内容" in worker.summary.inner_text()
    look(worker.page, "request-correction-refused")
    worker.page.get_by_label("需要补正的内容").fill("请明确所需信息的年度")
    worker.finish()
    assert worker.stage == "待补正"

    worker.begin("收到补正")
    worker.page.get_by_label("补正后的申请内容").fill("2024 年度商务扶持资金分配方案")
    worker.finish()
    assert worker.stage == "办理中"

    worker.begin("答复（起草送审）")
    worker.page.get_by_label("办理结果").select_option("refused.internal_affairs")
    worker.page.get_by_label("依据和理由").fill("属于内部事务信息")
    worker.press("保存草稿")
    assert worker.heading == "答复草稿"
    look(worker.page, "clearance-draft")
    worker.press("送审")

    reviewer.open("/clearance")
    look(reviewer.page, "clearance-waiting")
    reviewer.follow(case)
    reviewer.page.get_by_label("审核意见").fill("同意")
    look(reviewer.page, "clearance-review")
    reviewer.press("批准并登记")
    assert "已批准并登记" in reviewer.message
    assert reviewer.stage == "已办结"

    worker.begin("送达")
    worker.page.get_by_label("当面").check()
    worker.finish()
    worker.begin("归档")
    worker.page.get_by_label("案卷号").fill("2026-依申请-17")
    worker.page.get_by_label("保管年限").fill("30")
    worker.finish()
    worker.page.get_by_text("答复期限逐日计算").click()
    worker.page.get_by_text("现在不能办理的事项").click()
    look(worker.page, "request-archived")

    worker.follow("制作、预览和下载文书")
    look(worker.page, "documents")
    worker.follow("答复书")
    look(worker.page, "document-reply")
    with worker.page.expect_navigation():
        worker.press("编号并制作")
    look(worker.page, "documents-made")


def test_the_ledger_is_on_paper_though_nobody_opened_it(worker: RequestScreen) -> None:
    assert not worker.page.get_by_text("第几个工作日").is_visible()
    document = pypdfium2.PdfDocument(worker.page.pdf())
    printed = "".join(page.get_textpage().get_text_range() for page in document)
    assert "第几个工作日" in printed
    assert days_ago(6).isoformat() in printed


def test_two_on_one_case_see_each_others_change_and_the_slower_is_told(
    worker: RequestScreen, browser: Browser, application: Application, at: str
) -> None:
    other = at_desk(browser, application, "worker2", at)
    worker.begin("告知补正")
    worker.page.get_by_label("需要补正的内容").fill("请明确年度")
    other.begin("征询第三方意见")
    other.page.get_by_label("第三方", exact=True).fill("某公司")
    other.finish()
    told = worker.page.get_by_text("worker2：向第三方征询意见")
    told.wait_for(timeout=25_000)
    worker.finish()
    assert "您打开本页之后，该案已有变化" in worker.summary.inner_text()
    assert worker.page.get_by_label("需要补正的内容").input_value() == "请明确年度"
    look(worker.page, "request-stale")
    worker.finish()
    assert worker.stage == "待补正"
    other.page.context.close()


def test_a_case_is_read_on_a_telephone_and_by_keyboard(worker: RequestScreen) -> None:
    worker.page.set_viewport_size(TELEPHONE)
    worker.show()
    assert fits(worker.page)
    look(worker.page, "request-telephone")
    worker.page.get_by_role("link", name="告知补正").focus()
    worker.page.keyboard.press("Enter")
    worker.page.get_by_label("需要补正的内容").wait_for()
    assert fits(worker.page)


def test_a_reconsideration_is_filed_and_concluded(
    worker: RequestScreen, at: str, case: str
) -> None:
    worker.open(f"/agencies/{COMMERCE}/proceedings")
    look(worker.page, "proceedings-empty")
    worker.follow("登记行政复议受理")
    worker.page.get_by_label("案件编号（机关自编）").fill("复议-1")
    worker.page.get_by_label("所涉申请的编号").fill(case)
    worker.finish()
    look(worker.page, "proceeding")
    worker.follow("行政复议审结")
    worker.page.get_by_label("结果维持").check()
    worker.page.get_by_label("复议决定种类").fill("撤销")
    worker.finish()
    assert "属于结果纠正" in worker.summary.inner_text()
    look(worker.page, "proceeding-refused")
    worker.page.get_by_label("结果纠正").check()
    worker.finish()
    assert "已审结" in worker.page.locator(".heading").inner_text()
    worker.open(f"/agencies/{COMMERCE}/proceedings")
    look(worker.page, "proceedings")
    worker.open(at)
    assert worker.page.get_by_role("link", name="行政复议 复议-1").is_visible()
    assert TODAY.isoformat() in worker.page.content()
