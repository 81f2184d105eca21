"""The table of bad inputs: what is sent, by whom, and the refusal that it meets."""

from tests.integration.bad_input.about_accounts import ABOUT_ACCOUNTS, ACCOUNT
from tests.integration.bad_input.about_assistance import ABOUT_ASSISTANCE
from tests.integration.bad_input.about_counters import ABOUT_COUNTERS, CALL
from tests.integration.bad_input.about_devices import ABOUT_DEVICES
from tests.integration.bad_input.about_home_visits import ABOUT_HOME_VISITS
from tests.integration.bad_input.about_payments import ABOUT_PAYMENTS
from tests.integration.bad_input.about_proofs import ABOUT_PROOFS
from tests.integration.bad_input.about_scans import ABOUT_SCANS
from tests.integration.bad_input.about_staff import ABOUT_STAFF
from tests.integration.bad_input.about_walk_ins import ABOUT_WALK_INS
from tests.integration.bad_input.bad import ELSEWHERE, OFFICE, PASSWORD, Bad

KEY = "the-first-booking-of-andi"


SIGN_IN = {"login": "andi@contoh.id", "password": PASSWORD}
PLAN = {
    "office": OFFICE,
    "services": ["new"],
    "counters": 4,
    "hours": [{"valid_from": "2026-01-01", "week": [{"days": ["monday"], "open": "16.00-08.00"}]}],
}
CHILD = {
    "nik": "6571015203230001",
    "name": "Ani Wijaya",
    "display_name": "Ani",
    "birth_date": "2023-03-12",
}
WISH = {"office": OFFICE, "for_service": "renewal"}

