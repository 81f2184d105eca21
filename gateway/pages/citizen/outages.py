"""What a citizen's pages tell of bookings at whose time the office does not work."""

from contracts.requests.outages import BookingOutage, ListOwnOutages
from gateway.pages.site import Site


async def outages_of(site: Site, person_id: str) -> dict[str, BookingOutage]:
    """Return why the office does not work, by the code of each booking that is affected."""
    answer = await site.backend.ask(ListOwnOutages(person_id=person_id))
    return {outage.code: outage for outage in answer.outages}
