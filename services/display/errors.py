"""What display refuses, each under the code that clients see."""

from contracts.refusals import Refused


class UnknownOffice(Refused):
    """No office of this code was ever announced. Data: office."""

    code = "unknown_office"
