"""Signing in through the pages: steps in order, nothing fixed beforehand, ends when it should."""

from dataclasses import replace

import pyotp
import pytest

from people import Act, Role, TrailQuery
from tests.web.offices import OPERATOR, PASSWORD, Clock, add_person, opened_office, web_settings
from tests.web.readers import Reader
from web.office import Office
from web.safe_paths import safe_path


def test_a_refused_sign_in_keeps_the_name_and_never_the_password(reader: Reader) -> None:
    reader.get("/sign-in")
    answer = reader.post("/sign-in", name="worker", password="Wrong-horse-7")
    assert answer.status_code == 422
    assert 'value="worker"' in answer.text
    assert "Wrong-horse-7" not in answer.text
    assert 'href="#field-name"' in answer.text
    assert not reader.cookie("session")


def test_a_session_begun_before_sign_in_is_worth_nothing_after_it(
    office: Office, reader: Reader
) -> None:
    planted = "planted-by-somebody-else"
    reader.client.cookies.set("gongkai-session", planted, domain="127.0.0.1")
    reader.get("/sign-in")
    answer = reader.post("/sign-in", name="worker", password=PASSWORD)
    given = [c for c in answer.headers.get_list("set-cookie") if "session" in c]
    assert len(given) == 1
    assert planted not in given[0]
    assert office.people.sessions.find(planted) is None


def test_signing_in_again_ends_the_session_before(office: Office, reader: Reader) -> None:
    reader.sign_in("worker")
    before = reader.cookie("session")
    reader.get("/account/password")
    reader.post(
        "/account/password", old=PASSWORD, password="Another-word-1", again="Another-word-1"
    )
    assert office.people.sessions.find(before) is None
    assert reader.cookie("session") != before
    assert reader.get("/").status_code == 200


