"""Errors as answers: a page for a person, `application/problem+json` (RFC 9457) for a program."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from people import PeopleError, TooManyAttempts
from web.access import ForbiddenError, NotSignedInError, StepDueError, is_asked_by_pages
from web.middleware import TOO_LARGE, TooLargeError, media_type_wanted
from web.rendering import render
from web.safe_paths import sign_in_path
from web.unstorable import WORDS, UnstorableError

_WORDS = {
    400: ("请求有误", "请返回上一页，核对后重新提交"),
    404: ("没有这个页面", "地址可能输错，或者内容已经移走"),
    405: ("不能这样访问", "请从页面上的链接和按钮进入"),
    422: ("填写有误", "请返回上一页，核对后重新提交"),
}

_STOP_ASKING = 286


def answer(request: Request, status: int, title: str, detail: str) -> Response:
    """Answer with an error in the form the asker wants."""
    if media_type_wanted(request) == "application/problem+json":
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return JSONResponse(problem, status, media_type="application/problem+json")
    return render(request, "pages/error.html", status, title=title, detail=detail)


def install(app: FastAPI) -> None:
    """Make answers of what routes and dependencies raise."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)


def _not_signed_in(request: Request, error: Exception) -> Response:
    request.state.turned_away = True
    expired = isinstance(error, NotSignedInError) and error.expired
    if expired and is_asked_by_pages(request):
        # Nobody is led away from what they are writing; the status ends the asking (htmx).
        return render(request, "pages/signed_out.html", _STOP_ASKING)
    if media_type_wanted(request) != "text/html":
        return answer(request, 401, "尚未登录", "请先登录")
    return _go(request, sign_in_path(request, expired=expired))


def _step_due(request: Request, error: Exception) -> Response:
    request.state.turned_away = True
    if media_type_wanted(request) != "text/html" or not isinstance(error, StepDueError):
        return answer(request, 403, "登录尚未完成", "请在网页上完成登录的其余步骤")
    return _go(request, error.path)


def _forbidden(request: Request, error: Exception) -> Response:
    return answer(request, 403, "没有权限", str(error))


def _from_http(request: Request, error: Exception) -> Response:
    if isinstance(error, TooLargeError):
        return answer(request, error.status_code, TOO_LARGE, error.detail)
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, detail = _WORDS.get(status, (HTTPStatus(status).phrase, ""))
    return answer(request, status, title, detail)


def _invalid(request: Request, _error: Exception) -> Response:
    # What was typed stands in the error; it is not repeated.
    return answer(request, 422, *_WORDS[422])


def _unstorable(request: Request, _error: Exception) -> Response:
    return answer(request, 400, _WORDS[400][0], WORDS)


def _refused(request: Request, error: Exception) -> Response:
    return answer(request, 422, "没有办理", str(error))


def _unanswered(request: Request, error: Exception) -> Response:
    # It may have been done all the same: what is not known is not called refused.
    return answer(request, 503, "没有确认办理", f"{error}。重新提交以前，请先核对是否已经办理")


def _too_many(request: Request, error: Exception) -> Response:
    response = answer(request, 429, "请稍后再试", str(error))
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _go(request: Request, path: str) -> Response:
    """Send a browser on, also where htmx asked for a part of a page."""
    if request.headers.get("hx-request") == "true":
        return Response(status_code=200, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    NotSignedInError: _not_signed_in,
    StepDueError: _step_due,
    ForbiddenError: _forbidden,
    HTTPException: _from_http,
    RequestValidationError: _invalid,
    UnstorableError: _unstorable,
    TooManyAttempts: _too_many,
    PeopleError: _refused,
    Refused: _refused,
    CommandFailedError: _unanswered,
}
"""Starlette takes the handler of the nearest kind above an error's own."""
