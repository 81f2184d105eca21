"""Bad inputs at the kiosk."""

from tests.integration.bad_input.bad import OFFICE, Bad

_ASK = f"POST /v1/offices/{OFFICE}/scans"

ABOUT_SCANS = {
    "ticket of another day": Bad(
        ask=_ASK, body={"ticket": "{later_ticket}"}, who="kiosk", status=409, code="ticket_other_day"
    ),
    "tampered ticket": Bad(
        ask=_ASK, body={"ticket": "{tampered_ticket}"}, who="kiosk", status=422, code="ticket_tampered"
    ),
    "expired ticket": Bad(
        ask=_ASK, body={"ticket": "{expired_ticket}"}, who="kiosk", status=409, code="ticket_expired"
    ),
    "unknown ticket code": Bad(
        ask=_ASK, body={"ticket": "TRK-000000"}, who="kiosk", status=404, code="unknown_ticket"
    ),
    "cancelled booking": Bad(
        ask=_ASK, body={"ticket": "{cancelled_ticket}"}, who="kiosk", status=409, code="booking_cancelled"
    ),
    "second scan": Bad(
        ask=_ASK, body={"ticket": "{andis_ticket}"}, who="kiosk", status=409, code="already_called"
    ),
}
