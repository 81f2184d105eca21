"""Typed settings from the environment; `NAME_FILE` names a file that holds the value of `NAME`.

Every fault is reported at once, so an operator mends the environment in one go.
"""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from environs import FileAwareEnv

S = TypeVar("S", bound="ProcessSettings")

_REDACTED = "•••"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How one field of a settings class is read and shown."""

    name: str
    parse: Callable[[str], Any]
    secret: bool
    help: str


class SettingsInvalid(Exception):
    """The environment does not make valid settings; `faults` names every variable and its fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def setting(
    name: str,
    *,
    parse: Callable[[str], Any] = str,
    default: Any = dataclasses.MISSING,
    secret: bool = False,
    help: str,
) -> Any:
    """Declare a field of a settings class.

    `parse` turns the text into the value and raises ValueError for a bad one. A secret's value is
    never shown; of a URL only the password is hidden.
    """
    return dataclasses.field(
        default=default, metadata={"setting": Setting(name=name, parse=parse, secret=secret, help=help)}
    )


def flag(text: str) -> bool:
    """Read yes or no, in the words that people use in environments."""
    word = text.strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("use 1 or 0")


def port(text: str) -> int:
    """Read a TCP port number."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError("a port lies between 0 and 65535")
    return number


def positive(text: str) -> int:
    """Accept a whole number above nought."""
    number = int(text)
    if number < 1:
        raise ValueError("use a number above 0")
    return number


def seconds_list(text: str) -> tuple[float, ...]:
    """Read numbers of seconds, separated by commas."""
    return tuple(float(word) for word in text.split(","))


def one_of(*choices: str) -> Callable[[str], str]:
    """Accept one of these words alone."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"use one of {', '.join(choices)}")
        return text

    return parse


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSettings:
    """What every process is told."""

    ops_host: str = setting("OPS_HOST", default="127.0.0.1", help="Address of /livez, /readyz and /metrics")
    ops_port: int = setting("OPS_PORT", parse=port, default=9100, help="Port of /livez, /readyz and /metrics")
    log_format: str = setting(
        "LOG_FORMAT", parse=one_of("json", "console"), default="json", help="json, or console for people"
    )
    log_level: str = setting(
        "LOG_LEVEL",
        parse=one_of("debug", "info", "warning", "error"),
        default="info",
        help="Least level that is logged",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings(ProcessSettings):
    """What every service is told."""

    database_url: str = setting("DATABASE_URL", help="The service's own PostgreSQL database")
    amqp_url: str = setting("AMQP_URL", help="RabbitMQ, with the virtual host")
    database_connections: int = setting(
        "DATABASE_CONNECTIONS", parse=int, default=10, help="Most connections one process opens"
    )
    retry_seconds: tuple[float, ...] = setting(
        "RETRY_SECONDS",
        parse=seconds_list,
        default=(5.0, 30.0, 300.0),
        help="Waits before a failed event is tried again; after the last it is parked",
    )
    workers: int = setting(
        "WORKERS", parse=int, default=16, help="Most requests and events worked on at once"
    )


def load_settings(settings_type: type[S]) -> S:
    """Read settings from the process's environment. Raises SettingsInvalid with every fault."""
    environment = FileAwareEnv(eager=True, strip_whitespace=True)
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field, declared in _declared(settings_type):
        try:
            text = environment.str(declared.name, default=None)
            if text is not None:
                values[field.name] = declared.parse(text)
            elif field.default is dataclasses.MISSING:
                faults.append(f"{declared.name} is missing: {declared.help}")
        except ValueError as reason:
            faults.append(f"{declared.name} is not usable: {reason}")
    if faults:
        raise SettingsInvalid(tuple(faults))
    return settings_type(**values)


def describe_settings(settings: ProcessSettings) -> list[tuple[str, str, str]]:
    """List (variable, value, help) of every setting, with the secrets hidden."""
    return [
        (declared.name, _shown(declared, getattr(settings, field.name)), declared.help)
        for field, declared in _declared(type(settings))
    ]


def _declared(settings_type: type[ProcessSettings]) -> Iterator[tuple[dataclasses.Field[Any], Setting]]:
    for field in dataclasses.fields(settings_type):
        yield field, field.metadata["setting"]


def _shown(declared: Setting, value: object) -> str:
    if declared.secret:
        return _REDACTED
    text = str(value)
    parts = urlsplit(text) if "://" in text else None
    if parts is None or parts.password is None:
        return text
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}:{_REDACTED}@{host}"))
