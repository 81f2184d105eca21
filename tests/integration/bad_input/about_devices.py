"""Bad inputs of devices, and of who pairs them."""

from tests.integration.bad_input.bad import ELSEWHERE, OFFICE, Bad

_PAIRINGS = f"/v1/offices/{OFFICE}/pairings"
_APPROVAL = {"user_code": "000000", "kind": "kiosk", "name": "Kios pintu masuk"}

ABOUT_DEVICES = {
    "pairing of no kind of device": Bad(
        ask="POST /v1/pairings", body={"kind": "printer"}, status=422, code="unknown_choice"
    ),
    "pairing that nobody began": Bad(
        ask="POST /v1/pairings/token", body={"device_code": "nothing"}, status=410, code="pairing_expired"
    ),
    "renewal with no device's secret": Bad(
        ask="POST /v1/pairings/renewal",
        body={"refresh_secret": "nothing"},
        status=401,
        code="device_not_paired",
    ),
    "code that no device shows": Bad(
        ask=f"GET {_PAIRINGS}/000000", who="head", status=404, code="unknown_pairing_code"
    ),
    "code that is none": Bad(ask=f"GET {_PAIRINGS}/12ab", who="head", status=422, code="too_short"),
    "device approved by an officer": Bad(
        ask=f"POST {_PAIRINGS}", body=_APPROVAL, who="officer", status=403, code="not_allowed"
    ),
    "device approved for another office": Bad(
        ask=f"POST {_PAIRINGS.replace(OFFICE, ELSEWHERE)}",
        body=_APPROVAL,
        who="head",
        status=403,
        code="other_office",
    ),
    "device that is not there": Bad(
        ask=f"DELETE /v1/offices/{OFFICE}/devices/nothing", who="head", status=404, code="unknown_device"
    ),
    "devices listed by a citizen": Bad(
        ask=f"GET /v1/offices/{OFFICE}/devices", who="andi", status=403, code="not_allowed"
    ),
}
