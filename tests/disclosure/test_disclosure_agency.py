"""Facts about an agency: what can have happened, what cannot, and the event each makes."""

from decimal import Decimal
from operator import attrgetter

import pytest

from disclosure.agency import AgencyState, decide_agency, fold_agency
from disclosure.agency_commands import (
    AgencyCommand,
    ConfigureAgency,
    MergeAgency,
    MoveAgency,
    OpeningDocuments,
    PublishInformation,
    RecordDecisions,
    RecordDocuments,
    RecordFeeIncome,
    RegisterAgency,
    WriteRollupSection,
    WriteSection,
)
from disclosure.agency_events import (
    AgencyConfigured,
    AgencyMerged,
    AgencyMoved,
    AgencyRegistered,
    DecisionsRecorded,
    DocumentsOpened,
    DocumentsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
    RollupSectionWritten,
    SectionWritten,
)
from disclosure.commands import AGENCY_VERBS, verb_of
from disclosure.event import Event
from disclosure.refusals import Refused
from tests.disclosure.facts import day, said

ON = "2025-03-05"
REGISTERED = fold_agency([AgencyRegistered(on=day("2025-01-01"), name="某市城市管理局")])


def refused(state: AgencyState, command: AgencyCommand) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        decide_agency(state, command)
    return refusal.value.code, refusal.value.field


WRITTEN: list[tuple[AgencyCommand, Event]] = [
    (
        said(ConfigureAgency, ON, reconsideration_body="某市人民政府", court="某法院"),
        AgencyConfigured(on=day(ON), reconsideration_body="某市人民政府", court="某法院"),
    ),
    (
        said(MoveAgency, ON, parent="xin-shi"),
        AgencyMoved(on=day(ON), parent="xin-shi"),
    ),
    (
        said(MergeAgency, ON, into="shangwu"),
        AgencyMerged(on=day(ON), into="shangwu"),
    ),
    (
        said(WriteRollupSection, ON, year=2024, section="other", text="无。"),
        RollupSectionWritten(on=day(ON), year=2024, section="other", text="无。"),
    ),
    (
        said(OpeningDocuments, ON, kind="regulations", in_force=7),
        DocumentsOpened(on=day(ON), kind="regulations", in_force=7),
    ),
    (
        said(RecordDocuments, ON, kind="normative_documents", issued=3, repealed=1),
        DocumentsRecorded(on=day(ON), kind="normative_documents", issued=3, repealed=1),
    ),
    (
        said(RecordDecisions, ON, kind="permits", count=0),
        DecisionsRecorded(on=day(ON), kind="permits", count=0),
    ),
    (
        said(RecordFeeIncome, ON, amount_yuan="1234.56"),
        FeeIncomeRecorded(on=day(ON), amount_yuan=Decimal("1234.56")),
    ),
    (
        said(PublishInformation, ON, channel="政府网站", category="政策文件", count=12),
        InformationPublished(on=day(ON), channel="政府网站", category="政策文件", count=12),
    ),
    (
        said(WriteSection, ON, year=2024, section="problems", text="人手不足。"),
        SectionWritten(on=day(ON), year=2024, section="problems", text="人手不足。"),
    ),
]


def test_a_registration_records_the_agency() -> None:
    command = said(
        RegisterAgency,
        ON,
        name="某市城市管理局",
        region="某市",
        parent="shi-zhengfu",
        document_code="城管公开",
        opened_on="2019-01-01",
    )
    assert decide_agency(AgencyState(), command) == [
        AgencyRegistered(
            on=day(ON),
            name="某市城市管理局",
            region="某市",
            parent="shi-zhengfu",
            document_code="城管公开",
            opened_on=day("2019-01-01"),
        )
    ]


@pytest.mark.parametrize(("command", "event"), WRITTEN, ids=lambda part: part.__class__.__name__)
def test_each_verb_records_its_fact(command: AgencyCommand, event: Event) -> None:
    assert decide_agency(REGISTERED, command) == [event]


def test_every_verb_of_an_agency_is_told_of_here() -> None:
    assert {verb_of(type(command)) for command, _ in WRITTEN} == {*AGENCY_VERBS} - {
        "register_agency"
    }


@pytest.mark.parametrize("command", [command for command, _ in WRITTEN], ids=attrgetter("do"))
def test_an_agency_nobody_registered_has_no_facts(command: AgencyCommand) -> None:
    assert refused(AgencyState(), command) == ("unknown_agency", "agency")


