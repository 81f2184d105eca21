"""A number of the hall on thermal paper: its commands, its words, and the addresses that give it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from escpos.printer import Dummy  # type: ignore[import-untyped]  # it has no types

from contracts.refusals import RemoteRefusal
from contracts.requests.walk_in import GetAdmission
from contracts.words import Locale
from gateway.paper import escpos
from gateway.paper.escpos import COLUMNS, Roll
from gateway.paper.hall_ticket import hall_ticket_escpos, hall_ticket_words
from gateway.qr import follow_address
from tests.unit.gateway.fakes import bearer, gateway, office, refused
from tests.unit.gateway.test_office_work import ADMISSION

ADDRESS = "https://antrean.example/tunggu/TRK?nomor=A-001"
_COMMANDS = re.compile(
    rb"\x1b@|\x1ba.|\x1bE.|\x1d!.|\x1dVB.|\x1d\(k(?P<length>..)(?P<symbol>1.)", flags=re.DOTALL
)


def dummy(command: Callable[[Any], None]) -> bytes:
    """Return what python-escpos sends to a printer."""
    printer = Dummy()
    command(printer)
    output: bytes = printer.output
    return output


def read(sent: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of text that a printer writes, and the texts of the QR codes that it draws."""
    text, codes_drawn, at = bytearray(), [], 0
    while at < len(sent):
        command = _COMMANDS.match(sent, at)
        if command is None:
            text.append(sent[at])
            at += 1
            continue
        at = command.end()
        if command["symbol"]:
            after = at + int.from_bytes(command["length"], "little") - 2
            if command["symbol"] == b"1P":
                codes_drawn.append(sent[at + 1 : after].decode())
            at = after
    return text.decode("ascii").splitlines(), codes_drawn


def ticket(locale: Locale = "id", **changes: Any) -> bytes:
    words = hall_ticket_words(replace(ADMISSION, **changes), office(), locale)
    return hall_ticket_escpos(words, address=ADDRESS)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (escpos.magnified(8), lambda p: p.set(custom_size=True, width=8, height=8)),
        (escpos.magnified(3), lambda p: p.set(custom_size=True, width=3, height=3)),
        (escpos.emphasis(is_on=True), lambda p: p.set(bold=True)),
        (escpos.emphasis(is_on=False), lambda p: p.set(bold=False)),
        (escpos.qr_commands(ADDRESS), lambda p: p.qr(ADDRESS, native=True, ec=1, size=6)),
    ],
    ids=["largest", "large", "bold", "plain", "qr"],
)
def test_commands_are_those_that_another_writer_sends(ours: bytes, theirs: Callable[[Any], None]) -> None:
    """python-escpos was tried on many printers; ours has the same bytes for the same wish."""
    assert ours == dummy(theirs)


def test_a_roll_begins_anew_is_centred_and_is_cut() -> None:
    """What the printer was told by whoever printed before does not count; the knife comes last."""
    sent = Roll().cut()
    assert sent.startswith(dummy(lambda p: p.hw("INIT")) + dummy(lambda p: p.set(align="center")))
    assert sent.endswith(dummy(lambda p: p.cut(feed=False)))


def test_a_number_says_whose_turn_it_is() -> None:
    """Office, number, service, when, how many before, and where to look."""
    lines, drawn = read(ticket())
    assert office().name in lines
    assert "A-001" in lines
    assert "Paspor baru" in lines
    assert "Pak Andi" in lines
    assert "2 orang sebelum Anda" in lines
    assert drawn == [ADDRESS]
    assert max(map(len, lines)) <= COLUMNS


def test_it_speaks_the_askers_language() -> None:
    """English for who chose it at the kiosk."""
    lines, _ = read(ticket("en", waiting_before=0))
    assert "New passport" in lines
    assert "You are the first for this service" in lines


def test_the_number_is_as_large_as_the_paper_is_wide() -> None:
    """Eight times as large, and smaller only where its letters would not fit."""
    assert escpos.magnified(8) + b"A-001\n" in ticket()
    assert escpos.magnified(6) + b"A-12345\n" in ticket(number="A-12345")


def test_what_no_printer_has_is_written_with_what_it_has() -> None:
    """No byte outside of ASCII, and no command, reaches the printer from a name."""
    lines, _ = read(ticket(display_name="Bu Zoë Ñandú 李\x1b@"))
    assert "Bu Zoe Nandu ??@" in lines


def test_a_code_leads_to_the_offices_queue() -> None:
    """A number is no secret: it stands in the address."""
    assert follow_address("https://antrean.example", "TRK", "A-001") == ADDRESS


@pytest.mark.anyio
@pytest.mark.parametrize("arrived", ["walk-ins", "scans"])
@pytest.mark.parametrize("role", ["kiosk", "officer"])
async def test_a_print_agent_gets_the_bytes(arrived: str, role: str) -> None:
    """Of a number with or without a booking, by whoever works at the office."""
    async with gateway(office()) as api:
        api.services.answers[GetAdmission] = ADMISSION
        answer = await api.http.simulate_get(
            f"/v1/offices/TRK/{arrived}/{ADMISSION.ticket_id}/ticket.escpos", headers=bearer(role, "TRK")
        )
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "A-001" in read(answer.content)[0]
        assert api.services.asked == [GetAdmission(office="TRK", ticket_id=ADMISSION.ticket_id)]


@pytest.mark.anyio
async def test_paper_of_a_ticket_that_is_not_there_is_refused() -> None:
    """Nor does anybody else get it."""
    async with gateway(office()) as api:
        api.services.answers[GetAdmission] = RemoteRefusal("unknown_ticket", {"code": "x"})
        path = "/v1/offices/TRK/walk-ins/x/ticket.escpos"
        unknown = await api.http.simulate_get(path, headers=bearer("kiosk", "TRK"))
        assert refused(unknown) == (404, "unknown_ticket")
        other = await api.http.simulate_get(path, headers=bearer("kiosk", "SKW"))
        assert refused(other) == (403, "other_office")
