"""Devices are paired by a code that somebody in charge types, and renew their sessions by secrets."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import uuid_utils
from sqlalchemy import func, select

from contracts.events import SessionsRevoked
from contracts.requests.accounts import ListRevocations
from contracts.requests.devices import (
    ApprovePairing,
    BeginPairing,
    Device,
    DeviceSession,
    FindPairing,
    ListDevices,
    Pairing,
    RenewDevice,
    RevokeDevice,
    TakePairing,
)
from contracts.words import DeviceKind
from services.booking.device_errors import (
    CounterNeeded,
    DeviceNotPaired,
    OtherDeviceKind,
    PairingExpired,
    PairingPending,
    PairingsFull,
    TooManyPairings,
    UnknownDevice,
    UnknownPairingCode,
)
from services.booking.domain import device as rules
from services.booking.domain.throttle import WINDOW
from services.booking.errors import TooManyAttempts
from services.booking.handlers import device_sessions, pairings, sessions
from services.booking.store import audit, device_tables
from services.booking.store.accounts import StaffRecord
from services.booking.store.colleagues import add as add_staff
from tests.integration.booking.desk import NOW, Desk


@pytest.fixture
def head(desk: Desk) -> str:
    """Tarakan's head."""
    desk.add_office()
    record = StaffRecord(
        staff_id=str(uuid_utils.uuid7()),
        login="kepala.trk",
        display_name="Kepala TRK",
        role="head",
        office="TRK",
        password_hash="",
    )
    desk.do(add_staff, record)
    return record.staff_id


def begin(desk: Desk, kind: DeviceKind = "kiosk", *, address: str | None = None) -> Pairing:
    command = BeginPairing(kind=kind, address=address)
    return desk.do(pairings.begin_pairing, command, sign_in=desk.sign_in())


def find(desk: Desk, head: str, user_code: str, *, now: datetime = NOW) -> DeviceKind:
    query = FindPairing(office="TRK", approved_by=head, user_code=user_code)
    return desk.do(pairings.find_pairing, query, sign_in=desk.sign_in(now), now=now).kind


