"""The form of a NIK: PPRRSSDDMMYYXXXX.

    PP RR SS   province, regency or city, district where it was first issued
    DD MM YY   date of birth; women have 40 added to the day
    XXXX       serial number, from 0001

It has no check digit, so a right form proves nothing. The region is not looked up in a list: lists
lag behind new provinces, and one that lacks 65 (North Kalimantan) would refuse all of Tarakan.
"""

import re
from datetime import date

from contracts.words import Sex

_FORM = re.compile(r"[1-9][1-9](?!00)[0-9]{2}(?!00)[0-9]{2}[0-9]{6}(?!0000)[0-9]{4}")
_ADDED_FOR_WOMEN = 40


def is_nik(text: str) -> bool:
    """Say whether a text has the form of a NIK."""
    return _FORM.fullmatch(text) is not None and bool(births_of(text))


def tells(nik: str, *, birth_date: date, sex: Sex) -> bool:
    """Say whether a NIK of the right form is of somebody of this birth date and sex.

    Of the year it tells two digits alone.
    """
    day = birth_date.day + (_ADDED_FOR_WOMEN if sex == "female" else 0)
    return nik[6:12] == f"{day:02}{birth_date.month:02}{birth_date.year % 100:02}"


def births_of(nik: str) -> tuple[date, ...]:
    """List the birth dates that a NIK can mean: it tells no century, and women's days have 40 added.

    29 February 00 was a day of 2000 and none of 1900.
    """
    day, month, year = (int(nik[at : at + 2]) for at in (6, 8, 10))
    day -= _ADDED_FOR_WOMEN if day > _ADDED_FOR_WOMEN else 0
    found = []
    for century in (1900, 2000):
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)
