"""Bad inputs about people without a booking."""

from tests.integration.bad_input.bad import OFFICE, Bad

_ASK = f"POST /v1/offices/{OFFICE}/walk-ins"
_WALK_IN = {"request_id": "5f0c8a61d2", "for_service": "new"}

ABOUT_WALK_INS = {
    "walk-in of a class that is none": Bad(
        ask=_ASK, body={**_WALK_IN, "priority": "vip"}, who="kiosk", status=422, code="unknown_choice"
    ),
    "walk-in from another office's kiosk": Bad(
        ask=_ASK, body=_WALK_IN, who="kiosk_elsewhere", status=403, code="other_office"
    ),
    "paper of a ticket that is not there": Bad(
        ask=f"GET /v1/offices/{OFFICE}/walk-ins/A-001/ticket.escpos",
        who="kiosk",
        status=404,
        code="unknown_ticket",
    ),
}
