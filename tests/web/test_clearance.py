"""Clearance: a decision is drafted, sent, returned or approved by another, and goes out once."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import docx
import httpx
import pytest

from clearance import CLEARABLE, ClearanceRules
from disclosure.flags import Flag
from disclosure.outcomes import Outcome
from disclosure.request_commands import Reclassify
from disclosure.request_events import PeriodExtended
from people import Doer, Role, TrailQuery
from tests.web.case_desks import TODAY, Desk, days_ago, marks
from tests.web.offices import COMMERCE, TOWN, add_person
from tests.web.readers import Reader
from web.pages.request_access import drafts_of

_numbers = count(1)


@pytest.fixture
def reviewer(desk: Desk) -> Iterator[Reader]:
    with Reader(desk.office) as reader:
        reader.sign_in("reviewer")
        yield reader


def drafted(worker: Reader, at: str, **typed: str) -> str:
    """Draft a decision and return the address of the draft."""
    form = marks(worker.get(f"{at}/do/decide").text)
    said = {"outcome": "granted", "grounds": "依申请公开", **typed}
    answer = worker.post(f"{at}/do/decide", **form, **said)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    worker.get(path)
    return path


def worded(worker: Reader, path: str, **typed: str) -> None:
    """Write a draft anew, with all its document must say unless told otherwise."""
    said = {"outcome": "granted", "grounds": "依申请公开", "letter.access": "到本机关领取"}
    worker.get(f"{path}/edit")
    answer = worker.post(f"{path}/edit", **{**said, **typed})
    assert answer.status_code == 303, answer.text


def sent(worker: Reader, at: str, **typed: str) -> str:
    """Draft a decision with its document, send it for review, and return the draft's address."""
    path = drafted(worker, at, **typed)
    worded(worker, path, **typed)
    assert worker.post(f"{path}/submit").status_code == 303
    return path


