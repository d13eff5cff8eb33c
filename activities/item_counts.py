"""How many items an applicant had before in the month: counted when a fee is charged, once."""

from datetime import date

import sqlalchemy as sa
from temporalio import activity
from temporalio.exceptions import ApplicationError

from eventstore import ProjectionStopped, Projector
from projections import ApplicantItems
from workflows.names import COUNT_ITEMS, REFUSED


class ItemCounts:
    """Count from the projection, brought up to the log first."""

    def __init__(self, engine: sa.Engine, projector: Projector) -> None:
        self._engine = engine
        self._projector = projector

    @activity.defn(name=COUNT_ITEMS)
    def count_items(self, stream: str) -> int:
        """Return `items_before`; refuse for good where the figures stand still.

        The request must not wait for a newer program while it holds its lock.
        """
        try:
            return self.items_before(stream)
        except ProjectionStopped:
            raise ApplicationError(
                "统计因事件日志中有无法计入的事件而停止，暂不能按件计收，请联系系统管理员",
                "uncounted",
                "mode",
                type=REFUSED,
                non_retryable=True,
            ) from None

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
