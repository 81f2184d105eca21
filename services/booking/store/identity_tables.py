"""Tables of who signs in: staff and devices, failed attempts, and what waits for one-time codes.

`account` is among the tables of bookings, which point to it. A registration is nobody yet.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.booking.store.tables import ID, INSTANT, KNOWN_CHOICE, metadata

staff = Table(
    "staff",
    metadata,
    Column("staff_id", ID, primary_key=True),
    Column("login", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("office", Text, ForeignKey("office.code")),
    Column("password_hash", Text, nullable=False),
    Column("session_version", BigInteger, nullable=False, server_default=text("1")),
    Column("sessions_revoked_at", INSTANT),
    Column("district", Text),
    Column("phone", Text),
    Column("ended_at", INSTANT),
    UniqueConstraint("login", name="staff_one_per_login"),
    CheckConstraint("role IN ('officer', 'kiosk', 'head', 'village', 'admin')", name="known_role"),
    CheckConstraint("role IN ('village', 'admin') OR office IS NOT NULL", name="office_of_role"),
    CheckConstraint(
        "role <> 'village' OR (district IS NOT NULL AND phone IS NOT NULL)", name="village_whole"
    ),
)
"""Officers, devices, and villages, which have a district and a phone; villages and admins have no office."""

staff_invitation = Table(
    "staff_invitation",
    metadata,
    Column("staff_id", ID, ForeignKey("staff.staff_id"), primary_key=True),
    Column("token_digest", LargeBinary, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    UniqueConstraint("token_digest", name="staff_invitation_one_per_token"),
)
"""Who may choose their password with a token, of which only a digest is kept; an account has one at most."""

nik_override = Table(
    "nik_override",
    metadata,
    Column("override_id", ID, primary_key=True),
    Column("identity_digest", LargeBinary, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    UniqueConstraint("identity_digest", name="nik_override_one_per_identity"),
)
"""Whose identity card an officer has seen; who it was, and why, is in the audit log."""

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("login_digest", LargeBinary, nullable=False),
    Column("failed_at", INSTANT, nullable=False),
    Index("sign_in_failure_recent", "login_digest", "failed_at"),
    Index("sign_in_failure_failed_at", "failed_at"),
)
"""Failed sign-ins of late; the login is digested, because people type passwords there by mistake."""

registration = Table(
    "registration",
    metadata,
    Column("registration_id", ID, primary_key=True),
    Column("person_id", ID, nullable=False),
    Column("name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("sex", Text, nullable=False),
    Column("nik_digest", LargeBinary, nullable=False),
    Column("nik_ciphertext", LargeBinary, nullable=False),
    Column("nik_key_id", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("booking_code", Text),
    Column("address_digest", LargeBinary),
    Column("phone_code_digest", LargeBinary, nullable=False),
    Column("email_code_digest", LargeBinary, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default=text("0")),
    Column("sends", SmallInteger, nullable=False, server_default=text("1")),
    Column("sent_at", INSTANT, nullable=False),
    Column("codes_expire_at", INSTANT, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("shown_as", Text, nullable=False, server_default=text("'name'")),
    CheckConstraint(KNOWN_CHOICE, name="known_choice"),
    CheckConstraint("sex IN ('male', 'female')", name="known_sex"),
    Index("registration_of_nik", "nik_digest"),
    Index("registration_of_phone", "phone"),
    Index("registration_of_email", "email"),
    Index("registration_of_address", "address_digest"),
    Index("registration_created_at", "created_at"),
)
"""What somebody wrote who registers, until both codes are typed; of a code only a keyed digest is kept."""

address_proof = Table(
    "address_proof",
    metadata,
    Column("proof_id", ID, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("person_id", ID),
    Column("subject_digest", LargeBinary, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    Column("locale", Text, nullable=False),
    Column("address_digest", LargeBinary),
    Column("phone_code_digest", LargeBinary, nullable=False),
    Column("email_code_digest", LargeBinary, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default=text("0")),
    Column("sends", SmallInteger, nullable=False, server_default=text("1")),
    Column("sent_at", INSTANT, nullable=False),
    Column("codes_expire_at", INSTANT, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    CheckConstraint("purpose IN ('recovery', 'contact')", name="known_purpose"),
    CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="somewhere"),
    Index("address_proof_of_person", "person_id"),
    Index("address_proof_of_subject", "subject_digest"),
    Index("address_proof_of_address", "address_digest"),
    Index("address_proof_created_at", "created_at"),
)
"""Addresses that wait to be proved by who forgot the password, or is to be reached elsewhere.

Nobody's, `person_id` null, where the login has no account: it looks and ends like any other, so that who asks
does not learn it. `subject_digest` is of the login as it was written, or of the person: attempts are counted
by it."""
