"""The verbs about an agency: its registration, table two, what it published and wrote."""

from datetime import date
from typing import Literal

from pydantic import Field

from disclosure.command import Command, Yuan

DocumentKind = Literal["regulations", "normative_documents"]
DecisionKind = Literal["permits", "penalties", "coercive_measures"]
SectionName = Literal["overall", "problems", "other"]


class AgencyCommand(Command):
    """A fact about an agency itself, or about what it published."""


class RegisterAgency(AgencyCommand):
    """登记机关."""

    do: Literal["register_agency"] = "register_agency"
    name: str = Field(description="机关名称")
    region: str | None = Field(default=None, description="地区")
    parent: str | None = Field(default=None, description="汇总到的上级机关代码")
    document_code: str | None = Field(default=None, description="机关代字")
    opened_on: date | None = Field(default=None, description="成立日期")


class ConfigureAgency(AgencyCommand):
    """机关设置: what its documents name; what is left out stays as it was."""

    do: Literal["configure_agency"] = "configure_agency"
    document_code: str | None = Field(default=None, description="机关代字")
    reconsideration_body: str | None = Field(default=None, description="行政复议机关")
    court: str | None = Field(default=None, description="管辖法院")


class MoveAgency(AgencyCommand):
    """隶属变动: from `on`, another agency's roll-up is entered; no parent is none."""

    do: Literal["move_agency"] = "move_agency"
    parent: str | None = Field(default=None, description="汇总到的上级机关代码")


class MergeAgency(AgencyCommand):
    """机关撤并: `on` is its last day as an agency of its own."""

    do: Literal["merge_agency"] = "merge_agency"
    into: str = Field(description="并入的机关代码")


class OpeningDocuments(AgencyCommand):
    """年初现行有效件数: documents in force at the start of the year of `on`."""

    do: Literal["opening_documents"] = "opening_documents"
    kind: DocumentKind
    in_force: int = Field(description="年初现行有效件数")


class RecordDocuments(AgencyCommand):
    """规章、行政规范性文件的制发和废止 (条例 Art. 20(1))."""

    do: Literal["record_documents"] = "record_documents"
    kind: DocumentKind
    issued: int = 0
    repealed: int = 0


class RecordDecisions(AgencyCommand):
    """行政许可、处罚、强制的处理决定数量 (条例 Art. 20(5), (6))."""

    do: Literal["record_decisions"] = "record_decisions"
    kind: DecisionKind
    count: int


class RecordFeeIncome(AgencyCommand):
    """行政事业性收费金额，元 (条例 Art. 20(8))."""

    do: Literal["record_fee_income"] = "record_fee_income"
    amount_yuan: Yuan


class PublishInformation(AgencyCommand):
    """主动公开信息条数 by channel and category."""

    do: Literal["publish_information"] = "publish_information"
    channel: str
    category: str
    count: int


class WriteText(AgencyCommand):
    """年度报告文字部分: Markdown with placeholders for the figures."""

    year: int
    section: SectionName
    text: str


class WriteSection(WriteText):
    """本机关年度报告的文字部分: the placeholders are filled from the agency's own figures."""

    do: Literal["write_section"] = "write_section"


class WriteRollupSection(WriteText):
    """汇总年度报告的文字部分: the placeholders are filled from the summed figures."""

    do: Literal["write_rollup_section"] = "write_rollup_section"
