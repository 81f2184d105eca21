"""The citizen's pages: plain HTML from the server, which work on any phone and without a script."""

import falcon.asgi
from falcon.asgi import Request, Response

from gateway.pages.citizen.bookings import MyBookings, OfferTaken, WishGivenUp
from gateway.pages.citizen.codes import RegistrationCodes
from gateway.pages.citizen.confirmation import Confirmation
from gateway.pages.citizen.contact import ContactCodes, ContactForm
from gateway.pages.citizen.family import Family
from gateway.pages.citizen.home_visits import HomeVisits
from gateway.pages.citizen.office_page import OfficePage
from gateway.pages.citizen.offices import Home
from gateway.pages.citizen.own_account import OwnAccount
from gateway.pages.citizen.recovery import ForgottenPassword, RecoveryCodes
from gateway.pages.citizen.registration import Register
from gateway.pages.citizen.reschedule import NewTime, Reschedule
from gateway.pages.citizen.sign_in import SignIn, SignOut
from gateway.pages.citizen.tickets import CancelTicket, TicketPage
from gateway.pages.citizen.today import OfficeToday
from gateway.pages.citizen.transparency import Transparency
from gateway.pages.citizen.waitlist import WaitlistForm
from gateway.pages.site import Site


def add_citizen_routes(app: falcon.asgi.App[Request, Response], site: Site) -> None:
    """Serve the citizen's pages."""
    app.add_route("/", Home(site))
    app.add_route("/daftar", Register(site))
    app.add_route("/lupa-sandi", ForgottenPassword(site))
    app.add_route("/akun/kontak", ContactForm(site))
    for code_entry in (RegistrationCodes(site), RecoveryCodes(site), ContactCodes(site)):
        app.add_route(f"{code_entry.page}/{{row:uuid}}", code_entry)
        app.add_route(f"{code_entry.page}/{{row:uuid}}/ulang", code_entry, suffix="again")
    own_account = OwnAccount(site)
    app.add_route("/akun", own_account)
    app.add_route("/akun/sandi", own_account, suffix="password")
    app.add_route("/akun/tampilan", own_account, suffix="choice")
    app.add_route("/akun/nama", own_account, suffix="name")
    app.add_route("/akun/keluar-semua", own_account, suffix="sessions")
    app.add_route("/akun/hapus", own_account, suffix="erasure")
    family = Family(site)
    app.add_route("/akun/keluarga", family)
    app.add_route("/akun/keluarga/{person_id}/hapus", family, suffix="removal")
    app.add_route("/akun/keluarga/{person_id}/tampilan", family, suffix="choice")
    app.add_route("/masuk", SignIn(site))
    app.add_route("/keluar", SignOut())
    office_page = OfficePage(site)
    app.add_route("/kantor/{office}", office_page)
    app.add_route("/kantor/{office}/hari-ini", OfficeToday(site))
    app.add_route("/kantor/{office}/{service}", office_page)
    app.add_route("/kantor/{office}/{service}/{day}", office_page)
    app.add_route("/kantor/{office}/{service}/tunggu", WaitlistForm(site))
    app.add_route("/kantor/{office}/{service}/{day}/{slot_id}", Confirmation(site))
    app.add_route("/transparansi", Transparency(site))
    app.add_route("/pesanan", MyBookings(site))
    home_visits = HomeVisits(site)
    app.add_route("/kunjungan", home_visits)
    app.add_route("/kunjungan/{visit_id}/batal", home_visits, suffix="withdrawal")
    app.add_route("/tiket/{code}", TicketPage(site))
    app.add_route("/tiket/{code}/batal", CancelTicket(site))
    reschedule = Reschedule(site)
    app.add_route("/tiket/{code}/jadwal", reschedule)
    app.add_route("/tiket/{code}/jadwal/{day}", reschedule)
    app.add_route("/tiket/{code}/jadwal/{day}/{slot_id}", NewTime(site))
    app.add_route("/daftar-tunggu/{entry_id}/ambil", OfferTaken(site))
    app.add_route("/daftar-tunggu/{entry_id}/lepas", WishGivenUp(site))
