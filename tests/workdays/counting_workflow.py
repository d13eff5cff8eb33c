"""A workflow that counts working days inside the sandbox, as those of the product do."""

from datetime import date, timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from workdays import date_in_shanghai, published, start_of


@workflow.defn(name="count-working-days")
class CountWorkingDays:
    """Wait until the start of the day after the due date; say what it was."""

    @workflow.run
    async def run(self, applicant: str, received: str, working_days: int) -> list[str]:
        """Refuse a period of nothing with a message that holds the applicant's name."""
        if working_days < 1:
            raise ApplicationError(f"{applicant} 的期限有误", applicant, non_retryable=True)
        due = published().after(date.fromisoformat(received), working_days)
        expiry = start_of(due.day + timedelta(days=1))
        await workflow.sleep(max(expiry - workflow.now(), timedelta(0)))
        return [due.day.isoformat(), date_in_shanghai(workflow.now()).isoformat()]
