"""What a demonstration has beside two open offices, so that everything can be tried at once.

    a day without places     at Singkawang every Sunday has one hour, and the next one is taken
    who gives a place up     Bu Siti, who comes with four of her family; Pak Joko has the sixth place
    who waits for it         Bu Rini
    an office that is coming Pontianak opens in two weeks, on its own page and by itself

All of it is done by the handlers that serve people. Done again it changes nothing.
"""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta

import uuid_utils

from chassis.database import Transaction
from chassis.log import get_logger
from contracts.events import ContactChanged
from contracts.office_plan import PlannedStage
from contracts.refusals import Refused
from contracts.requests.booking import BookSlot, ListSlots
from contracts.requests.dependents import AddDependent
from contracts.requests.waitlist import JoinWaitlist, ListWaitlist
from contracts.ticket import TicketSigner
from contracts.words import ServiceCode, Sex
from services.booking.domain.hours import ROUND_THE_CLOCK, WorkingPeriod
from services.booking.handlers.bookings import book_slots
from services.booking.handlers.dependents import Adding, add_dependent
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.plans import apply_plan
from services.booking.handlers.slots import list_slots
from services.booking.handlers.waitlists import join_waitlist, list_waitlist
from services.booking.office_directory import OFFICE_PLANS
from services.booking.plan_files import read_office_plan
from services.booking.store import dependents, offices
from services.booking.store.accounts import AccountRecord, add_account, find_citizen
from services.booking.store.calendars import calendar_of

_FULL_OFFICE, _FULL_WEEKDAY = "SKW", 6
_FULL_SERVICE: ServiceCode = "new"
_COMING_OFFICE, _COMING_IN = "PTK", timedelta(days=14)

