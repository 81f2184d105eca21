"""Bad inputs of officers who book for people."""

from tests.integration.bad_input.bad import ELSEWHERE, OFFICE, Bad

_PATH = f"/v1/offices/{OFFICE}/assisted-bookings"
ASSIST = f"POST {_PATH}"
ASSISTED = {
    "nik": "6571015708500042",
    "name": "Siti Aminah",
    "display_name": "Ibu Siti",
    "birth_date": "1950-08-17",
    "for_service": "renewal",
    "slot_id": "{later}",
    "consent": True,
    "consent_given": "spoken",
}

ABOUT_ASSISTANCE = {
    "assisted without consent": Bad(
        ask=ASSIST, body={**ASSISTED, "consent": False}, who="officer", status=422, code="consent_missing"
    ),
    "assisted by a citizen": Bad(ask=ASSIST, body=ASSISTED, who="andi", status=403, code="not_allowed"),
    "assisted at another office": Bad(
        ask=ASSIST.replace(OFFICE, ELSEWHERE), body=ASSISTED, who="officer", status=403, code="other_office"
    ),
    "assisted without a key": Bad(
        ask=ASSIST,
        body=ASSISTED,
        who="officer",
        headers={"Idempotency-Key": ""},
        status=400,
        code="idempotency_key_missing",
    ),
    "assisted with a NIK of no form": Bad(
        ask=ASSIST, body={**ASSISTED, "nik": "6571013002900001"}, who="officer", status=422, code="bad_nik"
    ),
    "assisted with another birth date": Bad(
        ask=ASSIST,
        body={**ASSISTED, "birth_date": "1951-08-17"},
        who="officer",
        status=422,
        code="birth_date_not_of_nik",
    ),
    "assisted into a slot of another service": Bad(
        ask=ASSIST, body={**ASSISTED, "for_service": "new"}, who="officer", status=404, code="unknown_slot"
    ),
    "assisted into a full slot": Bad(
        ask=ASSIST, body={**ASSISTED, "slot_id": "{full}"}, who="officer", status=409, code="slot_full"
    ),
    "assisted by a village at an office that does not cover it": Bad(
        ask=ASSIST, body=ASSISTED, who="village_elsewhere", status=403, code="office_not_covering"
    ),
    "assisted over a village's phone by an officer": Bad(
        ask=ASSIST, body={**ASSISTED, "via_village": True}, who="officer", status=403, code="no_village"
    ),
    "assisted by a village without consent": Bad(
        ask=ASSIST, body={**ASSISTED, "consent": False}, who="village", status=422, code="consent_missing"
    ),
    "looking for what was booked by its own person": Bad(
        ask=f"GET {_PATH}/{{andis_code}}",
        who="officer",
        status=404,
        code="unknown_booking",
    ),
    "cancelling what no village booked": Bad(
        ask=f"DELETE {_PATH}/{{andis_code}}",
        who="village",
        status=404,
        code="unknown_booking",
    ),
    "printing an assisted ticket of another office": Bad(
        ask=f"GET /v1/offices/{ELSEWHERE}/assisted-bookings/{{andis_code}}/ticket.pdf",
        who="officer",
        status=403,
        code="other_office",
    ),
    "a village asked for by an officer": Bad(
        ask="GET /v1/village", who="officer", status=403, code="not_allowed"
    ),
}
