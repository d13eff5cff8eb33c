"""The case workers' pages and the HTTP interface: projections read, commands change.

Pages are made on the server and work without scripts; htmx, from a file of ours, only spares
reloads. Nothing is loaded from elsewhere, no script or style stands inline.

To add a page:

1. Make `web/pages/<area>.py` with `router = APIRouter()` and `AREA = Area(router, menu=(…))`, and
   name `AREA` in `web.pages.AREAS`. Every route of an area asks for sign-in unless the area is
   `public=True`, and every POST is checked for forgery, by construction.
2. Say who may: `@router.get("/requests/{agency}", dependencies=[Depends(may(Role.CASE_WORKER))])`.
   Where the path has `{agency}`, the role must be held in that agency; `may_read` also lets in who
   supervises it. `visit: Signed` gives who is there: `visit.person.agencies(Role.CASE_WORKER)`.
3. Write sync functions (`def`): they run in threads, where the database may be waited for.
   `office: TheOffice` gives the parts; `office.carry(command_id, command)` carries a command.
4. Answer with `render(request, "pages/<area>.html", …)`; the template extends `base.html` and takes
   fields, tables, states and crumbs from `macros/`. After a POST, `see_other(url, "已……")`.
5. Give each changing route `summary="登记申请"`: the trail says it of every request that is made
   there. Before showing personal data call `visit.reads("case/…")`, which writes that down first.
6. A refusal of a form is `render(…, status_code=422, errors={"field": "……"})`.
"""
