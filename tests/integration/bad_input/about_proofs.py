"""Bad inputs about forgotten passwords, and other numbers and addresses."""

from tests.integration.bad_input.bad import PASSWORD, Bad

CODES = {"phone_code": "123456", "email_code": "654321"}
FINISH = {"proof_id": "{nothing}", **CODES, "password": PASSWORD}
AT_DESK = "POST /v1/offices/TRK/recoveries"
CARD = {
    "nik": "6571011501909099",
    "birth_date": "1990-01-15",
    "name": "Eko",
    "phone": "0812 5550 7098",
    "email": "eko.baru@contoh.id",
}

ABOUT_PROOFS = {
    "recovery of what is no login": Bad(
        ask="POST /v1/recoveries", body={"login": "petugas.trk"}, status=422, code="bad_login"
    ),
    "recovery of nothing": Bad(ask="POST /v1/recoveries", body={}, status=422, code="missing_field"),
    "recovery from a network address of one's own choice": Bad(
        ask="POST /v1/recoveries",
        body={"login": "andi@contoh.id", "address": "203.0.113.1"},
        status=422,
        code="unknown_field",
    ),
    "codes of no recovery": Bad(
        ask="POST /v1/recoveries/finish", body=FINISH, status=410, code="code_expired"
    ),
    "recovery with a short password": Bad(
        ask="POST /v1/recoveries/finish", body={**FINISH, "password": "pendek"}, status=422, code="too_short"
    ),
    "recovery with one code": Bad(
        ask="POST /v1/recoveries/finish",
        body={**FINISH, "email_code": None},
        status=422,
        code="missing_field",
    ),
    "other codes of no recovery": Bad(
        ask="POST /v1/recoveries/resend", body={"proof_id": "{nothing}"}, status=410, code="code_expired"
    ),
    "recovery at the desk by a citizen": Bad(
        ask=AT_DESK, body=CARD, who="andi", status=403, code="not_allowed"
    ),
    "recovery at another office's desk": Bad(
        ask=AT_DESK, body=CARD, who="officer_elsewhere", status=403, code="other_office"
    ),
    "recovery at the desk of who has no account": Bad(
        ask=AT_DESK, body=CARD, who="officer", status=404, code="no_such_account"
    ),
    "another number without the password": Bad(
        ask="POST /v1/me/contact",
        body={"password": "salah-sekali", "phone": "0812 5550 7098"},
        who="citra",
        status=401,
        code="sign_in_failed",
    ),
    "no other number": Bad(
        ask="POST /v1/me/contact",
        body={"password": PASSWORD},
        who="citra",
        status=422,
        code="contact_missing",
    ),
    "another number that cannot be dialled": Bad(
        ask="POST /v1/me/contact",
        body={"password": PASSWORD, "phone": "00000000"},
        who="citra",
        status=422,
        code="bad_phone",
    ),
    "somebody else's number": Bad(
        ask="POST /v1/me/contact",
        body={"password": PASSWORD, "phone": "0812 5550 7098", "person_id": "{nothing}"},
        who="citra",
        status=422,
        code="unknown_field",
    ),
    "another number by an officer": Bad(
        ask="POST /v1/me/contact",
        body={"password": PASSWORD, "phone": "0812 5550 7098"},
        who="officer",
        status=403,
        code="not_allowed",
    ),
    "codes of no other number": Bad(
        ask="POST /v1/me/contact/finish",
        body={"proof_id": "{nothing}", "phone_code": "123456"},
        who="citra",
        status=410,
        code="code_expired",
    ),
}
