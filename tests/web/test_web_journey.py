"""From the first start to a day at the office, in a browser."""

import re
from collections.abc import Iterator
from typing import Literal

import pyotp
import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from people import Role
from tests.web.browsers import DESK, TABLET, TELEPHONE, Application, fits, look
from tests.web.offices import OPERATOR
from tests.web.page_objects import SignInPage

NEW = "Correct-horse-7"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page at a desk, on which nothing may go wrong unseen."""
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


@pytest.fixture
def screen(page: Page, application: Application) -> SignInPage:
    return SignInPage(page, application.url)


def test_from_the_first_start_to_the_first_case_worker(
    application: Application, screen: SignInPage
) -> None:
    first = application.office.people.make_first_accounts(OPERATOR)

    screen.open("/")
    assert screen.heading == "登录"
    look(screen.page, "sign-in")
    screen.sign_in("admin", "wrong")
    assert "用户名或者密码不正确" in screen.summary.inner_text()
    assert screen.summary.evaluate("element => element === document.activeElement")
    look(screen.page, "sign-in-refused")

    screen.sign_in("admin", first["admin"])
    assert screen.heading == "修改密码"
    screen.change_password(first["admin"], "short")
    assert "至少 10 个字符" in screen.summary.inner_text()
    look(screen.page, "first-password-refused")
    screen.change_password(first["admin"], NEW)
    assert "密码已修改" in screen.message
    look(screen.page, "home-administrator")

    screen.follow("账号")
    look(screen.page, "accounts")
    screen.follow("新增账号")
    screen.fill("用户名", "zhang")
    screen.fill("姓名", "张三")
    look(screen.page, "account-new")
    screen.press("新增")
    handed_over = screen.page.locator("#first-password").inner_text()
    look(screen.page, "account-handed-over")
    screen.open("/accounts/zhang")
    look(screen.page, "account")
    screen.press("退出")

    screen.sign_in("security", first["security"])
    screen.change_password(first["security"], NEW)
    screen.follow("授权")
    screen.follow("zhang")
    screen.page.get_by_label("角色", exact=True).select_option("case_worker")
    screen.page.get_by_label("机关", exact=True).select_option("baoding-commerce")
    screen.press("授予")
    assert "已授予“经办人”" in screen.message
    look(screen.page, "grants")
    screen.press("退出")
    screen.sign_in("zhang", handed_over)
    screen.change_password(handed_over, NEW)
    assert screen.heading == "张三，您好"
    look(screen.page, "home-case-worker")
    screen.press("退出")
    follow_in_the_trail(screen, first["auditor"])
    assert application.office.people.first_passwords.read() == {}


def follow_in_the_trail(screen: SignInPage, first: str) -> None:
    screen.sign_in("auditor", first)
    screen.change_password(first, NEW)
    screen.follow("审计记录")
    look(screen.page, "trail")
    screen.fill("用户名（选填）", "zhang")
    with screen.page.expect_response(re.compile(r"/trail\?")):
        screen.press("查询")
    screen.page.wait_for_url(re.compile("account=zhang"))
    accounts = screen.page.locator("#entries tbody td:nth-child(3)").all_inner_texts()
    assert set(accounts) == {"zhang"}


def test_a_second_factor_is_enrolled_and_asked_for(
    application: Application, screen: SignInPage
) -> None:
    first = application.office.people.accounts.add(OPERATOR, "li", "李四")
    screen.sign_in("li", first)
    screen.change_password(first, NEW)
    screen.open("/account")
    look(screen.page, "own-account")
    screen.follow("启用动态口令")
    secret = screen.page.locator(".qr .code").inner_text().replace(" ", "")
    look(screen.page, "second-factor")
    totp = pyotp.TOTP(secret)
    screen.give_code(totp.at(application.clock.now), "启用")
    assert "已启用" in screen.message
    screen.press("退出")
    application.clock.move(seconds=30)
    screen.sign_in("li", NEW)
    assert screen.heading == "输入动态口令"
    look(screen.page, "code")
    screen.give_code(totp.at(application.clock.now))
    assert screen.heading == "李四，您好"


def test_an_idle_desk_is_signed_out_and_a_locked_account_stays_out(
    application: Application, screen: SignInPage
) -> None:
    people = application.office.people
    first = people.accounts.add(OPERATOR, "wang", "王五")
    screen.sign_in("wang", first)
    screen.change_password(first, NEW)
    application.clock.move(minutes=31)
    screen.open("/account")
    assert "登录已失效" in screen.page.inner_text("main")
    look(screen.page, "expired")
    for _ in range(5):
        screen.sign_in("wang", "wrong")
    screen.sign_in("wang", NEW)
    assert "账号现在不能使用" in screen.summary.inner_text()
    application.clock.move(minutes=16)
    screen.sign_in("wang", NEW)
    assert screen.heading == "王五，您好"


@pytest.mark.parametrize("size", [DESK, TABLET, TELEPHONE], ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_desk_tablet_and_telephone_in_light_and_dark(
    browser: Browser, application: Application, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    name = f"s{size['width']}{scheme}"
    people = application.office.people
    first = people.accounts.add(OPERATOR, name, "赵六")
    people.grants.grant(OPERATOR, name, Role.AUDIT_ADMINISTRATOR)
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
    try:
        page = context.new_page()
        screen = SignInPage(page, application.url)
        screen.sign_in(name, first)
        screen.change_password(first, NEW)
        for path in ("/", "/trail", "/account/second-factor"):
            screen.open(path)
            assert fits(page), path
            look(page, f"{path.strip('/').replace('/', '-') or 'home'}-{size['width']}-{scheme}")
    finally:
        context.close()


def test_the_keyboard_alone_signs_in_and_skips_to_the_content(
    application: Application, screen: SignInPage
) -> None:
    first = application.office.people.accounts.add(OPERATOR, "qian", "钱七")
    screen.open("/sign-in")
    keyboard = screen.page.keyboard
    keyboard.press("Tab")
    assert screen.page.evaluate("document.activeElement.innerText") == "跳到正文"
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert screen.page.evaluate("document.activeElement.innerText") == "本页说明"
    keyboard.press("Tab")
    keyboard.type("qian")
    keyboard.press("Tab")
    keyboard.type(first)
    keyboard.press("Enter")
    screen.page.wait_for_url(re.compile("/account/password"))
