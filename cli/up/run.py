"""`antrean up`: start everything, keep it alive until a stop signal, and end it in order."""

from cli.servers.ports import LOOPBACK
from cli.servers.process import end_leftovers
from cli.settings import DEMO_OFFICE, DEMO_VILLAGE, UpSettings
from cli.stop_signal import StopAsked, ignore_stop_signals, stop_signals_raise
from cli.terminal import Terminal
from cli.up.lock import only_one
from cli.up.start import Start
from cli.up.supervisor import Supervisor


def run(settings: UpSettings, terminal: Terminal) -> None:
    """Run everything until a stop signal; raise Problem when it cannot start."""
    supervisor = Supervisor(terminal.say)
    with only_one(settings.home), stop_signals_raise():
        try:
            Start(settings, terminal, supervisor).run()
            show_addresses(settings, terminal)
            supervisor.watch()
        except StopAsked:
            terminal.say("Stopping.")
        finally:
            ignore_stop_signals()
            supervisor.stop()
            # What a signal cut off between its start and our note of it.
            end_leftovers(settings.home)
    terminal.say("Stopped. The data is kept for the next start.")


def show_addresses(settings: UpSettings, terminal: Terminal) -> None:
    """Say where to go, who one can sign in as, and what differs from daily life."""
    base, office = settings.public_url, DEMO_OFFICE
    terminal.table(
        "Pages",
        (
            ("Citizen", f"{base}/"),
            ("Kiosk", f"{base}/kios/{office}"),
            ("Counter, for an officer", f"{base}/loket/{office}"),
            ("Hall board", f"{base}/papan/{office}"),
            ("Waiting room on a phone", f"{base}/tunggu/{office}"),
            ("The office's head", f"{base}/kepala/{office}/hari-ini"),
            ("All offices today", f"{base}/transparansi"),
            ("Assisted booking", f"{base}/bantu"),
            ("Phone: WhatsApp, e-mail sent", f"http://{LOOPBACK}:{settings.ports.sandbox}/"),
            ("Bank: pays billing codes", f"http://{LOOPBACK}:{settings.ports.sandbox}/bank"),
            ("API", f"{base}/api"),
        ),
    )
    is_played = settings.demo_hours == "always"
    if password := settings.demo_password:
        staff = [
            (role, f"{login}.{office.lower()}", password)
            for role, login in (("Officer", "petugas"), ("Kiosk", "kios"), ("Head", "kepala"))
        ]
        staff.append(("Village", DEMO_VILLAGE, password))
        terminal.table("Demo accounts", (*staff, *(_citizens(password) if is_played else ())))
    if is_played:
        terminal.say(
            "The demo offices are open day and night, whatever data/offices says; DEMO_HOURS=office keeps to "
            "their files. Singkawang has one hour on Sundays, and the next Sunday is full: wait for a place "
            "there, cancel as siti@contoh.id, and it is offered soon. Pontianak opens in two weeks."
        )
    terminal.say(
        "A first call: take a number at the kiosk, open a counter, press the space bar. "
        f"A morning with people: .venv/bin/antrean simulate {office}"
    )
    terminal.say(f"Logs are in {settings.home / 'log'}. Ctrl-C stops everything.")


def _citizens(password: str) -> tuple[tuple[str, str, str], ...]:
    """Who `services.booking.demonstration` plays."""
    return (
        ("Citizen, books with family", "siti@contoh.id", password),
        ("Citizen, waits for a place", "rini@contoh.id", password),
    )
