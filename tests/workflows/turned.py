"""The turn of a year on a time-skipping server, which knows no schedules of its own."""

from datetime import datetime

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from tests.workflows.a_request import AGENCY
from tests.workflows.office import Office
from workflows.annual_report_messages import ReportStart
from workflows.names import TASK_QUEUE
from workflows.turn_of_the_year import TurnOfTheYear

_SCHEDULED_AT = "TemporalScheduledStartTime"


async def turned(office: Office, at: datetime) -> str:
    """Start what the schedule starts, as the schedule does at an instant; return its id."""
    await office.client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace=office.client.namespace,
            search_attributes={_SCHEDULED_AT: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME},
        )
    )
    instant = SearchAttributePair(SearchAttributeKey.for_datetime(_SCHEDULED_AT), at)
    handle = await office.client.start_workflow(
        TurnOfTheYear.run,
        ReportStart(agency=AGENCY),
        id=f"annual-report/{AGENCY}/scheduled",
        task_queue=TASK_QUEUE,
        search_attributes=TypedSearchAttributes([instant]),
    )
    with office.environment.auto_time_skipping_disabled():
        await handle.result()
    return handle.id
