"""What holds for every route: sign-in, forgery, headers, hosts, sizes, the trail."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from people import TrailQuery
from tests.web.offices import TOWN, Clock, opened_office, web_settings
from tests.web.readers import HOME, Reader
from web.api import MOUNTED_AT
from web.app import create_app
from web.middleware import SECURITY_HEADERS
from web.office import Office
from web.pages import AREAS

PUBLIC = {
    "/static/{digest}/{name}",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/identity",
    "/sign-in/identity/callback",
    "/sign-out",
    "/healthz",
    "/readyz",
}
VALUES = {
    "agency": TOWN,
    "name": "worker",
    "year:int": "2025",
    "digest": "0" * 16,
}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for route in app.routes:
        yield from _flat(route)


def _flat(route: BaseRoute) -> Iterator[tuple[str, str]]:
    if isinstance(route, APIRoute):
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, route.path
        return
    if isinstance(route, Mount) and route.path == MOUNTED_AT:
        return  # the interface has guards and tests of its own, see test_api_access
    contained = getattr(route, "effective_route_contexts", None)
    assert contained is not None, f"a route the tests do not know: {route}"
    for context in contained():
        for method in sorted((context.methods or set()) - {"HEAD"}):
            yield method, context.path


def filled(path: str) -> str:
    for name, value in VALUES.items():
        path = path.replace(f"{{{name}}}", value)
    return path.replace("{", "").replace("}", "")


def test_there_are_routes_to_look_at(office: Office) -> None:
    found = set(routes(create_app(office)))
    assert {("GET", "/"), ("POST", "/sign-in"), ("GET", "/trail")} <= found
    assert len(found) > 25


def test_every_page_but_the_named_public_ones_asks_for_sign_in(
    office: Office, reader: Reader
) -> None:
    for method, path in routes(create_app(office)):
        if method == "GET" and path not in PUBLIC:
            answer = reader.get(filled(path))
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in"), path


def test_every_changing_route_refuses_a_request_without_token_even_from_who_may(
    office: Office, reader: Reader
) -> None:
    for name in ("admin", "security", "auditor"):
        reader.get("/sign-in")
        reader.sign_in(name)
        for method, path in routes(create_app(office)):
            if method != "GET":
                answer = reader.send(method, filled(path), headers={"Origin": HOME})
                assert answer.status_code == 403, (name, path)
        reader.post("/sign-out")


def test_every_answer_carries_the_security_headers_and_no_cookie_is_open_to_scripts(
    office: Office, reader: Reader
) -> None:
    reader.sign_in("admin")
    for method, path in [*routes(create_app(office)), ("GET", "/nowhere")]:
        answer = reader.send(method, filled(path))
        for name, value in SECURITY_HEADERS.items():
            if name != "Cache-Control" or not path.startswith("/static"):
                assert answer.headers[name] == value, path
        for cookie in answer.headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie


def test_no_page_has_a_script_or_a_style_inside_it(office: Office) -> None:
    for name in ("admin", "security", "auditor"):
        with Reader(office) as reader:
            reader.sign_in(name)
            for method, path in routes(create_app(office)):
                if method == "GET" and not path.startswith("/static"):
                    text = reader.get(filled(path)).text
                    assert "<style" not in text
                    assert " style=" not in text
                    assert " onclick" not in text
                    assert "<script>" not in text


def test_what_the_policy_of_content_allows_is_our_own_files_and_nothing_else() -> None:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "data:" not in policy


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:9000", "https://127.0.0.1.evil.example", "["],
)
def test_a_form_sent_from_elsewhere_is_refused_though_its_token_is_right(
    reader: Reader, origin: str
) -> None:
    reader.sign_in("admin")
    form = {"csrf_token": reader.token, "name": "zhang", "display_name": "张三"}
    answer = reader.send("POST", "/accounts/new", data=form, headers={"Origin": origin})
    assert answer.status_code == 403
    answer = reader.send("POST", "/accounts/new", data=form, headers={"Referer": f"{origin}/x"})
    assert answer.status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": HOME}
    assert reader.send("POST", "/accounts/new", data=form, headers=elsewhere).status_code == 403


def test_a_token_of_another_session_or_of_an_earlier_one_is_refused(
    office: Office, reader: Reader
) -> None:
    reader.sign_in("admin")
    earlier = reader.token
    with Reader(office) as other:
        other.sign_in("security")
        stolen = other.token
    reader.sign_in("admin")
    reader.post("/sign-out")
    reader.sign_in("admin")
    for token in (stolen, earlier, earlier.upper(), "0" * 64, "é"):
        answer = reader.send(
            "POST",
            "/accounts/new",
            data={"csrf_token": token, "name": "zhang", "display_name": "张三"},
            headers={"Origin": HOME},
        )
        assert answer.status_code == 403
    assert office.people.accounts.get("zhang") is None


def test_htmx_sends_the_token_in_a_header(reader: Reader) -> None:
    reader.sign_in("auditor")
    headers = {"Origin": HOME, "X-CSRF-Token": reader.token}
    assert reader.send("POST", "/trail/verify", headers=headers).status_code == 200


def test_a_host_nobody_named_is_refused(reader: Reader) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example"):
        answer = reader.send("GET", "/sign-in", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
    assert reader.send("GET", "/sign-in", headers={"Host": "LOCALHOST:8000"}).status_code == 200


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(reader: Reader) -> None:
    reader.sign_in("admin")
    much = b"x" * (21 * 1_048_576)
    answer = reader.send("POST", "/accounts/new", content=much)
    assert answer.status_code == 413
    assert "20 MB" in answer.text

    async def piecemeal() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for start in range(0, len(much), 1_048_576):
            yield much[start : start + 1_048_576]
        yield b"\r\n--x--\r\n"

    form = {"Content-Type": "multipart/form-data; boundary=x", "Origin": HOME}
    answer = reader.send("POST", "/accounts/new", content=piecemeal(), headers=form)
    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_over_https_cookies_are_bound_to_the_host_and_the_browser_stays_with_https(
    office: Office, clock: Clock
) -> None:
    settings = web_settings(web_https=True, web_allowed_hosts="xxgk.example.gov.cn")
    with (
        opened_office(office.parts, settings, clock) as secure,
        Reader(secure, base_url="https://xxgk.example.gov.cn") as reader,
    ):
        answer = reader.sign_in("worker")
        assert answer.status_code == 303
        for cookie in answer.headers.get_list("set-cookie"):
            assert cookie.startswith("__Host-gongkai-")
            assert "Secure" in cookie
            assert "Path=/" in cookie
            assert "Domain" not in cookie
        assert reader.get("/").headers["strict-transport-security"].startswith("max-age=")
        plain = {"Origin": "http://xxgk.example.gov.cn"}
        form = {"csrf_token": reader.token}
        assert reader.send("POST", "/sign-out", data=form, headers=plain).status_code == 403


def test_a_program_gets_problems_and_a_person_gets_pages(reader: Reader) -> None:
    answer = reader.get("/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "尚未登录"
    answer = reader.get("/nowhere")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text


def test_a_page_that_fails_says_so_without_saying_why(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_self: object) -> None:
        raise RuntimeError("张三 130000000000000000")

    with Reader(office) as reader:
        reader.sign_in("admin")
        monkeypatch.setattr(type(office.people.accounts), "all", broken)
        answer = reader.get("/accounts")
    assert answer.status_code == 500
    assert "系统出错" in answer.text
    assert "RuntimeError" not in answer.text
    assert "张三" not in answer.text
    assert answer.headers["content-security-policy"]
    said = capsys.readouterr().out
    assert "page failed" in said
    assert "RuntimeError" in said
    assert "张三" not in said


def test_static_files_live_for_ever_under_their_hash_and_nowhere_else(reader: Reader) -> None:
    text = reader.get("/sign-in").text
    found = [part.split('"')[0] for part in text.split('="') if part.startswith("/static/")]
    assert len(found) == 4
    for url in found:
        answer = reader.get(url)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        digest = url.split("/")[2]
        assert reader.get(url.replace(digest, "0" * 16)).status_code == 404
    assert reader.get("/static/x/..%2fapp.py").status_code == 404


def test_our_own_scripts_and_styles_load_nothing_from_elsewhere() -> None:
    for file in files("web").joinpath("static").iterdir():
        if file.name.startswith("gongkai."):
            text = file.read_text("utf-8")
            assert "http" not in text.replace("htmx:responseError", "")
            assert "@import" not in text
            assert "url(" not in text


def test_what_is_forbidden_is_in_the_trail_with_who_tried(office: Office, reader: Reader) -> None:
    reader.sign_in("worker")
    assert reader.get("/accounts").status_code == 403
    (entry, *_) = office.people.trail.read(TrailQuery(account="worker"))
    assert (entry.object, entry.success) == ("/accounts", False)
    assert entry.address == "192.0.2.1"


def test_the_log_has_neither_queries_nor_names(
    reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.get("/sign-in?next=/secret-place")
    reader.sign_in("auditor")
    reader.get("/trail?account=zhang-san")
    said = capsys.readouterr().out
    assert "/trail" in said
    for secret in ("secret-place", "zhang-san", "auditor", "192.0.2.1"):
        assert secret not in said


def test_health_is_told_to_anybody_and_readiness_names_what_is_missing(reader: Reader) -> None:
    assert reader.get("/healthz").text == "ok"
    answer = reader.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "schema": "ok", "engine": "none"}


def test_every_changing_route_says_in_chinese_what_it_does() -> None:
    for area in AREAS:
        for route in area.router.routes:
            assert isinstance(route, APIRoute)
            assert route.summary, route.path
