"""The application: frame, guards, and every area of pages, put together once."""

from functools import cache

from fastapi import Depends, FastAPI

from web import errors
from web.access import signed_in
from web.api import MOUNTED_AT, create_api
from web.assets import Assets
from web.forgery import not_forged
from web.middleware import Frame
from web.office import Office
from web.pages import AREAS
from web.rendering import Templates
from web.unstorable import storable

SYSTEM_NAME = "政府信息公开办理系统"


def create_app(office: Office) -> FastAPI:
    """Make the application of an office.

    Every route is checked for forgery, and every area but the public ones asks for sign-in, whether
    its author thought of it or not.
    """
    # No pages about the interface: they would load scripts from elsewhere.
    app = FastAPI(title=SYSTEM_NAME, docs_url=None, redoc_url=None, openapi_url=None)
    assets, templates = _look()
    app.state.office = office
    app.state.assets = assets
    app.state.templates = templates
    errors.install(app)
    app.include_router(assets.router())
    for area in AREAS:
        guards = [Depends(storable), Depends(not_forged)]
        guards += [] if area.public else [Depends(signed_in)]
        app.include_router(area.router, dependencies=guards)
    # Beside the pages, not among them: it knows tokens and no cookies, so none of these guards.
    app.mount(MOUNTED_AT, create_api(office))
    app.add_middleware(Frame, settings=office.settings, answer=errors.answer)
    return app


@cache
def _look() -> tuple[Assets, Templates]:
    """Return what every application of a process shares: its files, its compiled templates."""
    assets = Assets()
    menu = tuple(item for area in AREAS for item in area.menu)
    return assets, Templates(assets, menu, SYSTEM_NAME)
