"""Every setting of the system, read from the environment; docs/settings.md explains each.

Connection to a Temporal cluster comes from Temporal's own `TEMPORAL_*` variables and profile file
(`temporalio.envconfig`); all else from `GONGKAI_*`.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from disclosure.law import Choices


class Settings(BaseSettings):
    """The settings, each with a default that suits one agency on one machine."""

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_", env_ignore_empty=True, hide_input_in_errors=True, frozen=True
    )

    data: Path = Field(default=Path("data"), description="数据目录")
    database_url: SecretStr | None = Field(
        default=None, description="事件日志数据库；缺省为数据目录中的 SQLite 文件"
    )
    database_synchronous: Literal["FULL", "NORMAL"] = Field(
        default="FULL", description="SQLite 落盘强度"
    )
    master_key: SecretStr | None = Field(
        default=None, description="主密钥 kid:base64，多个以逗号分隔，第一个为现用"
    )
    engine: Literal["embedded", "cluster"] = Field(
        default="embedded", description="内置 Temporal，或由 TEMPORAL_* 指明的集群"
    )
    temporal_port: int = Field(default=0, ge=0, le=65535, description="内置引擎端口，0 为自选")
    temporal_ui_port: int = Field(default=8233, ge=0, le=65535, description="Temporal 网页端口")
    reconcile_seconds: int = Field(
        default=600, ge=10, le=86_400, description="引擎与事件日志每隔多少秒核对一次"
    )
    sandbox: bool = Field(default=True, description="工作流是否在沙箱内运行")
    shutdown_seconds: int = Field(default=10, ge=0, description="停机时等待在途工作的秒数")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    correction_working_days: int = Field(
        default=Choices().correction_limit, ge=1, le=250, description="补正期限缺省工作日数"
    )
    mail_in_transit_working_days: int = Field(
        default=Choices().mail_in_transit, ge=0, le=30, description="补正邮件在途工作日数"
    )
    reminder_working_days: int = Field(
        default=Choices().reminder, ge=1, le=19, description="届满前提醒的工作日数"
    )

    @property
    def shared(self) -> bool:
        """Whether other machines may work on the same log or engine."""
        return self.database_url is not None or self.engine == "cluster"

    @property
    def choices(self) -> Choices:
        """The law's open choices as the decider takes them."""
        return Choices(
            correction_limit=self.correction_working_days,
            mail_in_transit=self.mail_in_transit_working_days,
            reminder=self.reminder_working_days,
        )
