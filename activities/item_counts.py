"""How many items an applicant had before in the month: counted when a fee is charged, once."""

from datetime import date

import sqlalchemy as sa

from eventstore import Projector
from projections import ApplicantItems


class ItemCounts:
    """Count from the projection, brought up to the log first."""

    def __init__(self, engine: sa.Engine, projector: Projector) -> None:
        self._engine = engine
        self._projector = projector

    def items_before(self, stream: str) -> int:
        """Return the items of the same applicant, month of receipt and agency that came before.

        Before means received earlier, or the same day and registered earlier. An applicant nothing
        identifies has none.
        """
        self._projector.catch_up()
        items = ApplicantItems.table.c
        with self._engine.connect() as connection:
            own = connection.execute(
                sa.select(
                    items.agency, items.applicant_ref, items.received_on, items.first_position
                ).where(items.stream == stream)
            ).one_or_none()
            if own is None or own.received_on is None or not own.applicant_ref:
                return 0
            month: date = own.received_on.replace(day=1)
            before = sa.or_(
                items.received_on < own.received_on,
                sa.and_(
                    items.received_on == own.received_on,
                    items.first_position < own.first_position,
                ),
            )
            counted = sa.select(sa.func.coalesce(sa.func.sum(items["items"]), 0)).where(
                items.agency == own.agency,
                items.applicant_ref == own.applicant_ref,
                items.received_on >= month,
                items.withdrawn.is_(False),
                before,
            )
            return int(connection.execute(counted).scalar_one())
