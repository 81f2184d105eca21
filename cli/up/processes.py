"""Our own processes: what each is started with."""

import os
from collections.abc import Mapping
from pathlib import Path

from cli.servers.ports import LOOPBACK
from cli.settings import SERVICES, UpSettings
from cli.up.parts import OwnProcess

TARGETS = {service: f"services.{service}.service:{service.capitalize()}Service" for service in SERVICES}
WHATSAPP_PHONE_NUMBER_ID = "100000000000001"
_NICENESS = {"display": 5, "notify": 10, "sandbox": 10}
"""On a small machine calls and the sale come first, then the boards (a call is told without them); a message
may take a second longer."""


def common_environment(settings: UpSettings, keys: Mapping[str, str], amqp_url: str) -> dict[str, str]:
    """What every process is told; a variable that is set already, such as SMTP_URL or SMTP_URL_FILE, wins."""
    ports = settings.ports
    defaults = {
        # Files for people: no colours.
        "LOG_FORMAT": "console",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
        # A proxy for the outside world does not know this machine's sandbox.
        "NO_PROXY": LOOPBACK,
        "PUBLIC_URL": settings.public_url,
        # The pages are reached from this machine alone; a proxy on it says who asks.
        "TRUSTED_PROXIES": LOOPBACK,
        "GATEWAY_PORT": str(ports.gateway),
        "SANDBOX_PORT": str(ports.sandbox),
        "SANDBOX_SMTP_PORT": str(ports.sandbox_smtp),
        "SANDBOX_MESSAGES": str(settings.home / "messages.sqlite"),
        "SMTP_URL": f"smtp://{LOOPBACK}:{ports.sandbox_smtp}",
        "SMTP_FROM": "Antrean <antrean@imigrasi.example>",
        "WHATSAPP_API_URL": f"http://{LOOPBACK}:{ports.sandbox}/whatsapp",
        "WHATSAPP_PHONE_NUMBER_ID": WHATSAPP_PHONE_NUMBER_ID,
        "PAYMENT_WEBHOOK_URL": f"http://{LOOPBACK}:{ports.gateway}/v1/payments/settlements",
        "DEMO_HOURS": settings.demo_hours,
        **{name: value for name, value in keys.items() if name.removesuffix("_FILE") not in os.environ},
    }
    if settings.demo_hours == "always":
        # So that who tries the waitlist sees a place come back while they look.
        defaults |= {"COOL_DOWN_FROM_MINUTES": "0.5", "COOL_DOWN_TO_MINUTES": "1"}
    chosen = {
        name: os.environ.get(name, value)
        for name, value in defaults.items()
        if f"{name}_FILE" not in os.environ
    }
    return {**chosen, "AMQP_URL": amqp_url}


def service_processes(
    home: Path, settings: UpSettings, environment: Mapping[str, str], databases: Mapping[str, str]
) -> list[OwnProcess]:
    """The four services, and the providers' stand-ins that they send messages to."""
    services = [
        OwnProcess(
            name=service,
            arguments=("chassis", TARGETS[service]),
            environment={**environment, "DATABASE_URL": databases[service]},
            ops_port=settings.ports.ops(service),
            home=home,
            niceness=_NICENESS.get(service, 0),
        )
        for service in SERVICES
    ]
    return [*services, _plain("sandbox", home, settings, environment)]


def gateway_process(home: Path, settings: UpSettings, environment: Mapping[str, str]) -> OwnProcess:
    """The gateway: API and pages."""
    return _plain("gateway", home, settings, environment)


def _plain(name: str, home: Path, settings: UpSettings, environment: Mapping[str, str]) -> OwnProcess:
    return OwnProcess(
        name=name,
        arguments=(name,),
        environment=environment,
        ops_port=settings.ports.ops(name),
        home=home,
        niceness=_NICENESS.get(name, 0),
    )