def test_an_idle_session_ends_and_leads_back_to_where_it_was(reader: Reader, clock: Clock) -> None:
    reader.sign_in("auditor")
    clock.move(minutes=31)
    answer = reader.get("/trail?account=zhang")
    assert answer.headers["location"] == "/sign-in?next=/trail&expired=1"
    assert "已失效" in reader.get(answer.headers["location"]).text
    answer = reader.post("/sign-in", name="auditor", password=PASSWORD, next="/trail")
    assert answer.headers["location"] == "/trail"


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(reader: Reader) -> None:
    answer = reader.get("/trail", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"].startswith("/sign-in")


def test_nothing_is_reached_before_the_first_password_is_changed(
    office: Office, reader: Reader
) -> None:
    first = office.people.accounts.add(OPERATOR, "zhang", "张三")
    office.people.grants.grant(OPERATOR, "zhang", Role.AUDIT_ADMINISTRATOR)
    reader.sign_in("zhang", first)
    for path in ("/", "/trail", "/account", "/account/second-factor/remove"):
        answer = reader.get(path)
        assert answer.status_code in {303, 405}, path
        assert answer.headers.get("location", "/account/password") == "/account/password"
    reader.get("/account/password")
    answer = reader.post("/trail/verify")
    assert answer.headers["location"] == "/account/password"
    answer = reader.post("/account/password", old=first, password=PASSWORD, again="x")
    assert "两次输入的新密码不一致" in answer.text
    answer = reader.post("/account/password", old=first, password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 303
    assert reader.get("/trail").status_code == 200


def test_a_changed_first_password_leaves_the_file_of_the_first_start(
    office: Office, reader: Reader
) -> None:
    first = office.people.accounts.add(OPERATOR, "zhang", "张三")
    office.people.first_passwords.write({"zhang": first, "li": "other"})
    reader.sign_in("zhang", first)
    reader.get("/account/password")
    reader.post("/account/password", old=first, password=PASSWORD, again=PASSWORD)
    assert office.people.first_passwords.read() == {"li": "other"}


def with_second_factor(office: Office, clock: Clock, name: str) -> pyotp.TOTP:
    with Reader(office) as reader:
        reader.sign_in(name)
        reader.get("/account/second-factor")
        totp = pyotp.TOTP(reader.cookie("secret"))
        answer = reader.post("/account/second-factor", code=totp.at(clock.now))
        assert answer.headers["location"] == "/account"
        clock.move(seconds=30)
    return totp


def test_half_a_sign_in_opens_no_page_but_the_one_for_the_code(
    office: Office, reader: Reader, clock: Clock
) -> None:
    totp = with_second_factor(office, clock, "auditor")
    reader.get("/sign-in?next=/trail")
    answer = reader.post("/sign-in", name="auditor", password=PASSWORD, next="/trail")
    assert answer.headers["location"] == "/sign-in/code"
    halfway = reader.cookie("session")
    for path in ("/", "/trail", "/account", "/account/password", "/account/second-factor"):
        assert reader.get(path).headers["location"] == "/sign-in/code"
    reader.get("/sign-in/code")
    assert reader.post("/sign-in/code", code="12").status_code == 422
    answer = reader.post("/sign-in/code", code=totp.at(clock.now))
    assert answer.headers["location"] == "/trail"
    assert office.people.sessions.find(halfway) is None
    assert reader.get("/trail").status_code == 200


@pytest.mark.parametrize("planted", ["not base32", "MFRGG", "0189" * 8, "A" * 4_000, "汉字密钥"])
def test_a_planted_secret_that_is_none_of_ours_is_replaced_and_not_taken_into_use(
    office: Office, reader: Reader, planted: str
) -> None:
    reader.sign_in("worker")
    form = {"csrf_token": reader.token, "code": "123456"}
    ours = f"gongkai-session={reader.cookie('session')}; gongkai-form={reader.cookie('form')}"
    cookies = {"Cookie": f"{ours}; gongkai-secret={planted}".encode()}
    sent = reader.send("POST", "/account/second-factor", data=form, headers=cookies)
    assert sent.headers["location"] == "/account/second-factor"
    shown = reader.send("GET", "/account/second-factor", headers=cookies)
    assert shown.status_code == 200
    assert planted not in shown.text
    assert "gongkai-secret=" in shown.headers["set-cookie"]
    account = office.people.accounts.get("worker")
    assert account is not None
    assert not account.has_second_factor


def test_who_tries_out_old_passwords_at_an_open_session_locks_the_account_and_then_waits(
    office: Office, clock: Clock
) -> None:
    settings = web_settings(sign_in_address_failures=6)
    with opened_office(office.parts, settings, clock) as strict, Reader(strict) as reader:
        reader.sign_in("worker")
        reader.get("/account/password")
        new = {"password": "Another-word-1", "again": "Another-word-1"}
        for old in ("Wrong-horse-7",) * 5 + (PASSWORD,):
            refused = reader.post("/account/password", old=old, **new)
            assert refused.status_code == 422
            assert "原密码不正确，或者账号现在不能使用" in refused.text
        assert reader.post("/account/password", old=PASSWORD, **new).status_code == 429
        account = strict.people.accounts.get("worker")
        assert account is not None
        assert account.locked(clock.now)


def test_a_second_factor_is_taken_away_only_with_a_code_of_it(
    office: Office, reader: Reader, clock: Clock
) -> None:
    totp = with_second_factor(office, clock, "worker")
    reader.sign_in("worker")
    reader.post("/sign-in/code", code=totp.at(clock.now))
    clock.move(seconds=30)
    reader.get("/account/second-factor")
    assert reader.post("/account/second-factor/remove", code="000000x").status_code == 422
    answer = reader.post("/account/second-factor/remove", code=totp.at(clock.now))
    assert answer.status_code == 303
    account = office.people.accounts.get("worker")
    assert account is not None
    assert not account.has_second_factor
    kinds = [entry.kind for entry in office.people.trail.read(TrailQuery(account="worker"))]
    assert kinds[:2] == [Act.SECOND_FACTOR_REMOVED, Act.CODE_CONFIRMED]


def test_where_everybody_must_have_a_second_factor_nothing_is_reached_without(
    office: Office, clock: Clock
) -> None:
    settings = web_settings(second_factor="required")
    with opened_office(office.parts, settings, clock) as strict, Reader(strict) as reader:
        reader.sign_in("worker")
        assert reader.get("/").headers["location"] == "/account/second-factor"
        reader.get("/account/second-factor")
        totp = pyotp.TOTP(reader.cookie("secret"))
        reader.post("/account/second-factor", code=totp.at(clock.now))
        assert reader.get("/").status_code == 200


def test_an_address_that_fails_too_often_is_told_when_to_come_back(
    office: Office, clock: Clock
) -> None:
    settings = web_settings(sign_in_address_failures=5)
    with opened_office(office.parts, settings, clock) as strict, Reader(strict) as reader:
        reader.get("/sign-in")
        for n in range(5):
            assert reader.post("/sign-in", name=f"n{n}", password="x").status_code == 422
        answer = reader.post("/sign-in", name="worker", password=PASSWORD)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 900


def test_signing_out_ends_the_session_on_the_server(office: Office, reader: Reader) -> None:
    reader.sign_in("worker")
    token = reader.cookie("session")
    answer = reader.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert office.people.sessions.find(token) is None
    reader.client.cookies.set("gongkai-session", token, domain="127.0.0.1")
    assert reader.get("/").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\\\\evil",
        "",
        "evil",
        "/sign-out",
        "/a\r\nSet-Cookie: x",
    ],
)
def test_after_sign_in_nobody_is_sent_to_another_site(path: str) -> None:
    assert safe_path(path) == "/"


def test_a_path_of_ours_is_kept_with_its_query() -> None:
    assert safe_path("/trail?account=zhang&before=3") == "/trail?account=zhang&before=3"


