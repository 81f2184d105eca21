"""Who has booked a day, from check-in's own list: it is there while booking is away."""

from chassis.database import Transaction
from contracts.requests.appointments import Appointments, ListAppointments
from services.checkin.errors import UnknownOffice
from services.checkin.store import appointments, offices


def list_appointments(tx: Transaction, query: ListAppointments) -> Appointments:
    """Read a day's bookings and how far their visits are. Raises UnknownOffice."""
    office = offices.read(tx, {query.office}).get(query.office)
    if office is None:
        raise UnknownOffice(office=query.office)
    day = query.day or office.today(tx.now)
    return Appointments(office=office.code, date=day, appointments=appointments.of_day(tx, office.code, day))
