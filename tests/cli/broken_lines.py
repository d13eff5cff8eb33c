"""Lines that must not be recorded, each wrong in one way, and what is to be said of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.cli.entries import AGENCY, NAME, Line, agency, days_ago, decide, fact, register

_IN_PROGRESS = [f"办理中-{number}" for number in range(20)]
_DECIDED = [f"已办结-{number}" for number in range(5)]
_ASKED, _UNRECEIVED = "待补正-1", "未收到-1"

STANDING = [
    agency(),
    {"do": "opening_documents", "agency": AGENCY, "on": days_ago(5), "kind": "regulations"}
    | {"in_force": 3},
    *(register(case) for case in (*_IN_PROGRESS, _ASKED, *_DECIDED)),
    fact("request_correction", _ASKED, days_ago(7), points="请明确", due_on=days_ago(-30)),
    *(decide(case) for case in _DECIDED),
    register(_UNRECEIVED, channel="online"),
]
"""What is on record before the broken lines come. A broken line holds back the rest of its case,
so each that is read and cannot be true has a standing case for itself."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken line, the field at fault and words of the reason."""

    name: str
    text: str
    field: str
    reason: str


def broken_lines() -> Iterator[Broken]:
    """Give every broken line."""
    yield from _not_an_entry()
    yield from _wrong_fields()
    yield from _wrong_values()
    yield from _impossible_facts()
    yield from _agency_facts()


def _line(name: str, line: Line, field: str, reason: str) -> Broken:
    return Broken(name, json.dumps(line, ensure_ascii=False), field, reason)


def _without(line: Line, field: str) -> Line:
    return {name: value for name, value in line.items() if name != field}


def _applicant(**fields: Any) -> Line:
    return {"type": "natural_person", "name": NAME} | fields


def _not_an_entry() -> Iterator[Broken]:
    sound = json.dumps(register("新-1"), ensure_ascii=False)
    yield Broken("not JSON", f"{NAME} 今日来访", "", "不是有效的 JSON")
    yield Broken("cut off", sound[:-5], "", "不是有效的 JSON")
    yield Broken("two objects", sound + sound, "", "不是有效的 JSON")
    yield Broken("array", f"[{sound}]", "", "一行须为一个 JSON 对象")
    yield Broken("text", f'"{NAME}"', "", "一行须为一个 JSON 对象")
    yield Broken("null", "null", "", "一行须为一个 JSON 对象")
    yield Broken("empty object", "{}", "do", "缺少动作")
    yield Broken("NaN", sound[:-1] + ', "working_days": NaN}', "", "NaN")
    yield Broken("Infinity", sound[:-1] + ', "working_days": -Infinity}', "", "NaN")
    yield Broken("deep nesting", '{"do":' * 50_000 + "1" + "}" * 50_000, "", "嵌套过深")
    yield Broken("deep array", sound[:-1] + ', "note": ' + "[" * 50_000, "", "嵌套过深")
    yield Broken("long number", sound[:-1] + ', "note": ' + "7" * 5_000 + "}", "", "数字过长")
    yield Broken("field twice", sound[:-1] + ', "by": "甲", "by": "乙"}', "by", "出现两次")
    yield Broken(
        "nested field twice",
        sound.replace('"name"', '"phone": "1", "phone": "2", "name"'),
        "phone",
        "出现两次",
    )
    yield Broken(
        "a name as a field twice", sound[:-1] + f', "{NAME}": 1, "{NAME}": 2}}', "", "出现两次"
    )
    yield Broken("null character", sound[:-1] + ', "note": "甲\\u0000"}', "", "U+0000")
    yield Broken("raw null character", sound.replace("申请公开", "申请\0公开"), "", "U+0000")
    yield Broken("raw control character", sound.replace("申请公开", "申请\t公开"), "", "不是有效的")
    yield Broken("lone surrogate", sound[:-1] + ', "note": "\\ud800"}', "", "无效的转义或字符")
    yield Broken("surrogate in case", sound.replace("新-1", "新\\udc00"), "", "无效的转义或字符")


def _wrong_fields() -> Iterator[Broken]:
    new = register("新-2")
    yield _line("missing verb", _without(new, "do"), "do", "缺少动作")
    yield _line("unknown verb", new | {"do": "approve"}, "do", "不认识的动作“approve”")
    yield _line("verb in Chinese", new | {"do": f"{NAME}登记"}, "do", "不认识的动作")
    yield _line("number as a verb", new | {"do": "13900000001"}, "do", "不认识的动作")
    yield _line("verb is a number", new | {"do": 1}, "do", "不认识的动作")
    yield _line("a timer's verb", fact("expire", _IN_PROGRESS[0], what="due"), "do", "不认识的动作")
    yield _line("unknown field", new | {"priority": NAME}, "priority", "不认识的字段")
    yield _line(
        "nested unknown field",
        new | {"applicant": _applicant(age=NAME)},
        "applicant.age",
        "不认识的字段",
    )
    yield _line("a name as a field", new | {NAME: 1}, "", "不认识的字段")
    for field in ("agency", "case", "on", "channel", "applicant", "description"):
        yield _line(f"without {field}", _without(new, field), field, "缺少该字段")
    yield _line(
        "applicant without type", new | {"applicant": {"name": NAME}}, "applicant.type", "缺少"
    )


