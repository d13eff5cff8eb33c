"""Which requests are the earlier items of an applicant's month, on each real database.

Per applicant, calendar month of receipt and agency; refusals count, withdrawn requests do not
(国办函〔2020〕109号 Art. 4).
"""

import pytest
import sqlalchemy as sa

from activities.item_counts import ItemCounts
from disclosure.addresses import case_stream
from disclosure.fees import item_fee
from disclosure.outcomes import RESULT_ROWS
from disclosure.request_commands import RequestCommand
from eventstore import Projector
from records import RecordLog
from tests.disclosure.facts import (
    AGENCY,
    ask_correction,
    charge,
    charge_items,
    confirm,
    correct_record,
    decide_on,
    expire,
    register,
    reopen,
    withdraw,
)
from tests.disclosure.specification import given
from tests.projections.writing import write_all

JIA = {"type": "natural_person", "name": "（虚构）甲", "id_number": "000000000000000001"}
YI = {"type": "natural_person", "name": "（虚构）乙", "id_number": "000000000000000002"}
NAMELESS = {"type": "natural_person"}


class Office:
    """Agencies' logs in one database, and the count a fee by items starts from."""

    def __init__(self, log: RecordLog, counts: ItemCounts) -> None:
        self._log, self._counts = log, counts
        self._cases = 0

    def enters(self, *life: RequestCommand, agency: str = AGENCY) -> str:
        """Write down a new request and all that happened to it; return its stream."""
        self._cases += 1
        stream = case_stream(agency, f"2025-{self._cases:03}")
        write_all(self._log, [(stream, given(*life).events)])
        return stream

    def before(self, stream: str) -> int:
        return self._counts.items_before(stream)


@pytest.fixture
def office(record_log: RecordLog, log_engine: sa.Engine, projector: Projector) -> Office:
    return Office(record_log, ItemCounts(log_engine, projector))


def by_jia(on: str, channel: str = "in_person", **fields: str) -> RequestCommand:
    return register(on, channel, applicant=JIA, **fields)


def test_the_nth_request_of_a_month_has_all_earlier_ones_before_it_and_costs_what_that_makes(
    office: Office,
) -> None:
    streams = [office.enters(by_jia(f"2025-03-{day:02}")) for day in range(1, 32)]
    counted = [office.before(stream) for stream in streams]
    assert counted == list(range(31))
    costs = [item_fee(1, before).amount for before in counted]
    assert (costs[9], costs[10], costs[29], costs[30]) == (0, 100, 100, 200)
    assert sum(costs) == 2200


def test_before_means_received_earlier_or_the_same_day_and_entered_earlier(office: Office) -> None:
    third = office.enters(by_jia("2025-03-05"))
    fourth = office.enters(by_jia("2025-03-05"))
    first = office.enters(by_jia("2025-03-03"))
    second = office.enters(by_jia("2025-03-04"))
    assert [office.before(each) for each in (first, second, third, fourth)] == [0, 1, 2, 3]


def test_refusals_and_lapses_count(office: Office) -> None:
    results = [result for result in RESULT_ROWS if result != "other.other"]
    for result in results:
        office.enters(by_jia("2025-03-03"), decide_on("2025-03-28", result))
    office.enters(
        by_jia("2025-03-03"),
        ask_correction("2025-03-05", due_on="2025-03-14"),
        expire("correction", "2025-03-20"),
    )
    office.enters(by_jia("2025-03-03"), charge("2025-03-05", 31), expire("fee", "2025-04-03"))
    assert office.before(office.enters(by_jia("2025-03-31"))) == len(results) + 2 == 22


def test_withdrawn_requests_do_not_count_unless_they_are_opened_again(office: Office) -> None:
    office.enters(by_jia("2025-03-03"), withdraw("2025-03-04"))
    assert office.before(office.enters(by_jia("2025-03-05"))) == 0
    office.enters(by_jia("2025-03-06"), withdraw("2025-03-07"), reopen("2025-03-10"))
    assert office.before(office.enters(by_jia("2025-03-11"))) == 2


def test_another_month_another_agency_another_applicant_do_not_count(office: Office) -> None:
    office.enters(by_jia("2025-02-28"))
    office.enters(by_jia("2025-04-01"))
    office.enters(by_jia("2024-03-10"))
    office.enters(by_jia("2025-03-10", agency="jiaoyu"), agency="jiaoyu")
    office.enters(register("2025-03-10", applicant=YI))
    office.enters(register("2025-03-10", applicant=JIA | {"id_number": YI["id_number"]}))
    assert office.before(office.enters(by_jia("2025-03-31"))) == 0


def test_the_same_number_is_the_same_applicant_whatever_name_and_kind_were_written(
    office: Office,
) -> None:
    office.enters(register("2025-03-03", applicant=JIA | {"name": "（虚构）甲某"}))
    office.enters(register("2025-03-04", applicant=JIA | {"type": "other_org"}))
    assert office.before(office.enters(by_jia("2025-03-05"))) == 2


def test_where_nothing_identifies_an_applicant_nothing_is_counted_together(office: Office) -> None:
    for _ in range(2):
        office.enters(register("2025-03-03", applicant=NAMELESS))
    assert office.before(office.enters(register("2025-03-04", applicant=NAMELESS))) == 0


def test_the_month_is_that_of_receipt_not_of_submission(office: Office) -> None:
    office.enters(by_jia("2025-02-27", "online", confirmed_on="2025-03-03"))
    office.enters(by_jia("2025-02-27", "fax"), confirm("2025-03-03"))
    office.enters(by_jia("2025-02-25", "registered_mail", signed_on="2025-03-03"))
    office.enters(by_jia("2025-03-03", "online"))
    assert office.before(office.enters(by_jia("2025-03-04"))) == 3
    unconfirmed = office.enters(by_jia("2025-03-05", "online"))
    assert office.before(unconfirmed) == 0


def test_a_received_date_put_right_moves_the_item_to_its_month(office: Office) -> None:
    into = correct_record("2025-03-10", "confirmed_on", "2025-03-03")
    office.enters(by_jia("2025-02-27", "online", confirmed_on="2025-02-28"), into)
    out_of = correct_record("2025-03-10", "on", "2025-02-28")
    moved = office.enters(by_jia("2025-03-03"), out_of)
    assert office.before(office.enters(by_jia("2025-03-11"))) == 1
    assert office.before(moved) == 0


def test_an_applicant_put_right_moves_the_item_to_that_applicants_month(office: Office) -> None:
    number = correct_record("2025-03-10", "applicant.id_number", YI["id_number"])
    office.enters(by_jia("2025-03-03"), number)
    assert office.before(office.enters(by_jia("2025-03-11"))) == 0
    assert office.before(office.enters(register("2025-03-11", applicant=YI))) == 1


def test_a_request_counts_for_as_many_items_as_it_was_charged_for(office: Office) -> None:
    charged = office.enters(by_jia("2025-03-03"), charge_items("2025-03-05", before=0, items=3))
    office.enters(by_jia("2025-03-04"), charge("2025-03-05", 300))
    assert office.before(office.enters(by_jia("2025-03-06"))) == 3 + 1
    assert office.before(charged) == 0
