"""Bad inputs about accounts and sessions."""

from tests.integration.bad_input.bad import PASSWORD, Bad

ACCOUNT = {
    "nik": "6571011501909099",
    "birth_date": "1990-01-15",
    "sex": "male",
    "name": "Eko",
    "display_name": "Pak Eko",
    "phone": "0812 5550 7099",
    "email": "eko@contoh.id",
    "password": PASSWORD,
}
CODES = {"phone_code": "123456", "email_code": "654321"}

OVERRIDE = "POST /v1/offices/TRK/nik-overrides"
OVERRIDDEN = {
    "nik": "6571011501909099",
    "birth_date": "1990-01-16",
    "sex": "male",
    "reason": "printed_on_card",
}

ABOUT_ACCOUNTS = {
    "bad NIK": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "nik": "6571013002900001"}, status=422, code="bad_nik"
    ),
    "bad phone": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "phone": "00000000"}, status=422, code="bad_phone"
    ),
    "birth date that the NIK does not tell": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "birth_date": "1990-01-16"}, status=422, code="nik_mismatch"
    ),
    "sex that the NIK does not tell": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "sex": "female"}, status=422, code="nik_mismatch"
    ),
    "birth date to come": Bad(
        ask="POST /v1/accounts",
        body={**ACCOUNT, "birth_date": "2090-01-15"},
        status=422,
        code="bad_birth_date",
    ),
    "birth date that is no date": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "birth_date": "15-01-1990"}, status=422, code="wrong_type"
    ),
    "network address of one's own choice": Bad(
        ask="POST /v1/accounts", body={**ACCOUNT, "address": "203.0.113.1"}, status=422, code="unknown_field"
    ),
    "codes of no registration": Bad(
        ask="POST /v1/accounts/verify",
        body={"registration_id": "{nothing}", **CODES},
        status=410,
        code="code_expired",
    ),
    "code with a letter": Bad(
        ask="POST /v1/accounts/verify",
        body={"registration_id": "{nothing}", **CODES, "email_code": "12345O"},
        status=422,
        code="bad_form",
    ),
    "new codes for no registration": Bad(
        ask="POST /v1/accounts/resend", body={"registration_id": "{nothing}"}, status=410, code="code_expired"
    ),
    "session that was ended": Bad(
        ask="GET /v1/bookings", who="signed_out", status=401, code="session_revoked"
    ),
    "change of a password by who does not know it": Bad(
        ask="PUT /v1/me/password",
        body={"password": "salah-sekali", "new_password": PASSWORD},
        who="citra",
        status=401,
        code="sign_in_failed",
    ),
    "new password that is too short": Bad(
        ask="PUT /v1/me/password",
        body={"password": PASSWORD, "new_password": "kurang"},
        who="citra",
        status=422,
        code="too_short",
    ),
    "override of a NIK by a citizen": Bad(
        ask=OVERRIDE, body=OVERRIDDEN, who="andi", status=403, code="not_allowed"
    ),
    "override of a NIK for another office": Bad(
        ask=OVERRIDE, body=OVERRIDDEN, who="officer_elsewhere", status=403, code="other_office"
    ),
    "override without a reason that is one": Bad(
        ask=OVERRIDE,
        body={**OVERRIDDEN, "reason": "please"},
        who="officer",
        status=422,
        code="unknown_choice",
    ),
    "override of what is no NIK": Bad(
        ask=OVERRIDE,
        body={**OVERRIDDEN, "nik": "6571013002900001"},
        who="officer",
        status=422,
        code="bad_nik",
    ),
    "copy of one's data by who is no citizen": Bad(
        ask="GET /v1/me/export", who="officer", status=403, code="not_allowed"
    ),
    "erasure by who does not know the password": Bad(
        ask="DELETE /v1/me", body={"password": "salah-sekali"}, who="citra", status=401, code="sign_in_failed"
    ),
    "erasure without the password": Bad(
        ask="DELETE /v1/me", body={}, who="citra", status=422, code="missing_field"
    ),
    "erasure of somebody else": Bad(
        ask="DELETE /v1/me",
        body={"password": PASSWORD, "person_id": "{nothing}"},
        who="citra",
        status=422,
        code="unknown_field",
    ),
    "another site": Bad(
        ask="POST /v1/sessions",
        body={"login": "andi@contoh.id", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "cross-site"},
        status=403,
        code="cross_site",
    ),
}
