"""Bad inputs about visits at home."""

from tests.integration.bad_input.bad import ELSEWHERE, OFFICE, Bad

_ASK = "POST /v1/home-visits"
_VISIT = {
    "district": "Kota Tarakan",
    "address": "Jalan Kelapa 7, RT 3",
    "reason": "ill",
    "consent": True,
}
_AT_OFFICE = f"/v1/offices/{OFFICE}/home-visits"
_WHEN = {"date": "2026-11-24", "window": "09.00-12.00"}

ABOUT_HOME_VISITS = {
    "home visit without consent": Bad(
        ask=_ASK, body={**_VISIT, "consent": False}, who="andi", status=422, code="sensitive_consent_missing"
    ),
    "home visit where no office comes": Bad(
        ask=_ASK,
        body={**_VISIT, "district": "Kota Atlantis"},
        who="andi",
        status=409,
        code="no_office_for_district",
    ),
    "home visit for nobody": Bad(
        ask=_ASK, body={**_VISIT, "dependent": "{nothing}"}, who="andi", status=404, code="unknown_dependent"
    ),
    "home visit for no reason on the list": Bad(
        ask=_ASK, body={**_VISIT, "reason": "tired"}, who="andi", status=422, code="unknown_choice"
    ),
    "home visit to hardly an address": Bad(
        ask=_ASK, body={**_VISIT, "address": "RT 3"}, who="andi", status=422, code="too_short"
    ),
    "home visit asked for by an officer": Bad(
        ask=_ASK, body=_VISIT, who="officer", status=403, code="not_allowed"
    ),
    "home visit withdrawn that there is none": Bad(
        ask="DELETE /v1/home-visits/{nothing}", who="andi", status=404, code="unknown_home_visit"
    ),
    "home visits read by a citizen": Bad(ask=f"GET {_AT_OFFICE}", who="andi", status=403, code="not_allowed"),
    "home visits read by a village": Bad(
        ask=f"GET {_AT_OFFICE}", who="village", status=403, code="not_allowed"
    ),
    "home visits of another office": Bad(
        ask=f"GET /v1/offices/{ELSEWHERE}/home-visits", who="head", status=403, code="other_office"
    ),
    "home visit scheduled that there is none": Bad(
        ask=f"POST {_AT_OFFICE}/{{nothing}}/schedule",
        body=_WHEN,
        who="head",
        status=404,
        code="unknown_home_visit",
    ),
    "home visit scheduled at no hours": Bad(
        ask=f"POST {_AT_OFFICE}/{{nothing}}/schedule",
        body={**_WHEN, "window": "pagi"},
        who="head",
        status=422,
        code="bad_form",
    ),
    "home visit declined for no reason": Bad(
        ask=f"POST {_AT_OFFICE}/{{nothing}}/decline", body={}, who="head", status=422, code="missing_field"
    ),
    "home visit finished that there is none": Bad(
        ask=f"POST {_AT_OFFICE}/{{nothing}}/finish",
        body={},
        who="head",
        status=404,
        code="unknown_home_visit",
    ),
}
