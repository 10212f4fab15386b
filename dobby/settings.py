"""Settings: built once in ``cli``, handed down in slices.

Read, each over the next: ``DOBBY_*`` environment variables (nested with ``__``, as in
``DOBBY_TWILIO__AUTH_TOKEN``), then ``settings.toml`` in the home folder. Secrets live there or in
the environment, never in the checkout, and are never logged.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # where a daemon on all addresses is reached
DEMO_HOME = Path(".demo")  # in the folder that the demo is started in
EYES_TOKEN = "eyes.token"  # noqa: S105  # a file's name, in the home folder
Port = Annotated[int, Field(ge=0, le=65535)]


class SettingsError(Exception):
    """Settings that cannot be used; the message names the setting and the mend."""


class TwilioSettings(BaseModel):
    """WhatsApp and SMS through Twilio; off while ``account_sid`` is empty."""

    model_config = ConfigDict(extra="forbid")
    account_sid: str = ""
    auth_token: SecretStr = SecretStr("")
    whatsapp_from: str = ""  # "+14155238886"
    sms_from: str = ""
    alert_template: Annotated[str, Field(pattern=r"^(HX[0-9a-fA-F]{32})?$")] = ""
    """ContentSid of an approved WhatsApp template with one variable, for alerts more than 24 hours
    after a person wrote last; without it they go by SMS."""
    public_url: HttpUrl | None = None  # how Twilio reaches this daemon; what it signs
    api_base: HttpUrl = HttpUrl("https://api.twilio.com")

    @property
    def on(self) -> bool:
        return bool(self.account_sid)

    @model_validator(mode="after")
    def _complete(self) -> TwilioSettings:
        if self.on and not self.auth_token.get_secret_value().strip():
            # An empty token validates every signature: going on would be unsafe.
            raise ValueError("auth_token is empty; without it anyone could send commands")
        if self.on and self.public_url is None:
            raise ValueError("public_url is missing; signatures are made over it")
        if self.on and not (self.whatsapp_from or self.sms_from):
            raise ValueError("whatsapp_from and sms_from are empty; one is needed to answer from")
        return self


class ModelSettings(BaseModel):
    """Claude, or any server of the Messages API. Off without a key and without ``base_url``."""

    model_config = ConfigDict(extra="forbid")
    api_key: SecretStr = SecretStr("")  # or ANTHROPIC_API_KEY
    base_url: HttpUrl | None = None  # Ollama, vLLM, llama.cpp ... on this or another machine
    name: str = "claude-sonnet-5"
    usd_per_million_in: float = 3.0
    usd_per_million_out: float = 15.0
    usd_per_day: float = 2.0
    calls_per_turn: Annotated[int, Field(ge=1, le=50)] = 12
    deadline_s: float = 60.0

    @property
    def on(self) -> bool:
        return bool(self.api_key.get_secret_value()) or self.base_url is not None

    def usd(self, tokens_in: float, tokens_out: float) -> float:
        """What so many tokens cost."""
        spent = tokens_in * self.usd_per_million_in + tokens_out * self.usd_per_million_out
        return spent / 1_000_000


class VisionSettings(BaseModel):
    """Cameras watched. Eyes are a process of their own, on this machine or on another."""

    model_config = ConfigDict(extra="forbid")
    eyes: Literal["here", "elsewhere", "off"] = "here"  # elsewhere: `dobby eyes --daemon URL`
    backend: Literal["onnx", "openvino", "ultralytics"] = "onnx"
    model: str = ""  # a file, or a name in the home folder's models; empty: the backend's own
    fps: Annotated[float, Field(gt=0, le=30)] = 5.0  # frames a second looked at, while it moves
    cluster: str = ""  # address of a Ray cluster whose workers detect; empty: a process here
    keep_days: Annotated[int, Field(ge=1)] = 14  # pictures
    keep_mb: Annotated[int, Field(ge=10)] = 2000
    alerts_per_hour: Annotated[int, Field(ge=1)] = 12  # to each person; the rest are on the page
    lingers_s: float = 60.0
    quiet_s: Annotated[float, Field(gt=0)] = 60.0  # nothing seen for so long: who comes is new
    open_s: float = 600.0  # a door or gate that stays open longer is told


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="DOBBY_", env_nested_delimiter="__", extra="forbid"
    )
    home: Path = Path("~/.dobby")
    host: str = "127.0.0.1"  # the page; put a reverse proxy before it to go beyond
    port: Port = 8765
    trusted_hosts: list[str] = ["127.0.0.1", "localhost", "::1"]  # names of the page
    database: str = ""  # a URL of another server; empty: SQLite in the home folder
    interfaces: list[str] = []  # addresses to listen on for devices; empty: all
    zone: str = ""  # "Europe/Berlin"; empty: the machine's
    units: Literal["celsius", "fahrenheit"] = "celsius"
    language: Literal["en", "de", "fr", "es", "nl", "pl"] = "en"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    demo_control: str = ""  # address of the virtual house's control, in the demo only
    twilio: TwilioSettings = TwilioSettings()
    model: ModelSettings = ModelSettings()
    vision: VisionSettings = VisionSettings()

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            return zone and str(ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"there is no time zone {zone!r}") from error

    @property
    def fahrenheit(self) -> bool:
        return self.units == "fahrenheit"

    @property
    def own_url(self) -> str:
        """Where this machine itself reaches the daemon."""
        host = EVERYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / 'dobby.db'}"

    @property
    def public_host(self) -> str:
        """The name in the public URL; empty without one."""
        public = self.twilio.public_url
        return (public.host or "") if public else ""

    def time_zone(self) -> ZoneInfo:
        """The owner's zone: the setting, else the machine's, else UTC."""
        if self.zone:
            return ZoneInfo(self.zone)
        link = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
        name = os.environ.get("TZ", "").lstrip(":") or link or "UTC"
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file()))


def with_vision(settings: Settings, changes: dict[str, object]) -> Settings:
    """The settings with others for the cameras. Raises SettingsError."""
    try:
        vision = VisionSettings.model_validate({**settings.vision.model_dump(), **changes})
    except ValidationError as error:
        raise SettingsError(_told(error, "vision")) from None
    return settings.model_copy(update={"vision": vision})


def _told(error: ValidationError, where: str) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or where}: {first['msg']}"


def _file() -> Path:
    home = Path(os.environ.get("DOBBY_HOME", "~/.dobby")).expanduser()
    return home / "settings.toml"


def load() -> Settings:
    """Settings from the environment and the file. Raises SettingsError."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(f"{_told(error, 'settings')} (environment or {_file()})") from None
    except (OSError, ValueError) as error:  # unreadable file, broken TOML
        raise SettingsError(f"{_file()} cannot be read: {error}") from error
    key = os.environ.get("ANTHROPIC_API_KEY", "")
    if key and not settings.model.api_key.get_secret_value():
        model = settings.model.model_copy(update={"api_key": SecretStr(key)})
        settings = settings.model_copy(update={"model": model})
    return settings
