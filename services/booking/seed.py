"""Fill the database with offices, slots and demo accounts: `python -m services.booking.seed`.

It can run before every start: of an office that is there already only what the file says is brought
up to date, and what was decided in the system (its status, its services, its hours) stays. Accounts
that are there stay as they are.
"""

import sys
from dataclasses import replace

import uuid_utils

from chassis.database import Database, Transaction
from chassis.settings import SettingsInvalid, load_settings
from contracts.words import Role
from services.booking.demonstration import HOURS, Demonstration
from services.booking.domain.calendar import Calendar
from services.booking.domain.hours import OFFICE_HOURS
from services.booking.domain.office import Office
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.offices import change_office
from services.booking.handlers.passwords import Passwords
from services.booking.handlers.plans import apply_plan
from services.booking.handlers.slots import open_slots
from services.booking.office_directory import OFFICE_PLANS, read_offices
from services.booking.plan_files import read_office_plan
from services.booking.settings import SeedSettings
from services.booking.store.accounts import StaffRecord
from services.booking.store.calendars import calendar_of, put_calendar
from services.booking.store.colleagues import add as add_staff
from services.booking.store.offices import find_office, list_offices

PILOTS = ("TRK", "SKW")
"""Tarakan and Singkawang, the two offices of the newspaper articles."""

STAFF: tuple[tuple[str, str, Role], ...] = (
    ("petugas", "Petugas", "officer"),
    ("kios", "Kios", "kiosk"),
    ("kepala", "Kepala", "head"),
)
"""Login, name and role of each pilot's demo accounts; the login ends with the office, as `petugas.trk`."""

VILLAGES: tuple[tuple[str, str, str, str], ...] = (
    ("desa.malinau", "Kantor Desa Malinau", "Kabupaten Malinau", "+628115550101"),
    ("desa.bengkayang", "Kantor Desa Bengkayang", "Kabupaten Bengkayang: Jagoi Babang", "+628115550102"),
)
"""Login, name, district and phone of the demo accounts of villages, one for each pilot's back country."""


def seed(database: Database, settings: SeedSettings) -> None:
    """Bring offices and slots to what the settings say; add demo accounts that are missing."""
    with database.transaction() as tx:
        present = {office.code: office for office in list_offices(tx)}
        for told in read_offices(settings.offices_file):
            change_office(tx, _as_told(told, present.get(told.code)))
        for code in PILOTS:
            _apply_own_plan(tx, code)
            _set_hours(tx, code, always=settings.demo_hours == "always")
            open_slots(tx, code)
        if settings.demo_password:
            password_hash = Passwords().hash(settings.demo_password)
            _add_staff(tx, password_hash)
            if demonstration := _demonstration(settings, password_hash):
                demonstration.play(tx)


def _as_told(told: Office, present: Office | None) -> Office:
    if present is None:
        return told
    return replace(
        present,
        name=told.name,
        office_class=told.office_class,
        city=told.city,
        province=told.province,
        timezone=told.timezone,
        place=told.place,
    )


def _apply_own_plan(tx: Transaction, code: str) -> None:
    """A pilot that has decided nothing yet becomes what its file among the plans says."""
    if not calendar_of(tx, code).weekly:
        apply_plan(tx, read_office_plan(OFFICE_PLANS / f"{code}.yaml").plan)


def _set_hours(tx: Transaction, code: str, *, always: bool) -> None:
    """Hours that somebody has set stay, unless they are, or are to be, those of a demonstration."""
    office, calendar = find_office(tx, code), calendar_of(tx, code)
    demonstration = Calendar.of_week(HOURS[code])
    if office is None or (calendar.weekly and not always and calendar != demonstration):
        return
    change_office(tx, replace(office, sells_running_slots=always, observes_holidays=not always))
    put_calendar(tx, code, demonstration if always else Calendar.of_week(OFFICE_HOURS))


def _demonstration(settings: SeedSettings, password_hash: str) -> Demonstration | None:
    """People are played where the demonstration's hours are kept, and only with the keys of booking."""
    digest_key, cipher_key = settings.nik_hmac_key, settings.nik_cipher_key
    if settings.demo_hours != "always" or not (digest_key and cipher_key and settings.ticket_signer):
        return None
    vault = IdentityVault(digest_key=digest_key, cipher_key=cipher_key)
    return Demonstration(vault=vault, signer=settings.ticket_signer, password_hash=password_hash)


def _add_staff(tx: Transaction, password_hash: str) -> None:
    for code in PILOTS:
        for login, display_name, role in STAFF:
            record = StaffRecord(
                staff_id=str(uuid_utils.uuid7()),
                login=f"{login}.{code.lower()}",
                display_name=f"{display_name} {code}",
                role=role,
                office=code,
                password_hash=password_hash,
            )
            add_staff(tx, record)
    for login, display_name, district, phone in VILLAGES:
        village = StaffRecord(
            staff_id=str(uuid_utils.uuid7()),
            login=login,
            display_name=display_name,
            role="village",
            office=None,
            password_hash=password_hash,
            district=district,
            phone=phone,
        )
        add_staff(tx, village)


def main() -> None:
    """Seed the database that the environment names."""
    try:
        settings = load_settings(SeedSettings)
    except SettingsInvalid as invalid:
        sys.exit(str(invalid))
    seed(Database(settings.database_url, connections=1), settings)


if __name__ == "__main__":
    main()
