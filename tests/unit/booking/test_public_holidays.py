"""The days on which offices are closed."""

from datetime import date

from services.booking.handlers.public_holidays import public_holidays


def test_independence_day_is_a_holiday() -> None:
    """17 August of every year."""
    assert date(2027, 8, 17) in public_holidays(2027)


def test_joint_leave_is_a_holiday_of_government_offices() -> None:
    """Cuti bersama around Eid al-Fitr 2025, by joint decree of three ministers."""
    assert date(2025, 4, 7) in public_holidays(2025)


def test_a_common_day_is_none() -> None:
    """Offices work on it."""
    assert date(2026, 11, 23) not in public_holidays(2026)
