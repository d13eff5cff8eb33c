"""Drafts: written, sent for review, returned with remarks or approved, and carried out once.

    drafted ──submit──► in_review ──approve──► approved ──carried──► carried
       ▲                    │                      │
       └──── return_ ───────┘◄──── (refused by the law: returned)
    withdrawn: its author took it back

Each step names the revision it was taken on: of two people who press at once, one is refused.
Approval comes before the command goes out. If the engine is away just then, the draft stays
approved, and the command is sent again under the same id: it cannot be done twice.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from clearance.draft import ENDED, WITH_AUTHOR, Draft, DraftState, Opened, Remark
from clearance.errors import DraftRefused
from clearance.steps_taken import note_step, read_remarks
from disclosure.addresses import case_stream
from eventstore import writing
from people import Doer
from people.clearance_schema import drafts
from vault import Vault


class Drafts:
    """The drafts in one database."""

    def __init__(self, engine: sa.Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock

    def add(
        self,
        doer: Doer,
        agency: str,
        case: str,
        verb: str,
        content: Opened,
        *,
        seen_version: int,
        draft_id: str = "",
    ) -> Draft:
        """Write a draft down; the same id again changes nothing."""
        new = Draft(
            id=draft_id or uuid4().hex,
            agency=agency,
            case=case,
            verb=verb,
            state=DraftState.DRAFTED,
            revision=1,
            seen_version=seen_version,
            sealed=b"",
            drafted_by=doer.account,
            decided_by="",
            changed_at=self._clock(),
        )
        # Before the transaction: on SQLite a new key would wait for it, and it for the key.
        sealed = self._seal(new, content)
        with writing(self._engine) as connection:
            found = _find(connection, new.id)
            if found is not None:
                return found
            connection.execute(
                sa.insert(drafts).values(
                    id=new.id,
                    agency=agency,
                    case_reference=case,
                    verb=verb,
                    state=new.state.value,
                    revision=new.revision,
                    seen_version=seen_version,
                    sealed=sealed,
                    drafted_by=new.drafted_by,
                    decided_by="",
                    changed_at=new.changed_at,
                )
            )
            note_step(connection, self._vault, doer, new)
        return self.get(new.id)

    def change(self, doer: Doer, draft: Draft, content: Opened, *, seen_version: int) -> Draft:
        """Write a draft anew, while it is with its author."""
        sealed = self._seal(draft, content)
        new = {"sealed": sealed, "seen_version": seen_version}
        return self._step(doer, draft, WITH_AUTHOR, DraftState.DRAFTED, new=new)

    def submit(self, doer: Doer, draft: Draft) -> Draft:
        """Send it for review (送审)."""
        return self._step(doer, draft, WITH_AUTHOR, DraftState.IN_REVIEW)

    def withdraw(self, doer: Doer, draft: Draft) -> Draft:
        """Take it back."""
        before = WITH_AUTHOR | {DraftState.IN_REVIEW}
        return self._step(doer, draft, before, DraftState.WITHDRAWN)

    def return_(self, doer: Doer, draft: Draft, remark: str) -> Draft:
        """Give it back to its author with remarks (退回).

        Raises:
            DraftRefused: nothing was said.
        """
        if not remark.strip():
            raise DraftRefused("remark", "退回的，须写明意见")
        before = {DraftState.IN_REVIEW}
        return self._step(doer, draft, before, DraftState.RETURNED, remark=remark)

    def approve(self, doer: Doer, draft: Draft, remark: str = "") -> Draft:
        """Approve it (批准); who drafted it cannot.

        Raises:
            DraftRefused: by its own author.
        """
        if doer.account == draft.drafted_by:
            raise DraftRefused("", "起草人不能批准自己起草的事项，请由另一人审核")
        new = {"decided_by": doer.account}
        before = {DraftState.IN_REVIEW}
        return self._step(doer, draft, before, DraftState.APPROVED, remark=remark, new=new)

    def carried(self, doer: Doer, draft: Draft) -> Draft:
        """Note that its command is on record."""
        return self._step(doer, draft, {DraftState.APPROVED}, DraftState.CARRIED)

    def refused(self, doer: Doer, draft: Draft, why: str) -> Draft:
        """Give back what was approved and the record refused; nothing has gone out."""
        before = {DraftState.APPROVED}
        new = {"decided_by": ""}
        return self._step(
            doer, draft, before, DraftState.RETURNED, remark=f"未能登记：{why}", new=new
        )

    def get(self, draft_id: str) -> Draft:
        """Return a draft.

        Raises:
            DraftRefused: there is none.
        """
        with self._engine.connect() as connection:
            found = _find(connection, draft_id)
        if found is None:
            raise DraftRefused("", "没有这份草稿")
        return found

    def of_case(self, agency: str, case: str) -> list[Draft]:
        """Return a case's drafts, the last changed first."""
        return self._where(drafts.c.agency == agency, drafts.c.case_reference == case)

    def waiting(self, agency: str) -> list[Draft]:
        """Return an agency's drafts that are not done with, the last changed first."""
        over = [state.value for state in ENDED]
        return self._where(drafts.c.agency == agency, drafts.c.state.not_in(over))

    def open(self, draft: Draft) -> Opened | None:
        """Return what is sealed in a draft; None where the request's key was erased.

        Call this only where a person may read it.
        """
        stream = case_stream(draft.agency, draft.case)
        return self._vault.open(stream, UUID(draft.id), draft.sealed)

    def remarks(self, draft: Draft) -> Sequence[Remark]:
        """Return the steps of a draft, oldest first, with what was said."""
        return read_remarks(self._engine, self._vault, draft)

    def _step(
        self,
        doer: Doer,
        draft: Draft,
        before: Collection[DraftState],
        after: DraftState,
        *,
        remark: str = "",
        new: Mapping[str, Any] | None = None,
    ) -> Draft:
        """Take a step from the revision somebody had before them.

        Raises:
            DraftRefused: it is not in a state for this, or somebody was faster.
        """
        if draft.state not in before:
            raise DraftRefused("", f"该草稿{draft.state.label}，不能{after.step}")
        stepped = replace(
            draft, state=after, revision=draft.revision + 1, changed_at=self._clock(), **(new or {})
        )
        with writing(self._engine) as connection:
            changed = connection.execute(
                sa.update(drafts)
                .where(drafts.c.id == draft.id, drafts.c.revision == draft.revision)
                .values(
                    state=after.value,
                    revision=stepped.revision,
                    seen_version=stepped.seen_version,
                    sealed=stepped.sealed,
                    decided_by=stepped.decided_by,
                    changed_at=stepped.changed_at,
                )
            )
            if changed.rowcount != 1:
                raise DraftRefused("", "该草稿刚刚被他人处理，请刷新页面后再看")
            note_step(connection, self._vault, doer, stepped, remark)
        return stepped

    def _seal(self, draft: Draft, content: Opened) -> bytes:
        plain = json.loads(json.dumps(dict(content), default=str))
        return self._vault.seal(case_stream(draft.agency, draft.case), UUID(draft.id), plain)

    def _where(self, *conditions: sa.ColumnElement[bool]) -> list[Draft]:
        query = sa.select(drafts).where(*conditions).order_by(drafts.c.changed_at.desc())
        with self._engine.connect() as connection:
            return [_draft(row) for row in connection.execute(query)]


def _find(connection: sa.Connection, draft_id: str) -> Draft | None:
    row = connection.execute(sa.select(drafts).where(drafts.c.id == draft_id)).one_or_none()
    return None if row is None else _draft(row)


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        agency=row.agency,
        case=row.case_reference,
        verb=row.verb,
        state=DraftState(row.state),
        revision=row.revision,
        seen_version=row.seen_version,
        sealed=row.sealed,
        drafted_by=row.drafted_by,
        decided_by=row.decided_by,
        changed_at=row.changed_at,
    )