def _wrong_values() -> Iterator[Broken]:
    new = register("新-3")
    days = fact("request_correction", _IN_PROGRESS[0], points=NAME)
    money = {"do": "record_fee_income", "agency": AGENCY, "on": days_ago(5)}
    yield _line("number for text", new | {"description": 5}, "description", "须为文字")
    yield _line("null for text", new | {"description": None}, "description", "须为文字")
    yield _line("text for an object", new | {"applicant": NAME}, "applicant", "须为 JSON 对象")
    yield _line("float for int", days | {"working_days": 5.0}, "working_days", "须为整数")
    yield _line("fraction for int", days | {"working_days": 5.5}, "working_days", "须为整数")
    yield _line("text for int", days | {"working_days": "5"}, "working_days", "须为整数")
    yield _line("bool for int", days | {"working_days": True}, "working_days", "须为整数")
    yield _line(
        "text for bool",
        decide(_IN_PROGRESS[0], already_public="true"),
        "already_public",
        "须为 true 或 false",
    )
    yield _line("number for money", money | {"amount_yuan": 100}, "amount_yuan", "数字符串")
    yield _line("float for money", money | {"amount_yuan": 1.5}, "amount_yuan", "数字符串")
    yield _line("words for money", money | {"amount_yuan": NAME}, "amount_yuan", "数字符串")
    yield _line("NaN for money", money | {"amount_yuan": "NaN"}, "amount_yuan", "数字符串")
    yield _line("negative money", money | {"amount_yuan": "-1"}, "amount_yuan", "不小于 0")
    for text in (
        "1e5",
        "1e999999",
        "1e-999999",
        "１２",
        " 12",
        "1_000",
        "+1",
        "1.",
        ".5",
        "9" * 16,
    ):
        yield _line(f"money {text!r}", money | {"amount_yuan": text}, "amount_yuan", "数字符串")
    yield _line("three decimals", money | {"amount_yuan": "1.005"}, "amount_yuan", "至多到分")
    for value in ("2024/05/20", "昨天", "20240520", "", "2024-5-2", "2024-02-30", "2023-02-29"):
        yield _line(f"date {value!r}", new | {"on": value}, "on", "须为日期")
    yield _line("date with time", new | {"on": "2024-05-20T10:00:00"}, "on", "须为日期")
    yield _line("date with midnight", new | {"on": "2024-05-20T00:00:00"}, "on", "须为日期")
    yield _line("date as a number", new | {"on": 1716163200}, "on", "须为日期")
    for value in (
        "1716163200",
        "1738368000000",
        "-1",
        "9999-12-31",
        "0001-01-01",
        "１９９９-01-01",
    ):
        yield _line(f"date {value!r}", new | {"on": value}, "on", "须为日期")
    for field in ("signed_on", "confirmed_on"):
        moment = new | {field: "2024-05-20T00:00:00"}
        yield _line(f"moment in {field}", moment, field, "须为日期")
    corrects = fact("correct_record", _IN_PROGRESS[0], reason=NAME, approved_by="负责人")
    corrects |= {"field": "signed_on", "value": "20240520"}
    yield _line("corrected to no date", corrects, "value", "须为日期")
    yield _line("date in the future", register("新-9", days_ago(-1)), "on", "晚于今天")
    yield _line(
        "signed in future", register("新-5", signed_on=days_ago(-1)), "signed_on", "晚于今天"
    )
    yield _line("unknown channel", new | {"channel": "pigeon"}, "channel", "online")
    yield _line(
        "unknown applicant type",
        new | {"applicant": _applicant(type="robot")},
        "applicant.type",
        "natural_person",
    )
    yield _line("unknown outcome", decide(_IN_PROGRESS[0], outcome="refused"), "outcome", "granted")
    yield _line(
        "unknown method", fact("deliver", _IN_PROGRESS[0], method="drone"), "method", "in_person"
    )


