"""Phone numbers and e-mail addresses, each in the one form in which they are compared."""

import phonenumbers

_HOME_REGION = "ID"


class PhoneInvalid(ValueError):
    """The text is no number that can be dialled."""


def phone_number(text: str) -> str:
    """Write a phone number in E.164; one with no country is Indonesian. Raises PhoneInvalid."""
    try:
        number = phonenumbers.parse(text, _HOME_REGION)
    except phonenumbers.NumberParseException as reason:
        raise PhoneInvalid(str(reason)) from reason
    if not phonenumbers.is_valid_number(number):
        raise PhoneInvalid("not a number in use")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_address(text: str) -> str:
    """Write an e-mail address in lower case: people do not remember which letters were capitals."""
    return text.strip().lower()
