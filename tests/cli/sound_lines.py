"""One sound line for every verb of the contract and those added to it, with every field."""

from tests.cli.entries import AGENCY, NAME, Line

_CASE = "甲-1"
_ON = "2024-05-20"
_APPLICANT = {
    "type": "natural_person",
    "name": NAME,
    "id_number": "11010119000101001X",
    "phone": "13900000000",
    "email": "nobody@example.invalid",
    "address": "某地",
}
_APPROVED = {"reason": "理由", "approved_by": "负责人"}


def _about_agency(do: str, **fields: object) -> Line:
    return {"do": do, "agency": AGENCY, "on": _ON, "by": "经办人", "note": "备注"} | fields


def _about_case(do: str, **fields: object) -> Line:
    return _about_agency(do, case=_CASE, **fields)


_LINES = [
    _about_agency(
        "register_agency",
        name="某局",
        region="某市",
        parent="somebody",
        document_code="某局公开",
        opened_on="1949-10-01",
    ),
    _about_agency(
        "configure_agency",
        document_code="某局公开",
        reconsideration_body="某市人民政府",
        court="某市人民法院",
    ),
    _about_agency("move_agency", parent="elsewhere"),
    _about_agency("merge_agency", into="elsewhere"),
    _about_case(
        "register",
        channel="registered_mail",
        signed_on=_ON,
        confirmed_on=_ON,
        applicant=_APPLICANT,
        description="某项信息",
        form="纸质",
    ),
    _about_case("confirm_receipt"),
    _about_case("request_correction", points="请明确", due_on="2024-06-20", working_days=15),
    _about_case("receive_correction", description="某项信息"),
    _about_case("extend", working_days=10, **_APPROVED),
    _about_case("consult_third_party", party="某企业", received_on=_ON),
    _about_case("party_received", party="某企业"),
    _about_case("third_party_reply", party="某企业", opinion="object", reason="商业秘密"),
    _about_case("notify_third_party", party="某企业", content="决定公开"),
    _about_case("consult_agency", party="某机关", received_on=_ON),
    _about_case("agency_reply", party="某机关", opinion="同意"),
    _about_case("demand_reasons", facts="一月内申请百件", due_on="2024-06-20"),
    _about_case("receive_reasons", accepted=True, delay_until="2024-07-20"),
    _about_case("charge_fee", mode="pages", quantity=200, notice_received_on=_ON),
    _about_case("pay_fee", amount="1234.50"),
    _about_case(
        "decide",
        outcome="refused.internal_affairs",
        document_number="某局公开〔2024〕1号",
        grounds="依据",
        already_public=False,
    ),
    _about_case("deliver", method="mail", posted_on=_ON, signed_on=_ON),
    _about_case("withdraw", reason="不再需要"),
    _about_case("reclassify", outcome="granted", **_APPROVED),
    _about_case("correct_record", field="signed_on", value=_ON, **_APPROVED),
    _about_case("reopen", **_APPROVED),
    _about_case("archive", volume="2024-1", retention_years=30),
    _about_case("file_reconsideration", request="甲-2"),
    _about_case("conclude_reconsideration", result="upheld", outcome_detail="维持"),
    _about_case("file_lawsuit", request="甲-2", after_reconsideration=True),
    _about_case("appeal_lawsuit"),
    _about_case("conclude_lawsuit", result="other", outcome_detail="驳回起诉"),
    _about_agency("record_documents", kind="regulations", issued=2, repealed=1),
    _about_agency("opening_documents", kind="normative_documents", in_force=30),
    _about_agency("record_decisions", kind="permits", count=12),
    _about_agency("record_fee_income", amount_yuan="12345.60"),
    _about_agency("publish_information", channel="网站", category="公告", count=3),
    _about_agency("write_section", year=2023, section="overall", text="收到 {{new}} 件"),
    _about_agency("write_rollup_section", year=2023, section="overall", text="收到 {{new}} 件"),
]

SOUND_LINES: dict[str, Line] = {line["do"]: line for line in _LINES}
"""By verb."""
