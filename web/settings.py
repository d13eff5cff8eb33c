"""The settings of the pages, read from the environment like all others; docs/settings.md tells.

Apart from the engine's: a worker that serves no pages has nothing to do with them.
"""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from people import Policy

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class WebSettings(BaseSettings):
    """Address, transport, sign-in; each default suits one machine on its own loopback."""

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_", env_ignore_empty=True, hide_input_in_errors=True, frozen=True
    )

    web_host: str = Field(default="127.0.0.1", description="网页监听地址")
    web_port: int = Field(default=8000, ge=0, le=65535, description="网页端口，0 为自选")
    web_allowed_hosts: str = Field(
        default="", description="浏览器可用的主机名，以逗号分隔；缺省为监听地址和本机"
    )
    web_https: bool = Field(default=False, description="前面的代理服务器是否提供 HTTPS")
    web_proxies: str = Field(
        default="", description="可信代理服务器的地址，以逗号分隔；只采信它们转来的客户端地址"
    )
    web_tls_certificate: str = Field(default="", description="本程序自行提供 HTTPS 的证书文件")
    web_tls_key: str = Field(default="", description="证书的私钥文件")
    web_upload_megabytes: int = Field(default=20, ge=1, le=1024, description="上传上限（MB）")
    web_answer_seconds: int = Field(
        default=10, ge=1, le=60, description="页面等待引擎答复多久；年报各步骤为其六倍"
    )
    session_idle_minutes: int = Field(default=30, ge=1, le=240, description="无操作多久退出")
    session_hours: int = Field(default=10, ge=1, le=24, description="登录后多久必须重新登录")
    sign_in_failures: int = Field(default=5, ge=3, le=20, description="连续失败几次锁定账号")
    sign_in_locked_minutes: int = Field(default=15, ge=1, le=1440, description="锁定多久")
    sign_in_address_failures: int = Field(
        default=30, ge=5, le=1000, description="同一地址在锁定时长内失败几次须等待"
    )
    second_factor: Literal["optional", "required"] = Field(
        default="optional", description="动态口令：自愿或者人人必须"
    )
    oidc_issuer: str = Field(default="", description="统一身份认证（OpenID Connect）的签发者地址")
    oidc_client_id: str = Field(default="", description="在统一身份认证登记的应用标识")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="应用密钥")
    oidc_claim: str = Field(default="sub", description="按哪一项声明对应账号")
    oidc_name: str = Field(default="统一身份认证", description="登录页上的名称")
    oidc_makes_accounts: bool = Field(
        default=False, description="第一次通过统一身份认证登录时是否自动建立没有角色的账号"
    )

    @model_validator(mode="after")
    def _complete(self) -> "WebSettings":
        if bool(self.web_tls_certificate) != bool(self.web_tls_key):
            raise ValueError("certificate and key go together")
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("an issuer needs a client id")
        return self

    @property
    def https(self) -> bool:
        """Whether browsers reach the pages over TLS."""
        return self.web_https or bool(self.web_tls_certificate)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The host names a browser may ask for, in lower case, without port."""
        named = _listed(self.web_allowed_hosts)
        host = f"[{self.web_host}]" if ":" in self.web_host else self.web_host
        return frozenset(name.lower() for name in (named or (*_LOOPBACK, host)))

    @property
    def proxies(self) -> tuple[str, ...]:
        """Whose word about the client's address is taken."""
        return _listed(self.web_proxies)

    @property
    def policy(self) -> Policy:
        """The numbers of sign-in as the people's room takes them."""
        return Policy(
            idle=timedelta(minutes=self.session_idle_minutes),
            absolute=timedelta(hours=self.session_hours),
            failures=self.sign_in_failures,
            locked_for=timedelta(minutes=self.sign_in_locked_minutes),
            address_failures=self.sign_in_address_failures,
            second_factor=self.second_factor,
        )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
