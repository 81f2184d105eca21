"""Bad inputs of officers at their counters."""

from tests.integration.bad_input.bad import ELSEWHERE, OFFICE, Bad

NOBODY = {"ticket_id": "nobody"}
CALL = f"POST /v1/offices/{ELSEWHERE}/counters/4/call"

ABOUT_COUNTERS = {
    "call with an empty queue": Bad(ask=CALL, who="officer_elsewhere", status=409, code="queue_empty"),
    "finish with nobody there": Bad(
        ask=CALL.replace("call", "finish"), who="officer_elsewhere", status=409, code="no_ticket_at_counter"
    ),
    "nobody missing where nobody was called": Bad(
        ask=CALL.replace("call", "no-show"),
        body=NOBODY,
        who="officer_elsewhere",
        status=409,
        code="no_ticket_at_counter",
    ),
    "missing, and another is at the counter": Bad(
        ask=f"POST /v1/offices/{OFFICE}/counters/2/no-show",
        body=NOBODY,
        who="officer",
        status=409,
        code="other_ticket_at_counter",
    ),
    "finished, and another is at the counter": Bad(
        ask=f"POST /v1/offices/{OFFICE}/counters/2/finish",
        body=NOBODY,
        who="officer",
        status=409,
        code="other_ticket_at_counter",
    ),
    "missing, and nobody is named": Bad(
        ask=f"POST /v1/offices/{OFFICE}/counters/2/no-show", who="officer", status=422, code="missing_field"
    ),
    "no-show told by a citizen": Bad(
        ask=CALL.replace("call", "no-show"), who="andi", status=403, code="not_allowed"
    ),
    "unknown counter": Bad(
        ask=CALL.replace("/4/", "/99/"), who="officer_elsewhere", status=404, code="unknown_counter"
    ),
    "closed counter": Bad(
        ask=CALL.replace("/4/", "/3/"), who="officer_elsewhere", status=409, code="counter_closed"
    ),
}
