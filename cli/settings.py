"""What the environment tells the command line: a folder, ports, and servers to use instead of ours.

A port is overridden by the upper-case name of its field: `GATEWAY_PORT=80`, `BOOKING_OPS_PORT=9201`.
`NAME_FILE` names a file that holds the value of `NAME`, as for every process.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environs import FileAwareEnv

from cli.errors import Problem
from cli.servers.rabbitmq import RabbitPorts

PROJECT = Path(__file__).parent.parent
DEBIAN_FOLDER = PROJECT / ".antrean" / "debian"
# Tarakan: open for everything from the first start; and a village that it covers.
DEMO_OFFICE = "TRK"
DEMO_VILLAGE = "desa.malinau"
POSTGRES, RABBITMQ, WEB = ("postgresql",), ("amqp", "amqps"), ("http", "https")
SERVICES = ("booking", "checkin", "notify", "display")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Every port of 127.0.0.1 that `antrean up` uses; all lie below those of outgoing connections."""

    gateway: int = 8080
    sandbox: int = 8081
    sandbox_smtp: int = 2525
    gateway_ops: int = 9100
    booking_ops: int = 9101
    checkin_ops: int = 9102
    notify_ops: int = 9103
    display_ops: int = 9104
    sandbox_ops: int = 9105
    postgres: int = 25432
    rabbitmq_amqp: int = 25673
    rabbitmq_epmd: int = 24369
    rabbitmq_dist: int = 25729
    rabbitmq_management: int = 15729
    rabbitmq_prometheus: int = 15792

    def ops(self, process: str) -> int:
        """The port of /livez, /readyz and /metrics of a process."""
        port: int = getattr(self, f"{process}_ops")
        return port

    def rabbitmq(self) -> RabbitPorts:
        """The five ports of the embedded RabbitMQ."""
        names = (field.name for field in dataclasses.fields(RabbitPorts))
        return RabbitPorts(**{name: getattr(self, f"rabbitmq_{name}") for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class UpSettings:
    """Settings of `antrean up` and `antrean doctor`."""

    home: Path
    ports: Ports
    database_url: str | None
    service_database_urls: dict[str, str]
    amqp_url: str | None
    amqp_management_url: str | None
    public_url: str
    demo_password: str
    demo_hours: str

    @property
    def embedded_postgres(self) -> bool:
        """Whether PostgreSQL is ours to start."""
        return self.database_url is None and len(self.service_database_urls) < len(SERVICES)

    @property
    def embedded_rabbitmq(self) -> bool:
        """Whether RabbitMQ is ours to start."""
        return self.amqp_url is None


def read_settings() -> UpSettings:
    """Read the environment; raise Problem for a value that cannot be."""
    env = FileAwareEnv(strip_whitespace=True)
    try:
        told = {
            field.name: env.int(f"{field.name.upper()}_PORT", None) for field in dataclasses.fields(Ports)
        }
        ports = Ports(**{name: port for name, port in told.items() if port is not None})
        urls = {service: _url(env, f"{service.upper()}_DATABASE_URL", POSTGRES) for service in SERVICES}
        return UpSettings(
            home=Path(env.str("ANTREAN_HOME", None) or PROJECT / ".antrean").absolute(),
            ports=ports,
            database_url=_url(env, "DATABASE_URL", POSTGRES),
            service_database_urls={service: url for service, url in urls.items() if url},
            amqp_url=_url(env, "AMQP_URL", RABBITMQ),
            amqp_management_url=_url(env, "AMQP_MANAGEMENT_URL", WEB),
            public_url=env.str("PUBLIC_URL", None) or f"http://127.0.0.1:{ports.gateway}",
            demo_password=env.str("DEMO_PASSWORD", "antrean-demo-2026"),
            # Round the clock, so that a ticket booked now can be held to the kiosk now.
            demo_hours=env.str("DEMO_HOURS", "always"),
        )
    except ValueError as error:
        raise Problem(f"{str(error).rstrip('.')}.") from error


def variables() -> Iterator[tuple[str, str]]:
    """Name each variable that `read_settings` reads, with what it means and what it is otherwise."""
    ports = Ports()
    for port in dataclasses.fields(Ports):
        yield f"{port.name.upper()}_PORT", f"else {getattr(ports, port.name)}"
    yield "ANTREAN_HOME", "folder of the data, keys and logs; else .antrean"
    yield "PUBLIC_URL", f"the pages' address as people type it; else http://127.0.0.1:{ports.gateway}"
    yield "DEMO_PASSWORD", "password that the demo accounts are made with; empty makes none"
    yield "DEMO_HOURS", "always: the demo offices are open round the clock; office: as data/offices says"
    yield "DATABASE_URL", "a PostgreSQL of your own, on which the databases are made; else one is started"
    for service in SERVICES:
        yield f"{service.upper()}_DATABASE_URL", f"the database of {service} alone"
    yield "AMQP_URL", "a RabbitMQ of your own; else one is started"
    yield "AMQP_MANAGEMENT_URL", "its management API, which antrean doctor asks"


def _url(env: FileAwareEnv, name: str, schemes: tuple[str, ...]) -> str | None:
    """Read an address; a fault in it is told without a word of it, because it may hold a password."""
    text = env.str(name, None)
    if not text:
        return None
    try:
        parts = urlsplit(text)
        good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise Problem(f"{name} is not of the form {schemes[0]}://user:password@host:port/name.")
    return text
