// A bill on the screen: its code is copied, its time runs down, and the page goes on when the money has come.

const ASK_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;

const bill = document.querySelector("[data-bill]");
const left = bill.querySelector("[data-left]");
const copy = bill.querySelector("[data-copy]");

// The clipboard is there over https and on 127.0.0.1 only.
if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.querySelector("[data-copy-words]").textContent = copy.dataset.copied;
    bill.querySelector("[data-copy-said]").textContent = copy.dataset.copied;
  });
}

/** 1 jam 42 menit, as the server writes it. */
function durationWords(minutes) {
  const hours = Math.floor(minutes / 60);
  const parts = [[hours, "hour"], [minutes % 60, "minute"]].filter(([count]) => count > 0);
  const words = ([count, unit]) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return parts.map(words).join(" ");
}

function count() {
  const minutes = Math.ceil((Date.parse(bill.dataset.due) - Date.now()) / MINUTE_MS);
  if (minutes > 0) left.textContent = durationWords(minutes);
  else left.closest(".bill-left").hidden = true;
}

/** Ask how the booking is; a page that nobody looks at does not. */
async function ask() {
  if (document.hidden) return;
  const answer = await fetch(`/v1/bookings/${bill.dataset.bill}`).catch(() => undefined); // offline: the next time
  if (!answer?.ok) return;
  const { status } = await answer.json();
  if (status !== "held") location.replace(`${location.pathname}?periksa=1`);
}

if (left) setInterval(count, ASK_EVERY_MS);
setInterval(ask, ASK_EVERY_MS);
// Who comes back from the bank's app sees at once what became of it.
document.addEventListener("visibilitychange", ask);
