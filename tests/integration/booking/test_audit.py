"""The audit log: what is written, that it is only added to, and that a change of it is found."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import text

from contracts.requests.accounts import OverrideNik
from services.booking.domain.audit import Deed, Head
from services.booking.errors import BadNik, NikMismatch
from services.booking.handlers import audit, nik_overrides, sessions
from services.booking.handlers.audit import Verdict
from services.booking.store.audit import latest
from tests.contention import at_once
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.test_sessions import hire, sign_in

OFFICER = "0199a1b2-0000-7000-8000-0000000000f1"
RENUMBERED = """
    DELETE FROM audit_entry WHERE sequence = 2;
    UPDATE audit_entry SET sequence = sequence - 1 WHERE sequence > 2
"""
COPIED = """
    INSERT INTO audit_entry SELECT 6, at, actor, role, office, action, subject, details, digest
    FROM audit_entry WHERE sequence = 5
"""


def write(desk: Desk, subject: str) -> None:
    deed = Deed(actor=OFFICER, role="head", office="TRK", action="plan_changed", subject=subject, details={})
    desk.do(audit.record, deed, key=desk.vault.audit_key)


def verify(desk: Desk, noted: Head | None = None) -> Verdict:
    return desk.do(audit.verify, key=desk.vault.audit_key, noted=noted)


def entries(desk: Desk) -> list[Deed]:
    return [entry.deed for entry in desk.do(latest, 100, subject=None)]


def tamper(desk: Desk, statement: str, **values: object) -> None:
    """Change the log as somebody with all rights on the server could, the trigger switched off."""
    with desk.database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement), values)


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A log of five entries."""
    for number in range(1, 6):
        write(desk, f"S{number}")
    return desk


def test_an_untouched_log_holds(written: Desk) -> None:
    """Up to its last entry; an empty one holds too."""
    verdict = verify(written)
    assert (verdict.broken, verdict.head.sequence) == (None, 5)


def test_an_empty_log_holds(desk: Desk) -> None:
    """There is nothing to break."""
    assert verify(desk).broken is None


@pytest.mark.parametrize(
    ("statement", "at", "reason"),
    [
        ("UPDATE audit_entry SET subject = 'S9' WHERE sequence = 3", 3, "digest"),
        ("UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 1", 1, "digest"),
        ("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE sequence = 5", 5, "digest"),
        ('UPDATE audit_entry SET details = \'{"reason": "x"}\' WHERE sequence = 2', 2, "digest"),
        ("DELETE FROM audit_entry WHERE sequence = 3", 3, "missing"),
        ("DELETE FROM audit_entry WHERE sequence = 1", 1, "missing"),
        (RENUMBERED, 2, "digest"),
        (COPIED, 6, "digest"),
    ],
)
def test_the_first_broken_entry_is_named(written: Desk, statement: str, at: int, reason: str) -> None:
    """Whatever was changed, removed, renumbered or copied, and whoever did it."""
    tamper(written, statement)
    broken = verify(written).broken
    assert broken is not None
    assert (broken.sequence, broken.reason) == (at, reason)


def test_a_log_that_lost_its_end_is_found_by_the_head_that_was_noted(written: Desk) -> None:
    """The chain itself would hold: what is gone is at its end."""
    noted = verify(written).head
    write(written, "S6")
    assert verify(written, noted).broken is None
    tamper(written, "DELETE FROM audit_entry WHERE sequence >= 4")
    assert verify(written).broken is None
    broken = verify(written, noted).broken
    assert broken is not None
    assert (broken.sequence, broken.reason) == (4, "missing")


def test_a_log_that_was_sealed_anew_is_found_by_the_head_that_was_noted(written: Desk) -> None:
    """Even by who has the key."""
    noted = verify(written).head
    tamper(written, "TRUNCATE audit_entry")
    for number in range(1, 6):
        write(written, f"other {number}")
    assert verify(written).broken is None
    broken = verify(written, noted).broken
    assert broken is not None
    assert broken.reason == "not_the_noted_one"


def test_another_key_seals_nothing(written: Desk) -> None:
    """Who has the database alone cannot write digests that hold."""
    broken = written.do(audit.verify, key=bytes(32)).broken
    assert broken is not None
    assert broken.sequence == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET subject = 'S9'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_database_refuses_every_change(written: Desk, statement: str) -> None:
    """Also to the role that the tests have, which may do all else: the trigger asks nobody's rights."""
    with (
        pytest.raises(sqlalchemy.exc.DBAPIError, match="only added to"),
        written.database.engine.begin() as connection,
    ):
        connection.execute(text(statement))
    assert verify(written).broken is None


def test_the_owner_of_the_table_has_no_right_to_change_it(desk: Desk) -> None:
    """What the role may do is told by the database itself: read and add."""
    query = "SELECT privilege_type FROM information_schema.table_privileges WHERE table_name = 'audit_entry'"
    with desk.database.engine.connect() as connection:
        rights = set(connection.execute(text(query)).scalars())
    assert {"SELECT", "INSERT"} <= rights
    assert not rights & {"UPDATE", "DELETE", "TRUNCATE"}