def approve(
    desk: Desk,
    head: str,
    asked: Pairing,
    *,
    counter: int | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> Device:
    told: dict[str, Any] = {"kind": asked.kind, "name": "Kios pintu masuk", **changes}
    command = ApprovePairing(
        office="TRK", approved_by=head, role="head", user_code=asked.user_code, counter=counter, **told
    )
    return desk.do(pairings.approve_pairing, command, sign_in=desk.sign_in(now), now=now)


def take(desk: Desk, asked: Pairing, *, now: datetime = NOW) -> DeviceSession:
    command = TakePairing(device_code=asked.device_code)
    return desk.do(pairings.take_pairing, command, sign_in=desk.sign_in(now), now=now)


def renew(desk: Desk, secret: str, *, now: datetime = NOW) -> DeviceSession:
    return device_sessions.renew_device(RenewDevice(refresh_secret=secret), sign_in=desk.sign_in(now))


def paired(desk: Desk, head: str) -> DeviceSession:
    asked = begin(desk)
    approve(desk, head, asked)
    return take(desk, asked)


def listed(desk: Desk) -> tuple[Device, ...]:
    return desk.do(device_sessions.list_devices, ListDevices(office="TRK")).devices


def revoke(desk: Desk, head: str, device_id: str, *, office: str = "TRK") -> Device:
    command = RevokeDevice(office=office, device_id=device_id, revoked_by=head, role="head")
    return desk.do(device_sessions.revoke_device, command, sign_in=desk.sign_in())


def deeds(desk: Desk, device_id: str) -> list[tuple[str, str]]:
    return [(entry.deed.action, entry.deed.role) for entry in desk.do(audit.latest, 9, subject=device_id)]


def test_a_device_waits_until_somebody_approves_it(desk: Desk, head: str) -> None:
    """Then it gets a token of its own role for its own office, and the head sees it."""
    asked = begin(desk)
    assert (len(asked.user_code), asked.user_code.isdecimal()) == (6, True)
    with pytest.raises(PairingPending):
        take(desk, asked)
    assert find(desk, head, asked.user_code) == "kiosk"
    approved = approve(desk, head, asked)
    session = take(desk, asked)
    access = desk.accesses.verify(session.token, now=NOW)
    assert (access.subject, access.role, access.office) == (approved.device_id, "kiosk", "TRK")
    assert (access.display_name, access.expires_at) == ("Kios pintu masuk", NOW + rules.TOKEN_LASTS)
    (device,) = listed(desk)
    assert (device.device_id, device.kind, device.paired_by) == (approved.device_id, "kiosk", "Kepala TRK")
    assert device.seen_at == NOW
    assert deeds(desk, approved.device_id) == [("device_paired", "head"), ("signed_in", "kiosk")]


def test_an_approved_pairing_is_taken_once(desk: Desk, head: str) -> None:
    """Who has seen the device's secret comes too late."""
    asked = begin(desk)
    approve(desk, head, asked)
    take(desk, asked)
    with pytest.raises(PairingExpired):
        take(desk, asked)


def test_a_code_is_worth_nothing_after_ten_minutes(desk: Desk, head: str) -> None:
    """Neither to the head nor to the device; approved at the last moment it can still be taken."""
    asked, late = begin(desk), begin(desk)
    over = NOW + rules.PAIRING_LIVES
    approve(desk, head, late, now=over - timedelta(seconds=1))
    with pytest.raises(UnknownPairingCode):
        approve(desk, head, asked, now=over)
    with pytest.raises(PairingExpired):
        take(desk, asked, now=over)
    assert take(desk, late, now=over + timedelta(seconds=30)).role == "kiosk"


def test_guessing_at_codes_has_to_stop(desk: Desk, head: str) -> None:
    """A right code in between does not help; another head goes on, and so does this one after the window."""
    for _ in range(rules.WRONG_CODES_ALLOWED):
        with pytest.raises(UnknownPairingCode):
            find(desk, head, "000000")
        assert find(desk, str(uuid_utils.uuid7()), begin(desk).user_code) == "kiosk"
    asked = begin(desk)
    with pytest.raises(TooManyAttempts):
        find(desk, head, asked.user_code)
    with pytest.raises(TooManyAttempts):
        approve(desk, head, asked)
    desk.do(sessions.forget_old_failures, now=NOW + WINDOW + timedelta(seconds=1))
    assert find(desk, head, asked.user_code) == "kiosk"


def test_a_board_at_a_counter_says_at_which(desk: Desk, head: str) -> None:
    """One that the office has; other devices have none."""
    asked = begin(desk, "counter_board")
    for counter in (None, 5):
        with pytest.raises(CounterNeeded):
            approve(desk, head, asked, counter=counter)
    assert approve(desk, head, asked, counter=4).counter == 4
    session = take(desk, asked)
    assert (session.role, session.counter) == ("board", 4)
    assert approve(desk, head, begin(desk, "board"), counter=4).counter is None


def test_another_kind_of_device_than_was_seen_is_not_approved(desk: Desk, head: str) -> None:
    """The code may have become another device's since."""
    with pytest.raises(OtherDeviceKind):
        approve(desk, head, begin(desk, "board"), kind="kiosk")


def test_only_so_many_devices_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From one address, and in the country."""
    desk.add_office()
    monkeypatch.setattr(rules, "MOST_OF_ADDRESS", 2)
    monkeypatch.setattr(rules, "MOST_PAIRINGS", 3)
    begin(desk, address="203.0.113.7")
    begin(desk, address="203.0.113.7")
    with pytest.raises(TooManyPairings):
        begin(desk, address="203.0.113.7")
    begin(desk, address="203.0.113.8")
    with pytest.raises(PairingsFull):
        begin(desk, address="203.0.113.9")


def test_each_renewal_replaces_the_secret(desk: Desk, head: str) -> None:
    """The session goes on for as long as the device is heard of."""
    session, now = paired(desk, head), NOW
    for _ in range(4):
        now += timedelta(days=1)
        session = renew(desk, session.refresh_secret, now=now)
        assert desk.accesses.verify(session.token, now=now).role == "kiosk"
    assert listed(desk)[0].seen_at == now


def test_a_secret_that_was_replaced_ends_the_device_when_used_again(desk: Desk, head: str) -> None:
    """Somebody has a copy: neither the copy nor the device goes on, and the head is told."""
    first = paired(desk, head)
    second = renew(desk, first.refresh_secret)
    third = renew(desk, second.refresh_secret)
    desk.heard()
    for secret in (first.refresh_secret, second.refresh_secret, third.refresh_secret):
        with pytest.raises(DeviceNotPaired):
            renew(desk, secret)
    assert desk.heard() == [SessionsRevoked(version=2, subject=first.device_id)]
    assert listed(desk)[0].ended == "secret_reused"
    assert deeds(desk, first.device_id)[-1] == ("device_secret_reused", "kiosk")


def test_an_answer_that_was_lost_ends_no_device(desk: Desk, head: str) -> None:
    """The device comes again with the secret that it has, and two tabs may renew at once."""
    session = paired(desk, head)
    lost, other = renew(desk, session.refresh_secret), renew(desk, session.refresh_secret)
    after = renew(desk, other.refresh_secret)
    with pytest.raises(DeviceNotPaired):
        renew(desk, lost.refresh_secret)  # the control: the one that was not used is spent by now
    assert after.device_id == session.device_id


def test_a_revoked_device_is_none_any_more(desk: Desk, head: str) -> None:
    """Who checks tokens hears of it, or asks; its secret is worth nothing; twice changes nothing."""
    session = paired(desk, head)
    desk.heard()
    assert revoke(desk, head, session.device_id).ended == "revoked"
    assert revoke(desk, head, session.device_id).ended == "revoked"
    assert desk.heard() == [SessionsRevoked(version=2, subject=session.device_id)]
    known = desk.do(sessions.list_revocations, ListRevocations(), sign_in=desk.sign_in()).revocations
    assert [(one.subject, one.session_version) for one in known] == [(session.device_id, 2)]
    with pytest.raises(DeviceNotPaired):
        renew(desk, session.refresh_secret)
    assert [action for action, _ in deeds(desk, session.device_id)].count("device_revoked") == 1


def test_a_device_of_another_office_is_not_there(desk: Desk, head: str) -> None:
    """Whatever is said to be its id."""
    session = paired(desk, head)
    for office, device_id in (("SKW", session.device_id), ("TRK", "no id")):
        with pytest.raises(UnknownDevice):
            revoke(desk, head, device_id, office=office)
    assert renew(desk, session.refresh_secret).office == "TRK"


def test_a_secret_that_nobody_has_is_refused(desk: Desk) -> None:
    """And ends nothing."""
    with pytest.raises(DeviceNotPaired):
        renew(desk, "no-secret-of-anybody")


def test_what_is_of_long_ago_is_dropped(desk: Desk, head: str) -> None:
    """Codes that expired, spent secrets, devices that ended or went silent; one that is in use stays."""
    begin(desk)
    silent, ended, used = (paired(desk, head) for _ in range(3))
    revoke(desk, head, ended.device_id)
    later = NOW + rules.ENDED_KEPT + timedelta(days=1)
    for at in (later - timedelta(days=1), later - timedelta(hours=1), later):
        used = renew(desk, used.refresh_secret, now=at)
    desk.do(device_sessions.forget_old_devices, now=later)
    assert {device.device_id for device in listed(desk)} == {silent.device_id, used.device_id}
    assert (rows(desk, "device_pairing"), rows(desk, "device_secret")) == (0, 4)
    desk.do(device_sessions.forget_old_devices, now=NOW + rules.IDLE_KEPT + timedelta(seconds=1))
    assert [device.device_id for device in listed(desk)] == [used.device_id]


def rows(desk: Desk, table: str) -> int:
    with desk.database.engine.connect() as connection:
        counted = select(func.count()).select_from(getattr(device_tables, table))
        return int(connection.execute(counted).scalar_one())