def test_a_decision_goes_out_only_when_another_has_approved_it(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-1")
    path = sent(worker, at)
    assert desk.types("c-1") == ["request_registered"]
    page = reviewer.get(path).text
    assert "批准并登记" in page
    answer = reviewer.post(f"{path}/approve", **marks(page), remark="同意")
    assert answer.status_code == 303
    assert desk.types("c-1") == ["request_registered", "request_decided"]
    entry = desk.parts.log.read(f"case/{COMMERCE}/c-1")[-1]
    assert entry.actor == "reviewer"
    assert entry.event.on == TODAY
    assert "予以公开" in reviewer.get(at).text
    assert "已登记" in reviewer.get(path).text


def test_who_drafted_and_who_approved_both_stand_in_the_trail(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-2")
    path = sent(worker, at)
    reviewer.post(f"{path}/approve", **marks(reviewer.get(path).text))
    approved, *_ = [
        entry
        for entry in desk.office.people.trail.read(TrailQuery(account="reviewer"))
        if entry.kind == "draft_approved"
    ]
    assert f"case/{COMMERCE}/c-2" in approved.object
    assert "by account/worker" in approved.object


def test_a_draft_shows_its_document_as_it_would_go_out(desk: Desk, worker: Reader) -> None:
    at = desk.register("c-3")
    shown = worker.get(drafted(worker, at, outcome="refused.internal_affairs")).text
    assert "政府信息不予公开答复书" in shown
    assert "行政复议" in shown


def test_a_returned_draft_comes_back_with_remarks_and_is_sent_again(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-4")
    path = sent(worker, at)
    page = marks(reviewer.get(path).text)
    assert reviewer.post(f"{path}/return", **page).status_code == 422
    assert reviewer.post(f"{path}/return", **page, remark="请补充依据").status_code == 303
    assert "请补充依据" in worker.get(path).text
    assert "依申请公开" in worker.get(f"{path}/edit").text
    worded(worker, path, grounds="依据补充如下")
    assert worker.post(f"{path}/submit").status_code == 303
    page = marks(reviewer.get(path).text)
    assert reviewer.post(f"{path}/approve", **page).status_code == 303
    assert "依据补充如下" in worker.get(at).text


def test_nobody_approves_what_they_drafted_and_no_case_worker_approves(
    desk: Desk, worker: Reader
) -> None:
    add_person(desk.office, "both", (Role.CASE_WORKER, COMMERCE), (Role.REVIEWER, COMMERCE))
    at = desk.register("c-5")
    path = sent(worker, at)
    assert worker.post(f"{path}/approve").status_code == 403
    own = desk.register("c-6")
    with Reader(desk.office) as both:
        both.sign_in("both")
        path = sent(both, own)
        page = both.get(path).text
        assert "批准并登记" not in page
        seen = {"revision": "3", "seen": "1"}
        refused = both.post(f"{path}/approve", **seen)
        assert refused.status_code == 422
        assert "起草人不能批准自己起草的事项" in refused.text
    assert desk.types("c-6") == ["request_registered"]


def test_an_approval_by_an_older_state_of_draft_or_case_is_refused(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-7")
    path = sent(worker, at)
    page = marks(reviewer.get(path).text)
    form = marks(worker.get(f"{at}/do/consult_third_party").text)
    worker.post(f"{at}/do/consult_third_party", **form, on=TODAY.isoformat(), party="某公司")
    refused = reviewer.post(f"{path}/approve", **page)
    assert refused.status_code == 409
    assert "向第三方征询意见" in refused.text
    older = {**marks(refused.text), "revision": "1"}
    assert reviewer.post(f"{path}/approve", **older).status_code == 422
    assert "request_decided" not in desk.types("c-7")


def test_what_is_approved_twice_is_recorded_once(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-8")
    path = sent(worker, at)
    page = marks(reviewer.get(path).text)
    assert reviewer.post(f"{path}/approve", **page).status_code == 303
    assert reviewer.post(f"{path}/approve", **page).status_code == 422
    assert desk.types("c-8") == ["request_registered", "request_decided"]


def test_an_extension_is_approved_by_the_head_alone(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-9")
    form = marks(worker.get(f"{at}/do/extend").text)
    answer = worker.post(f"{at}/do/extend", **form, reason="需要核查", working_days="10")
    path = answer.headers["location"]
    worker.get(path)
    worker.post(f"{path}/submit")
    assert reviewer.post(f"{path}/approve", **marks(reviewer.get(path).text)).status_code == 403
    with Reader(desk.office) as head:
        head.sign_in("head")
        page = marks(head.get(path).text)
        assert head.post(f"{path}/approve", **page).status_code == 303
    assert "经head先生同意" in worker.get(at).text


def test_what_the_record_refuses_after_approval_goes_back_to_its_author(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-10")
    path = sent(worker, at, on="2020-01-01")
    refused = reviewer.post(f"{path}/approve", **marks(reviewer.get(path).text))
    assert refused.status_code == 422
    assert "已退回起草人" in refused.text
    assert "未能登记" in worker.get(path).text
    assert worker.post(f"{path}/withdraw").status_code == 303
    assert desk.types("c-10") == ["request_registered"]


def test_what_waits_is_listed_for_who_works_in_the_agency(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-11")
    path = sent(worker, at)
    assert path in reviewer.get("/clearance").text
    assert path in reviewer.get(at).text


def test_a_draft_of_one_agency_is_not_there_under_another(desk: Desk, worker: Reader) -> None:
    from people import Role  # noqa: PLC0415 - one test's
    from tests.web.offices import OPERATOR  # noqa: PLC0415 - one test's

    path = drafted(worker, desk.register("c-12"))
    desk.office.people.grants.grant(OPERATOR, "worker2", Role.CASE_WORKER, TOWN)
    with Reader(desk.office) as other:
        other.sign_in("worker2")
        assert other.get(path.replace(COMMERCE, TOWN)).status_code == 404
        assert other.post(f"{path}/submit").status_code == 422
        assert other.post(f"{path}/withdraw").status_code == 403


def test_an_agency_may_decide_without_approval_but_never_extend_without_the_head(
    desk: Desk, worker: Reader
) -> None:
    rules = f"/agencies/{COMMERCE}/clearance-rules"
    assert worker.get(rules).status_code == 403
    with Reader(desk.office) as head:
        head.sign_in("head")
        assert "答复" in head.get(rules).text
        assert head.post(rules).status_code == 303
        at = desk.register("c-13")
        form = marks(worker.get(f"{at}/do/decide").text)
        said = {"on": TODAY.isoformat(), "outcome": "granted"}
        assert worker.post(f"{at}/do/decide", **form, **said).headers["location"] == at
        extended = worker.post(f"{desk.register('c-14')}/do/extend", reason="核查")
        assert "/clearance/" in extended.headers["location"]
        head.get(rules)
        assert head.post(rules, decide="yes").status_code == 303
    assert desk.types("c-13")[-1] == "request_decided"


def test_what_a_draft_says_is_sealed_and_gone_with_the_requests_key(
    desk: Desk, worker: Reader
) -> None:
    path = drafted(worker, desk.register("c-15"), grounds="涉及李四的个人隐私")
    database = desk.parts.folder.path / "people.db"
    assert "李四" not in database.read_bytes().decode("utf-8", "ignore")
    desk.parts.vault.erase(f"case/{COMMERCE}/c-15")
    assert worker.get(path).status_code == 404


def test_what_a_document_still_lacks_is_added_to_the_draft_and_kept_for_the_document(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-16")
    path = drafted(worker, at)
    assert "尚缺：获取方式" in worker.get(path).text
    worded(worker, path)
    assert "到本机关领取" in worker.get(path).text
    worker.post(f"{path}/submit")
    assert reviewer.post(f"{path}/approve", **marks(reviewer.get(path).text)).status_code == 303
    assert "到本机关领取" in worker.get(f"{at}/documents/reply").text


def approved(worker: Reader, reviewer: Reader, at: str) -> str:
    """Have a decision approved, its document worded, and return where that is made."""
    path = sent(worker, at)
    assert reviewer.post(f"{path}/approve", **marks(reviewer.get(path).text)).status_code == 303
    return f"{at}/documents/reply"


def made(worker: Reader, document: str, **typed: str) -> httpx.Response:
    """Have a document numbered and made."""
    form = marks(worker.get(document).text)
    return worker.post(document, **form, on=TODAY.isoformat(), act="make", **typed)


@pytest.mark.parametrize(
    "changed",
    [
        {"access": "改过的"},
        {"access": ""},
        {"grounds": "另写的理由"},
        {"wording": "reply.rectified"},
        {"contact": "另一个电话"},
        {"responsible_agency": "某局"},
    ],
)
def test_the_words_of_an_approved_reply_are_not_changed_when_it_is_made(
    desk: Desk, worker: Reader, reviewer: Reader, changed: dict[str, str]
) -> None:
    at = desk.register(f"c-fixed-{next(_numbers)}")
    document = approved(worker, reviewer, at)
    refused = made(worker, document, **changed)
    assert refused.status_code == 422
    assert "已经审核批准，须按批准的文字制作" in refused.text
    previewed = worker.post(document, on=TODAY.isoformat(), act="preview", **changed)
    assert "已经审核批准，须按批准的文字制作" in previewed.text
    assert "/documents/files/" not in worker.get(f"{at}/documents").text


def test_an_approved_reply_is_shown_and_made_in_the_words_that_were_approved(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-17")
    document = approved(worker, reviewer, at)
    page = worker.get(document).text
    assert "<dd>到本机关领取</dd>" in page
    for name in ("access", "grounds", "wording", "contact"):
        assert f'name="{name}"' not in page
    # As a form that was opened before the approval sends it: the same words.
    assert made(worker, document, access="到本机关领取").status_code == 303
    listed = worker.get(f"{at}/documents").text
    files = [worker.get(link).content for link in re.findall(r'href="([^"]*/files/[^"]*)"', listed)]
    (word,) = [file for file in files if file.startswith(b"PK")]
    said = "".join(each.text for each in docx.Document(io.BytesIO(word)).paragraphs)
    assert "到本机关领取" in said


def test_what_was_approved_before_its_document_could_be_made_is_completed(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-18")
    path = drafted(worker, at)
    assert worker.post(f"{path}/submit").status_code == 303
    drafts = drafts_of(desk.office)
    # As releases did that let an incomplete document pass.
    drafts.approve(Doer("reviewer"), drafts.get(path.rpartition("/")[2]))
    reviewer.get(path)
    assert reviewer.post(f"{path}/approve").status_code == 303
    document = f"{at}/documents/reply"
    page = worker.get(document).text
    assert 'name="access"' in page
    assert 'name="grounds"' not in page
    assert made(worker, document).status_code == 422
    other_grounds = made(worker, document, access="到本机关领取", grounds="另写的理由")
    assert other_grounds.status_code == 422
    assert made(worker, document, access="到本机关领取").status_code == 303


def test_a_result_that_was_reclassified_is_no_longer_told_in_the_words_approved_before(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-19")
    document = approved(worker, reviewer, at)
    desk.say(
        Reclassify(
            agency=COMMERCE,
            case="c-19",
            on=TODAY,
            by="reviewer",
            outcome=Outcome.INTERNAL_AFFAIRS,
            reason="复核发现属于内部事务信息",
            approved_by="审核人",
        )
    )
    page = worker.get(document).text
    assert 'name="grounds"' in page
    assert "到本机关领取" not in page


def test_an_extension_notice_goes_out_as_its_extension_was_approved(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("c-22")
    form = marks(worker.get(f"{at}/do/extend").text)
    said = {"reason": "需要核查", "working_days": "10"}
    path = worker.post(f"{at}/do/extend", **form, **said).headers["location"]
    worker.get(path)
    worker.post(f"{path}/submit")
    with Reader(desk.office) as head:
        head.sign_in("head")
        assert head.post(f"{path}/approve", **marks(head.get(path).text)).status_code == 303
    document = f"{at}/documents/extension_notice"
    assert made(worker, document, contact="另一个电话").status_code == 422
    assert made(worker, document).status_code == 303


def test_who_approved_answers_for_it_though_another_lets_it_out(desk: Desk, worker: Reader) -> None:
    at = desk.register("c-20")
    path = sent(worker, at)
    drafts = drafts_of(desk.office)
    # As after an approval that the engine was away for.
    drafts.approve(Doer("reviewer"), drafts.get(path.rpartition("/")[2]))
    add_person(desk.office, "reviewer2", (Role.REVIEWER, COMMERCE))
    with Reader(desk.office) as second:
        second.sign_in("reviewer2")
        assert "尚未确认登记" in second.get(path).text
        assert second.post(f"{path}/approve").status_code == 303
    entry = desk.parts.log.read(f"case/{COMMERCE}/c-20")[-1]
    assert (entry.event.type, entry.actor) == ("request_decided", "reviewer")


def test_another_than_the_author_does_not_withdraw_a_draft_and_is_told_why(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    path = sent(worker, desk.register("c-21"))
    reviewer.get(path)
    refused = reviewer.post(f"{path}/withdraw")
    assert refused.status_code == 403
    assert "只有起草人可以撤销草稿" in refused.text


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (("decide", {"outcome": "granted", "letter.access": ""}), "尚缺：获取方式"),
        (
            (
                "decide",
                {"outcome": "granted", "letter.access": " \u3000\n", "already_public": "yes"},
            ),
            "《政府信息已主动公开答复书》尚缺：获取方式",
        ),
        (
            ("decide", {"outcome": "partial", "letter.access": "", "grounds": ""}),
            "《政府信息部分公开答复书》尚缺：获取方式、依据和理由",
        ),
        (("decide", {"outcome": "refused.state_secret", "grounds": ""}), "尚缺：依据和理由"),
        (("decide", {"outcome": "unable.not_held"}), "请选择答复书的文本"),
        (("decide", {"outcome": "not_processed.repeat"}), "尚缺：原答复的文号或者日期"),
        (("charge_fee", {"quantity": "50", "letter.payment": ""}), "尚缺：缴纳方式"),
    ],
)
def test_an_incomplete_document_is_not_approved_and_what_it_lacks_is_named(
    desk: Desk, worker: Reader, reviewer: Reader, draft: tuple[str, dict[str, str]], missing: str
) -> None:
    (verb, typed), case = draft, f"c-lacks-{next(_numbers)}"
    at = desk.register(case)
    with everything_cleared(desk):
        path = charged(worker, at, **typed) if verb == "charge_fee" else drafted(worker, at)
        if verb == "decide":
            worded(worker, path, **typed)
        assert "补写以前不能批准" in worker.get(path).text
        assert worker.post(f"{path}/submit").status_code == 303
        page = reviewer.get(path).text
        assert "批准并登记" not in page
        refused = reviewer.post(f"{path}/approve", **marks(page), remark="同意")
        assert refused.status_code == 422
        assert missing in refused.text
        assert "文书尚不完整，不能批准" in refused.text
        assert desk.types(case) == ["request_registered"]
        assert reviewer.post(f"{path}/return", **marks(page), remark="请补全").status_code == 303


def extended(worker: Reader, at: str, reason: str, days: int) -> str:
    """Draft an extension, send it for review, and return the draft's address."""
    form = marks(worker.get(f"{at}/do/extend").text)
    answer = worker.post(f"{at}/do/extend", **form, reason=reason, working_days=str(days))
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    worker.get(path)
    assert worker.post(f"{path}/submit").status_code == 303
    return path


def cleared_by_head(desk: Desk, path: str) -> str:
    """Have a draft approved by the head, and return the page the head had before them."""
    with Reader(desk.office) as head:
        head.sign_in("head")
        page = head.get(path).text
        assert head.post(f"{path}/approve", **marks(page)).status_code == 303
    return page


def test_a_late_extension_is_approved_with_its_flag_and_without_a_letter(
    desk: Desk, worker: Reader
) -> None:
    path = extended(worker, desk.register("c-26", submitted=days_ago(90)), "需要核查", 10)
    late = f"{Flag.EXTENSION_LATE.words}（{Flag.EXTENSION_LATE.article}）"
    written = worker.get(path).text
    for page in (written, cleared_by_head(desk, path)):
        assert f"批准登记后，将标记为：{late}" in page
        assert "不产生延长期限的效力，不制作延期答复告知书" in page
        assert "经本机关政府信息公开工作机构负责人同意" not in page
    (recorded,) = extensions(desk, "c-26")
    assert (recorded.flags, recorded.effective) == ((Flag.EXTENSION_LATE,), False)


def test_a_second_extension_has_no_letter_and_not_the_words_of_the_first(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("c-27")
    first = extended(worker, at, "需要核查", 20)
    assert "延长答复期限20个工作日" in cleared_by_head(desk, first)
    page = cleared_by_head(desk, extended(worker, at, "量大", 10))
    assert f"批准登记后，将标记为：{Flag.EXTENSION_REPEATED.words}" in page
    assert "延长答复期限20个工作日" not in page
    assert "不制作延期答复告知书" in page
    assert [each.effective for each in extensions(desk, "c-27")] == [True, False]
    assert "延长答复期限20个工作日" in worker.get(first).text, "as it was approved"
    assert "将标记为" not in worker.get(first).text
    notice = f"{at}/documents/extension_notice"
    assert made(worker, notice, contact="另一个电话").status_code == 422
    assert made(worker, notice).status_code == 303


def test_a_lapse_without_a_notice_on_record_is_approved_with_its_flag(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    path = sent(worker, desk.register("c-28"), outcome="other.correction_lapsed", grounds="逾期")
    flag = Flag.LAPSE_WITHOUT_NOTICE
    page = reviewer.get(path).text
    for shown in (page, worker.get(path).text):
        assert f"批准登记后，将标记为：{flag.words}（{flag.article}）" in shown
    assert reviewer.post(f"{path}/approve", **marks(page)).status_code == 303
    assert desk.parts.log.read(f"case/{COMMERCE}/c-28")[-1].event.flags == (flag,)


def test_a_result_put_right_in_the_open_shows_its_flags_before_it_is_approved(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-29")
    approved(worker, reviewer, at)
    form = marks(worker.get(f"{at}/do/reclassify").text)
    said = {"outcome": "other.correction_lapsed", "reason": "申请人逾期不补正"}
    answer = worker.post(f"{at}/do/reclassify", **form, **said)
    page = worker.get(answer.headers["location"]).text
    assert f"批准登记后，将标记为：{Flag.LAPSE_WITHOUT_NOTICE.words}" in page


def test_a_notice_of_a_fee_of_nothing_is_flagged_and_has_no_letter(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    at = desk.register("c-30")
    with everything_cleared(desk):
        path = charged(worker, at, quantity="30")
        assert worker.post(f"{path}/submit").status_code == 303
        page = reviewer.get(path).text
        assert f"批准登记后，将标记为：{Flag.FEE_NOTICE_FREE.words}" in page
        assert "不需要收取信息处理费，不能发出收费通知" in page
        assert reviewer.post(f"{path}/approve", **marks(page)).status_code == 303
    assert desk.types("c-30")[-1] == "fee_charged"


def extensions(desk: Desk, case: str) -> list[PeriodExtended]:
    """Return the extensions a case has on record."""
    entries = desk.parts.log.read(f"case/{COMMERCE}/{case}")
    return [each.event for each in entries if isinstance(each.event, PeriodExtended)]


def test_what_may_be_open_at_the_approval_is_told_and_does_not_hold_it_up(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    path = drafted(worker, desk.register("c-23"), outcome="unable.not_held")
    wording = "reply.unable.not_held.other_agency"
    worded(worker, path, outcome="unable.not_held", **{"letter.wording": wording})
    worker.post(f"{path}/submit")
    page = reviewer.get(path).text
    assert "（制发时编号）" in page
    for name, why in (
        ("文号", "批准登记时连续编号"),
        ("成文日期", "以批准之日为准"),
        ("复议机关", "行政复议法实施条例第十七条"),
        ("管辖法院", "有管辖权的人民法院"),
        ("负责公开的机关", "条例第三十六条第五项"),
    ):
        assert re.search(f"<dt>{name}</dt><dd>[^<]*{why}", page), name
    assert reviewer.post(f"{path}/approve", **marks(page)).status_code == 303


def test_what_is_written_is_no_longer_told_as_open(desk: Desk, worker: Reader) -> None:
    at = desk.register("c-24")
    path = drafted(worker, at, on=TODAY.isoformat(), document_number="保商公开〔2020〕7号")
    worded(worker, path, on=TODAY.isoformat(), document_number="保商公开〔2020〕7号")
    page = worker.get(path).text
    assert "<dt>文号</dt>" not in page
    assert '<p class="number">保商公开〔2020〕7号</p>' in page
    assert "<dt>成文日期</dt>" not in page


def test_a_fee_by_items_is_shown_as_it_will_be_counted(desk: Desk, worker: Reader) -> None:
    at = desk.register("c-25")
    with everything_cleared(desk):
        path = charged(worker, at, mode="items", quantity="500")
        page = worker.get(path).text
    assert "按件收取信息处理费" in page
    assert "<dt>文号</dt><dd>制发时连续编号</dd>" in page


@contextmanager
def everything_cleared(desk: Desk) -> Iterator[None]:
    """Let the agency want every verb approved, while the block runs."""
    rules = ClearanceRules(desk.office.people.engine)
    before = rules.of(COMMERCE)
    rules.set(Doer("head"), COMMERCE, CLEARABLE)
    yield
    rules.set(Doer("head"), COMMERCE, before)


def charged(worker: Reader, at: str, **typed: str) -> str:
    """Draft a fee notice and return the address of the draft."""
    form = marks(worker.get(f"{at}/do/charge_fee").text)
    said = {"mode": "pages", "notice_received_on": TODAY.isoformat(), **typed}
    answer = worker.post(f"{at}/do/charge_fee", **form, **said)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    worker.get(f"{path}/edit")
    said.setdefault("letter.payment", "到银行网点缴纳")
    assert worker.post(f"{path}/edit", **said).status_code == 303
    return path
