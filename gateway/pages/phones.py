"""Phone numbers as people read them."""

import phonenumbers


def dialled(phone: str) -> str:
    """Write a number in E.164 in groups, with its country: `+62 812-3456-7890`."""
    return phonenumbers.format_number(
        phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    ).replace(" ", "\N{NO-BREAK SPACE}")
