"""What a service costs, and whether it is paid before the place is sure or at the counter."""

from dataclasses import dataclass

from contracts.office_plan import PaymentMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """The fee of one service at one office, in rupiah, for each person; 0 where it is not told."""

    when: PaymentMoment = "counter"
    rupiah: int = 0

    def __post_init__(self) -> None:
        if self.rupiah < 0 or (self.when == "first" and not self.rupiah):
            raise ValueError(f"no fee: {self}")

    @property
    def prepaid(self) -> int | None:
        """What is paid before the place is sure; None where it is paid at the counter."""
        return self.rupiah if self.when == "first" else None


AT_THE_COUNTER = Fee()