def test_what_somebody_is_called_cannot_become_part_of_a_page(
    office: Office, reader: Reader
) -> None:
    office.people.accounts.change(OPERATOR, "worker", "<script>alert(1)</script>")
    reader.sign_in("worker")
    assert "<script>alert" not in reader.get("/").text
    assert "&lt;script&gt;" in reader.get("/").text


def test_a_planted_message_is_shown_as_words_and_only_once(reader: Reader) -> None:
    reader.sign_in("worker")
    reader.client.cookies.set("gongkai-message", "PGI-aGk8L2I-", domain="127.0.0.1")
    assert "<b>hi</b>" not in reader.get("/").text
    assert replace(web_settings().policy).failures == 5


def test_an_account_is_made_handed_over_and_given_its_role_by_two_administrators(
    office: Office, reader: Reader
) -> None:
    reader.sign_in("admin")
    reader.get("/accounts/new")
    answer = reader.post("/accounts/new", name="Zhang", display_name="")
    assert answer.status_code == 422
    answer = reader.post("/accounts/new", name="zhang", display_name="张三")
    password = answer.text.split('id="first-password">')[1].split("<")[0]
    assert answer.headers["cache-control"] == "no-store"
    assert reader.post("/grants/zhang", role="reviewer", agency="baoding").status_code == 403
    reader.post("/sign-out")
    reader.sign_in("security")
    reader.get("/grants/zhang")
    assert "请选择机关" in reader.post("/grants/zhang", role="reviewer", agency="nowhere").text
    assert "请选择角色" in reader.post("/grants/zhang", role="king", agency="baoding").text
    answer = reader.post("/grants/zhang", role="reviewer", agency="baoding")
    assert answer.headers["location"] == "/grants/zhang"
    text = reader.get("/grants/zhang").text
    assert "保定市人民政府" in text
    assert "已授予“审核人”" in text
    assert "已授予" not in reader.get("/grants/zhang").text
    answer = reader.post("/grants/zhang", role="audit_administrator")
    assert "相互分离" in answer.text
    answer = reader.post("/grants/security", role="case_worker", agency="baoding")
    assert "不能给自己授予角色" in answer.text
    reader.post("/grants/zhang/revoke", role="reviewer", agency="baoding")
    assert office.people.grants.of("zhang") == frozenset()
    reader.post("/sign-out")
    assert reader.sign_in("zhang", password).headers["location"] == "/"


def test_a_locked_account_is_seen_and_unlocked_by_the_security_administrator(
    office: Office, reader: Reader
) -> None:
    reader.get("/sign-in")
    for _ in range(5):
        reader.post("/sign-in", name="worker", password="x")
    assert reader.sign_in("worker").status_code == 422
    reader.sign_in("security")
    assert "锁定至" in reader.get("/grants").text
    reader.get("/grants/worker")
    reader.post("/grants/worker/unlock")
    reader.post("/sign-out")
    assert reader.sign_in("worker").status_code == 303
    assert office.people.trail.read(TrailQuery(kind=Act.ACCOUNT_UNLOCKED))


def test_the_system_administrator_resets_disables_and_enables_but_not_administrators(
    office: Office, reader: Reader
) -> None:
    add_person(office, "li")
    reader.sign_in("admin")
    reader.get("/accounts/security")
    assert "服务器" in reader.post("/accounts/security/reset").text
    assert "最后一个" in reader.post("/accounts/security/disable").text
    assert "不能停用自己" in reader.post("/accounts/admin/disable").text
    assert "首次密码" in reader.post("/accounts/li/reset").text
    reader.post("/accounts/li/disable")
    assert "已停用" in reader.get("/accounts").text
    reader.post("/accounts/li/enable")
    assert reader.post("/accounts/li", display_name="李四").status_code == 303
    li = office.people.accounts.get("li")
    assert li is not None
    assert (li.display_name, li.disabled_at) == ("李四", None)
    assert reader.get("/accounts/nobody").status_code == 404


def test_the_trail_is_read_filtered_turned_and_checked(office: Office, reader: Reader) -> None:
    for n in range(60):
        office.people.trail.write(OPERATOR, "probe", f"thing/{n}", words="试验事项")
    reader.sign_in("auditor")
    text = reader.get("/trail?kind=probe").text
    assert "thing/59" in text
    assert "thing/9<" not in text
    older = text.split('href="/trail?')[1].split('"')[0].replace("&amp;", "&")
    assert "thing/9<" in reader.get(f"/trail?{older}").text
    assert "没有符合条件" in reader.get("/trail?account=nobody").text
    assert reader.get("/trail?since=yesterday").status_code == 422
    today = f"{Clock().now:%Y-%m-%d}"
    assert reader.get(f"/trail?since=2020-01-01&until={today}&outcome=done").status_code == 200
    assert "thing/59" not in reader.get("/trail?kind=probe&until=2020-01-01").text
    assert "与写入时一致" in reader.post("/trail/verify").text
    kinds = {entry.kind for entry in office.people.trail.read(TrailQuery(account="auditor"))}
    assert {Act.TRAIL_READ, "trail_verified"} <= kinds
