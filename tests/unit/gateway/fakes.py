"""What the tests of HTTP behaviour stand on: services that answer as told, tokens, and a client."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from falcon.testing import ASGIConductor, Result

from contracts import schema
from contracts.access import Access, AccessSigner
from contracts.events.availability import AvailabilityChanged, SlotPlaces
from contracts.events.booking import OfficeChanged
from contracts.events.checkin import CounterCalled
from contracts.events.display import BoardChanged
from contracts.keys import SigningKey
from contracts.requests import Request
from contracts.words import OfficeStatus, Role
from gateway.app import make_app
from gateway.auth import Authenticator
from gateway.availability import AvailabilityCopies
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.revocations import RevokedSessions
from gateway.settings import GatewaySettings

R = TypeVar("R")

KEY = SigningKey.generate("test")
PERSON = "0199a1b2-0000-7000-8000-000000000001"
TOMORROW = date(2026, 11, 24)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

Answer = object | Exception | Callable[[Any], object]


class FakeServices:
    """A Backend that answers each type of request with what the test set, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[type[Request[Any]], Answer] = {}
        self.asked: list[Request[Any]] = []

    async def ask(self, request: Request[R]) -> R:
        """Answer, or raise what was set."""
        self.asked.append(request)
        answer = self.answers[type(request)]
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer  # type: ignore[return-value]  # the test's care

    async def ask_plain(self, request: Request[Any]) -> dict[str, Any]:
        """Answer as it would travel."""
        return schema.dump(await self.ask(request))


@dataclass
class Gateway:
    """The application with its parts in the test's hands."""

    services: FakeServices
    directory: OfficeDirectory
    hub: BoardHub
    revoked: RevokedSessions
    authenticator: Authenticator
    copies: AvailabilityCopies
    http: ASGIConductor


@asynccontextmanager
async def gateway(*offices: OfficeChanged, **settings: Any) -> AsyncIterator[Gateway]:
    """Run the whole application in the test's event loop; with offices, they are known."""
    services = FakeServices()
    directory = OfficeDirectory()
    if offices:
        directory.load(offices)
    hub = BoardHub(services)
    made = GatewaySettings(amqp_url="amqp://nowhere", access_keys=KEY.public(), **settings)
    revoked, copies = RevokedSessions(), AvailabilityCopies(services)
    authenticator = Authenticator(made.access_keys, revoked)
    app = make_app(
        made, backend=services, directory=directory, hub=hub, authenticator=authenticator, copies=copies
    )
    async with ASGIConductor(app) as http:
        yield Gateway(
            services=services,
            directory=directory,
            hub=hub,
            revoked=revoked,
            authenticator=authenticator,
            copies=copies,
            http=http,
        )


def token(
    role: Role = "citizen",
    office: str | None = None,
    *,
    lives: timedelta = timedelta(hours=1),
    session_version: int = 1,
) -> str:
    """Sign an access token as booking does."""
    now = datetime.now(UTC)
    access = Access(
        subject=PERSON,
        role=role,
        office=office,
        display_name="Pak Andi",
        expires_at=now + lives,
        session_version=session_version,
    )
    return AccessSigner(KEY).sign(access, now=now)


def bearer(*arguments: Any, **options: Any) -> dict[str, str]:
    """Return the header of a signed-in request; takes what `token` takes."""
    return {"Authorization": f"Bearer {token(*arguments, **options)}"}


def office(code: str = "TRK", *, version: int = 1, status: OfficeStatus = "pilot") -> OfficeChanged:
    """Make an office."""
    return OfficeChanged(
        version=version,
        office=code,
        name=f"Kantor Imigrasi {code}",
        office_class="II",
        city="Tarakan",
        province="Kalimantan Utara",
        timezone="Asia/Makassar",
        status=status,
        services=("new", "renewal"),
        counters=4,
    )


def availability(
    version: int = 1,
    *places_left: int,
    office: str = "TRK",
    day: date = TOMORROW,
    changes_at: datetime | None = None,
) -> AvailabilityChanged:
    """Make a day's slots, an hour after the other, with so many places left."""
    hours = [datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for hour in range(len(places_left))]
    slots = tuple(
        SlotPlaces(
            slot_id=f"slot-{hour.hour}",
            starts_at=hour,
            ends_at=hour + timedelta(hours=1),
            capacity=6,
            places_left=left,
        )
        for hour, left in zip(hours, places_left, strict=True)
    )
    return AvailabilityChanged(
        version=version, office=office, service="new", date=day, slots=slots, changes_at=changes_at
    )


def board(version: int = 1, code: str = "TRK", *, waiting: int = 3) -> BoardChanged:
    """Make a hall board."""
    return BoardChanged(
        version=version,
        office=code,
        name=f"Kantor Imigrasi {code}",
        timezone="Asia/Makassar",
        date=date(2026, 11, 23),
        waiting=waiting,
        served=0,
        counters=(),
        calls=(),
        changed_at=NOON + timedelta(seconds=version),
    )


def called(**changes: Any) -> CounterCalled:
    """Let counter 1 of Tarakan call, at noon unless changed."""
    usual = CounterCalled(
        version=2,
        ticket_id="01a1ff7c-2f04-705f-9bf4-000000000001",
        office="TRK",
        date=NOON.date(),
        number="A-001",
        service="new",
        priority="regular",
        state="called",
        person_id=PERSON,
        display_name="Pak Andi",
        counter=1,
        calls=1,
        scanned_at=NOON - timedelta(minutes=5),
        turn_at=NOON,
        waiting_since=NOON - timedelta(minutes=5),
        called_at=NOON,
        finished_at=None,
    )
    return replace(usual, **changes)


def codes(errors: Iterable[dict[str, str]]) -> set[tuple[str, str]]:
    """Return of each fault the pointer, header or parameter, and the code."""
    places = ("pointer", "header", "parameter")
    return {(next(error[place] for place in places if place in error), error["code"]) for error in errors}


def refused(answer: Result) -> tuple[int, str]:
    """Return an answer's status and the code of what was refused."""
    return answer.status_code, answer.json["code"]