def test_an_agency_is_registered_once() -> None:
    assert refused(REGISTERED, said(RegisterAgency, ON, name="另一个局")) == (
        "duplicate_agency",
        "agency",
    )


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"name": "  "}, ("empty", "name")),
        ({"name": "某局", "parent": "chengguan"}, ("contradiction", "parent")),
        ({"name": "某局", "parent": "Shi/Zhengfu"}, ("bad_agency_id", "parent")),
        ({"name": "某局", "parent": ""}, ("bad_agency_id", "parent")),
    ],
)
def test_a_registration_needs_a_name_and_a_possible_parent(
    fields: dict[str, str], answer: tuple[str, str]
) -> None:
    assert refused(AgencyState(), said(RegisterAgency, ON, **fields)) == answer


def test_the_opening_balance_of_a_kind_and_year_is_recorded_once() -> None:
    command = said(OpeningDocuments, ON, kind="regulations", in_force=7)
    opened = fold_agency(
        [
            AgencyRegistered(on=day("2025-01-01"), name="某市城市管理局"),
            *decide_agency(REGISTERED, command),
        ]
    )
    assert refused(opened, command) == ("already_opened", "kind")
    other_kind = said(OpeningDocuments, ON, kind="normative_documents", in_force=7)
    next_year = said(OpeningDocuments, "2026-01-01", kind="regulations", in_force=8)
    assert decide_agency(opened, other_kind)
    assert decide_agency(opened, next_year)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (
            said(OpeningDocuments, ON, kind="regulations", in_force=-1),
            ("out_of_range", "in_force"),
        ),
        (
            said(RecordDocuments, ON, kind="regulations", issued=-1),
            ("out_of_range", "issued"),
        ),
        (
            said(RecordDocuments, ON, kind="regulations", issued=2, repealed=-1),
            ("out_of_range", "repealed"),
        ),
        (said(RecordDocuments, ON, kind="regulations"), ("empty", "issued")),
        (said(RecordDecisions, ON, kind="permits", count=-1), ("out_of_range", "count")),
        (said(RecordFeeIncome, ON, amount_yuan="-0.01"), ("out_of_range", "amount_yuan")),
        (said(RecordFeeIncome, ON, amount_yuan="0.001"), ("out_of_range", "amount_yuan")),
        (said(RecordFeeIncome, ON, amount_yuan="1E+999999"), ("out_of_range", "amount_yuan")),
        (said(RecordDecisions, ON, kind="permits", count=10**20), ("out_of_range", "count")),
        (
            said(PublishInformation, ON, channel="政府网站", category="政策", count=-1),
            ("out_of_range", "count"),
        ),
        (
            said(PublishInformation, ON, channel=" ", category="政策", count=1),
            ("empty", "channel"),
        ),
        (
            said(PublishInformation, ON, channel="政府网站", category="", count=1),
            ("empty", "category"),
        ),
        (
            said(WriteSection, ON, year=2007, section="overall", text="文"),
            ("out_of_range", "year"),
        ),
        (
            said(WriteSection, ON, year=2026, section="overall", text="文"),
            ("out_of_range", "year"),
        ),
    ],
    ids=lambda part: verb_of(type(part)) if isinstance(part, AgencyCommand) else "-".join(part),
)
def test_what_cannot_have_happened_is_refused_with_its_field(
    command: AgencyCommand, answer: tuple[str, str]
) -> None:
    assert refused(REGISTERED, command) == answer


def test_an_amount_that_is_no_number_never_becomes_a_command() -> None:
    for amount in ("NaN", "Infinity", "-Infinity"):
        with pytest.raises(ValueError, match="finite"):
            said(RecordFeeIncome, ON, amount_yuan=amount)


def test_an_agency_may_write_this_years_section_before_the_year_is_over() -> None:
    command = said(WriteSection, ON, year=2025, section="overall", text="文")
    assert decide_agency(REGISTERED, command)


@pytest.mark.parametrize(
    ("settings", "field"),
    [({}, "document_code"), ({"court": " "}, "court"), ({"court": "院" * 101}, "court")],
)
def test_a_setting_that_says_nothing_is_refused(settings: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        decide_agency(REGISTERED, said(ConfigureAgency, ON, **settings))
    assert refused.value.field == field
