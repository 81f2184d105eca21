"""The list of a day's bookings in every state."""

from contracts.requests.appointments import ListAppointments
from tests.e2e.appointment_samples import nobody
from tests.e2e.state import State

_LIST = "/loket/TRK/janji"
APPOINTMENT_STATES = {
    "appointments": State(path=_LIST, login="petugas.trk"),
    "appointments, to the head": State(path=_LIST, login="kepala.trk"),
    "appointments, none": State(path=_LIST, login="petugas.trk", answers=((ListAppointments, nobody),)),
    "appointments, no such day": State(path=f"{_LIST}?tanggal=besok", login="petugas.trk"),
    "appointments, check-in away": State(
        path=_LIST, login="petugas.trk", refuses=((ListAppointments, "service_unavailable"),)
    ),
}