def test_twenty_who_write_at_once_make_one_chain(desk: Desk) -> None:
    """Without a gap and without a fork."""
    at_once([partial(write, desk, f"S{number}") for number in range(20)])
    verdict = verify(desk)
    assert (verdict.broken, verdict.head.sequence) == (None, 20)


def test_what_does_not_take_effect_is_not_written(desk: Desk) -> None:
    """And leaves no gap."""
    deed = Deed(actor=OFFICER, role="head", office="TRK", action="plan_changed", subject="TRK", details={})
    undone = desk.database.begin(now=NOW)
    audit.record(undone, deed, key=desk.vault.audit_key)
    undone.close()
    write(desk, "TRK")
    assert verify(desk).head.sequence == 1


def test_staff_who_sign_in_are_written_down_and_citizens_are_not(desk: Desk) -> None:
    """Citizens come by the thousand, and one writes at a time."""
    desk.register(email="andi@contoh.id")
    officer = hire(desk, "petugas.trk", "officer")
    sign_in(desk, "andi@contoh.id")
    sign_in(desk, "petugas.trk")
    (deed,) = entries(desk)
    assert (deed.actor, deed.role, deed.office, deed.action) == (officer, "officer", "TRK", "signed_in")


def test_a_citizen_who_signs_in_waits_for_nobody_who_writes(desk: Desk) -> None:
    """The log's turn is held by somebody, and the sign-in ends all the same."""
    desk.register(email="andi@contoh.id")
    deed = Deed(actor=OFFICER, role="head", office="TRK", action="plan_changed", subject="TRK", details={})
    with desk.database.transaction(now=NOW) as tx:
        audit.record(tx, deed, key=desk.vault.audit_key)
        assert sign_in(desk, "andi@contoh.id").role == "citizen"


def override(desk: Desk, **changes: Any) -> None:
    told: dict[str, Any] = {
        "officer_id": OFFICER,
        "role": "officer",
        "office": "TRK",
        "nik": "6571011708900001",
        "birth_date": date(1990, 8, 18),
        "sex": "male",
        "reason": "printed_on_card",
    }
    desk.do(nik_overrides.override_nik, OverrideNik(**{**told, **changes}), vault=desk.vault)


def test_an_officer_lets_exactly_what_the_card_says_pass(desk: Desk) -> None:
    """This NIK with this birth date and this sex, for a week; nothing near it."""
    application = desk.application(nik="6571011708900001", birth_date=date(1990, 8, 18))
    with pytest.raises(NikMismatch):
        desk.begin(application)
    override(desk)
    with pytest.raises(NikMismatch):
        desk.begin(desk.application(nik="6571011708900001", birth_date=date(1990, 8, 19)))
    with pytest.raises(NikMismatch):
        desk.begin(desk.application(nik="6571011708900002", birth_date=date(1990, 8, 18)))
    with pytest.raises(NikMismatch):
        desk.begin(application, now=NOW + nik_overrides.LASTS)
    assert desk.verify(*desk.begin(application)).role == "citizen"


def test_an_override_is_written_down_with_its_reason_and_without_the_nik(desk: Desk) -> None:
    """Who, for which office, why; neither NIK nor birth date."""
    override(desk)
    (deed,) = entries(desk)
    assert (deed.actor, deed.office, deed.action) == (OFFICER, "TRK", "nik_overridden")
    assert deed.details == {"reason": "printed_on_card"}
    with desk.database.engine.connect() as connection:
        dump = str(connection.execute(text("SELECT audit_entry::text FROM audit_entry")).scalar_one())
        kept = str(connection.execute(text("SELECT nik_override::text FROM nik_override")).scalar_one())
    assert "1708900001" not in dump + kept
    assert "1990-08-18" not in dump + kept


def test_an_override_that_was_not_used_is_forgotten(desk: Desk) -> None:
    """The entry in the log stays."""
    override(desk)
    desk.do(nik_overrides.forget_expired_overrides, now=NOW + nik_overrides.LASTS + timedelta(seconds=1))
    with desk.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM nik_override")).scalar_one() == 0
    assert len(entries(desk)) == 1


def test_what_has_not_the_form_of_a_nik_cannot_be_overridden(desk: Desk) -> None:
    """And is not written down."""
    with pytest.raises(BadNik):
        override(desk, nik="6571013208900001")
    assert entries(desk) == []


def test_a_device_signs_in_as_staff_does(desk: Desk) -> None:
    """A stolen kiosk's password leaves a trace."""
    kiosk = hire(desk, "kios.trk", "kiosk")
    desk.do(sessions.forget_old_failures)
    sign_in(desk, "kios.trk")
    assert [deed.actor for deed in entries(desk)] == [kiosk]
