"""What can be asked of booking about people without a sign-in, for whom somebody with an account books."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.requests.base import Request
from contracts.words import DisplayName, Nik, PersonName, ShownAs

DependentClass = Literal["regular", "disabled", "pregnant", "ill"]
"""The elderly and infants are told by their birth date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """Somebody for whom a person books, as that person sees them (no NIK)."""

    person_id: str
    name: PersonName
    display_name: DisplayName
    birth_date: date
    priority: DependentClass
    shown_as: ShownAs = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependents:
    """All for whom a person books, in the order in which they were added."""

    dependents: tuple[Dependent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDependent(Request[Dependent]):
    """Know somebody for whom a person books. A NIK is an account's or one dependent's, never both."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Dependent]] = Dependent
    repeatable: ClassVar[bool] = False

    guardian_id: str
    nik: Nik
    name: PersonName
    display_name: DisplayName
    birth_date: date
    priority: DependentClass = "regular"
    shown_as: ShownAs = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDependents(Request[Dependents]):
    """Read for whom a person books."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Dependents]] = Dependents

    guardian_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDependentAs(Request[Dependents]):
    """Choose what the hall shows of a dependent, also on bookings ahead; read for whom the person books."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Dependents]] = Dependents

    guardian_id: str
    person_id: str
    shown_as: ShownAs


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDependent(Request[Dependents]):
    """Book no more for somebody; what is booked stays. One who is not there is removed already."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Dependents]] = Dependents

    guardian_id: str
    person_id: str
