"""docker-compose.yml: valid, closed to the outside, and started in an order that works."""

import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from contracts.events import SUBSCRIPTIONS
from contracts.keys import SigningKey, VerifyingKeys
from deploy.make_secrets import make_secrets
from tests.deploy.tools import PROJECT, run, tool

COMPOSE = PROJECT / "docker-compose.yml"
SERVICES = {"booking", *SUBSCRIPTIONS}


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("depends_on:", "depends_upon:"),
        ("condition: service_healthy", "condition: service_happy"),
        (
            "secrets: [amqp_url, access_keys, payment_webhook_secret]",
            "secrets: [amqp_url, access_key, payment_webhook_secret]",
        ),
        ("networks: [inside, outside]", "networks: [inside, elsewhere]"),
    ],
)
def test_a_broken_compose_file_is_noticed(tmp_path: Path, good: str, bad: str) -> None:
    """Negative control: a mistyped word, condition, secret or network fails the check."""
    text = COMPOSE.read_text()
    assert good in text
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(text.replace(good, bad))
    assert run(tool("docker-compose"), "--file", broken, "config", "--quiet").returncode != 0


def test_a_signing_key_that_was_lost_is_made_anew_and_known(tmp_path: Path) -> None:
    """With those before it, whose tickets are still in people's hands; made again, nothing changes."""
    make_secrets(tmp_path / "secrets")
    private, public = tmp_path / "secrets" / "ticket_signing_key", tmp_path / "secrets" / "ticket_keys"
    lost = SigningKey.from_json(private.read_text()).key_id
    private.unlink()
    assert make_secrets(tmp_path / "secrets") == ["ticket_signing_key", "ticket_keys"]
    made = SigningKey.from_json(private.read_text()).key_id
    assert list(VerifyingKeys.from_json(public.read_text()).verifiers) == [lost, made]
    assert make_secrets(tmp_path / "secrets") == []


def test_the_first_command_starts_what_people_can_register_with(compose: dict[str, Any]) -> None:
    """Codes go to the sandbox by default, so the command that is shown first starts it."""
    text = COMPOSE.read_text()
    first = next(line for line in text.splitlines() if "docker compose" in line)
    providers = {
        compose["services"]["notify"]["environment"][name] for name in ("SMTP_URL", "WHATSAPP_API_URL")
    }
    assert all(urlsplit(provider).hostname == "sandbox" for provider in providers)
    for profile in compose["services"]["sandbox"]["profiles"]:
        assert f"--profile {profile}" in first


def test_only_the_gateway_can_be_reached_and_only_from_this_machine(compose: dict[str, Any]) -> None:
    """With a profile also its page: the sandbox phone, Grafana. Nothing listens beyond 127.0.0.1."""
    published = {
        name: port["host_ip"]
        for name, service in compose["services"].items()
        for port in service.get("ports", [])
    }
    assert set(published.values()) == {"127.0.0.1"}
    by_profile = {name: compose["services"][name].get("profiles", []) for name in published}
    assert by_profile == {"gateway": [], "sandbox": ["demo"], "grafana": ["observe"]}


def test_every_process_starts_after_its_schema_and_its_broker(compose: dict[str, Any]) -> None:
    """A service waits until its own migration has ended well and RabbitMQ answers."""
    for name in SERVICES:
        waits = compose["services"][name]["depends_on"]
        assert waits["rabbitmq"]["condition"] == "service_healthy"
        schema = "seed" if name == "booking" else f"migrate-{name}"
        assert waits[schema]["condition"] == "service_completed_successfully"
    assert set(compose["services"]["gateway"]["depends_on"]) == {"rabbitmq"}


def test_each_service_reads_its_own_database_alone(compose: dict[str, Any]) -> None:
    """No service is given the address of another one's database."""
    for name in SERVICES:
        given = {secret["source"] for secret in compose["services"][name]["secrets"]}
        assert {secret for secret in given if secret.endswith("_database_url")} == {f"{name}_database_url"}


def test_private_keys_go_to_booking_alone(compose: dict[str, Any]) -> None:
    """Who can sign tickets and read a NIK is one process; the others verify."""
    private = {"ticket_signing_key", "access_signing_key", "nik_hmac_key", "nik_cipher_key"}
    for name, service in compose["services"].items():
        given = {secret["source"] for secret in service.get("secrets", [])}
        assert not given & private or name == "booking"


def test_our_processes_have_no_rights(compose: dict[str, Any]) -> None:
    """No capabilities, no new privileges, a read-only file system."""
    for service in compose["services"].values():
        if service.get("image") == "antrean:local":
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert service["security_opt"] == ["no-new-privileges:true"]


def test_no_secret_is_written_into_the_file() -> None:
    """Passwords and keys come from files, never from the text of docker-compose.yml."""
    declared = yaml.safe_load(COMPOSE.read_text())
    assert all(secret["file"].startswith("./deploy/secrets/") for secret in declared["secrets"].values())
    for service in declared["services"].values():
        for name in service.get("environment", {}):
            assert not name.endswith(("PASSWORD", "_KEY", "_TOKEN", "DATABASE_URL", "AMQP_URL"))


def test_the_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    """Every secret that compose declares is made; a second run changes nothing."""
    folder = tmp_path / "secrets"
    made = make_secrets(folder)
    assert set(made) == set(yaml.safe_load(COMPOSE.read_text())["secrets"])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert make_secrets(folder) == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_secrets_fit_each_other(tmp_path: Path) -> None:
    """Public keys belong to the private ones, and the broker's user is the one in its URL."""
    folder = tmp_path / "secrets"
    make_secrets(folder)
    for kind in ("ticket", "access"):
        signing = SigningKey.from_json((folder / f"{kind}_signing_key").read_text())
        assert VerifyingKeys.from_json((folder / f"{kind}_keys").read_text()) == signing.public()
    user, password = (line.split(" = ")[1] for line in (folder / "rabbitmq_user").read_text().splitlines())
    assert (folder / "amqp_url").read_text() == f"amqp://{user}:{password}@rabbitmq:5672/antrean"


def test_lost_public_keys_are_made_again_from_the_private_ones(tmp_path: Path) -> None:
    """So that a rotation starts from one file."""
    folder = tmp_path / "secrets"
    make_secrets(folder)
    before = (folder / "ticket_keys").read_text()
    (folder / "ticket_keys").unlink()
    assert make_secrets(folder) == ["ticket_keys"]
    assert (folder / "ticket_keys").read_text() == before
