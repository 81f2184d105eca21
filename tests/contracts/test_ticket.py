"""The ticket token: genuine ones are read, whatever else is held to the reader is refused."""

import base64
import dataclasses
import uuid
from datetime import UTC, date, datetime, timedelta

import cbor2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from contracts.keys import SigningKey, VerifyingKeys
from contracts.ticket import Ticket, TicketExpired, TicketSigner, TicketTampered, TicketVerifier

KEY = SigningKey.generate("2026-11")
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TICKET = Ticket(
    booking_id=str(uuid.UUID("01a1ff5a-fe84-742f-b2cc-e87af4e5ecd5")),
    office="TRK",
    date=date(2026, 11, 24),
    starts_at=NOW,
    minutes=60,
    service="replacement",
    priority="pregnant",
    version=1,
    expires_at=NOW + timedelta(hours=23),
)
TEXT = TicketSigner(KEY).sign(TICKET)
VERIFIER = TicketVerifier(KEY.public())
BASE32 = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=600)


def _bytes(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def _text(message: bytes) -> str:
    return base64.b32encode(message).decode().rstrip("=")


def test_a_ticket_reads_back_as_it_was_signed() -> None:
    """Every claim survives the way through the QR code."""
    assert VERIFIER.verify(TEXT, now=NOW) == TICKET


@given(
    booking_id=st.uuids().map(str),
    day=st.dates(),
    starts_at=st.integers(0, 2**33),
    minutes=st.integers(1, 600),
    version=st.integers(1, 2**31),
)
def test_any_visit_reads_back(booking_id: str, day: date, starts_at: int, minutes: int, version: int) -> None:
    """Whatever the office, day, hour and version are."""
    ticket = dataclasses.replace(
        TICKET,
        booking_id=booking_id,
        date=day,
        starts_at=datetime.fromtimestamp(starts_at, UTC),
        minutes=minutes,
        version=version,
    )
    assert VERIFIER.verify(TicketSigner(KEY).sign(ticket), now=NOW) == ticket


@pytest.mark.parametrize(
    "typed", [TEXT.lower(), TEXT.title(), f" {TEXT}\r\n"], ids=["lower", "mixed", "enter"]
)
def test_a_scanner_may_type_it_in_either_case_and_end_with_enter(typed: str) -> None:
    """A keyboard-wedge scanner with Caps Lock on, or one that adds a line end, reads the same ticket."""
    assert VERIFIER.verify(typed, now=NOW) == TICKET


def test_a_changed_byte_is_refused_wherever_it_is() -> None:
    """Each bit of each byte is flipped in turn: header, claims and signature are all protected."""
    message = _bytes(TEXT)
    for place in range(len(message)):
        for bit in range(8):
            changed = bytearray(message)
            changed[place] ^= 1 << bit
            with pytest.raises(TicketTampered):
                VERIFIER.verify(_text(bytes(changed)), now=NOW)


def test_a_changed_character_never_makes_another_ticket() -> None:
    """Only bits that base32 leaves unused may differ, and then the ticket is the same one."""
    for place in range(len(TEXT)):
        other = "B" if TEXT[place] == "A" else "A"
        try:
            assert VERIFIER.verify(TEXT[:place] + other + TEXT[place + 1 :], now=NOW) == TICKET
            assert place == len(TEXT) - 1
        except TicketTampered:
            continue


def test_a_ticket_cut_short_is_refused() -> None:
    """A scanner that lost characters does not admit anyone."""
    for length in range(len(TEXT)):
        with pytest.raises(TicketTampered):
            VERIFIER.verify(TEXT[:length], now=NOW)


@given(text=st.one_of(st.text(), BASE32, st.binary().map(_text)))
def test_any_other_text_is_refused_as_no_ticket(text: str) -> None:
    """A shopping receipt, a web address, another system's code: never another error, never a ticket."""
    with pytest.raises(TicketTampered):
        VERIFIER.verify(text, now=NOW)


def test_a_ticket_is_over_at_its_end() -> None:
    """It is good until just before its end, and expired from the end on."""
    assert VERIFIER.verify(TEXT, now=TICKET.expires_at - timedelta(seconds=1)) == TICKET
    for late in (timedelta(0), timedelta(seconds=1), timedelta(days=400)):
        with pytest.raises(TicketExpired):
            VERIFIER.verify(TEXT, now=TICKET.expires_at + late)


def test_a_ticket_signed_with_another_key_is_refused() -> None:
    """Not with an unknown key id, and not with a forged key under our own key id."""
    for key_id in ("stolen", "2026-11"):
        forged = TicketSigner(SigningKey.generate(key_id)).sign(TICKET)
        with pytest.raises(TicketTampered):
            VERIFIER.verify(forged, now=NOW)


def test_keys_rotate_without_a_gap() -> None:
    """Tickets of the old and of the new key are read while both are in the set; then the old one goes."""
    new = SigningKey.generate("2026-12")
    new_text = TicketSigner(new).sign(TICKET)
    both = VerifyingKeys(jwks=KEY.public().jwks + new.public().jwks)
    assert TicketVerifier(both).verify(TEXT, now=NOW) == TICKET
    assert TicketVerifier(both).verify(new_text, now=NOW) == TICKET
    with pytest.raises(TicketTampered):
        TicketVerifier(new.public()).verify(TEXT, now=NOW)


def test_the_qr_code_stays_small_enough_for_thermal_paper() -> None:
    """Alphanumeric, error level M, at most version 9 (53 modules), for the longest words we have."""
    code = segno.make(TEXT, error="m", boost_error=False)
    assert (code.mode, code.error) == ("alphanumeric", "M")
    assert int(code.version) <= 9


def test_a_ticket_names_no_person() -> None:
    """The claims are an end, the booking's id and the visit: office, day, time, service, class, version."""
    _protected, _unprotected, payload, _signature = cbor2.loads(_bytes(TEXT)).value
    expires, booking_id, visit = 4, 7, -70001
    assert cbor2.loads(payload) == {
        expires: int(TICKET.expires_at.timestamp()),
        booking_id: uuid.UUID(TICKET.booking_id).bytes,
        visit: ["TRK", TICKET.date.toordinal(), int(NOW.timestamp()), 60, "replacement", "pregnant", 1],
    }
