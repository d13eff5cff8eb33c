"""One request's life: writes each fact as an entry line and keeps it as a plain fact."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

from tests.agency_years import codes, periods
from tests.agency_years.facts import Request, Result
from tests.agency_years.pen import OutOfTimeError, Pen

_HEAD = "信息公开机构负责人"


class RequestLife:
    """The facts a received request can go through, each written and remembered at once.

    `lapses_on` is set while the request waits for a corrected text or a payment: if nothing
    more is written before that day, the request lapses by itself and no line says so.
    """

    def __init__(self, pen: Pen, request: Request) -> None:
        self.pen, self.request = pen, request
        self.lapses_on: date | None = None
        self.lapses_as = ""
        self.corrected = self.unreasoned = self.closed_in_wait = False
        # The line after which the record is about the handling: receipt cannot be later.
        self.first_handled_on: date | None = None
        # The last result was given by a decision, not by a lapse or a withdrawal.
        self.was_decided = False

    def is_open(self) -> bool:
        """Tell whether no result stands."""
        return not any(not result.voided for result in self.request.results)

    def write(self, do: str, **fields: object) -> None:
        """Write a fact of the handling."""
        self.first_handled_on = self.first_handled_on or self.pen.day
        self.pen.write(do, **fields)

    def _close(self, outcome: str, on: date, *, decided: bool = False) -> None:
        self.request.results.append(Result(on, outcome))
        self.closed_in_wait, self.lapses_on = self.lapses_on is not None, None
        self.was_decided = decided

    def lapse(self) -> None:
        """Let the limit pass: the result stands on its own legal date, no line is written."""
        assert self.lapses_on is not None
        day = self.lapses_on
        self._close(self.lapses_as, day)
        self.pen.day = day

    # --- correction (Art. 30) and fee (Fees Art. 6): the two waits that lapse

    def request_correction(self, days: int, *, as_date: bool) -> None:
        """Ask for a clearer text within so many working days of today."""
        limit = periods.working_day_after(self.pen.day, days)
        fields: dict[str, object] = {"due_on": limit} if as_date else {"working_days": days}
        self.write("request_correction", points="请明确所需信息的名称或者特征", **fields)
        self._wait(periods.correction_lapses_on(limit), codes.CORRECTION_LAPSED)

    def receive_correction(self) -> None:
        """Take in the corrected text."""
        self.write("receive_correction", description="补正后的信息特征描述")
        self.lapses_on, self.corrected = None, True

    def charge_fee(self, mode: str, quantity: int | None) -> None:
        """Send the fee notice; time goes on to the day the applicant has it."""
        received = self.pen.later(5)
        self.write("charge_fee", mode=mode, quantity=quantity, notice_received_on=received)
        self.pen.day = received
        self._wait(periods.fee_lapses_on(received), codes.FEE_LAPSED)

    def pay_fee(self, amount: Decimal, *, complete: bool) -> None:
        """Take in a payment; only the complete amount ends the wait."""
        self.write("pay_fee", amount=amount)
        if complete:
            self.lapses_on = None

    def _wait(self, lapses_on: date, outcome: str) -> None:
        self.lapses_on, self.lapses_as = lapses_on, outcome

    # --- results

    def decide(self, outcome: str) -> None:
        """Answer the applicant (Art. 36)."""
        public = self.pen.chance(0.4) if outcome == "granted" else None
        self.write("decide", outcome=outcome, grounds="依据《条例》有关规定", already_public=public)
        self._close(outcome, self.pen.day, decided=True)

    def withdraw(self) -> None:
        """Let the applicant take the request back: counts as other on its day."""
        self.write("withdraw", reason="申请人书面撤回")
        self._close(codes.WITHDRAWN, self.pen.day)

    def reopen(self) -> None:
        """Void the result that stands; a lapsed one waits again for what did not come."""
        self.write("reopen", reason="原处理有误", approved_by=_HEAD)
        self.request.results[-1].voided = True

    def reclassify(self, outcome: str) -> None:
        """Correct a wrong result in the open; it keeps the day of the original one."""
        self.write("reclassify", outcome=outcome, reason="统计归类有误", approved_by=_HEAD)
        self.request.results[-1].outcome = outcome

    # --- the record itself

    def correct_type(self) -> None:
        """Correct the applicant's type."""
        others = [t for t in codes.APPLICANT_TYPES if t != self.request.applicant_type]
        self.request.applicant_type = self.pen.rng.choice(others)
        self._correct_record("applicant.type", self.request.applicant_type)

    def correct_channel(self) -> None:
        """Correct the channel to one whose day of receipt the record already holds."""
        request = self.request
        known = list(codes.IMMEDIATE_CHANNELS)
        known += [*codes.CONFIRMED_CHANNELS] if request.confirmed_on else []
        known += [codes.SIGNED_CHANNEL] if request.signed_on else []
        request.channel = self.pen.rng.choice([c for c in known if c != request.channel])
        self._correct_record("channel", request.channel)

    def correct_receipt(self) -> None:
        """Correct the day of signing or confirming, between submission and first handling."""
        request = self.request
        last = self.first_handled_on or self.pen.day
        day = self.pen.pick(request.submitted_on, last)
        if request.channel == codes.SIGNED_CHANNEL and day != request.signed_on:
            request.signed_on = day
            self._correct_record("signed_on", day)
        elif request.channel in codes.CONFIRMED_CHANNELS and day != request.confirmed_on:
            request.confirmed_on = day
            self._correct_record("confirmed_on", day)

    def _correct_record(self, field: str, value: object) -> None:
        self.pen.write(
            "correct_record", field=field, value=value, reason="登记有误", approved_by=_HEAD
        )


def live(life: RequestLife, story: Callable[[RequestLife], None]) -> None:
    """Let a story run until it ends or time is up; a wait still unanswered then lapses."""
    with suppress(OutOfTimeError):
        story(life)
    if life.lapses_on is not None:
        life.lapse()
