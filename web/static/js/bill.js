// A bill on the screen: its code is copied, and its time runs down.

import { durationWords } from "./durations.js";

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

function count() {
  const minutes = Math.ceil((Date.parse(bill.dataset.due) - Date.now()) / MINUTE_MS);
  if (minutes > 0) left.textContent = durationWords(minutes);
  else left.closest(".bill-left").hidden = true;
}

if (left) setInterval(count, COUNT_EVERY_MS);
