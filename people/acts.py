"""What this room writes into the trail by itself, each with its Chinese words."""

from enum import StrEnum


class Act(StrEnum):
    """What this room writes down by itself; other rooms bring terms and words of their own."""

    FIRST_ACCOUNTS_MADE = "first_accounts_made"
    SIGNED_IN = "signed_in"
    PASSWORD_ACCEPTED = "password_accepted"  # noqa: S105 - a term, no password
    CODE_CONFIRMED = "code_confirmed"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_UNLOCKED = "account_unlocked"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - as above
    PASSWORD_RESET = "password_reset"  # noqa: S105 - as above
    SECOND_FACTOR_ENROLLED = "second_factor_enrolled"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    TRAIL_READ = "trail_read"
    PERSONAL_DATA_READ = "personal_data_read"

    @property
    def words(self) -> str:
        """What is done, in Chinese."""
        return _WORDS[self]


_WORDS = {
    Act.FIRST_ACCOUNTS_MADE: "建立首批管理员账号",
    Act.SIGNED_IN: "登录",
    Act.PASSWORD_ACCEPTED: "密码通过，等待动态口令",
    Act.CODE_CONFIRMED: "核对动态口令",
    Act.SIGN_IN_REFUSED: "登录未通过",
    Act.SIGNED_OUT: "退出",
    Act.ACCOUNT_LOCKED: "账号锁定",
    Act.ACCOUNT_UNLOCKED: "解除锁定",
    Act.ACCOUNT_ADDED: "新增账号",
    Act.ACCOUNT_CHANGED: "修改账号",
    Act.ACCOUNT_DISABLED: "停用账号",
    Act.ACCOUNT_ENABLED: "启用账号",
    Act.PASSWORD_CHANGED: "修改密码",
    Act.PASSWORD_RESET: "重置密码",
    Act.SECOND_FACTOR_ENROLLED: "启用动态口令",
    Act.SECOND_FACTOR_REMOVED: "停用动态口令",
    Act.ROLE_GRANTED: "授予角色",
    Act.ROLE_REVOKED: "撤销角色",
    Act.TRAIL_READ: "查看审计记录",
    Act.PERSONAL_DATA_READ: "查看个人信息",
}
