"""`gongkai deadline` and `gongkai fee`: the law's arithmetic as anyone may ask for it.

Most are asked in this process, for speed; the installed program is asked once each.
"""

import shlex
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cli.main import run
from tests.cli.stranger import Finished, Gongkai

Ask = Callable[[str], Finished]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give the command line without the process: what it printed, and its exit code."""

    def ask(line: str) -> Finished:
        monkeypatch.setattr(sys, "argv", ["gongkai", *shlex.split(line)])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        code = ended.value.code
        return Finished(code if isinstance(code, int) else 0, printed.out, printed.err)

    return ask


def answer(ask: Ask, line: str) -> Any:
    finished = ask(f"{line} --format json")
    assert finished.code == 0, finished.err
    assert finished.err == ""
    return finished.document


# ── deadline ────────────────────────────────────────────────────────────────────────────────────

WORKED = pytest.mark.parametrize(
    ("received", "twentieth", "fortieth"),
    [
        ("2025-09-17", "2025-10-21", "2025-11-18"),
        ("2025-12-31", "2026-01-29", "2026-03-04"),
        ("2026-02-14", "2026-03-20", "2026-04-20"),
        ("2026-02-20", "2026-03-20", "2026-04-20"),
    ],
)


@WORKED
def test_due_dates_are_those_worked_out_by_hand(
    ask: Ask, received: str, twentieth: str, fortieth: str
) -> None:
    for events, due_on in (("", twentieth), ("--event extended:20", fortieth)):
        document = answer(ask, f"deadline --received {received} {events}")
        assert document["received_on"] == received
        assert (document["due_on"], document["provisional"]) == (due_on, False)
        counted = [day["date"] for day in document["ledger"] if day["counted"]]
        assert len(counted) == (40 if events else 20)
        assert document["ledger"][0]["date"] == received
        assert document["ledger"][-1]["date"] == counted[-1] == due_on


@WORKED
def test_a_corrected_text_or_a_payment_on_that_day_starts_the_same_period(
    ask: Ask, received: str, twentieth: str, fortieth: str
) -> None:
    for event in ("corrected", "paid"):
        line = f"deadline --received 2025-09-15 --event {event}:{received}"
        assert answer(ask, line)["due_on"] == twentieth
        assert answer(ask, f"{line} --event extended:20")["due_on"] == fortieth


@pytest.mark.parametrize(
    ("events", "due_on"),
    [
        ("corrected:2025-10-09", "2025-11-05"),
        ("consulted:2025-09-22:2025-09-28", "2025-10-28"),
        ("extended:10", "2025-11-04"),
        ("paid:2025-10-15", "2025-11-12"),
        ("consulted:2025-09-22:2025-09-28 consulted:2025-09-24:2025-09-30", "2025-10-30"),
        ("consulted:2025-09-22:2025-10-10 consulted:2025-09-24:2025-09-26", "2025-11-03"),
        ("consulted:2025-09-22:2025-12-31", "2025-11-11"),  # 15 working days and no more
        ("consulted:2025-09-22:2025-09-28 extended:10", "2025-11-11"),
        ("corrected:2025-09-22 consulted:2025-09-24:2025-09-30 extended:10", "2025-11-14"),
        (
            "corrected:2025-09-22 extended:10 paid:2025-10-15 consulted:2025-10-20:2025-10-24",
            "2025-12-02",
        ),
    ],
)
def test_events_move_the_due_date_in_whatever_order_they_are_given(
    ask: Ask, events: str, due_on: str
) -> None:
    given = events.split()
    for order in (given, given[::-1]):
        options = " ".join(f"--event {event}" for event in order)
        assert answer(ask, f"deadline --received 2025-09-17 {options}")["due_on"] == due_on


def test_the_ledger_says_of_each_day_why_it_counts_or_does_not(ask: Ask) -> None:
    line = "deadline --received 2025-09-17 --event consulted:2025-09-22:2025-09-24"
    document = answer(ask, line)
    ledger = {day.pop("date"): day for day in document["ledger"]}
    assert ledger["2025-09-17"] == {"counted": False, "reason": "收到申请，当日不计"}
    assert ledger["2025-09-20"] == {"counted": False, "reason": "星期六，休息日"}
    assert ledger["2025-09-23"] == {"counted": False, "reason": "征询意见，期间不计入"}
    worked = "国庆节、中秋节调休上班（国办发明电〔2024〕12号）"
    assert ledger["2025-09-28"] == {"counted": True, "reason": worked}
    holiday = "国庆节、中秋节放假（国办发明电〔2024〕12号）"
    assert ledger["2025-10-01"] == {"counted": False, "reason": holiday}


def test_for_people_the_days_are_a_table_and_the_due_date_the_last_line(ask: Ask) -> None:
    lines = ask("deadline --received 2025-09-17").out.strip().splitlines()
    assert lines[-1] == "答复期限至 2025年10月21日"
    rows = [line.split() for line in lines if line.strip().startswith("2025-")]
    assert len(rows) == 35
    assert rows[1] == ["2025-09-18", "1", "星期四，工作日"]
    assert rows[3] == ["2025-09-20", "星期六，休息日"]
    assert rows[-1] == ["2025-10-21", "20", "星期二，工作日"]


def test_a_due_date_beyond_the_published_calendar_is_said_to_be_provisional(ask: Ask) -> None:
    line = "deadline --received 2090-03-01"
    assert answer(ask, line)["provisional"] is True
    assert "暂定" in ask(line).out.strip().splitlines()[-1]


@pytest.mark.parametrize(
    "events",
    [
        "corrected:2025-09-16",
        "paid:2025-09-16",
        "consulted:2025-09-16:2025-09-20",
        "consulted:2025-09-22:2025-09-21",
        "extended:0",
        "extended:21",
        "extended:5 --event extended:5",
        "corrected:9999-12-31",
    ],
)
def test_what_cannot_have_happened_or_the_law_does_not_know_exits_1_with_its_reason(
    ask: Ask, events: str
) -> None:
    finished = ask(f"deadline --received 2025-09-17 --event {events} --format json")
    assert (finished.code, finished.out) == (1, "")
    assert "--event" in finished.err


@pytest.mark.parametrize("received", ["1999-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_outside_the_century_is_refused_as_the_interface_refuses_it(
    ask: Ask, received: str
) -> None:
    finished = ask(f"deadline --received {received}")
    assert (finished.code, finished.out) == (1, "")
    assert "字段 --received：日期须在 2000—2100 年之间" in finished.err


@pytest.mark.parametrize(
    "line",
    [
        "deadline",
        "deadline --received 昨天",
        "deadline --received 2025-02-30",
        "deadline --received 17.9.2025",
        "deadline --received ''",
        "deadline --received 2025-09-17 --event corrected",
        "deadline --received 2025-09-17 --event corrected:soon",
        "deadline --received 2025-09-17 --event consulted:2025-09-22",
        "deadline --received 2025-09-17 --event extended:many",
        "deadline --received 2025-09-17 --event extended:-5",
        "deadline --received 2025-09-17 --event withdrawn:2025-09-22",
        "deadline --received 2025-09-17 --format xml",
        "fee",
        "fee --pages 10 --items 10",
        "fee --pages 0",
        "fee --items -1",
        "fee --pages many",
        "fee --pages 1.5",
    ],
)
def test_wrong_usage_exits_2_and_prints_no_answer(ask: Ask, line: str) -> None:
    finished = ask(line)
    assert (finished.code, finished.out) == (2, "")
    assert finished.err
    assert "Traceback" not in finished.err


# ── fee ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nth", "price", "month"),
    [
        (10, 0, 0),
        (11, 100, 100),
        (30, 100, 2000),
        (31, 200, 2200),
        (40, 200, 4000),
        (41, 300, 4300),
        (60, 400, 11000),
    ],
)
def test_items_cost_what_the_month_has_come_to_and_the_last_one_what_its_place_costs(
    ask: Ask, nth: int, price: int, month: int
) -> None:
    document = answer(ask, f"fee --items {nth}")
    assert document["amount_yuan"] == str(month)
    last = document["steps"][-1]
    assert (last["to"], last["each_yuan"]) == (nth, str(price))
    said = ask(f"fee --items {nth}").out.splitlines()
    assert said[-2:] == [f"合计 {month} 元", f"其中第 {nth} 件 {price} 元"]


@pytest.mark.parametrize(
    ("pages", "amount"),
    [(30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (500, 14700)],
)
def test_pages_cost_what_lies_in_each_band(ask: Ask, pages: int, amount: int) -> None:
    document = answer(ask, f"fee --pages {pages}")
    assert document["amount_yuan"] == str(amount)
    assert document["steps"][-1]["to"] == pages
    assert sum(Decimal(step["amount_yuan"]) for step in document["steps"]) == amount
    assert ask(f"fee --pages {pages}").out.splitlines()[-1] == f"合计 {amount} 元"


def test_the_steps_of_a_fee_name_band_price_and_amount(ask: Ask) -> None:
    assert answer(ask, "fee --pages 101")["steps"] == [
        {"from": 1, "to": 30, "each_yuan": "0", "amount_yuan": "0"},
        {"from": 31, "to": 100, "each_yuan": "10", "amount_yuan": "700"},
        {"from": 101, "to": 101, "each_yuan": "20", "amount_yuan": "20"},
    ]
    assert "第 31—100 页：70 × 10 = 700 元" in ask("fee --pages 101").out


def test_a_quantity_nobody_can_mean_exits_1_with_its_reason(ask: Ask) -> None:
    for option in ("--pages", "--items"):
        finished = ask(f"fee {option} 1000000000")
        assert (finished.code, finished.out) == (1, "")
        assert finished.err.startswith(f"字段 {option}：")
        assert "须不小于 1、不大于 1000000" in finished.err


# ── the installed program ───────────────────────────────────────────────────────────────────────


def test_the_installed_program_answers_without_a_data_folder(gongkai: Gongkai) -> None:
    due = gongkai.asked("deadline", "--received", "2025-09-17", "--event", "extended:20")
    assert due["due_on"] == "2025-11-18"
    assert gongkai.asked("fee", "--pages", "500")["amount_yuan"] == "14700"
    refused = gongkai("deadline", "--received", "2025-09-17", "--event", "extended:21")
    assert (refused.code, refused.out) == (1, "")
    assert gongkai("fee").code == 2
    assert not gongkai.data.exists()
