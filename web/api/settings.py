"""The settings of the interface, read from the environment like all others."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """What an installation may say about its interface."""

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_", env_ignore_empty=True, hide_input_in_errors=True, frozen=True
    )

    api_origins: str = Field(
        default="", description="浏览器可以从哪些网站直接调用接口（CORS），以逗号分隔；缺省没有"
    )

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins, such as `https://portal.example.gov.cn`."""
        return tuple(part.strip() for part in self.api_origins.split(",") if part.strip())
