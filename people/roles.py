"""Roles (角色): the work of the office, and the three administrators who are kept apart.

等保 2.0 (GB/T 22239-2019, 8.1.5) asks for separate system, security and audit administrators. Here
an account that holds one of the three holds no other role at all: who manages accounts does not
decide requests, and who reads the trail is never its subject's colleague in office.
"""

from collections.abc import Collection
from enum import StrEnum

from people.errors import PeopleError


class Role(StrEnum):
    """What somebody may do, in one agency or, for the administrators, in the installation."""

    CASE_WORKER = "case_worker"
    REVIEWER = "reviewer"
    DISCLOSURE_HEAD = "disclosure_head"
    REPORT_EDITOR = "report_editor"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"

    @property
    def words(self) -> str:
        """The role's Chinese name."""
        return _WORDS[self][0]

    @property
    def duty(self) -> str:
        """What the role is for, in one Chinese sentence."""
        return _WORDS[self][1]


_WORDS = {
    Role.CASE_WORKER: ("经办人", "登记和办理申请，起草文书"),
    Role.REVIEWER: ("审核人", "审核答复和文书"),
    Role.DISCLOSURE_HEAD: ("公开机构负责人", "同意延长答复期限（条例第三十三条），审批更正"),
    Role.REPORT_EDITOR: ("年报编辑", "填报公开信息，编制年度报告"),
    Role.SUPERVISOR: ("主管部门监督", "查看本机关及下级机关的办理情况，不办理"),
    Role.SYSTEM_ADMINISTRATOR: ("系统管理员", "管理账号，重置密码，不办理业务"),
    Role.SECURITY_ADMINISTRATOR: ("安全管理员", "授予和撤销角色，解除锁定"),
    Role.AUDIT_ADMINISTRATOR: ("审计管理员", "查看审计记录"),
}

ADMINISTRATORS = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)
"""Held for the whole installation; each alone."""

BUSINESS = tuple(role for role in Role if role not in ADMINISTRATORS)
"""Held for one agency; any of them together."""


def check_apart(wanted: Role, held: Collection[Role]) -> None:
    """Refuse a role that does not go together with what the account holds.

    Raises:
        PeopleError: the sentence names the role that stands in the way.
    """
    others = [role for role in held if role is not wanted]
    clash = [role for role in others if role in ADMINISTRATORS or wanted in ADMINISTRATORS]
    if clash:
        raise PeopleError(
            "role",
            f"该账号已有“{clash[0].words}”角色，不能同时为“{wanted.words}”："
            "系统、安全、审计管理员相互分离，也不办理业务，请使用不同的账号",
        )
