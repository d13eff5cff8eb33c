"""Entry lines of invented requests, from a seed: six columns, every result so far, any years.

Every person is invented; nothing in the lines was ever anybody's.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from disclosure.outcomes import ApplicantType, Outcome

AGENCY = "bench-agency"
_CHANNELS = ("in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral")
_OUTCOMES = [outcome.value for outcome in Outcome if outcome is not Outcome.FEE_LAPSED]


def entry_lines(requests: int, years: range, seed: int = 1) -> Iterator[str]:
    """Yield the lines of one agency, in the order the requests were received."""
    random_ = random.Random(seed)  # noqa: S311 - data for a benchmark, not a secret
    yield _line({"do": "register_agency", "on": f"{years[0]}-01-01", "name": "（虚构）测试局"})
    days = (date(years[-1], 12, 31) - date(years[0], 1, 1)).days
    for n in range(requests):
        submitted = date(years[0], 1, 1) + timedelta(days=n * days // requests)
        yield from _request(random_, n, submitted)


def _request(random_: random.Random, n: int, submitted: date) -> Iterator[str]:
    case = f"B-{n:06}"
    channel = random_.choice(_CHANNELS)
    received = submitted + timedelta(days=random_.randint(0, 3))
    register: dict[str, Any] = {
        "do": "register",
        "case": case,
        "on": submitted,
        "channel": channel,
        "applicant": {
            "type": random_.choices(list(ApplicantType), (80, 8, 2, 2, 5, 3))[0].value,
            "name": f"（虚构）申请人{n}",
            "id_number": f"00000019{n:010}",
            "phone": f"1300{n:07}",
        },
        "description": f"申请公开第 {n} 号文件及其附件",
    }
    if channel == "registered_mail":
        register["signed_on"] = received
    elif channel in {"ordinary_mail", "online", "fax"}:
        register["confirmed_on"] = received
    else:
        received = submitted
    yield _line(register)
    day = received + timedelta(days=random_.randint(1, 6))
    if random_.random() < 0.15:  # noqa: PLR2004 - about one in seven is unclear
        yield _line({"do": "request_correction", "case": case, "on": day, "points": "请明确文件"})
        if random_.random() < 0.3:  # noqa: PLR2004 - and a third of those never answer
            return
        day += timedelta(days=random_.randint(2, 12))
        yield _line({"do": "receive_correction", "case": case, "on": day, "description": "已明确"})
    if random_.random() < 0.1:  # noqa: PLR2004 - one in ten takes longer
        day += timedelta(days=random_.randint(1, 8))
        yield _line(
            {"do": "extend", "case": case, "on": day, "reason": "案情复杂", "approved_by": "负责人"}
        )
    if random_.random() < 0.03:  # noqa: PLR2004 - a few are taken back
        yield _line({"do": "withdraw", "case": case, "on": day, "reason": "不再需要"})
        return
    day += timedelta(days=random_.randint(1, 18))
    yield _line({"do": "decide", "case": case, "on": day, "outcome": random_.choice(_OUTCOMES)})
    yield _line({"do": "deliver", "case": case, "on": day, "method": "mail", "posted_on": day})


def _line(members: dict[str, Any]) -> str:
    return json.dumps(
        {"agency": AGENCY, **members}, ensure_ascii=False, default=lambda day: day.isoformat()
    )
