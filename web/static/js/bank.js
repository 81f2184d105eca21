// The bank's list of payments tells by itself what came of each. Only the list is drawn anew: somebody may be
// filling in the form above it.

const LOOK_EVERY_MILLISECONDS = 1000;

const payments = document.getElementById("payments");

async function look() {
  if (!document.hidden) await drawAnew();
  lookWhileTelling();
}

async function drawAnew() {
  const answer = await fetch("/bank").catch(() => undefined); // the sandbox is starting anew: the next time
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.getElementById("payments");
  if (list && list.innerHTML !== payments.innerHTML) payments.replaceChildren(...list.children);
}

function lookWhileTelling() {
  if (payments?.querySelector("[data-telling]")) setTimeout(look, LOOK_EVERY_MILLISECONDS);
}

lookWhileTelling();
