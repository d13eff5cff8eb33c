"""What happens to an open request on the way to its answer, none of which is a result."""

from tests.agency_years import periods
from tests.agency_years.request_life import RequestLife

_OPINIONS = ("agree", "partly", "object")


def extend(life: RequestLife) -> None:
    """Extend the period (Art. 33); now and then too late, or a second time."""
    pen = life.pen
    for _ in range(2 if pen.chance(0.25) else 1):
        pen.pass_days(2, 40 if pen.chance(0.2) else 18)
        days = pen.rng.randint(1, 20) if pen.chance(0.6) else None
        life.write("extend", reason="检索量较大", approved_by="机构负责人", working_days=days)


def consult_third_parties(life: RequestLife) -> None:
    """Consult one or two third parties (Art. 32): each answers in time, late or never."""
    pen = life.pen
    pen.pass_days(1, 8)
    parties = [f"{pen.case}第三方{n}" for n in range(1, pen.rng.randint(2, 3))]
    unknown = [party for party in parties if not _sent_with_receipt(life, party)]
    for party in unknown:
        if pen.chance(0.6):
            pen.pass_days(1, 6)
            life.write("party_received", party=party)
    for party in parties:
        if pen.chance(0.7):
            _third_party_replies(life, party)


def _sent_with_receipt(life: RequestLife, party: str) -> bool:
    """Send the letter, and tell whether the day the party got it is known at once."""
    if not life.pen.chance(0.5):
        life.write("consult_third_party", party=party)
        return False
    received = life.pen.later(4)
    life.write("consult_third_party", party=party, received_on=received)
    life.pen.day = received
    return True


def _third_party_replies(life: RequestLife, party: str) -> None:
    """Take in the opinion; an objection may be overridden, which the party is told."""
    pen = life.pen
    pen.pass_days(1, 32 if pen.chance(0.2) else 12)
    opinion = pen.rng.choice(_OPINIONS)
    life.write("third_party_reply", party=party, opinion=opinion, reason="涉及经营信息")
    if opinion == "object" and pen.chance(0.5):
        pen.pass_days(0, 3)
        life.write("notify_third_party", party=party, content="决定公开的内容及理由")


def consult_agencies(life: RequestLife) -> None:
    """Ask the agencies that made the information too (Art. 34); silence is consent."""
    pen = life.pen
    pen.pass_days(1, 8)
    parties = [f"{pen.case}共同制作机关{n}" for n in range(1, pen.rng.randint(2, 3))]
    for party in parties:
        received = pen.later(3) if pen.chance(0.6) else None
        life.write("consult_agency", party=party, received_on=received)
        pen.day = received or pen.day
    for party in parties:
        if pen.chance(0.6):
            pen.pass_days(1, 24)
            life.write("agency_reply", party=party, opinion=pen.rng.choice(_OPINIONS))


def demand_reasons(life: RequestLife) -> None:
    """Demand reasons for an excessive number of requests (Art. 35); nothing lapses by silence."""
    pen = life.pen
    pen.pass_days(1, 10)
    due = periods.working_day_after(pen.day, pen.rng.randint(5, 15))
    life.write("demand_reasons", facts="同一申请人短期内申请数量较多", due_on=due)
    life.unreasoned = True
    if pen.chance(0.7):
        pen.pass_days(1, 20)
        accepted = pen.chance(0.5)
        delayed = accepted and pen.chance(0.5)
        until = periods.working_day_after(pen.day, pen.rng.randint(21, 60)) if delayed else None
        life.write("receive_reasons", accepted=accepted, delay_until=until)
        life.unreasoned = not accepted


def mend_record(life: RequestLife) -> None:
    """Correct a particular of the record: the applicant's type, the channel or the receipt."""
    life.pen.pass_days(1, 3)
    what = life.pen.rng.random()
    if what < 0.35:
        life.correct_type()
    elif what < 0.8:
        life.correct_receipt()
    else:
        life.correct_channel()
