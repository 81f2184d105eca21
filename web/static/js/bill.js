// A bill on the screen: its code is copied, and its time runs down.

const COUNT_EVERY_MS = 15_000;
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

if (left) setInterval(count, COUNT_EVERY_MS);