BAD = {
    "unknown field": Bad(
        ask="POST /v1/sessions", body={**SIGN_IN, "role": "admin"}, status=422, code="unknown_field"
    ),
    "missing field": Bad(
        ask="POST /v1/sessions", body={"login": "andi@contoh.id"}, status=422, code="missing_field"
    ),
    "wrong type": Bad(ask="POST /v1/sessions", body={**SIGN_IN, "login": 5}, status=422, code="wrong_type"),
    "over-long": Bad(
        ask="POST /v1/sessions", body={**SIGN_IN, "login": "x" * 255}, status=422, code="too_long"
    ),
    "too short": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "password": "kurang"}, status=422, code="too_short"
    ),
    "bad form": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "display_name": "<b>Eko"}, status=422, code="bad_form"
    ),
    "character that no database holds": Bad(
        ask="POST /v1/sessions", body={**SIGN_IN, "login": "andi\0"}, status=422, code="bad_form"
    ),
    "unknown choice": Bad(
        ask=f"GET /v1/offices/{OFFICE}/days?service=visa", status=422, code="unknown_choice"
    ),
    "bad JSON": Bad(ask="POST /v1/sessions", body=b"{", status=400, code="bad_json"),
    "body over the limit": Bad(
        ask="POST /v1/sessions", body=b" " * 70_000, status=413, code="body_too_large"
    ),
    "another media type": Bad(
        ask="POST /v1/sessions",
        body=b"login=andi",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        status=415,
        code="unsupported_media_type",
    ),
    "no such address": Bad(ask="GET /v1/nothing", status=404, code="not_found"),
    "no such method": Bad(ask="PUT /v1/bookings", status=405, code="method_not_allowed"),
    "wrong password": Bad(
        ask="POST /v1/sessions",
        body={**SIGN_IN, "password": "salah-sekali"},
        status=401,
        code="sign_in_failed",
    ),
    "unknown office": Bad(ask="GET /v1/offices/XXX", status=404, code="unknown_office"),
    "office not open": Bad(
        ask="GET /v1/offices/{planned}/days?service=new", status=409, code="office_not_open"
    ),
    "plan with a field that is not one": Bad(
        ask=f"PUT /v1/offices/{OFFICE}/plan",
        body={"plan": {**PLAN, "jam": "08.00"}},
        who="head",
        status=422,
        code="unknown_field",
    ),
    "plan that contradicts itself": Bad(
        ask=f"PUT /v1/offices/{OFFICE}/plan",
        body={"plan": PLAN},
        who="head",
        status=422,
        code="office_plan_invalid",
    ),
    "plan of another office": Bad(
        ask=f"PUT /v1/offices/{OFFICE}/plan",
        body={"plan": {**PLAN, "office": ELSEWHERE}},
        who="head",
        status=422,
        code="office_plan_invalid",
    ),
    "preview of a plan that contradicts itself": Bad(
        ask=f"POST /v1/offices/{OFFICE}/plan/preview",
        body={"plan": PLAN},
        who="head",
        status=422,
        code="office_plan_invalid",
    ),
    "preview by somebody else": Bad(
        ask=f"POST /v1/offices/{OFFICE}/plan/preview",
        body={"plan": PLAN},
        who="officer",
        status=403,
        code="not_allowed",
    ),
    "plan of another office read": Bad(
        ask=f"GET /v1/offices/{ELSEWHERE}/plan", who="head", status=403, code="other_office"
    ),
    "schedule read by a citizen": Bad(
        ask=f"GET /v1/offices/{OFFICE}/schedule", who="andi", status=403, code="not_allowed"
    ),
    "plan by somebody else": Bad(
        ask=f"PUT /v1/offices/{OFFICE}/plan",
        body={"plan": PLAN},
        who="officer",
        status=403,
        code="not_allowed",
    ),
    "slots for who comes from an unknown district": Bad(
        ask=f"GET /v1/offices/{OFFICE}/slots?service=new&date=2026-11-24&district=Atlantis",
        status=404,
        code="unknown_district",
    ),
    "why, of no date": Bad(
        ask=f"GET /v1/offices/{OFFICE}/why?service=new&date=besok", status=422, code="wrong_type"
    ),
    "why, without a service": Bad(
        ask=f"GET /v1/offices/{OFFICE}/why?date=2026-11-24", status=422, code="missing_field"
    ),
    "why, in another century": Bad(
        ask=f"GET /v1/offices/{OFFICE}/why?service=new&date=9999-12-31", status=422, code="invalid_request"
    ),
    "why, at no office": Bad(
        ask="GET /v1/offices/XXX/why?service=new&date=2026-11-24", status=404, code="unknown_office"
    ),
    "districts of no office": Bad(ask="GET /v1/offices/XXX/districts", status=404, code="unknown_office"),
    "plan with a way told twice": Bad(
        ask=f"PUT /v1/offices/{OFFICE}/plan",
        body={"plan": {**PLAN, "hours": [], "travel": [{"district": "Malinau", "minutes": 240}] * 2}},
        who="head",
        status=422,
        code="office_plan_invalid",
    ),
    "outages of nobody": Bad(ask="GET /v1/bookings/outages", status=401, code="not_signed_in"),
    "outages of an officer": Bad(
        ask="GET /v1/bookings/outages", who="officer", status=403, code="not_allowed"
    ),
    "unknown slot": Bad(
        ask="POST /v1/bookings", body={"slot_id": "{nothing}"}, who="citra", status=404, code="unknown_slot"
    ),
    "slot full": Bad(
        ask="POST /v1/bookings", body={"slot_id": "{full}"}, who="citra", status=409, code="slot_full"
    ),
    "second active booking": Bad(
        ask="POST /v1/bookings", body={"slot_id": "{later}"}, who="andi", status=409, code="already_booked"
    ),
    "booking too soon after missed visits": Bad(
        ask="POST /v1/bookings", body={"slot_id": "{later}"}, who="budi", status=409, code="no_show_wait"
    ),
    "party of nobody": Bad(
        ask="POST /v1/bookings",
        body={"slot_id": "{later}", "with_holder": False},
        who="citra",
        status=422,
        code="party_size",
    ),
    "party with a stranger": Bad(
        ask="POST /v1/bookings",
        body={"slot_id": "{later}", "dependents": ["{nothing}"]},
        who="citra",
        status=404,
        code="unknown_dependent",
    ),
    "priority class of another age": Bad(
        ask="POST /v1/bookings",
        body={"slot_id": "{later}", "priority": "elderly"},
        who="citra",
        status=422,
        code="not_of_class",
    ),
    "booking moved to nowhere": Bad(
        ask="POST /v1/bookings/{andis_code}/reschedule",
        body={"slot_id": "{nothing}"},
        who="andi",
        status=409,
        code="visit_begun",
    ),
    "cancelled booking moved": Bad(
        ask="POST /v1/bookings/{cancelled_code}/reschedule",
        body={"slot_id": "{later}"},
        who="budi",
        status=409,
        code="booking_cancelled",
    ),
    "wish for days that are over": Bad(
        ask="POST /v1/waitlist",
        body={**WISH, "first_date": "2020-01-01", "last_date": "2020-01-02"},
        who="citra",
        status=422,
        code="bad_wish_dates",
    ),
    "offer that is nobody's": Bad(
        ask="POST /v1/waitlist/{nothing}/accept", who="citra", status=404, code="unknown_wish"
    ),
    "dependent of another birth date": Bad(
        ask="POST /v1/dependents",
        body={**CHILD, "birth_date": "2023-03-13"},
        who="citra",
        status=422,
        code="birth_date_not_of_nik",
    ),
    "dependent who has an account": Bad(
        ask="POST /v1/dependents",
        body={**CHILD, "nik": "6571011501907001", "birth_date": "1990-01-15"},
        who="citra",
        status=409,
        code="dependent_exists",
    ),
    "reused idempotency key": Bad(
        ask="POST /v1/bookings",
        body={"slot_id": "{later}"},
        who="andi",
        headers={"Idempotency-Key": KEY},
        status=422,
        code="idempotency_key_reused",
    ),
    "no idempotency key": Bad(
        ask="POST /v1/bookings",
        body={"slot_id": "{later}"},
        who="citra",
        headers={"Idempotency-Key": ""},
        status=400,
        code="idempotency_key_missing",
    ),
    "unknown booking": Bad(
        ask="GET /v1/bookings/{andis_code}", who="citra", status=404, code="unknown_booking"
    ),
    "picture of a cancelled ticket": Bad(
        ask="GET /v1/bookings/{cancelled_code}/ticket.svg",
        who="budi",
        status=409,
        code="booking_cancelled",
    ),
    "ticket on a paper that nobody has": Bad(
        ask="GET /v1/bookings/{andis_code}/ticket.pdf?paper=a0",
        who="andi",
        status=422,
        code="unknown_choice",
    ),
    "ticket of somebody else on paper": Bad(
        ask="GET /v1/bookings/{andis_code}/ticket.pdf", who="citra", status=404, code="unknown_booking"
    ),
    "cancelled ticket on paper": Bad(
        ask="GET /v1/bookings/{cancelled_code}/ticket.pdf",
        who="budi",
        status=409,
        code="booking_cancelled",
    ),
    "ticket of another office": Bad(
        ask=f"POST /v1/offices/{ELSEWHERE}/scans",
        body={"ticket": "{andis_ticket}"},
        who="kiosk_elsewhere",
        status=409,
        code="ticket_other_office",
    ),
    "tampered token": Bad(ask="GET /v1/bookings", who="tampered", status=401, code="bad_token"),
    "expired token": Bad(ask="GET /v1/bookings", who="expired", status=401, code="session_expired"),
    "no role": Bad(ask="GET /v1/bookings", status=401, code="not_signed_in"),
    "wrong role": Bad(ask=CALL, who="andi", status=403, code="not_allowed"),
    "officer of another office": Bad(ask=CALL, who="officer", status=403, code="other_office"),
    **ABOUT_ACCOUNTS,
    **ABOUT_SCANS,
    **ABOUT_HOME_VISITS,
    **ABOUT_WALK_INS,
    **ABOUT_ASSISTANCE,
    **ABOUT_COUNTERS,
    **ABOUT_DEVICES,
    **ABOUT_PAYMENTS,
    **ABOUT_PROOFS,
    **ABOUT_STAFF,
}
