"""Bad inputs about who works at an office."""

from tests.integration.bad_input.bad import PASSWORD, Bad

STAFF = "/v1/offices/TRK/staff"
DEWI = {"login": "dewi.trk", "name": "Bu Dewi"}
TOKEN = "A" * 43

ABOUT_STAFF = {
    "staff as an officer sees it": Bad(ask=f"GET {STAFF}", who="officer", status=403, code="not_allowed"),
    "invitation by an officer": Bad(
        ask=f"POST {STAFF}", body=DEWI, who="officer", status=403, code="not_allowed"
    ),
    "invitation by another office's head": Bad(
        ask=f"POST {STAFF}", body=DEWI, who="head_elsewhere", status=403, code="other_office"
    ),
    "invitation with a login that is taken": Bad(
        ask=f"POST {STAFF}",
        body={**DEWI, "login": "petugas.trk"},
        who="head",
        status=409,
        code="login_taken",
    ),
    "invitation with an address for a login": Bad(
        ask=f"POST {STAFF}",
        body={**DEWI, "login": "dewi@contoh.id"},
        who="head",
        status=422,
        code="bad_form",
    ),
    "invitation to administer": Bad(
        ask=f"POST {STAFF}",
        body={**DEWI, "for_role": "admin"},
        who="head",
        status=422,
        code="unknown_choice",
    ),
    "invitation in another's name": Bad(
        ask=f"POST {STAFF}",
        body={**DEWI, "invited_by": "{nothing}"},
        who="head",
        status=422,
        code="unknown_field",
    ),
    "another invitation of nobody": Bad(
        ask=f"POST {STAFF}/{{nothing}}/invitation", who="head", status=404, code="unknown_staff"
    ),
    "end of nobody": Bad(ask=f"DELETE {STAFF}/{{nothing}}", who="head", status=404, code="unknown_staff"),
    "acceptance of no invitation": Bad(
        ask="POST /v1/invitations/accept",
        body={"token": TOKEN, "password": PASSWORD},
        status=410,
        code="invitation_over",
    ),
    "acceptance with a short password": Bad(
        ask="POST /v1/invitations/accept",
        body={"token": TOKEN, "password": "pendek"},
        status=422,
        code="too_short",
    ),
    "acceptance of what is no token": Bad(
        ask="POST /v1/invitations/accept",
        body={"token": "siapa", "password": PASSWORD},
        status=422,
        code="too_short",
    ),
}
