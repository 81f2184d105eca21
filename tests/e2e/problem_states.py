"""What a wrong address and a service that is away look like."""

from contracts.requests.booking import GetBooking, ListDays
from tests.e2e.samples import CODE
from tests.e2e.state import State

CITIZEN = "andi@contoh.id"

PROBLEM_STATES = {
    "no such page": State(path="/tidak/ada"),
    "no such office": State(path="/kantor/XXX"),
    "no such board": State(path="/papan/XXX"),
    "no such ticket": State(path=f"/tiket/{CODE}", login=CITIZEN, refuses=((GetBooking, "unknown_booking"),)),
    "ticket, no answer": State(path=f"/tiket/{CODE}", login=CITIZEN, refuses=((GetBooking, "no_answer"),)),
    "service away": State(path="/kantor/TRK/new", refuses=((ListDays, "service_unavailable"),)),
    "not allowed": State(path="/loket/TRK", login=CITIZEN),
    "kiosk of another office": State(path="/kios/SKW", login="kios.trk"),
}
