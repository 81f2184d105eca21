"""What a mistake in an office's file is called."""

from collections.abc import Mapping, Sequence

SENTENCES: Mapping[str, str] = {
    "missing_field": "is missing",
    "unknown_field": "is no field of this file",
    "wrong_type": "is not of the right kind",
    "too_long": "is longer than {0} characters",
    "too_short": "is shorter than {0} characters",
    "bad_form": "is not written the right way (hours are written 08.00-12.00, dates 2026-12-31)",
    "unknown_choice": "is none of the choices",
    "out_of_range": "is not a number from {0} to {1}",
    "not_yaml": "this is no YAML from here on",
    "duplicate_field": "is told twice",
    "alias": "aliases are not read: write it out",
    "ends_before_start": "ends before it begins",
    "break_outside_hours": "this break is not within the open hours",
    "hours_overlap": "overlaps with other hours of the same day",
    "weeks_not_counted": "every_weeks above 1 needs a date to count from, and every_weeks 1 none",
    "out_of_order": "comes before what it has to follow",
    "duplicate_step": "the visit goes through this step twice",
    "no_steps": "needs at least one step",
    "duplicate_district": "there is another way from this district",
    "not_utf8": "this file is not written in UTF-8",
    "duplicate_date": "there is another for this date",
    "duplicate_service": "this service is told twice",
    "service_not_offered": "is not among the services of this office",
    "amount_missing": "is needed where payment comes first",
    "more_protected_than_places": "keeps more places than there are",
    "stage_out_of_order": "cannot follow the stage before it",
    "not_exactly_one": "needs one of rolling, weekly and monthly",
    "other_office": "is another office's",
    "unknown_office": "is no office of the directory (data/offices.csv)",
    "other_name": "is another office than the file is named for",
}


def sentence(code: str, limits: Sequence[int] = ()) -> str:
    """Say what a code means, with the limits that were broken."""
    return SENTENCES[code].format(*limits)