def _impossible_facts() -> Iterator[Broken]:
    new = register("新-4")
    yield _line("unknown agency", new | {"agency": "nobody"}, "agency", "机关尚未登记")
    for value in ("BAODING", "保定", "a b", "", "a/b", "a\n"):
        yield _line(f"agency id {value!r}", new | {"agency": value}, "agency", "小写字母")
    yield _line("agency id of 65", new | {"agency": "a" * 65}, "agency", "不能超过 64 个字符")
    for value in ("", " ", " 1", "1 ", "　", "1\n"):
        yield _line(f"case {value!r}", new | {"case": value}, "case", "不能为空")
    for value in ("1\n2", "1\x1b[2J", "1\u20282", "\ufeff1"):
        yield _line(f"case {value!r}", new | {"case": value}, "case", "不可见字符")
    yield _line("101 characters", new | {"case": "号" * 101}, "case", "100")
    yield _line("blank description", register("新-6", description="  "), "description", "不能为空")
    posted = register("新-7", channel="registered_mail")
    yield _line("no signature", posted, "signed_on", "挂号信")
    posted = register("新-8", channel="registered_mail", signed_on=days_ago(10))
    yield _line("signed before sent", posted, "signed_on", "早于")
    yield _line("unknown case", decide("没有-1"), "case", "没有这一申请编号")
    yield _line("decided unreceived", decide(_UNRECEIVED), "do", "尚未确认收到")
    corrected = fact("receive_correction", _ASKED, days_ago(8), description=NAME)
    yield _line("corrected too early", corrected, "on", "早于")
    yield from _impossible_in_progress(iter(_IN_PROGRESS[1:]))
    yield from _impossible_once_decided(iter(_DECIDED))


def _impossible_in_progress(cases: Iterator[str]) -> Iterator[Broken]:
    def asks(**fields: Any) -> Line:
        return fact("request_correction", next(cases), points=NAME, **fields)

    yield _line("decided too early", decide(next(cases), days_ago(10)), "on", "早于")
    yield _line("undecided", fact("deliver", next(cases), method="mail"), "do", "尚未")
    corrected = fact("receive_correction", next(cases), description=NAME)
    yield _line("corrected unasked", corrected, "do", "没有尚待答复的补正告知")
    yield _line("limit before notice", asks(due_on=days_ago(6)), "due_on", "早于")
    yield _line("two limits", asks(due_on=days_ago(-9), working_days=5), "working_days", "之一")
    yield _line("no days to correct", asks(working_days=0), "working_days", "1—250")
    yield _line("immense limit", asks(working_days=10**40), "working_days", "1—250")
    for days in (0, 21, -1, 10**40):
        extends = fact("extend", next(cases), reason=NAME, approved_by="负责人")
        extends["working_days"] = days
        yield _line(f"extended {days} days", extends, "working_days", "20")
    yield _line("withdrawn too early", fact("withdraw", next(cases), days_ago(10)), "on", "早于")
    yield _line("received again", fact("confirm_receipt", next(cases)), "do", "已经确认")


def _impossible_once_decided(cases: Iterator[str]) -> Iterator[Broken]:
    yield _line("case already there", register(next(cases), days_ago(3)), "case", "已经登记")
    yield _line("second decision", decide(next(cases), days_ago(4)), "do", "已于")
    yield _line("withdrawn afterwards", fact("withdraw", next(cases), days_ago(4)), "do", "已于")
    early = fact("deliver", next(cases), days_ago(6), method="mail")
    yield _line("delivered before decided", early, "on", "早于")
    posted = fact("deliver", next(cases), method="mail", posted_on=days_ago(6))
    yield _line("posted before decided", posted, "posted_on", "早于")


def _agency_facts() -> Iterator[Broken]:
    def about(do: str, **fields: Any) -> Line:
        return {"do": do, "agency": AGENCY, "on": days_ago(5)} | fields

    section = about("write_section", year=2024, section="overall", text="收到{{sum}}件")
    documents = about("record_documents", kind="regulations", issued=1)
    yield _line("agency again", agency(name="另一机关"), "agency", "已经登记")
    yield _line("parent of itself", agency("new", parent="new"), "parent", "自己")
    yield _line("parent of 65", agency("new", parent="a" * 65), "parent", "不能超过 64 个字符")
    yield _line("nameless agency", agency("new", name=" "), "name", "不能为空")
    yield _line("unknown placeholder", section, "text", "{{sum}}")
    yield _line("open braces", section | {"text": "收到{{new件"}, "text", "占位符")
    yield _line("section of no form", section | {"section": "seven"}, "section", "overall")
    yield _line("report of 1999", section | {"year": 1999, "text": "一"}, "year", "2008")
    yield _line("negative count", documents | {"issued": -1}, "issued", "不小于 0")
    yield _line("immense count", documents | {"issued": 10**30}, "issued", "")
    yield _line("nothing issued", documents | {"issued": 0}, "issued", "不能都为 0")
    yield _line("unknown kind", documents | {"kind": "laws"}, "kind", "regulations")
    yield _line(
        "opened twice",
        about("opening_documents", kind="regulations", in_force=4),
        "kind",
        "已经登记",
    )
    yield _line(
        "negative decisions", about("record_decisions", kind="permits", count=-5), "count", "不小于"
    )
    yield _line(
        "channel without a name",
        about("publish_information", channel=" ", category="公告", count=1),
        "channel",
        "不能为空",
    )
    yield _line("agency fact with a case", documents | {"case": "1"}, "case", "不认识的字段")