HOURS: dict[str, tuple[WorkingPeriod, ...]] = {
    "TRK": ROUND_THE_CLOCK,
    _FULL_OFFICE: (
        *(period for period in ROUND_THE_CLOCK if period.weekday != _FULL_WEEKDAY),
        WorkingPeriod(weekday=_FULL_WEEKDAY, opens_minute=9 * 60, closes_minute=10 * 60),
    ),
}
"""The hours of the offices that a demonstration opens."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """Somebody invented; `serial` is the end of the NIK and of the phone number."""

    name: str
    display_name: str
    birth_date: date
    sex: Sex
    serial: int

    @property
    def nik(self) -> str:
        day = self.birth_date.day + (40 if self.sex == "female" else 0)
        return f"617201{day:02}{self.birth_date:%m%y}{self.serial:04}"


SITI = _Person(
    name="Siti Aminah", display_name="Bu Siti", birth_date=date(1984, 4, 21), sex="female", serial=9001
)
_FAMILY = (
    _Person(
        name="Hasan Basri", display_name="Pak Hasan", birth_date=date(1981, 2, 3), sex="male", serial=9002
    ),
    _Person(
        name="Nur Aini", display_name="Kak Aini", birth_date=date(2009, 6, 14), sex="female", serial=9003
    ),
    _Person(
        name="Bima Basri", display_name="Adik Bima", birth_date=date(2013, 9, 30), sex="male", serial=9004
    ),
    _Person(
        name="Rukmini", display_name="Bu Rukmini", birth_date=date(1961, 12, 5), sex="female", serial=9005
    ),
)
JOKO = _Person(
    name="Joko Susilo", display_name="Pak Joko", birth_date=date(1990, 8, 17), sex="male", serial=9006
)
RINI = _Person(
    name="Rini Anggraini", display_name="Bu Rini", birth_date=date(1995, 1, 9), sex="female", serial=9007
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the people of a demonstration need to have accounts and tickets."""

    vault: IdentityVault
    signer: TicketSigner
    password_hash: str

    def play(self, tx: Transaction) -> None:
        """Bring the demonstration to what it is today."""
        announce_office(tx)
        siti, joko, rini = (self._account(tx, person) for person in (SITI, JOKO, RINI))
        family = self._family(tx, siti)
        office = offices.find_office(tx, _FULL_OFFICE)
        if office is None:
            return
        today = tx.now.astimezone(office.zone).date()
        sunday = today + timedelta(days=(_FULL_WEEKDAY - today.weekday()) % 7 or 7)
        asked = ListSlots(office=_FULL_OFFICE, for_service=_FULL_SERVICE, date=sunday)
        if free := [slot for slot in list_slots(tx, asked).slots if slot.places_left]:
            key = f"demonstration-{sunday}"
            wanted = BookSlot(person_id=siti, slot_id=free[0].slot_id, idempotency_key=key)
            wishes = [replace(wanted, dependents=family), replace(wanted, person_id=joko)]
            answers = book_slots(tx, wishes, signer=self.signer, vault=self.vault)
            log.info("demonstration_booked", answers=[getattr(one, "code", "") for one in answers])
        _wait(tx, rini, sunday)

    def _account(self, tx: Transaction, person: _Person) -> str:
        """Return the id of somebody's account, which is made where there is none."""
        email = f"{person.display_name.split()[-1].lower()}@contoh.id"
        known = find_citizen(tx, email=email)
        if known is not None:
            return known.subject
        person_id = str(uuid_utils.uuid7())
        sealed = self.vault.seal(person.nik, person_id=person_id)
        account = AccountRecord(
            person_id=person_id,
            name=person.name,
            display_name=person.display_name,
            phone=f"+6281100{person.serial:06}",
            email=email,
            locale="id",
            nik_digest=sealed.digest,
            nik_ciphertext=sealed.ciphertext,
            nik_key_id=sealed.key_id,
            password_hash=self.password_hash,
            version=1,
            created_at=tx.now,
            birth_date=person.birth_date,
            sex=person.sex,
        )
        add_account(tx, account)
        tx.emit(
            ContactChanged(
                version=1,
                person_id=person_id,
                display_name=account.display_name,
                phone=account.phone,
                email=email,
                locale="id",
            )
        )
        return person_id

    def _family(self, tx: Transaction, guardian_id: str) -> tuple[str, ...]:
        known = dependents.list_dependents(tx, guardian_id)
        if not known:
            adding = Adding(transactions=lambda: nullcontext(tx), vault=self.vault)
            for person in _FAMILY:
                told = AddDependent(
                    guardian_id=guardian_id,
                    nik=person.nik,
                    name=person.name,
                    display_name=person.display_name,
                    birth_date=person.birth_date,
                )
                add_dependent(tx, told, adding=adding)
            known = dependents.list_dependents(tx, guardian_id)
        return tuple(one.person_id for one in known)


def announce_office(tx: Transaction) -> None:
    """Let an office that has decided nothing yet say when it opens; then it does so by itself."""
    office = offices.find_office(tx, _COMING_OFFICE)
    if office is None or calendar_of(tx, _COMING_OFFICE).weekly:
        return
    today = tx.now.astimezone(office.zone).date()
    stages = (
        PlannedStage(status="socialisation", from_date=today - timedelta(days=30)),
        PlannedStage(status="pilot", from_date=today + _COMING_IN),
    )
    neighbour = read_office_plan(OFFICE_PLANS / f"{_FULL_OFFICE}.yaml").plan
    covers = ("Kota Pontianak", "Kabupaten Kubu Raya", "Kabupaten Mempawah")
    plan = replace(neighbour, office=_COMING_OFFICE, rollout=stages, covers=covers, by_service=(), travel=())
    apply_plan(tx, plan)


def _wait(tx: Transaction, person_id: str, day: date) -> None:
    """Wait for a place of the day; somebody may have left one free, or be served already."""
    waits = list_waitlist(tx, ListWaitlist(person_id=person_id)).entries
    if any(one.first_date <= day <= one.last_date for one in waits):
        return
    wish = JoinWaitlist(
        person_id=person_id, office=_FULL_OFFICE, for_service=_FULL_SERVICE, first_date=day, last_date=day
    )
    try:
        join_waitlist(tx, wish)
    except Refused as refused:
        log.info("demonstration_waits_not", code=refused.code)
