"""Settings: typed, from the environment and a file, refused at start when they are wrong.

Precedence: an option on the command line, then `TIMCHEH_*` in the environment, then the file
(`$TIMCHEH_CONFIG`, or `timcheh.toml` in the data directory), then the default.
`docs/settings.md` is `timcheh.settings_reference` of this class; a test compares the two.
"""

import difflib
import hashlib
import hmac
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic import field_validator as validates

from timcheh.data_dir import DataDirectory

if TYPE_CHECKING:  # importing it loads SQLAlchemy, which the supervisor can do without
    from timcheh.db import Role

PREFIX = "TIMCHEH_"
CONFIG_VARIABLE = "TIMCHEH_CONFIG"
DATABASE_NAME = "timcheh"
SUPERUSER = "postgres"
_REACHED = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104
"""Where one who listens on every address is found from the same machine."""


class SettingsError(Exception):
    """A setting that can't be used. The text names the variable and how to mend it."""


class Settings(BaseModel):
    """Everything that differs between one installation and another. Read it once, at start."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    data_dir: Path = Field(
        default=Path("~/.local/share/timcheh"),
        description="Directory of the embedded database, the queue, secrets and logs (mode 0700).",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="TCP port to listen on.")
    public_url: str = Field(
        default="",
        description="Address under which people reach the product, for links in messages and QR "
        "codes; with https, cookies are marked Secure. Empty: `http://HOST:PORT`.",
    )
    database_url: str | None = Field(
        default=None,
        description="An existing PostgreSQL 18 to use instead of the embedded one: the URL of a "
        "superuser, `postgresql://user:password@host/database`. The product makes its own roles "
        "there. Empty: embedded.",
    )
    redis_url: str = Field(
        default="",
        description="An existing Valkey or Redis to use instead of the embedded one, "
        "`redis://host:6379/0`. Empty: embedded.",
    )
    web_workers: int = Field(
        default=1, ge=1, le=64, description="Web processes. One serves about one core."
    )
    database_pool_size: int = Field(
        default=5, ge=1, le=50, description="Connections kept for each role in each process."
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key for signatures and for the passwords of the database roles, 32 "
        "characters or more; the same on every host. Empty: made at the first start and kept in "
        "the data directory.",
    )
    dev_inbox: bool = Field(
        default=False,
        description="Show outgoing messages, sign-in codes among them, on the page /dev/inbox. "
        "For demos only.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=8,
        description="Reverse proxies in front, each of which adds to X-Forwarded-For. Rate limits "
        "by address need it; 0: none, the header is not believed.",
    )
    api_requests_per_minute: int = Field(
        default=300_000, ge=60, description="Requests that one API key may make in a minute."
    )
    webhook_private_targets: bool = Field(
        default=False,
        description="Let webhooks go to loopback and private addresses. For tests, and for a "
        "cash register in the same network.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="Least severity that is logged. `info` has a line for every request.",
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="How log lines look: for people or for machines."
    )

    @validates("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return Path(os.path.abspath(value.expanduser()))

    @validates("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError("write it as https://club.example.ir")
        return value.rstrip("/")

    @validates("database_url")
    @classmethod
    def _postgresql_url(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"postgresql", "postgres"} or not parts.username:
            raise ValueError("write it as postgresql://user:password@host/database")
        if not parts.hostname and "host" not in parse_qs(parts.query):
            raise ValueError("name the server's host: postgresql://user:password@host/database")
        path = parts.path if parts.path.strip("/") else f"/{DATABASE_NAME}"
        return urlunsplit(parts._replace(scheme="postgresql", path=path))

    @validates("redis_url")
    @classmethod
    def _redis_url(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("write it as redis://host:6379/0")
        return value

    @validates("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 32:
            raise ValueError("use 32 characters or more, or leave it empty to have one made")
        return value

    @model_validator(mode="before")
    @classmethod
    def _derive(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value is not None}

    @model_validator(mode="after")
    def _fill(self) -> Self:
        # Pydantic's documented way to set a field of a frozen model while it is being made.
        if not self.redis_url:
            object.__setattr__(self, "redis_url", self._embedded_redis_url)
        if not self.public_url:
            host = _REACHED.get(self.host, self.host)
            object.__setattr__(self, "public_url", f"http://{host}:{self.port}")
        return self

    @property
    def directory(self) -> DataDirectory:
        """Where each thing lives under `data_dir`."""
        return DataDirectory(self.data_dir)

    def public_address(self, mall_slug: str, path: str = "") -> str:
        """Where people find a mall, or a page of it: for links in messages and QR codes."""
        return f"{self.public_url}/{mall_slug}/{path}".rstrip("/")

    @property
    def embedded_database(self) -> bool:
        return self.database_url is None

    @property
    def embedded_redis(self) -> bool:
        return self.redis_url == self._embedded_redis_url

    @property
    def _embedded_redis_url(self) -> str:
        return f"unix://{quote(str(self.directory.valkey_socket))}?db=0"

    @property
    def superuser_dsn(self) -> str:
        """The URL that may create roles and databases. Only `timcheh_app.database` uses it."""
        return self.database_url or self._socket_dsn(SUPERUSER)

    def dsn(self, role: "Role") -> str:
        """The URL of a login role, as asyncpg takes it.

        On an existing server it is `database_url` with the role's name and derived password.
        """
        if self.database_url is None:
            return self._socket_dsn(role.value)
        parts = urlsplit(self.database_url)
        address = parts.netloc.rpartition("@")[2]
        netloc = f"{role.value}:{self.role_password(role)}@{address}"
        return urlunsplit(parts._replace(netloc=netloc))

    def role_password(self, role: "Role") -> str:
        """A role's password on an existing server: derived, so that every host knows it."""
        key = self.secret_key.get_secret_value().encode()
        return hmac.new(key, f"postgresql {role.value}".encode(), hashlib.sha256).hexdigest()

    def _socket_dsn(self, user: str) -> str:
        # The directory of the socket is 0700: who can open it is its owner, no password needed.
        return f"postgresql://{user}@/{DATABASE_NAME}?host={quote(str(self.directory.run))}"

    def environment(self) -> dict[str, str]:
        """These settings as variables, so that a child process reads exactly the same ones."""
        given = {"data_dir", "host", "port", *self.model_fields_set} - {"secret_key"}
        values = {name: getattr(self, name) for name in given}
        return {
            PREFIX + name.upper(): str(value) for name, value in values.items() if value is not None
        }


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process; creates the data directory and the secret key if need be.

    `overrides` come from the command line; None means not given. Raises SettingsError.
    """
    from_environment = _from_environment(os.environ)
    given = {name: value for name, value in overrides.items() if value is not None}
    nearest = from_environment | given
    file = _config_file(nearest)
    values = _from_file(file) | nearest
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error, from_environment, given, file)) from None
    try:
        settings.directory.create()
        if not settings.secret_key.get_secret_value():
            secret = SecretStr(settings.directory.secret("secret_key"))
            settings = settings.model_copy(update={"secret_key": secret})
    except OSError as error:
        raise SettingsError(
            f"TIMCHEH_DATA_DIR: {settings.data_dir} can't be used: {error.strerror or error}.\n"
            "Mend: name a directory that this user may write to (--data-dir or TIMCHEH_DATA_DIR)."
        ) from None
    return settings


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    values = {}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable == CONFIG_VARIABLE:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in Settings.model_fields:
            raise SettingsError(_unknown(variable, [PREFIX + f.upper() for f in _names()]))
        if text != "":
            values[name] = text
    return values


def _config_file(nearest: Mapping[str, Any]) -> Path | None:
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise SettingsError(
                f"{CONFIG_VARIABLE}: there is no file {path}.\n"
                f"Mend: write the file, or unset {CONFIG_VARIABLE}."
            )
        return path
    default = Settings.model_fields["data_dir"].default
    path = Path(nearest.get("data_dir", default)).expanduser() / "timcheh.toml"
    return path if path.is_file() else None


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{path}: not readable as TOML: {error}.\nMend: one `name = value` a line."
        ) from None
    for name in values:
        if name not in Settings.model_fields:
            raise SettingsError(f"{path}: " + _unknown(name, _names()))
    return values


def _names() -> list[str]:
    return list(Settings.model_fields)


def _unknown(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    mend = f"did you mean {close[0]}?" if close else "remove it; docs/settings.md lists them all."
    return f"{name}: there is no such setting.\nMend: {mend}"


def _explain(
    error: ValidationError,
    from_environment: Mapping[str, Any],
    given: Mapping[str, Any],
    file: Path | None,
) -> str:
    """One paragraph for each wrong value: where it stands, what is wrong, what it is for."""
    paragraphs = []
    for problem in error.errors(include_url=False, include_context=False):
        name = str(problem["loc"][0])
        variable = PREFIX + name.upper()
        if name in given:
            place = f"--{name.replace('_', '-')}"
        elif name in from_environment:
            place = variable
        else:
            place = f"{name} in {file}"
        shown = "" if name == "secret_key" else f"={problem['input']}"
        reason = problem["msg"].removeprefix("Value error, ")
        field = Settings.model_fields[name]
        paragraphs.append(f"{place}{shown}: {reason}.\nMend: {variable}: {field.description}")
    return "\n".join(paragraphs)
