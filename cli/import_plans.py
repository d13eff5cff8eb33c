"""What the lines of one stream come to, before anything is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cli.entry_files import BrokenLine
from cli.entry_lines import Rejection
from cli.folds import AnyExpiry, Fold
from cli.import_facts import Fact, Step
from disclosure.addresses import agency_of, case_of
from disclosure.agency_commands import AgencyCommand, RegisterAgency
from disclosure.agency_tree import refuse_impossible_place
from disclosure.command import Command, refuse_the_future
from disclosure.commands import CaseCommand
from disclosure.law import Law
from disclosure.proceedings import request_of, unknown_request
from disclosure.refusals import Refused
from disclosure.request_commands import ChargeFee
from records import Write


@dataclass(slots=True)
class Plan:
    """The fold of a stream after its lines, and the writes that bring it there.

    Attributes:
        already_there: how many lines were on record.
        rejected: the lines that are not written, in their order.
    """

    stream: str
    fold: Fold
    writes: list[Write] = field(default_factory=list)
    already_there: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    def add(self, command_id: str, command: Command, law: Law) -> None:
        """Decide one command more.

        Raises:
            Refused: it cannot be true; the plan stays as it was.
        """
        events = self.fold.decide(command, law)
        if not events:
            return
        version = self.fold.version
        self.writes.append(Write(self.stream, version, command_id, command.by, events))
        for n, event in enumerate(events, start=1):
            self.fold = self.fold.after(event, version + n, command_id)

    def add_expiry(self, expiry: AnyExpiry, law: Law) -> None:
        """Let a limit run out."""
        command = expiry.command(agency_of(self.stream), case_of(self.stream))
        self.add(expiry.command_id, command, law)


class Planner:
    """Decides what lines come to, as the workflows would.

    Args:
        law: in force.
        today: in Shanghai.
        items_before: counts the applicant's earlier items of a request's month.
        registered: tells whether an agency is.
        request_known: tells whether a stream is that of a request on record.
        superior_on: tells the agency another stood under on a day.
    """

    def __init__(
        self,
        law: Law,
        *,
        today: Callable[[], date],
        items_before: Callable[[str], int],
        registered: Callable[[str], bool],
        request_known: Callable[[str], bool],
        superior_on: Callable[[str, date], str | None],
    ) -> None:
        self._law = law
        self._today = today
        self._items_before = items_before
        self._registered = registered
        self._request_known = request_known
        self._superior_on = superior_on

    def facts(self, plan: Plan, steps: Sequence[Step], held: Rejection | None) -> Plan:
        """Go through a stream's lines; the first that cannot be true holds back the rest.

        Args:
            plan: where the stream stands.
            steps: its lines, in their order.
            held: the line that holds back these, where an earlier one does.
        """
        for step in steps:
            if isinstance(step, BrokenLine):
                plan.rejected.append(step.rejection)
                held = held or step.rejection
            elif plan.fold.handled(step.command_id):
                plan.already_there += 1
            elif held is not None:
                plan.rejected.append(_held_back(step, held))
            else:
                held = self._fact(plan, step)
        return plan

    def limits(self, plan: Plan) -> Plan:
        """Let every limit that has passed run out, the first first."""
        while passed := [
            expiry
            for expiry in plan.fold.expiries()
            if expiry.what != "reminder" and expiry.on <= self._today()
        ]:
            plan.add_expiry(passed[0], self._law)
        return plan

    def _fact(self, plan: Plan, fact: Fact) -> Rejection | None:
        """Plan a fact; return its rejection where that holds back the rest of its case."""
        try:
            command = self._possible(fact.line.command)
            self._let_limits_pass(plan, command)
            if isinstance(command, ChargeFee) and command.needs_count:
                before = self._items_before(plan.stream)
                command = command.model_copy(update={"items_before": before})
            plan.add(fact.command_id, command, self._law)
        except Refused as refused:
            rejection = fact.rejected(refused)
            plan.rejected.append(rejection)
            return None if isinstance(fact.line.command, AgencyCommand) else rejection
        return None

    def _possible(self, command: Command) -> Command:
        refuse_the_future(command, self._today())
        if isinstance(command, CaseCommand) and not self._registered(command.agency):
            raise Refused(
                "unknown_agency", "agency", "机关尚未登记，请先登记机关（register_agency）"
            )
        if isinstance(command, AgencyCommand):
            self._refuse_impossible_place(command)
        about = request_of(command)
        if about is not None and not self._request_known(about):
            raise unknown_request()
        return command

    def _refuse_impossible_place(self, command: AgencyCommand) -> None:
        def registered(agency: str) -> bool:
            # A file may name a superior before the line that registers it.
            return isinstance(command, RegisterAgency) or self._registered(agency)

        refuse_impossible_place(command, registered, self._superior_on)

    def _let_limits_pass(self, plan: Plan, command: Command) -> None:
        """Put on record what ended by itself before a fact of this day.

        A lapse only where the fact presupposes an end; otherwise the agency went on with the case,
        and that is what the record shows.
        """
        for expiry in plan.fold.expiries():
            precedes = expiry.precedes_later_facts or command.follows_the_end
            if expiry.what != "reminder" and precedes and expiry.on <= command.on:
                plan.add_expiry(expiry, self._law)


def _held_back(fact: Fact, first: Rejection) -> Rejection:
    line = fact.line
    elsewhere = "" if first.file == line.file else f"的 {first.file} "
    where = f"{elsewhere}第 {first.line} 行"
    return Rejection(
        line.file, line.line, "", f"同一案件{where}未能导入，本行暂缓，改正后请重新导入"
    )
