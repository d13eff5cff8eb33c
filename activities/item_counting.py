"""The count of an applicant's items, as workflows ask for it."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.item_counts import ItemCounts
from eventstore import ProjectionStopped
from workflows.names import COUNT_ITEMS, REFUSED


class ItemCounting:
    """Count for the workflow that charges a fee."""

    def __init__(self, items: ItemCounts) -> None:
        self._items = items

    @activity.defn(name=COUNT_ITEMS)
    def count_items(self, stream: str) -> int:
        """Return `items_before`; refuse for good where the figures stand still.

        The request must not wait for a newer program while it holds its lock.
        """
        try:
            return self._items.items_before(stream)
        except ProjectionStopped:
            raise ApplicationError(
                "统计因事件日志中有无法计入的事件而停止，暂不能按件计收，请联系系统管理员",
                "uncounted",
                "mode",
                type=REFUSED,
                non_retryable=True,
            ) from None
