"""The pages of officers and village clerks who book for people. No script is needed.

/bantu                                     a village: the offices that cover it
/bantu/{office}                            what for, or a booking found again by its code
/bantu/{office}/{service}[/{day}]          when; the citizen's own timetable
/bantu/{office}/{service}/{day}/{slot_id}  for whom, then how they agreed
/bantu/{office}/tiket/{code}               the ticket to be printed; given up under /batal
/bantu/{office}/akun[/{proof}]             who has lost the phone or the mailbox of their account
/bantu/{office}/kunjungan                  who asks the office to come to them, and its answers
"""

import falcon.asgi
from falcon.asgi import Request, Response

from gateway.pages.assist.applicant import ApplicantForm
from gateway.pages.assist.desk import AssistDesk, BookingSearch, VillageDesk
from gateway.pages.assist.home_visits import OfficeHomeVisits
from gateway.pages.assist.hours import AssistedHours
from gateway.pages.assist.recovery import LostAccount
from gateway.pages.assist.tickets import AssistedCancellation, AssistedTicket
from gateway.pages.site import Site


def add_assist_routes(app: falcon.asgi.App[Request, Response], site: Site, *, public_url: str) -> None:
    """Serve these pages."""
    hours = AssistedHours(site)
    app.add_route("/bantu", VillageDesk(site))
    app.add_route("/bantu/{office}", AssistDesk(site))
    app.add_route("/bantu/{office}/tiket", BookingSearch(site))
    app.add_route("/bantu/{office}/tiket/{code}", AssistedTicket(site))
    app.add_route("/bantu/{office}/tiket/{code}/batal", AssistedCancellation(site))
    lost_account = LostAccount(site, public_url=public_url)
    app.add_route("/bantu/{office}/akun", lost_account)
    app.add_route("/bantu/{office}/akun/{proof:uuid}", lost_account, suffix="sent")
    home_visits = OfficeHomeVisits(site)
    app.add_route("/bantu/{office}/kunjungan", home_visits)
    app.add_route("/bantu/{office}/kunjungan/{visit_id}/{answer}", home_visits, suffix="answer")
    app.add_route("/bantu/{office}/{service}", hours)
    app.add_route("/bantu/{office}/{service}/{day}", hours)
    app.add_route("/bantu/{office}/{service}/{day}/{slot_id}", ApplicantForm(site))
