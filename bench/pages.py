"""`python -m bench.pages [folder]`: the pages of a case, intake and home over 100,000 requests.

The register is made by the import as in `bench.worklist`; a folder that is named is kept, and used
again. Every page is asked for in turn by somebody signed in, engine or no engine: what is measured
is what a reader waits for, and beside it what the process computed.
"""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa

from bench.generate import AGENCY
from bench.worklist import (
    REQUESTS,
    filled,
    keep_the_log_quiet,
    opened_parts,
    page_times,
    say,
)
from people import Doer, Role
from projections import CaseRegister
from web.app import create_app
from web.office import Office, open_office
from web.pages.request_paths import request_path
from web.settings import WebSettings

_OPERATOR = Doer("os:bench")
_NAME = "reader"


def main() -> None:
    """Measure."""
    keep_the_log_quiet()
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    """Make the register where there is none, then ask for each page."""
    with opened_parts(folder) as parts:
        if parts.store.head() == 0:
            filled(parts, REQUESTS)
        parts.projector.catch_up()
        with open_office(parts, WebSettings()) as office:
            token = _signed_in(office)
            app = create_app(office)
            for name, path in _pages(office).items():
                waited, computed = (1000 * each for each in page_times(app, token, path))
                say(f"{name:24} {waited:6.0f} ms median, {computed:6.0f} ms computing")


def _signed_in(office: Office) -> str:
    people = office.people
    if people.accounts.get(_NAME) is None:
        people.accounts.add(_OPERATOR, _NAME, _NAME)
        people.grants.grant(_OPERATOR, _NAME, Role.CASE_WORKER, AGENCY)
        people.grants.grant(_OPERATOR, _NAME, Role.SUPERVISOR, AGENCY)
    return people.sessions.open(_NAME, "127.0.0.1", "oidc")


def _pages(office: Office) -> dict[str, str]:
    register = CaseRegister.table
    cases = [
        sa.select(register.c.case_reference).where(closed).order_by(register.c.stream).limit(1)
        for closed in (register.c.closed_on.is_(None), register.c.closed_on.is_not(None))
    ]
    with office.parts.engine.connect() as connection:
        running, closed = (str(connection.scalar(case)) for case in cases)
    at = request_path(AGENCY, running)
    return {
        "home": "/",
        "request, running": at,
        "request, closed": request_path(AGENCY, closed),
        "form of a step": f"{at}/do/decide",
        "documents": f"{at}/documents",
        "preview of a document": f"{at}/documents/receipt",
        "what has changed": f"{at}/changes?seen=1",
        "intake": f"/intake/{AGENCY}",
        "dates as one types": f"/intake/{AGENCY}/dates?channel=in_person&on=2026-01-05",
        "proceedings": f"/agencies/{AGENCY}/proceedings",
        "waiting for review": "/clearance",
        "handbook": "/handbook",
    }


if __name__ == "__main__":
    main()
