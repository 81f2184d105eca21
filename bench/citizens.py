"""Citizens for a load: accounts written straight into booking's database, and their access tokens."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from contracts.access import Access, AccessSigner
from contracts.keys import SigningKey

_COLUMNS = (
    "person_id, name, display_name, hall_name, phone, email, locale, nik_digest, nik_ciphertext, nik_key_id, "
    "password_hash, version, created_at"
)


def make_citizens(database_url: str, count: int) -> list[str]:
    """Write accounts that differ in all that must differ; return their person ids. They have no password."""
    people = [str(uuid.uuid4()) for _ in range(count)]
    now = datetime.now(UTC)
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY account ({_COLUMNS}) FROM STDIN") as copy:
            for person in people:
                copy.write_row(
                    (
                        person,
                        "Andi",
                        "Pak Andi",
                        "Pak Andi",
                        person,
                        person,
                        "id",
                        person.encode(),
                        b"-",
                        "-",
                        "-",
                        1,
                        now,
                    )
                )
        cursor.execute("ANALYZE account")
    return people


def sign_tokens(keys: Path, people: Sequence[str]) -> list[str]:
    """Sign an access token for each, as a sign-in would."""
    signer = AccessSigner(SigningKey.from_json((keys / "access-signing.jwk").read_text()))
    now = datetime.now(UTC)
    return [
        signer.sign(
            Access(
                subject=person,
                role="citizen",
                office=None,
                display_name="Pak Andi",
                expires_at=now + timedelta(hours=1),
            ),
            now=now,
        )
        for person in people
    ]
