"""Whether the process lives, and whether it can work; public, because whoever asks is a machine.

Answers name parts, never addresses or versions.
"""

import asyncio
from datetime import timedelta

import structlog
from fastapi import APIRouter
from sqlalchemy.exc import DBAPIError
from starlette.responses import JSONResponse, PlainTextResponse, Response
from temporalio.client import RPCError

from eventstore import SchemaOutdated, require_current_schema
from people import require_current_people
from web.access import TheOffice
from web.area import Area
from web.office import Office

router = APIRouter()
AREA = Area(router, public=True)

_PATIENCE = timedelta(seconds=3)
_log = structlog.get_logger(__name__)


@router.get("/healthz", summary="存活检查")
async def alive() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz", summary="就绪检查")
async def ready(office: TheOffice) -> Response:
    """Say whether database, its structure and engine are all there; 503 where one is not."""
    database, engine = await asyncio.gather(asyncio.to_thread(_databases, office), _engine(office))
    states = {**database, "engine": engine}
    well = all(state == "ok" for state in states.values())
    return JSONResponse(states, 200 if well else 503)


def _databases(office: Office) -> dict[str, str]:
    try:
        require_current_schema(office.parts.engine)
        require_current_people(office.people.engine)
    except SchemaOutdated:
        return {"database": "ok", "schema": "outdated"}
    except DBAPIError as error:
        _log.warning("not ready: database", kind=type(error.orig).__name__)
        return {"database": "away", "schema": "unknown"}
    return {"database": "ok", "schema": "ok"}


async def _engine(office: Office) -> str:
    if office.client is None:
        return "none"
    try:
        healthy = await office.client.service_client.check_health(timeout=_PATIENCE)
    except (RPCError, RuntimeError):
        return "away"
    return "ok" if healthy else "away"
