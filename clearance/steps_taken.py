"""The steps of a draft (经过): who took each, when, and what they said; the words are sealed."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import sqlalchemy as sa

from clearance.draft import Draft, DraftState, Remark
from disclosure.addresses import case_stream
from people import Doer
from people.clearance_schema import remarks
from people.trail import record
from vault import Vault


def note_step(
    connection: sa.Connection, vault: Vault, doer: Doer, draft: Draft, said: str = ""
) -> None:
    """Keep the step that brought a draft where it is now, and write it into the trail.

    Who drafted stands in the entry too, so that an approval names both.
    """
    stream, identity, text = case_stream(draft.agency, draft.case), uuid4(), said.strip()
    connection.execute(
        sa.insert(remarks).values(
            draft=draft.id,
            revision=draft.revision,
            id=identity.hex,
            at=draft.changed_at,
            account=doer.account,
            state=draft.state.value,
            sealed=vault.seal(stream, identity, {"text": text}) if text else None,
        )
    )
    target = f"{stream} draft/{draft.id} by account/{draft.drafted_by}"
    words = f"{draft.state.step}：{draft.verb}"
    record(connection, doer, f"draft_{draft.state.value}", target, words=words)


def read_remarks(engine: sa.Engine, vault: Vault, draft: Draft) -> Sequence[Remark]:
    """Return the steps of a draft, oldest first; a text is None where its key was erased."""
    stream = case_stream(draft.agency, draft.case)
    query = sa.select(remarks).where(remarks.c.draft == draft.id).order_by(remarks.c.revision)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    said = []
    for row in rows:
        opened = vault.open(stream, UUID(row.id), row.sealed) if row.sealed else {"text": ""}
        text = None if opened is None else str(opened["text"])
        said.append(Remark(row.at, row.account, DraftState(row.state), text))
    return said
