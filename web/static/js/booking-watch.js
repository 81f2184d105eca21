// A booking on the screen is looked at anew while somebody sees it; once it is otherwise, so is the page.
// It names the booking in data-watch and how it was shown in data-shown; data-then is the query of what comes next.

const watched = document.querySelector("[data-watch]");

/** How far a booking is, as the server writes it in data-shown. */
const progress = ({ status, visit, payment }) =>
  [status, visit?.state, visit?.number, visit?.counter, payment?.money_back.length ?? 0]
    .map((part) => part ?? "-")
    .join(" ");

/** A visit happens on its own day only, by the office's calendar (en-CA writes it 2026-11-24). */
function isDue() {
  const { day, zone } = watched.dataset;
  return !day || new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format() === day;
}

/** Ask how the booking is; a page that nobody looks at does not. */
async function ask() {
  if (document.hidden || !isDue()) return;
  const answer = await fetch(`/v1/bookings/${watched.dataset.watch}`).catch(() => undefined); // offline: the next time
  if (!answer?.ok || progress(await answer.json()) === watched.dataset.shown) return;
  location.replace(location.pathname + (watched.dataset.then ?? ""));
}

setInterval(ask, watched.dataset.everySeconds * 1000);
// Who comes back from another app sees at once what became of it.
document.addEventListener("visibilitychange", ask);
