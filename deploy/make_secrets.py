"""Make the secrets of docker-compose.yml: `python -m deploy.make_secrets`.

Writes each file that `deploy/secrets/` lacks and changes none that is there, but for one: the public key of a
private key that was lost and made anew is added to those before it. The folder can be entered
by its owner alone; the files in it can be read by all, because a container's user, who is another
one, is given the file itself.
"""

import base64
import secrets
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from contracts.keys import SigningKey, VerifyingKeys

FOLDER = Path(__file__).with_name("secrets")
SERVICES = ("booking", "checkin", "notify", "display")


def make_secrets(folder: Path) -> list[str]:
    """Write what is missing; return the names of what was written."""
    folder.mkdir(mode=0o700, exist_ok=True)
    return [name for name, make in _singles() if _write(folder / name, make)] + [
        *_signing_key(folder, "ticket_signing_key", "ticket_keys"),
        *_signing_key(folder, "access_signing_key", "access_keys"),
        *_broker_user(folder),
    ]


def _singles() -> Iterator[tuple[str, Callable[[], str]]]:
    for name in ("postgres_password", "grafana_password", "demo_password", "whatsapp_token"):
        yield name, _password
    for name in ("nik_hmac_key", "nik_cipher_key"):
        yield name, lambda: base64.b64encode(secrets.token_bytes(32)).decode()
    yield "payment_webhook_secret", lambda: f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    for service in SERVICES:
        yield f"{service}_database_url", partial(_database_url, service)


def _database_url(service: str) -> str:
    return f"postgresql://{service}:{_password()}@postgres:5432/{service}"


def _signing_key(folder: Path, private: str, public: str) -> Iterator[str]:
    """The private key, and the key set that verifies its signatures and those of the keys before it."""
    if _write(folder / private, lambda: SigningKey.generate(secrets.token_hex(4)).to_json()):
        yield private
    key = SigningKey.from_json((folder / private).read_text())
    if _write(folder / public, lambda: key.public().to_json()):
        yield public
    known = VerifyingKeys.from_json((folder / public).read_text())
    if key.key_id not in known.verifiers:
        (folder / public).unlink()
        _write(folder / public, VerifyingKeys(jwks=(*known.jwks, *key.public().jwks)).to_json)
        yield public


def _broker_user(folder: Path) -> Iterator[str]:
    """The broker's user as the broker reads it, and as the processes read it."""
    password = _password()
    if _write(folder / "rabbitmq_user", lambda: f"default_user = antrean\ndefault_pass = {password}\n"):
        yield "rabbitmq_user"
        (folder / "amqp_url").unlink(missing_ok=True)
    known = (folder / "rabbitmq_user").read_text().rpartition(" = ")[2].strip()
    if _write(folder / "amqp_url", lambda: f"amqp://antrean:{known}@rabbitmq:5672/antrean"):
        yield "amqp_url"


def _password() -> str:
    return secrets.token_urlsafe(24)


def _write(path: Path, make: Callable[[], str]) -> bool:
    if path.exists():
        return False
    path.write_text(make())
    path.chmod(0o444)
    return True


if __name__ == "__main__":
    for written in make_secrets(FOLDER):
        sys.stdout.write(f"written: {FOLDER.name}/{written}\n")
