"""The audit of a published report that is sent in; nothing of it is kept."""

import threading
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, UploadFile
from pydantic import BaseModel, Field

from audit.loading import load_report
from audit.published import PublishedReport
from audit.reading import UnreadableFile
from audit.rules import check
from web.api.callers import Reading
from web.api.problems import BUSY, RETRY_AFTER, UNREADABLE_FILE, ProblemError

router = APIRouter(tags=["审查"])

_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Reading a PDF takes a processor to itself."""

_PATIENCE: Final = 20
"""Seconds a call waits for its turn."""


class AuditFinding(BaseModel):
    """一处不一致."""

    rule: str = Field(description="规则")
    severity: str = Field(description="error 错误，warning 提示")
    where: dict[str, str] = Field(description="表、行、列，或者句子")
    expected: int | str | None = Field(description="应为")
    found: int | str | None = Field(description="实为")
    message: str = Field(description="说明")
    file: str | None = Field(description="文件名")


class AuditedFile(BaseModel):
    """读到的报告."""

    file: str = Field(description="文件名")
    agency: str | None = Field(description="报告标题所写的机关")
    year: int | None = Field(description="报告年度")
    tables: list[str] = Field(description="读到的表")
    notes: list[str] = Field(description="读取时的说明")


class AuditResult(BaseModel):
    """审查结果."""

    files: list[AuditedFile]
    findings: list[AuditFinding]
    errors: int = Field(description="错误的数量")


@router.post(
    "/audits",
    summary="审查已公布的年度报告",
    description="审查任何机关按国办公开办函〔2021〕30号编制的年度报告，文件不留存。",
)
def audit_report(
    _caller: Reading,
    file: Annotated[
        UploadFile, File(description="年度报告：docx、html、pdf、xlsx、md、txt 或者 report.json")
    ],
    previous: Annotated[UploadFile | None, File(description="上一年度的报告")] = None,
) -> AuditResult:
    """Check a published report that is sent in."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        after = {"Retry-After": str(RETRY_AFTER)}
        raise ProblemError(BUSY, "正在审查其他报告，请稍后重试", headers=after)
    try:
        reports = [_read(each) for each in (file, previous) if each is not None]
        findings = check(*reports)
    finally:
        _AT_ONCE.release()
    return AuditResult(
        files=[_file(report) for report in reports],
        findings=[AuditFinding.model_validate(finding.as_json()) for finding in findings],
        errors=sum(finding.severity.value == "error" for finding in findings),
    )


def _read(upload: UploadFile) -> PublishedReport:
    try:
        return load_report(upload.filename or "", upload.file.read())
    except UnreadableFile as why:
        raise ProblemError(UNREADABLE_FILE, str(why)) from None


def _file(report: PublishedReport) -> AuditedFile:
    document: dict[str, Any] = {
        "file": report.file,
        "agency": report.agency,
        "year": report.year,
        "tables": sorted(report.tables),
        "notes": list(report.notes),
    }
    return AuditedFile.model_validate(document)
