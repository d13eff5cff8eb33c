"""Pages from templates: escaped, strict about names, with what every page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from people import Role
from web.access import Visit
from web.assets import Assets
from web.page_help import read_help
from web.person import Person

_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the menu, for whoever holds one of its roles; for all where it names none."""

    path: str
    words: str
    roles: tuple[Role, ...] = ()

    def shown_to(self, person: Person) -> bool:
        """Tell whether it belongs in somebody's menu."""
        return not self.roles or any(person.holds(role) for role in self.roles)

    def leads_to(self, path: str) -> bool:
        """Tell whether a page is below it."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


class Templates:
    """The templates of `web/templates`, with the filters and functions they may use."""

    def __init__(self, assets: Assets, menu: tuple[MenuItem, ...], system_name: str) -> None:
        self._menu = menu
        self._help = read_help()
        self._environment = Environment(
            loader=PackageLoader("web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"asset": assets.url, "system_name": system_name}
        self._environment.filters |= {"instant": in_shanghai}

    def page(
        self,
        request: Request,
        template: str,
        context: Mapping[str, Any],
        status_code: int = 200,
    ) -> Response:
        """Fill a template; give the browser the secret of its forms where it has none."""
        visit: Visit | None = getattr(request.state, "visit", None)
        response = HTMLResponse(status_code=status_code)
        always: dict[str, Any] = {
            "path": request.url.path,
            "person": None,
            "menu": [],
            "message": "",
            "page_help": self._help.get(template),
            "csrf_token": "",
            "errors": {},
            "values": {},
        }
        if visit is not None:
            secret = visit.cookies.form_secret or visit.cookies.set_form_secret(response)
            always["csrf_token"] = visit.cookies.form_token(secret)
            always["person"] = visit.person
            always["message"] = visit.cookies.message
            if visit.person is not None:
                always["menu"] = [item for item in self._menu if item.shown_to(visit.person)]
            if visit.cookies.message:
                visit.cookies.forget(response, "message")
        text = self._environment.get_template(template).render({**always, **context})
        response.body = response.render(text)
        response.headers["content-length"] = str(len(response.body))
        return response


def render(request: Request, template: str, status_code: int = 200, **context: Any) -> Response:
    """Answer with a page.

    Args:
        request: whose visit decides menu, message and form token.
        template: below `web/templates`.
        status_code: 422 where a form is shown again with its errors.
        context: what the template needs; `errors` and `values` are empty unless given.
    """
    templates: Templates = request.app.state.templates
    return templates.page(request, template, context, status_code)


def see_other(request: Request, path: str, message: str = "") -> Response:
    """Send the browser on after a change, so that a reload does not repeat it.

    Args:
        request: the request that made the change.
        path: where to, on this site.
        message: what the next page says of it; no personal data.
    """
    response = RedirectResponse(path, 303)
    visit: Visit | None = getattr(request.state, "visit", None)
    if message and visit is not None:
        visit.cookies.set_message(response, message)
    return response


def in_shanghai(instant: datetime | None, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """Write an instant as Shanghai's clocks showed it; nothing where there is none."""
    return "" if instant is None else instant.astimezone(_SHANGHAI).strftime(form)
